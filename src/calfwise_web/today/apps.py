"""Today."""

from django.apps import AppConfig


class TodayConfig(AppConfig):
    name = "calfwise_web.today"
    label = "today"
