"""Routes."""

from django.urls import URLPattern, path

from calfwise_web.load import views

app_name = "load"
urlpatterns: list[URLPattern] = [
    path("", views.page, name="page"),
    path("data/<str:of>/<str:by>/", views.data, name="data"),
]
