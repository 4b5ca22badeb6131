"""The months of a demo: its report lines written in bulk, each month in its own transaction."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from minsheng.progress.periods import Period, due_on
from minsheng_web.records.actions.demo_scale.figures import Leaf, Told, chance, reports, told
from minsheng_web.records.actions.demo_scale.shape import CLOSE_DAYS, DUE_DAYS
from minsheng_web.records.actions.demo_scale.tables import as_json, chunks, moment, write_rows
from minsheng_web.records.actions.report_lines_due import reported_parts
from minsheng_web.records.audit import record
from minsheng_web.records.models import Programme, ReportLine, ReportPeriod, User
from minsheng_web.records.models.reports import LineState

_COLUMNS = (
    "period_id", "allocation_id", "unit_id", "cooperating", "state", "amount", "cumulative", "done", "stages",
    "money_needed", "money_arrived", "money_spent", "money_paid", "difficulty", "next_step", "correction",
    "revision", "edited_by_id", "edited_at", "taken_in_by_id", "submitted_by_id", "submitted_at",
    "verified_by_id", "verified_at", "accepted_by_id", "accepted_at", "accepted_region_id", "return_reason",
    "returned_by_id", "returned_at",
)  # fmt: skip
_NOTHING = Told()
_SENT_BACK = "与台账不一致，请核对后重报。"
_READ = 5000


def write_month(
    *, programme: Programme, month: Period, seed: int, office: User, under_way: bool
) -> ReportPeriod:
    """One month whole, or nothing of it: its period and a line for every part that is reported.

    Of the month under way half is on its way and the rest not begun.
    """
    at = datetime.combine(month.start, time(9), tzinfo=UTC)
    with transaction.atomic():
        period = ReportPeriod.objects.create(
            programme=programme,
            key=month.key,
            name=month.name,
            start=month.start,
            end=month.end,
            due_on=due_on(month, DUE_DAYS),
            closes_on=due_on(month, CLOSE_DAYS),
            opened_at=at,
        )
        writer = _Writer(period, month.number, seed, office, under_way=under_way)
        count = 0
        for leaves in chunks(_leaves(programme), _READ):
            # Read a chunk, then write it: one connection does either.
            count += write_rows(ReportLine, _COLUMNS, map(writer.row, leaves))
        record(actor=None, action="demo.month", row=period, new={"key": month.key, "lines": count})
    return period


def _leaves(programme: Programme) -> Iterator[Leaf]:
    names = ("pk", "region", "above__region", "region__level", "reporting_unit", "indicator__kind", "share",
             "indicator__position")  # fmt: skip
    for pk, region, above, level, unit, kind, share, position in (
        reported_parts(programme.pk).order_by("pk").values_list(*names).iterator(_READ)
    ):
        county = above if level == "town" else region
        yield Leaf(pk, county, unit, kind, None if share is None else int(share), (position * 7) % 10 < 4)


class _Writer:
    """Rows of one month. What does not change from line to line is made once."""

    def __init__(self, period: ReportPeriod, month: int, seed: int, office: User, *, under_way: bool) -> None:
        self._period, self._month, self._seed = period, month, seed
        self._year, self._under_way = period.start.year, under_way
        self._by, self._region = office.pk, period.programme.region_id
        day = period.start if under_way else period.end
        self._at = [moment(datetime.combine(day + timedelta(days=n), time(9), tzinfo=UTC)) for n in (2, 3, 5)]

    def row(self, leaf: Leaf) -> tuple[Any, ...]:
        state = self._state(leaf)
        # What is not begun starts from the last figures known, as an open line does.
        known = self._month if state != LineState.DRAFT else self._last(leaf)
        said = told(self._seed, leaf, known, self._year) if known else _NOTHING
        if state == LineState.DRAFT:
            said = Told(None, said.cumulative, said.done, said.stages, said.money)
        return (self._period.pk, leaf.key, leaf.unit, False, state, *_figures(said), "", *self._hands(state))

    def _state(self, leaf: Leaf) -> str:
        if not reports(self._seed, leaf, self._month):
            return LineState.DRAFT
        if not self._under_way:
            return LineState.ACCEPTED
        turn = chance(self._seed, 8, leaf.key) % 16
        if turn >= 8:
            return LineState.DRAFT
        states = (LineState.ACCEPTED, LineState.VERIFIED, LineState.VERIFIED, LineState.SUBMITTED)
        return LineState.RETURNED if turn == 7 and leaf.key % 25 == 0 else states[turn % 4]

    def _last(self, leaf: Leaf) -> int:
        return next((m for m in range(self._month - 1, 0, -1) if reports(self._seed, leaf, m)), 0)

    def _hands(self, state: str) -> tuple[Any, ...]:
        """Revision, and who did what when."""
        by, (handed, seen, taken) = self._by, self._at
        none = (None, None)
        if state == LineState.DRAFT:
            return (0, *none, None, *none, *none, *none, None, "", *none)
        edited = (1, by, handed, None, by, handed)
        if state == LineState.SUBMITTED:
            return (*edited, *none, *none, None, "", *none)
        if state == LineState.RETURNED:
            return (*edited, *none, *none, None, _SENT_BACK, by, seen)
        if state == LineState.VERIFIED:
            return (*edited, by, seen, *none, None, "", *none)
        return (*edited, by, seen, by, taken, self._region, "", *none)


def _figures(said: Told) -> tuple[Any, ...]:
    """From ``amount`` to ``next_step``, as stored."""
    stages = as_json({stage: day.isoformat() for stage, day in said.stages}) if said.stages else "{}"
    money = said.money or (None, None, None, None)
    return (said.amount, said.cumulative, said.done, stages, *money, said.difficulty, said.next_step)


def closing_moment(month: Period) -> datetime:
    """The day after the last a report could be handed in."""
    day: date = due_on(month, CLOSE_DAYS) + timedelta(days=1)
    return datetime.combine(day, time(1), tzinfo=UTC)
