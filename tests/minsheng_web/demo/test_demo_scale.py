"""The demo at scale, very small: exact numbers, parts that add up, the same for a seed, whole or told not to be."""

from datetime import UTC, date, datetime

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Sum
from django.test import Client
from django.test.utils import CaptureQueriesContext

from minsheng_web.records.actions.demo_scale import load as loading
from minsheng_web.records.actions.demo_scale.figures import GAITS, Leaf, gait_of, reports, told
from minsheng_web.records.actions.demo_scale.load import NotLoaded, Wish, cut_short, load_scale_demo
from minsheng_web.records.actions.demo_scale.names import tree
from minsheng_web.records.actions.demo_scale.shape import CITY, PROVINCE, Course, Shape, course_on
from minsheng_web.records.kept_in_memory import forget_everything
from minsheng_web.records.models import (
    Allocation,
    DivisionVersion,
    Indicator,
    Post,
    Programme,
    Region,
    ReportLine,
    ReportPeriod,
    Snapshot,
    Unit,
    User,
)

TINY = Shape("province", 2, 4, 12, 2, 3, 2)
AT = datetime(2026, 3, 20, tzinfo=UTC)
SEED = 7
COURSE = Course(2025, 2, under_way=True)


def load(shape=TINY, course=COURSE, seed=SEED):
    steps = []
    loaded = load_scale_demo(
        wish=Wish(shape, course, seed), password="demo-lantern-77", at=AT, tell=steps.append
    )
    return loaded, steps


def lines():
    names = ("period__key", "allocation", "state", "amount", "cumulative", "done", "stages", "money_spent")
    return list(ReportLine.objects.order_by("period", "allocation").values_list(*names))


def test_the_province_has_the_numbers_it_is_named_for():
    assert (PROVINCE.indicators, PROVINCE.leaves, PROVINCE.nodes) == (500, 128_780, 143_000)
    assert PROVINCE.leaves * 12 == 1_545_360
    assert (CITY.indicators, CITY.leaves) == (500, 8285)
    top, cities = tree(PROVINCE)
    counties = [county for _, own in cities for county in own]
    assert (top, len(cities), len(counties)) == ("云岭省", 16, 104)
    assert len({name for name, _ in counties}) == 104
    assert sum(len(towns) for _, towns in counties) == 1500
    assert all(len(set(towns)) == len(towns) for _, towns in counties)


@pytest.mark.parametrize(
    ("today", "months", "course"),
    [
        (date(2026, 11, 22), None, Course(2026, 10, under_way=True)),
        (date(2026, 11, 10), None, Course(2026, 9, under_way=True)),
        (date(2026, 1, 20), None, Course(2025, 12, under_way=False)),
        (date(2026, 11, 22), 12, Course(2025, 12, under_way=False)),
        (date(2026, 11, 22), 3, Course(2026, 3, under_way=False)),
    ],
)
def test_the_months_that_are_over_or_a_whole_year(today, months, course):
    assert course_on(today, months) == course


@pytest.mark.django_db
def test_every_row_is_there_and_parts_make_the_whole():
    programme, steps = load()
    assert programme.title == "云岭省2025年民生实事（演示数据）"
    counts = {
        model.__name__: model.objects.count() for model in (Region, Unit, Indicator, Allocation, ReportLine)
    }
    # Units: 13 departments of the province, 2 cities and 4 counties, one of each of 12 towns.
    assert counts == {
        "Region": 19, "Unit": 13 * 7 + 12, "Indicator": 6, "Allocation": TINY.nodes, "ReportLine": TINY.leaves * 3,
    }  # fmt: skip
    assert (TINY.leaves, TINY.nodes) == (40, 66)
    assert DivisionVersion.objects.count() == 6 * 3 + 2 * 4
    counted = Allocation.objects.filter(indicator__kind="count", version=1)
    assert counted.count() == 26
    for node in counted:
        assert node.parts.aggregate(whole=Sum("share"))["whole"] == node.share
    closed = ReportPeriod.objects.exclude(closed_at=None).order_by("start")
    assert [period.key for period in closed] == ["2025-M01", "2025-M02"]
    assert [snapshot.line_count for snapshot in Snapshot.objects.order_by("period")] == [40, 40]
    assert [step for step in steps if "写入" in step] == [
        "2025年1月：写入 40 行进度……", "2025年2月：写入 40 行进度……", "2025年3月：写入 40 行进度……",
    ]  # fmt: skip


