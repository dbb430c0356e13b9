"""Routes."""

from django.urls import URLPattern, path

from calfwise_web.working import views

app_name = "working"
urlpatterns: list[URLPattern] = [
    path("", views.page, name="page"),
    path("data/<str:of>/", views.data, name="data"),
    path("four-weeks.csv", views.table, name="table"),
]
