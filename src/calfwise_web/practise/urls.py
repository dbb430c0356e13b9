"""Routes."""

from django.urls import path

from calfwise_web.practise import views

app_name = "practise"
urlpatterns = [
    path("", views.routines, name="list"),
    path("<slug:routine>/", views.routine, name="routine"),
    path("<slug:routine>/start/", views.start, name="start"),
    path("<slug:routine>/done/", views.done, name="done"),
    path("<slug:routine>/soreness/", views.soreness, name="soreness"),
]
