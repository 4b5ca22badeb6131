"""The demo under way: a made-up city in this year, its plan broken down, reported and closed month by month.

All of it goes through the actions an office uses; figures come from a seed and are made up.
"""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from minsheng.notices.document import Refusal
from minsheng.notices.reading import read_document
from minsheng.plans.checks.run import check_plan
from minsheng.plans.compile import compile_plan
from minsheng.progress.model import STAGES
from minsheng_web.records.access import forget_posts
from minsheng_web.records.actions.breakdown import issue
from minsheng_web.records.actions.closing import close_period
from minsheng_web.records.actions.indicators import take_up_targets
from minsheng_web.records.actions.people import add_region, give_post
from minsheng_web.records.actions.periods import open_periods, set_rule
from minsheng_web.records.actions.population import state_population
from minsheng_web.records.actions.publishing import NotPublished, publish_plan
from minsheng_web.records.actions.report_flow import Seen, accept, send_back, submit, verify
from minsheng_web.records.actions.report_lines import Cell, save_cells
from minsheng_web.records.actions.units import Wanted, accept_counterparts, units_from_plan
from minsheng_web.records.models import (
    DivisionProposal,
    Programme,
    Region,
    ReportLine,
    ReportPeriod,
    Unit,
    User,
)
from minsheng_web.records.models.breakdown import ProposalState
from minsheng_web.records.models.people import Role
from minsheng_web.records.queries.division import mark_of
from minsheng_web.records.queries.units import counterparts_below, regions_below

CITY = "云河市"
POPULATIONS = {"东原县": 720_000, "西坪县": 640_000, "南浦区": 910_000}
SOURCE = "演示数据，自拟"
WRITTEN_FOR = "2025"
SEED = 20250218
SENT_BACK = "与台账不一致，请核对后重报"
_LATE = 0.06
"""One line in so many stays with its unit, so that the list of who is late is not empty."""


@dataclass(frozen=True, slots=True)
class Office:
    """Who acts in the demo: the office, and one account that holds every unit's post."""

    office: User
    units: User


def deliver_demo(*, notice: Path, office: User, units: User, at: datetime, seed: int = SEED) -> Programme:
    """Publish the notice for this year, break it down, report every month gone by and close it.

    The month under way is open and half filled. Raises ValueError where the notice cannot be published.
    """
    dice = random.Random(seed)  # noqa: S311 - figures of a demo
    acting = Office(office, units)
    region = _regions(office)
    programme = _published(office, region, notice, at)
    _units(acting, programme)
    today = at.date()
    begun = datetime(today.year, 1, 5, 9, tzinfo=UTC)
    take_up_targets(actor=office, programme=programme, at=begun)
    _issue_all(office, programme, begun)
    first = date(today.year, 1, 1)
    set_rule(
        actor=office,
        programme=programme,
        cadence="month",
        due_days=5,
        close_days=15,
        at=begun,
        first_day=first,
    )
    open_periods(programme=programme, today=today, at=begun)
    for period in ReportPeriod.objects.filter(programme=programme).order_by("start"):
        _report(acting, period, today, dice)
    return programme


def _regions(office: User) -> Region:
    region = add_region(actor=None, name=CITY)
    give_post(actor=None, user=office, role=Role.OFFICE, region=region)
    for name, population in POPULATIONS.items():
        county = add_region(actor=None, name=name, parent=region)
        state_population(actor=office, region=county, population=population, source=SOURCE, seen=None)
    return region


def _published(office: User, region: Region, notice: Path, at: datetime) -> Programme:
    text = notice.read_text(encoding="utf-8").replace(WRITTEN_FOR, str(at.year))
    document = read_document(text.encode(), notice.name)
    if isinstance(document, Refusal):
        raise ValueError(f"{notice.name}: {document.message}")  # noqa: TRY004 - it is the sample that is bad
    plan = compile_plan(document)
    published = publish_plan(
        actor=office,
        region=region,
        plan=plan,
        lines=document.lines,
        findings=check_plan(plan, document.lines),
        at=at,
        reason="演示数据：自拟的城市和方案",
    )
    if isinstance(published, NotPublished):
        raise ValueError(f"{notice.name}: {published.message}")  # noqa: TRY004 - it is the sample that is bad
    return published.programme


