"""The server's entry: ``minsheng_web.conf.wsgi:application``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minsheng_web.conf.settings")

application = get_wsgi_application()
