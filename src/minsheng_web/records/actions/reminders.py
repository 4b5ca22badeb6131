"""Reminding units of a report that is due or late, and what a unit has read of it."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from minsheng.progress.deadlines import deadline_words
from minsheng_web.records.access import report_lines_in
from minsheng_web.records.audit import record, record_all
from minsheng_web.records.duties import unit_posts
from minsheng_web.records.duty_rows import accepted_by, verified_by
from minsheng_web.records.line_places import reaches_all, units_of
from minsheng_web.records.models import Reminder, ReportLine, ReportPeriod, Unit, User
from minsheng_web.records.reported import OWING

MOST_AT_ONCE = 500
"""Units reminded by one click: a province's thousands take several, none of which holds up the others."""


def remind(*, actor: User, period: ReportPeriod, units: Iterable[int], at: datetime) -> tuple[Reminder, ...]:
    """Remind the units that still owe lines: whom the person's office answers for, or whom they verify.

    A unit is reminded once a day, whoever does it. Raises PermissionDenied where a unit is out of reach.
    """
    wanted = frozenset(units)
    today = timezone.localdate(at)
    with transaction.atomic():
        rows = ReportPeriod.objects.select_for_update(of=("self",)).select_related("programme__region")
        held = rows.get(pk=period.pk)
        owed = _owed(actor, held, wanted)
        if held.shut_word:
            return ()
        already = set(_of_the_day(held, today).values_list("unit_id", flat=True))
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
    mine = remindable(actor, period).filter(unit__in=units)
    if set(mine.values_list("unit", flat=True).distinct()) != units:
        raise PermissionDenied
    owing = mine.filter(state__in=OWING).values_list("unit").annotate(number=Count("pk"))
    return dict(owing)


def remindable(person: User, period: ReportPeriod) -> QuerySet[ReportLine]:
    """Lines whose units the person reminds: an office over their region, or who verifies them."""
    lines = report_lines_in(person, [period]).order_by()
    return lines.filter(accepted_by(person, [period]) | verified_by(person, [period]))


def to_remind(person: User, period: ReportPeriod, at: datetime) -> QuerySet[Unit]:
    """Units the person may remind that owe something and were not reminded that day."""
    owing = remindable(person, period).filter(state__in=OWING)
    told = _of_the_day(period, timezone.localdate(at)).values("unit")
    return units_of(owing, every=reaches_all(person, period)).exclude(pk__in=told)


def _of_the_day(period: ReportPeriod, day: date) -> QuerySet[Reminder]:
    midnight = timezone.make_aware(datetime.combine(day, time.min))
    return Reminder.objects.filter(
        period=period, sent_at__gte=midnight, sent_at__lt=midnight + timedelta(days=1)
    )


def see_reminder(*, actor: User, reminder: Reminder, at: datetime) -> bool:
    """Somebody of the unit has read it. False where a colleague had before. Raises PermissionDenied."""
    if reminder.unit_id not in {post.unit_id for post in unit_posts(actor)}:
        raise PermissionDenied
    with transaction.atomic():
        changed = Reminder.objects.filter(pk=reminder.pk, seen_at=None).update(seen_at=at)
        if changed:
            record(actor=actor, action="period.reminder_seen", row=reminder, new={"unit": reminder.unit_id})
    return changed == 1
