"""Routes."""

from django.urls import path

from calfwise_web.selftests import views

app_name = "selftests"
urlpatterns = [
    path("", views.tests, name="list"),
    path("<slug:test>/", views.test, name="test"),
    path("<slug:test>/guided/", views.guided, name="guided"),
]
