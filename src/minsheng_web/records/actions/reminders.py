"""Reminding units of a report that is due or late, and what a unit has read of it."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from minsheng.progress.deadlines import deadline_words
from minsheng_web.records.access import report_lines_for
from minsheng_web.records.audit import record, record_all
from minsheng_web.records.duties import accepting_office, may_verify, unit_posts
from minsheng_web.records.models import Reminder, ReportLine, ReportPeriod, User
from minsheng_web.records.queries.report_context import WITH
from minsheng_web.records.reported import OWING


def remind(*, actor: User, period: ReportPeriod, units: Iterable[int], at: datetime) -> tuple[Reminder, ...]:
    """Remind the units that still owe lines: whom the person's office answers for, or whom they verify.

    A unit is reminded once a day, whoever does it. Raises PermissionDenied where a unit is out of reach.
    """
    wanted = frozenset(units)
    today = timezone.localdate(at)
    with transaction.atomic():
        held = ReportPeriod.objects.select_for_update().get(pk=period.pk)
        owed = _owed(actor, held, wanted)
        if held.shut_word:
            return ()
        midnight = timezone.make_aware(datetime.combine(today, time.min))
        recent = Reminder.objects.filter(
            period=held, sent_at__gte=midnight, sent_at__lt=midnight + timedelta(days=1)
        )
        already = set(recent.values_list("unit_id", flat=True))
        reminders = [
            Reminder(
                period=held,
                unit_id=unit,
                text=_text(held, number, today),
                sent_by=actor,
                sent_at=at,
            )
            for unit, number in sorted(owed.items())
            if unit not in already
        ]
        made = Reminder.objects.bulk_create(reminders)
        record_all(
            actor=actor,
            action="period.remind",
            rows=((row, None, {"period": held.pk, "unit": row.unit_id, "text": row.text}) for row in made),
            at=at,
        )
    return tuple(made)


def _text(period: ReportPeriod, number: int, today: date) -> str:
    return f"{period.name}还有 {number} 项没有提交，{deadline_words(period.due_on, today)}，请尽快填报。"


def _owed(actor: User, period: ReportPeriod, units: frozenset[int]) -> dict[int, int]:
    """By unit: how many lines it owes. Raises PermissionDenied for a unit that is not theirs to remind."""
    rows = report_lines_for(actor).filter(period=period, unit__in=units).select_related(*WITH)
    mine = [line for line in rows if may_remind(actor, line)]
    if {line.unit_id for line in mine} != units:
        raise PermissionDenied
    return dict(Counter(line.unit_id for line in mine if line.state in OWING))


def may_remind(person: User, line: ReportLine) -> bool:
    """Whether the person reminds the line's unit: an office over its region, or who verifies it."""
    return accepting_office(person, line) is not None or may_verify(person, line)


def see_reminder(*, actor: User, reminder: Reminder, at: datetime) -> bool:
    """Somebody of the unit has read it. False where a colleague had before. Raises PermissionDenied."""
    if reminder.unit_id not in {post.unit_id for post in unit_posts(actor)}:
        raise PermissionDenied
    with transaction.atomic():
        changed = Reminder.objects.filter(pk=reminder.pk, seen_at=None).update(seen_at=at)
        if changed:
            record(actor=actor, action="period.reminder_seen", row=reminder, new={"unit": reminder.unit_id})
    return changed == 1
