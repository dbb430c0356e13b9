"""Sample."""

from django.apps import AppConfig


class SampleConfig(AppConfig):
    name = "calfwise_web.sample"
    label = "sample"
