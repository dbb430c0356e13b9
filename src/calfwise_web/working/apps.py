"""Is it working."""

from django.apps import AppConfig


class WorkingConfig(AppConfig):
    name = "calfwise_web.working"
    label = "working"
