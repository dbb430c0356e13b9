"""Preferences."""

from django.apps import AppConfig


class PreferencesConfig(AppConfig):
    name = "calfwise_web.preferences"
    label = "preferences"
