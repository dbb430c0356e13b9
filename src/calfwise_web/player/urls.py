"""Routes."""

from django.urls import path

from calfwise_web.player import offline, views

app_name = "player"
urlpatterns = [
    path("offline/", offline.offline, name="offline"),
    path("<str:session>/", views.session, name="session"),
    path("<str:session>/events/", views.events, name="events"),
    path("<str:session>/card/", views.card, name="card"),
]
