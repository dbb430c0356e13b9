"""Routes."""

from django.urls import path

from calfwise_web.sample import views

app_name = "sample"
urlpatterns = [
    path("look/", views.look, name="look"),
    path("leave/", views.leave, name="leave"),
    path("remove/", views.remove, name="remove"),
]
