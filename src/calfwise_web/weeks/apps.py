"""The weeks ahead."""

from django.apps import AppConfig


class WeeksConfig(AppConfig):
    name = "calfwise_web.weeks"
    label = "weeks"
