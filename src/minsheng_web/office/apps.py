"""The app of the office's pages."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """Label ``office``."""

    name = "minsheng_web.office"
    label = "office"
