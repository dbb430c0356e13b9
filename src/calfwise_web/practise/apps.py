"""Routines: warm-ups, drills, strength, guided runs."""

from django.apps import AppConfig


class PractiseConfig(AppConfig):
    name = "calfwise_web.practise"
    label = "practise"
