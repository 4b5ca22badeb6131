"""The app of rows."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Label ``records``."""

    name = "minsheng_web.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
