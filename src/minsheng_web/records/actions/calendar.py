"""What the calendar does by itself: open what has begun, close what is over. The worker asks every minute."""

from datetime import date, datetime

from django.core.cache import cache

from minsheng_web.records.actions.closing import close_due
from minsheng_web.records.actions.opening import open_due
from minsheng_web.records.tasks import open_due_task

_A_DAY = 24 * 60 * 60


def keep_calendar(*, today: date, at: datetime) -> int:
    """Open and close; how many periods were. Closed first: what opens then starts from what was frozen."""
    return close_due(today=today, at=at) + open_due(today=today, at=at)


def first_visit(*, today: date, at: datetime) -> None:
    """Have opened what has begun when the first page of a day is asked for; once a day in each process.

    By the worker, for a province's period has a hundred thousand lines; a site that does its tasks at once
    opens them here. Closing is left to the worker's calendar or a person: a look at a page freezes nothing.
    """
    if cache.add(f"calendar-{today.isoformat()}", 1, _A_DAY):
        open_due_task.enqueue(today.isoformat(), at.isoformat())
