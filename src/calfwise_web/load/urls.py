"""Routes."""

from django.urls import URLPattern, path

from calfwise_web.load import views

app_name = "load"
urlpatterns: list[URLPattern] = [
    path("", views.page, name="page"),
    path("day/<str:day>/", views.day, name="day"),
    path("data/<str:of>/<str:by>/", views.data, name="data"),
    path("picture/<str:of>/<str:by>/", views.picture, name="picture"),
    path("table/<str:by>/", views.table, name="table"),
    path("all-days.csv", views.all_days, name="all-days"),
]
