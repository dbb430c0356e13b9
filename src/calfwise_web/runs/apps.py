"""Runs."""

from django.apps import AppConfig


class RunsConfig(AppConfig):
    name = "calfwise_web.runs"
    label = "runs"
