"""Why."""

from django.apps import AppConfig


class WhyConfig(AppConfig):
    name = "calfwise_web.why"
    label = "why"
