"""Routes."""

from django.urls import URLPattern, path

from calfwise_web.yours import views

app_name = "yours"
urlpatterns: list[URLPattern] = [
    path("", views.page, name="page"),
    path("export/", views.export, name="export"),
    path("consent/", views.consent, name="consent"),
    path("delete/", views.delete, name="delete"),
    path("gone/", views.gone, name="gone"),
]
