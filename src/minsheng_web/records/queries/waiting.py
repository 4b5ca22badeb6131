"""What waits for a person across all programmes. As many queries for one row as for three hundred."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Count, Q, QuerySet

from minsheng_web.records.access import Person, posts_of, report_lines_for
from minsheng_web.records.duties import offices_for, unit_posts
from minsheng_web.records.duty_rows import accepted_by, filled_by, handed_in_for_by, verified_by
from minsheng_web.records.models import DivisionProposal, Post, Reminder, ReportLine, ReportPeriod
from minsheng_web.records.models.breakdown import ProposalState
from minsheng_web.records.models.people import Role
from minsheng_web.records.models.reports import LineState

Task = Literal["fill", "returned", "hand_in", "verify", "accept", "close", "decide", "reminder"]
MOST_RETURNED = 20
"""Lines sent back that are told one by one; the grid shows all."""
MOST_PROPOSALS = 50


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
    """Everything that waits, the most urgent first: late and sent back, then by day; what has no day last."""
    found = [*_of_units(person), *_of_offices(person, today), *_taken_in(person)]
    return tuple(
        sorted(found, key=lambda one: (one.due is None, one.due or date.max, _ORDER.index(one.task)))
    )


_ORDER: tuple[Task, ...] = ("reminder", "returned", "fill", "hand_in", "verify", "accept", "close", "decide")


def _of_units(person: Person) -> Iterable[Waiting]:
    if not unit_posts(person):
        return
    yield from _reminders(person)
    mine = _open_lines(person).filter(filled_by(person))
    yield from _returned(mine)
    yield from _grouped("fill", mine.filter(state=LineState.DRAFT), by_unit=True)
    to_verify = _open_lines(person).filter(verified_by(person), state=LineState.SUBMITTED)
    yield from _grouped("verify", to_verify)


def _of_offices(person: Person, today: date) -> Iterable[Waiting]:
    if not any(post.role == Role.OFFICE for post in posts_of(person)):
        return
    lines = _open_lines(person).filter(accepted_by(person), state=LineState.VERIFIED, cooperating=False)
    yield from _grouped("accept", lines)
    yield from _to_close(person, today)
    yield from _proposals(person)


def _taken_in(person: Person) -> Iterable[Waiting]:
    """Returned workbooks taken in by the person or a colleague, not handed in for their units yet."""
    if unit_posts(person) or any(post.role == Role.OFFICE for post in posts_of(person)):
        yield from _grouped("hand_in", _open_lines(person).filter(handed_in_for_by(person)))


def _open_lines(person: Person) -> QuerySet[ReportLine]:
    return report_lines_for(person).filter(period__closed_at=None).order_by()


def _grouped(task: Task, lines: QuerySet[ReportLine], *, by_unit: bool = False) -> Iterable[Waiting]:
    """One entry for each period (and unit), with the number of its lines. Two queries."""
    names = ("period", "unit", "unit__name") if by_unit else ("period",)
    rows = list(lines.values_list(*names).annotate(number=Count("pk")))
    periods = _periods(row[0] for row in rows)
    for row in rows:
        period = periods[row[0]]
        unit, name = (row[1], row[2]) if by_unit else (None, "")
        yield Waiting(task, period.due_on, period, unit, name, row[-1])


def _periods(keys: Iterable[int]) -> dict[int, ReportPeriod]:
    return ReportPeriod.objects.select_related("programme").in_bulk(list(keys))


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
    unfinished = Count("lines", filter=~Q(lines__state=LineState.ACCEPTED) & Q(lines__cooperating=False))
    for period in rows.annotate(unfinished=unfinished):
        yield Waiting("close", period.closes_on, period, count=period.unfinished)


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
