"""Yours."""

from django.apps import AppConfig


class YoursConfig(AppConfig):
    name = "calfwise_web.yours"
    label = "yours"
