"""The weeks ahead outside calfwise: a calendar behind a secret address, and workouts for a watch."""

from django.apps import AppConfig


class CalendarFeedConfig(AppConfig):
    name = "calfwise_web.calendar_feed"
    label = "calendar_feed"
