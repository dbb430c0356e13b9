"""Routes."""

from django.urls import URLPattern, path

from calfwise_web.why import views

app_name = "why"
urlpatterns: list[URLPattern] = [
    path("", views.page, name="page"),
    path("data/<str:of>/", views.data, name="data"),
    path("life/", views.life, name="life"),
]
