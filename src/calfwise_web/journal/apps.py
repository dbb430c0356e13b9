"""The journal: everything recorded about one runner."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "calfwise_web.journal"
    label = "journal"
    verbose_name = "Journal"
