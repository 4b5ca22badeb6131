"""Days that are left, or that a report is late, in the words of a desk."""

from datetime import date
from typing import Literal

Urgency = Literal["late", "today", "soon", "later"]
SOON_DAYS = 3
"""From so many days before the day on, a report is told as pressing: two working days are left then."""


def days_late(due: date, today: date) -> int:
    """Days past the due day; 0 on it and before it."""
    return max((today - due).days, 0)


def urgency(due: date, today: date) -> Urgency:
    """How pressing it is."""
    left = (due - today).days
    if left < 0:
        return "late"
    if left == 0:
        return "today"
    return "soon" if left <= SOON_DAYS else "later"


def deadline_words(due: date, today: date) -> str:
    """已逾期3天, 今天截止, 还有2天.

    >>> deadline_words(date(2026, 4, 5), date(2026, 4, 8))
    '已逾期3天'
    """
    left = (due - today).days
    if left < 0:
        return f"已逾期{-left}天"
    return f"还有{left}天" if left else "今天截止"
