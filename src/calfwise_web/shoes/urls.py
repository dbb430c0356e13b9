"""Routes."""

from django.urls import path

from calfwise_web.shoes import views

app_name = "shoes"
urlpatterns = [
    path("", views.shoes, name="list"),
    path("add/", views.add, name="add"),
    path("<slug:key>/", views.edit, name="edit"),
    path("<slug:key>/aside/", views.aside, name="aside"),
    path("<slug:key>/default/", views.default, name="default"),
    path("<slug:key>/take-back/", views.take_back, name="take-back"),
]
