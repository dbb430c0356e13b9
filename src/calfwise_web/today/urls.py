"""Routes."""

from django.urls import path

from calfwise_web.today import mornings, referrals, views

app_name = "today"
urlpatterns = [
    path("check-in/", views.check_in, name="check-in"),
    path("again/", views.again, name="again"),
    path("signs/<str:session>/", views.signs, name="signs"),
    path("morning/", mornings.morning, name="morning"),
    path("for-a-professional/", referrals.professional, name="professional"),
    path("seen/", referrals.seen, name="seen"),
]
