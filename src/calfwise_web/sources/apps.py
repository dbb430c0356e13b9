"""Sources."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "calfwise_web.sources"
    label = "sources"
