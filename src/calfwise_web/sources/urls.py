"""Routes."""

from django.urls import URLPattern, path

from calfwise_web.sources import views

app_name = "sources"
urlpatterns: list[URLPattern] = [path("", views.page, name="page")]
