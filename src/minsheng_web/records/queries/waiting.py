"""What waits for a person across all programmes. As many queries for one row as for three hundred."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet

from minsheng_web.records.access import Person, posts_of, report_lines_in
from minsheng_web.records.duties import offices_for, unit_posts
from minsheng_web.records.duty_rows import accepted_by, filled_by, handed_in_for_by, verified_by
from minsheng_web.records.models import AuditEvent, DivisionProposal, Post, Reminder, ReportLine, ReportPeriod
from minsheng_web.records.models.breakdown import ProposalState
from minsheng_web.records.models.people import Role
from minsheng_web.records.models.reports import LineState
from minsheng_web.records.prepared import Prepared

Task = Literal["fill", "returned", "hand_in", "verify", "accept", "close", "decide", "reminder"]
MOST_RETURNED = 20
"""Lines sent back that are told one by one; the grid shows all."""
MOST_PROPOSALS = 50
MANY, KEPT_SECONDS = 5000, 30
"""From how many lines on a count is kept, and how long."""
_UNFINISHED = tuple(state for state in LineState if state != LineState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do. ``due``: None where no day is set; ``key``: the row it is about, beside the period.

    Of a proposed breakdown that is the part to be divided.
    """

    task: Task
    due: date | None
    period: ReportPeriod | None = None
    unit: int | None = None
    name: str = ""
    count: int = 0
    key: int = 0
    detail: str = ""


def waiting_for(person: Person, today: date) -> tuple[Waiting, ...]:
    """Everything that waits, the most urgent first: late and sent back, then by day; what has no day last.

    Where many thousand lines wait, what others did counts within KEPT_SECONDS, the person's own acts at once.
    """
    key = _key(person, today)
    kept: tuple[Waiting, ...] | None = cache.get(key)
    if kept is not None:
        return kept
    desk = _Desk(person, open_periods())
    found = [*_of_units(desk), *_of_offices(desk, today), *_taken_in(desk)]
    found.sort(key=lambda one: (one.due is None, one.due or date.max, _ORDER.index(one.task)))
    waiting = tuple(found)
    if sum(one.count for one in waiting) >= MANY:
        cache.set(key, waiting, KEPT_SECONDS)
    return waiting


_last_act = Prepared[int](
    lambda actor: AuditEvent.objects.filter(actor=actor).order_by("-pk").values_list("pk", flat=True)[:1]
)


def _key(person: Person, today: date) -> str:
    """What makes a count one to be kept: the person, their posts and what they themselves did last."""
    last = _last_act(person.pk) if person.pk else [0]
    posts = ".".join(str(post.pk) for post in posts_of(person))
    return f"waiting-{person.pk}-{posts}-{today.isoformat()}-{last}"


_ORDER: tuple[Task, ...] = ("reminder", "returned", "fill", "hand_in", "verify", "accept", "close", "decide")


def open_periods() -> tuple[ReportPeriod, ...]:
    """Every period that takes reports, with programme and region; what one sees of it is asked apart."""
    return tuple(_open())


_open = Prepared[ReportPeriod](
    lambda: ReportPeriod.objects.filter(closed_at=None).select_related("programme__region").order_by("pk")
)


@dataclass(frozen=True, slots=True)
class _Desk:
    """A person and the periods that are open."""

    person: Person
    periods: tuple[ReportPeriod, ...]

    def lines(self) -> QuerySet[ReportLine]:
        return report_lines_in(self.person, self.periods).order_by()

    def grouped(self, task: Task, lines: QuerySet[ReportLine], *, by_unit: bool = False) -> Iterable[Waiting]:
        """One entry for each period (and unit), with the number of its lines. One query."""
        names = ("period", "unit", "unit__name") if by_unit else ("period",)
        periods = {period.pk: period for period in self.periods}
        for row in lines.values_list(*names).annotate(number=Count("pk")):
            period = periods[row[0]]
            unit, name = (row[1], row[2]) if by_unit else (None, "")
            yield Waiting(task, period.due_on, period, unit, name, row[-1])


def _of_units(desk: _Desk) -> Iterable[Waiting]:
    if not unit_posts(desk.person):
        return
    yield from _reminders(desk.person)
    mine = desk.lines().filter(filled_by(desk.person, desk.periods))
    yield from _returned(mine)
    yield from desk.grouped("fill", mine.filter(state=LineState.DRAFT), by_unit=True)
    to_verify = desk.lines().filter(verified_by(desk.person, desk.periods), state=LineState.SUBMITTED)
    yield from desk.grouped("verify", to_verify)