@pytest.mark.django_db
def test_everybody_named_can_sign_in_only_when_it_is_whole(monkeypatch):
    def killed(**_values):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(loading, "close_here", killed)
        with pytest.raises(KeyboardInterrupt):
            load()
    assert Programme.objects.get().title == "云岭省2025年民生实事（演示数据，尚未装完）"
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert cut_short() == Wish(TINY, Course(2025, 2, under_way=True), SEED).as_kept()
    other, _ = load(seed=8)
    assert isinstance(other, NotLoaded)
    assert "种子 7" in other.message
    programme, steps = load()
    assert programme.title.endswith("（演示数据）")
    assert "2025年1月：写入 40 行进度……" not in steps  # it was written before
    assert ReportLine.objects.count() == 120
    for user in User.objects.all():
        response = Client().post("/sign-in/", {"username": user.username, "password": "demo-lantern-77"})
        assert (response.status_code, response["Location"]) == (302, "/")


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_figures_and_cumulative_never_falls():
    load()
    first = lines()
    by_part = {}
    for _, part, state, amount, cumulative, *_ in first:
        if amount is not None:
            assert state != "draft"
            assert cumulative == by_part.get(part, 0) + amount
            assert amount >= 0
            by_part[part] = cumulative
    assert by_part
    places = [told(SEED, leaf(key), month, 2025) for key in range(1, 40) for month in range(1, 13)]
    assert places == [told(SEED, leaf(key), month, 2025) for key in range(1, 40) for month in range(1, 13)]
    assert places != [told(8, leaf(key), month, 2025) for key in range(1, 40) for month in range(1, 13)]


def leaf(key, kind="count"):
    return Leaf(key, county=key, unit=key, kind=kind, share=1200, money=True)


def test_a_year_has_every_gait_and_some_reports_missing():
    leaves = [leaf(key) for key in range(1, 400)]
    assert {gait_of(SEED, one) for one in leaves} == set(GAITS)
    missing = sum(not reports(SEED, one, month) for one in leaves for month in range(1, 13))
    assert 100 < missing < 400  # about one in twenty-two of 4,788
    stuck = next(one for one in leaves if gait_of(SEED, one) == "stuck")
    assert told(SEED, stuck, 12, 2025).cumulative == told(SEED, stuck, 4, 2025).cumulative
    needed, arrived, spent, paid = told(SEED, stuck, 12, 2025).money
    assert needed >= arrived >= spent >= paid


PAGES = (
    ("sheng", "/"),
    ("sheng", "/reports/"),
    ("sheng", "/programmes/{programme}/projects/1/"),
    ("sheng", "/reports/{period}/check/"),
    ("sheng", "/periods/{period}/"),
    ("sheng", "/periods/{period}/close/"),
    ("sheng", "/snapshots/{snapshot}/"),
    ("sheng", "/programmes/{programme}/periods/"),
    ("sheng", "/programmes/{programme}/breakdown/"),
    ("sheng", "/programmes/{programme}/indicators/"),
    ("sheng", "/programmes/{programme}/pace/targets/"),
    ("sheng", "/programmes/{programme}/pace/lights/"),
    ("sheng", "/programmes/{programme}/pace/compare/"),
    ("sheng", "/programmes/{programme}/pace/unmoved/"),
    ("sheng", "/units/"),
    ("xianju", "/reports/{period}/{unit}/"),
    ("xianban", "/reports/{period}/check/"),
    ("qiantou", "/periods/{period}/"),
    ("qiantou", "/"),
    ("xianban", "/"),
)


def queries_of(who, address):
    client = Client()
    client.force_login(User.objects.get(username=who))
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def all_queries():
    period = ReportPeriod.objects.get(closed_at=None)
    unit = Post.objects.get(holdings__user__username="xianju").unit_id
    snapshot = Snapshot.objects.order_by("-pk")[0].pk
    programme = Programme.objects.get().pk
    keys = {"programme": programme, "period": period.pk, "snapshot": snapshot, "unit": unit}
    return {(who, address): queries_of(who, address.format(**keys)) for who, address in PAGES}


@pytest.mark.django_db
def test_pages_ask_no_oftener_of_a_larger_province():
    """Both large enough that the county's unit has a counterpart above, whose name its grid shows."""
    found = []
    for shape in (Shape("province", 3, 6, 18, 3, 4, 4), Shape("province", 4, 12, 48, 4, 6, 6)):
        with transaction.atomic():
            load(shape)
            # As a site's own: PostgreSQL plans by what it counted last, which is of another test's rows.
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            found.append(all_queries())
            transaction.set_rollback(True)
        forget_everything()
        cache.clear()
    small, large = found
    assert {page: (small[page], large[page]) for page in small if large[page] > small[page]} == {}
