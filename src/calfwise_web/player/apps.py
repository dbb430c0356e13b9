"""The guided session."""

from django.apps import AppConfig


class PlayerConfig(AppConfig):
    name = "calfwise_web.player"
    label = "player"