def _units(acting: Office, programme: Programme) -> None:
    region = programme.region
    units_from_plan(actor=acting.office, programme=programme)
    groups = counterparts_below(region, regions_below(region))
    wanted = [Wanted(group.region, row.above, row.name) for group in groups for row in group.rows if row.name]
    accept_counterparts(actor=acting.office, wanted=wanted)
    for unit in Unit.objects.select_related("region"):
        role = Role.LEAD if unit.region_id == region.pk else Role.LOCAL
        give_post(actor=None, user=acting.units, role=role, region=unit.region, unit=unit)
    forget_posts(acting.units)


def _issue_all(office: User, programme: Programme, at: datetime) -> None:
    """Whatever the notice itself divides is issued as it stands; what does not add up stays a draft."""
    drafts = DivisionProposal.objects.filter(
        node__indicator__programme=programme, state=ProposalState.DRAFT
    ).select_related("node__region", "node__indicator")
    for draft in drafts:
        issue(actor=office, node=draft.node, seen=mark_of(draft), at=at)


def _report(acting: Office, period: ReportPeriod, today: date, dice: random.Random) -> None:
    """One month: everything handed in but a few, accepted and closed; the month under way half typed."""
    lines = list(
        ReportLine.objects.filter(period=period, cooperating=False).select_related(
            "allocation__indicator", "allocation__region"
        )
    )
    under_way = period.end >= today
    wanted = [line for line in lines if dice.random() > (0.5 if under_way else _LATE)]
    at = datetime.combine(min(period.end + timedelta(days=3), today), time(9), tzinfo=UTC)
    cells = [cell for line in wanted for cell in _typed(line, period, dice)]
    save_cells(actor=acting.units, cells=cells, at=at)
    ready = wanted[: len(wanted) * 3 // 4] if under_way else wanted
    submit(actor=acting.units, period=period, lines=[Seen(line.pk) for line in ready], at=at)
    submitted = _in_state(period, "submitted")
    if under_way:
        _go_half_way(acting, period, submitted, at)
        return
    verify(actor=acting.units, period=period, lines=submitted, at=at + timedelta(days=1))
    accept(actor=acting.office, period=period, lines=_in_state(period, "verified"), at=at + timedelta(days=1))
    if period.closes_on < today:
        close_period(actor=acting.office, period=period, at=at + timedelta(days=12))


def _go_half_way(acting: Office, period: ReportPeriod, submitted: list[Seen], at: datetime) -> None:
    """Of the month under way something waits at every desk: to verify, to accept, sent back."""
    half = len(submitted) // 2
    verify(actor=acting.units, period=period, lines=submitted[:half], at=at)
    send_back(actor=acting.units, period=period, lines=submitted[half : half + 1], reason=SENT_BACK, at=at)


def _in_state(period: ReportPeriod, state: str) -> list[Seen]:
    rows = ReportLine.objects.filter(period=period, state=state, cooperating=False)
    return [Seen(pk) for pk in rows.values_list("pk", flat=True)]


def _typed(line: ReportLine, period: ReportPeriod, dice: random.Random) -> list[Cell]:
    """What a unit might type this month, by the kind of the target."""
    kind, share = line.allocation.indicator.kind, line.allocation.share
    month = period.start.month
    if kind == "count":
        return [Cell(line.pk, "amount", "", str(_month_of(share, dice)))]
    if kind == "stages":
        reached = STAGES[min(month // 3, len(STAGES) - 1)]
        shown = line.stages.get(reached, "")
        return [] if shown else [Cell(line.pk, f"stages.{reached}", "", period.start.isoformat())]
    if kind in ("yes_no", "full_coverage"):
        return [Cell(line.pk, "done", "", "否" if month < 11 else "是")]
    level = share if share is not None else Decimal(90)
    return [
        Cell(
            line.pk,
            "cumulative",
            "",
            str((level * Decimal(dice.randint(90, 101)) / 100).quantize(Decimal(1))),
        )
    ]


def _month_of(share: Decimal | None, dice: random.Random) -> Decimal:
    """About a twelfth of the share; a few where none is stated."""
    if share is None:
        return Decimal(dice.randint(1, 9))
    step = Decimal(1) if share == share.to_integral_value() else Decimal("0.01")
    return (share / 12 * Decimal(dice.randint(70, 130)) / 100).quantize(step)
