"""Load."""

from django.apps import AppConfig


class LoadConfig(AppConfig):
    name = "calfwise_web.load"
    label = "load"
