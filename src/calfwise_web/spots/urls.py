"""Routes."""

from django.urls import path

from calfwise_web.spots import views

app_name = "spots"
urlpatterns = [
    path("", views.spots, name="list"),
    path("history/", views.history, name="history"),
    path("history/data/<str:of>/<str:by>/", views.data, name="data"),
    path("<str:side>/<slug:zone>/", views.spot, name="spot"),
]
