"""Spots and history."""

from django.apps import AppConfig


class SpotsConfig(AppConfig):
    name = "calfwise_web.spots"
    label = "spots"
