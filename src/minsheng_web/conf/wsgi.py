"""The server's entry: ``minsheng_web.conf.wsgi:application``."""

import os

from django.core.wsgi import get_wsgi_application

from minsheng_web.conf.in_turn import InTurn

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minsheng_web.conf.settings")

application = InTurn(get_wsgi_application())

from minsheng_web.records.queries.standards import read_beforehand  # noqa: E402 - rows are there only now

read_beforehand()
