"""Routes."""

from django.urls import URLPattern, path

from calfwise_web.helped import views

app_name = "helped"
urlpatterns: list[URLPattern] = [path("", views.page, name="page")]
