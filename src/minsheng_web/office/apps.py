"""The app of the office's pages."""

from importlib import import_module

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """Label ``office``."""

    name = "minsheng_web.office"
    label = "office"

    def ready(self) -> None:
        """Hear of every sign-in from the first on."""
        import_module("minsheng_web.office.sessions")
