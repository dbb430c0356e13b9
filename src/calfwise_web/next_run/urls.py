"""Routes."""

from django.urls import URLPattern, path

from calfwise_web.next_run import views

app_name = "next"
urlpatterns: list[URLPattern] = [
    path("", views.page, name="run"),
]