def _of_offices(desk: _Desk, today: date) -> Iterable[Waiting]:
    if not any(post.role == Role.OFFICE for post in posts_of(desk.person)):
        return
    mine = desk.lines().filter(accepted_by(desk.person, desk.periods))
    yield from desk.grouped("accept", mine.filter(state=LineState.VERIFIED, cooperating=False))
    yield from _to_close(desk.person, today)
    yield from _proposals(desk.person)


def _taken_in(desk: _Desk) -> Iterable[Waiting]:
    """Returned workbooks taken in by the person or a colleague, not handed in for their units yet."""
    if unit_posts(desk.person) or any(post.role == Role.OFFICE for post in posts_of(desk.person)):
        taken = desk.lines().filter(handed_in_for_by(desk.person, desk.periods))
        yield from desk.grouped("hand_in", taken)


def _returned(lines: QuerySet[ReportLine]) -> Iterable[Waiting]:
    rows = lines.filter(state=LineState.RETURNED).select_related(
        "period__programme", "unit", "returned_by", "allocation__indicator", "allocation__region"
    )
    for line in rows.order_by("period__due_on", "-returned_at", "pk")[:MOST_RETURNED]:
        place = line.allocation
        detail = f"{line.returned_by or ''}：{line.return_reason}"
        name = f"{place.region.name} {place.indicator.name}"
        yield Waiting("returned", line.period.due_on, line.period, line.unit_id, name, 1, line.pk, detail)


def _reminders(person: Person) -> Iterable[Waiting]:
    units = {post.unit_id for post in unit_posts(person)}
    rows = Reminder.objects.filter(unit__in=units, seen_at=None, period__closed_at=None)
    for row in rows.select_related("period__programme", "unit", "sent_by")[:MOST_RETURNED]:
        detail = f"{row.sent_by or '系统'} 提醒"
        yield Waiting("reminder", row.period.due_on, row.period, row.unit_id, row.text, 1, row.pk, detail)


def _to_close(person: Person, today: date) -> Iterable[Waiting]:
    """Open periods past their due day whose programme's office the person works in, with what is missing."""
    offices = _any(
        Q(programme__region__path__startswith=region.path) for region in offices_for(person)
    ) | _any(
        Q(programme=post.programme_id, programme__region__path__startswith=post.region.path)
        for post in posts_of(person)
        if post.role == Role.OFFICE and post.programme_id is not None and post.region is not None
    )
    rows = ReportPeriod.objects.filter(offices, closed_at=None, due_on__lt=today).select_related("programme")
    periods = list(rows)
    unfinished = ReportLine.objects.filter(period__in=periods, cooperating=False, state__in=_UNFINISHED)
    counts = dict(unfinished.order_by().values_list("period").annotate(number=Count("pk")))
    for period in periods:
        yield Waiting("close", period.closes_on, period, count=counts.get(period.pk, 0))


def _any(parts: Iterable[Q]) -> Q:
    whole = Q(pk__in=[])
    for part in parts:
        whole |= part
    return whole


def _proposals(person: Person) -> Iterable[Waiting]:
    """Changed breakdowns the person may decide: of a level below, or a colleague's where nobody is above."""
    inside = _any(
        Q(node__region__path__startswith=post.region.path)
        & (Q() if post.programme_id is None else Q(node__indicator__programme=post.programme_id))
        for post in posts_of(person)
        if post.role == Role.OFFICE and post.region is not None
    )
    rows = DivisionProposal.objects.filter(inside, state=ProposalState.WAITING).exclude(proposed_by=person.pk)
    proposals = list(
        rows.select_related("node__region", "node__indicator__programme", "proposed_by").order_by("pk")[
            :MOST_PROPOSALS
        ]
    )
    if not proposals:
        return
    held = list(
        Post.objects.filter(role=Role.OFFICE, holdings__until=None, holdings__user__is_active=True)
        .exclude(region=None)
        .values_list("region__path", "programme", "holdings__user")
    )
    for row in proposals:
        if _decides(person, row, held):
            node = row.node
            name = f"{node.region.name} {node.indicator.name}"
            yield Waiting(
                "decide", None, None, None, name, 1, node.pk, f"{row.proposed_by} 提出：{row.reason}"
            )


def _decides(
    person: Person, proposal: DivisionProposal, held: Sequence[tuple[str, int | None, int | None]]
) -> bool:
    """Whether the person is of an office above; where nobody is, of the same office as the proposer."""
    node = proposal.node
    of_it = [
        (path, user)
        for path, programme, user in held
        if node.region.path.startswith(path)
        and programme in (None, node.indicator.programme_id)
        and user != proposal.proposed_by_id
    ]
    above = {user for path, user in of_it if path != node.region.path}
    return person.pk in (above or {user for _, user in of_it})
