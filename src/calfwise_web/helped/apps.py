"""What helped."""

from django.apps import AppConfig


class HelpedConfig(AppConfig):
    name = "calfwise_web.helped"
    label = "helped"
