"""Imports."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "calfwise_web.imports"
    label = "imports"
