"""Routes below the weeks; the calendar itself has a root of its own (`feed_path`)."""

from django.urls import URLPattern, path

from calfwise_web.calendar_feed import views

app_name = "feed"
urlpatterns: list[URLPattern] = [
    path("calendar/", views.page, name="page"),
    path("calendar/new/", views.new, name="new"),
    path("calendar/revoke/", views.revoke, name="revoke"),
    path("<str:day>/workout.fit", views.workout, name="workout"),
]
feed_path = path("calendar/<str:token>.ics", views.feed, name="calendar")
