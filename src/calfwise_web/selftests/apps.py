"""Self-tests."""

from django.apps import AppConfig


class SelfTestsConfig(AppConfig):
    name = "calfwise_web.selftests"
    label = "selftests"
