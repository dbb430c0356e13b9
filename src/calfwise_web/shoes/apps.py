"""Shoes."""

from django.apps import AppConfig


class ShoesConfig(AppConfig):
    name = "calfwise_web.shoes"
    label = "shoes"
