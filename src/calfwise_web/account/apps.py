"""Accounts: who may come in."""

from django.apps import AppConfig


class AccountConfig(AppConfig):
    name = "calfwise_web.account"
    label = "people"  # allauth has "account"
    verbose_name = "Accounts"
