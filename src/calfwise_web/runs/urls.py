"""Routes."""

from django.urls import path

from calfwise_web.runs import views

app_name = "runs"
urlpatterns = [
    path("", views.runs, name="list"),
    path("change/", views.change, name="change"),
    path("undo/", views.undo, name="undo"),
    path("<uuid:key>/", views.run, name="run"),
    path("<uuid:key>/describe/", views.describe, name="describe"),
    path("<uuid:key>/closer/", views.closer, name="closer"),
    path("<uuid:key>/series/<slug:name>/", views.series, name="series"),
    path("<uuid:key>/original/", views.original, name="original"),
]
