"""The process that judges ahead of a large closing: a job comes in, what is judged goes out.

``records/actions/judging_ahead.py`` starts it and says what goes over the pipes.
"""

import json
import os
import sys


def main() -> None:
    """Judge one job."""
    job = json.loads(sys.stdin.buffer.readline())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minsheng_web.conf.settings")
    import django
    from django.conf import settings

    # Where it was asked from another database than the settings name, as tests do, it is that.
    settings.DATABASES["default"]["NAME"] = job["database"]
    django.setup()
    from minsheng_web.records.actions.judging_ahead import Job, tell_judged

    tell_judged(Job(**job), sys.stdout.buffer)


if __name__ == "__main__":
    main()
