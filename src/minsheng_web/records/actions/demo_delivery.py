"""The demo under way: a made-up city in this year, its plan broken down, reported and closed month by month.

All of it goes through the actions an office uses; figures are made up.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from minsheng.notices.document import Refusal
from minsheng.notices.reading import read_document
from minsheng.plans.checks.run import check_plan
from minsheng.plans.compile import compile_plan
from minsheng_web.records.access import forget_posts
from minsheng_web.records.actions.breakdown import issue
from minsheng_web.records.actions.closing import close_period
from minsheng_web.records.actions.demo_evidence import add_demo_evidence
from minsheng_web.records.actions.demo_rules import decide, read_decisions
from minsheng_web.records.actions.demo_year import reports, typed
from minsheng_web.records.actions.indicators import take_up_targets
from minsheng_web.records.actions.people import add_region, give_post
from minsheng_web.records.actions.periods import open_periods, set_rule
from minsheng_web.records.actions.population import state_population
from minsheng_web.records.actions.publishing import NotPublished, publish_plan
from minsheng_web.records.actions.report_flow import Seen, accept, send_back, submit, verify
from minsheng_web.records.actions.report_lines import save_cells
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
SENT_BACK = "与台账不一致，请核对后重报"
WITH_EVIDENCE = frozenset({3, 10})
"""Projects whose reports come with photos and papers."""
RULES = "yunhe-rules.yaml"
"""Beside the notice: what the office adopts at the year's start."""


@dataclass(frozen=True, slots=True)
class Office:
    """Who acts in the demo: the office, and one account that holds every unit's post."""

    office: User
    units: User


def deliver_demo(*, notice: Path, office: User, units: User, at: datetime) -> Programme:
    """Publish the notice for this year, break it down, report every month gone by and close it.

    The month under way is open and half filled. Raises ValueError where the notice cannot be published.
    """
    acting = Office(office, units)
    region = _regions(office)
    programme = _published(office, region, notice, at)
    _units(acting, programme)
    today = at.date()
    begun = datetime(today.year, 1, 5, 9, tzinfo=UTC)
    take_up_targets(actor=office, programme=programme, at=begun)
    told = read_decisions(notice.with_name(RULES), WRITTEN_FOR, today.year)
    decide(office=office, programme=programme, told=told, at=begun)
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
        _report(acting, period, today)
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


def _report(acting: Office, period: ReportPeriod, today: date) -> None:
    """One month: handed in but for who is late, accepted and closed; the month under way half typed."""
    rows = ReportLine.objects.filter(period=period, cooperating=False).order_by("pk")
    lines = list(rows.select_related("period", "allocation__indicator", "allocation__region"))
    under_way = period.end >= today
    wanted = [line for line in lines if reports(line, period.start.month)]
    if under_way:
        wanted = wanted[::2]
    at = datetime.combine(min(period.end + timedelta(days=3), today), time(9), tzinfo=UTC)
    save_cells(actor=acting.units, cells=[cell for line in wanted for cell in typed(line)], at=at)
    shown = [line for line in wanted if line.allocation.indicator.project_number in WITH_EVIDENCE]
    add_demo_evidence(units=acting.units, lines=shown, at=at)
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
