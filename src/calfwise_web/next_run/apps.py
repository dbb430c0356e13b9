"""The next run."""

from django.apps import AppConfig


class NextRunConfig(AppConfig):
    name = "calfwise_web.next_run"
    label = "next_run"
