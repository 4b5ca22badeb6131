"""Loading a demo at scale, step by step: one cut short goes on where it was.

Until the last step the programme's title says that it is not whole, and nobody has a password.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection, transaction

from minsheng_web.records.actions.closing import NotClosed, close_here
from minsheng_web.records.actions.demo_scale.months import closing_moment, write_month
from minsheng_web.records.actions.demo_scale.names import tree
from minsheng_web.records.actions.demo_scale.parts import write_indicators, write_parts
from minsheng_web.records.actions.demo_scale.people import OFFICE, seat_people, seats_of
from minsheng_web.records.actions.demo_scale.regions import write_regions
from minsheng_web.records.actions.demo_scale.shape import CLOSE_DAYS, DUE_DAYS, Course, Shape
from minsheng_web.records.actions.demo_scale.targets import plan_of, targets
from minsheng_web.records.actions.people import give_post
from minsheng_web.records.actions.publishing import NotPublished, publish_plan
from minsheng_web.records.audit import record
from minsheng_web.records.models import AuditEvent, Programme, Region, ReportingRule, ReportPeriod, User

BEGUN, DONE = "demo.begin", "demo.done"
REASON = "演示数据：地区、单位和进度均为自拟"
NOT_WHOLE = "（演示数据，尚未装完）"
WHOLE = "（演示数据）"
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be loaded. The same wish gives the same rows."""

    shape: Shape
    course: Course
    seed: int

    def as_kept(self) -> dict[str, object]:
        return {
            "scale": self.shape.scale,
            "indicators": self.shape.indicators,
            "seed": self.seed,
            "year": self.course.year,
            "closed": self.course.closed,
            "under_way": self.course.under_way,
        }


@dataclass(frozen=True, slots=True)
class NotLoaded:
    """Why nothing was loaded, as a sentence."""

    message: str


def cut_short() -> dict[str, object] | None:
    """What a loading that was begun and never finished was to load; None where there is none."""
    begun = AuditEvent.objects.filter(action=BEGUN).order_by("-pk").first()
    if begun is None or AuditEvent.objects.filter(action=DONE).exists():
        return None
    kept: dict[str, object] = begun.new
    return kept


def load_scale_demo(*, wish: Wish, password: str, at: datetime, tell: Tell) -> Programme | NotLoaded:
    """Load the demo into an empty database, or go on with one cut short; every step is told.

    Of a database that holds another wish half loaded nothing is touched.
    """
    before = cut_short()
    if before is not None and before != wish.as_kept():
        return NotLoaded(
            f"数据库里有一份没有装完的演示数据（{_words(before)}）：请用相同的参数再运行一次接着装，"
            "或者换一个空数据库。"
        )
    if before is None:
        tell("建立地区、单位和指标，逐级分解……")
        _begin(wish, at)
    programme = Programme.objects.select_related("region").get(year=wish.course.year)
    office = User.objects.get(username=OFFICE.username)
    _months(wish, programme, office, tell)
    _finish(programme, password)
    return programme


def _words(kept: dict[str, object]) -> str:
    months = f"{kept['year']}年{kept['closed']}个月"
    return f"--scale {kept['scale']}，种子 {kept['seed']}，{months}"


@transaction.atomic
def _begin(wish: Wish, at: datetime) -> Programme:
    """All that does not belong to a month. One transaction: cut short, it leaves an empty database."""
    names = tree(wish.shape)
    top = write_regions(names, of_city=wish.shape.scale == "city", seed=wish.seed)
    region = Region.objects.get(pk=top.key)
    people = seat_people(region)
    office = people[OFFICE.username]
    programme = _publish(wish, office, region, at)
    wanted = targets(wish.shape)
    issued = datetime(wish.course.year, 1, 5, 1, tzinfo=UTC)
    keys = write_indicators(programme, wanted, top)
    parts = write_parts(wanted, keys, top, office, issued)
    ReportingRule.objects.create(
        programme=programme, due_days=DUE_DAYS, close_days=CLOSE_DAYS, first_day=f"{wish.course.year}-01-01"
    )
    record(actor=None, action=BEGUN, row=programme, new=wish.as_kept())
    record(actor=None, action="demo.parts", row=programme, new={"parts": parts})
    return programme


def _publish(wish: Wish, office: User, region: Region, at: datetime) -> Programme:
    plan, lines = plan_of(wish.shape, targets(wish.shape), region.name, wish.course.year)
    published = publish_plan(actor=office, region=region, plan=plan, lines=lines, at=at, reason=REASON)
    if isinstance(published, NotPublished):
        raise ValueError(published.message)  # noqa: TRY004 - the made-up plan is bad, which would be a bug
    programme = published.programme
    programme.title = f"{region.name}{wish.course.year}年民生实事{NOT_WHOLE}"
    programme.save(update_fields=["title"])
    return programme


def _months(wish: Wish, programme: Programme, office: User, tell: Tell) -> None:
    course = wish.course
    periods = {period.key: period for period in ReportPeriod.objects.filter(programme=programme)}
    for month in course.months():
        under_way = month.number > course.closed
        period = periods.get(month.key)
        if period is None:
            tell(f"{month.name}：写入 {wish.shape.leaves} 行进度……")
            period = write_month(
                programme=programme, month=month, seed=wish.seed, office=office, under_way=under_way
            )
        if not under_way and period.closed_at is None:
            tell(f"{month.name}：关闭填报期……")
            closed = close_here(actor=office, period=period, at=closing_moment(month))
            if isinstance(closed, NotClosed):
                raise ValueError(closed.message)


@transaction.atomic
def _finish(programme: Programme, password: str) -> None:
    """The demo is whole: it says so, and people can sign in."""
    for seat, region, unit in seats_of(programme.region):
        user = User.objects.get(username=seat.username)
        user.set_password(password)
        user.save(update_fields=["password"])
        give_post(actor=None, user=user, role=seat.role, region=region, unit=unit)
    programme.title = programme.title.replace(NOT_WHOLE, WHOLE)
    programme.save(update_fields=["title"])
    record(actor=None, action=DONE, row=programme, new={"title": programme.title})


def let_the_planner_count() -> None:
    """Tell the database how its tables are filled now: it would go on planning for empty ones."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
