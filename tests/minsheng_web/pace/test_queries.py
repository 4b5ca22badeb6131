"""What pages read of pace: by whose post, in as many questions for one as for many, limited in SQL."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minsheng.progress.pace.presets import preset
from minsheng_web.records.access import forget_posts
from minsheng_web.records.actions.closing import close_period
from minsheng_web.records.models import Allocation, Region, ReportLine, ReportPeriod, Unit
from minsheng_web.records.queries import pace_cells, pace_leader, pace_places, pace_targets
from minsheng_web.records.queries.pace_scope import PaceAsked, find_view, pace_choices
from minsheng_web.records.queries.pace_target import target_year
from minsheng_web.records.queries.pace_trial import Tried, try_on_past
from reporting import more_lines

AT = datetime(2023, 4, 16, 1, 0, tzinfo=UTC)


@pytest.fixture
def closed(delivery):
    """February and March: 河东县 falls behind, 河西县 does not report."""
    february = ReportPeriod.objects.create(
        programme=delivery.version.programme, key="2023-M02", name="2023年2月", start=date(2023, 2, 1),
        end=date(2023, 2, 28), due_on=date(2023, 3, 5), closes_on=date(2023, 3, 15), opened_at=AT,
    )  # fmt: skip
    ReportLine.objects.create(
        period=february, allocation=delivery.east, unit=delivery.line.unit, state="accepted",
        cumulative=2000,
    )  # fmt: skip
    close_period(actor=None, period=february, at=AT)
    ReportLine.objects.filter(pk=delivery.line.pk).update(
        state="accepted", amount=0, cumulative=2000, edited_at=AT
    )
    close_period(actor=None, period=delivery.period, at=AT)
    return delivery


def view_of(delivery, who, **asked):
    person = delivery.house.people[who]
    forget_posts(person)
    return find_view(person, delivery.version.programme, PaceAsked(**asked))


def test_the_map_of_a_city(closed):
    found = pace_cells.heat_map(view_of(closed, "own"))
    assert [column.name for column in found.columns] == ["河东县", "河西县"]
    (row,) = found.rows
    assert (row.project, row.headline, row.category) == (1, "帮扶就业", "就业")
    assert [cell.worst for cell in row.cells] == ["yellow", "missing"]
    assert (row.whole.worst, row.whole.parts, row.whole.missing_parts) == ("yellow", 2, 1)


@pytest.mark.parametrize(
    ("who", "region", "columns"),
    [
        ("own", "云岭市", ["河东县", "河西县"]),
        ("lead", "云岭市", ["河东县", "河西县"]),
        ("county", "河东县", []),
        ("local", "河东县", []),
        ("west", "河西县", []),
        ("administrator", "云岭市", ["河东县", "河西县"]),
    ],
)
def test_what_each_sees_first(closed, who, region, columns):
    view = view_of(closed, who)
    assert view.region.name == region
    assert [column.name for column in pace_cells.heat_map(view).columns] == columns
    assert view.counted is (who not in ("lead", "local", "west"))


@pytest.mark.parametrize("who", ["county", "local"])
def test_another_county_is_out_of_reach(closed, who):
    west = Region.objects.get(name="河西县")
    assert view_of(closed, who, region=west.pk) is None
    assert view_of(closed, who, region=closed.house.city.pk) is None
    view = view_of(closed, who)
    assert pace_cells.whole_cell(view).counts["missing"] == 0
    assert [row.region_name for row in pace_targets.cell_targets(view).rows] == ["河东县"]
    assert pace_targets.missing_targets(view).total == 0
    assert pace_targets.lit_targets(view, ("missing", "yellow")).total == 1
    person = closed.house.people[who]
    assert target_year(person, closed.version.programme_id, closed.west.pk) is None
    tried = try_on_past(person, closed.version.programme_id, view.rules, level="county")
    assert (tried.standings, tried.trial.changed.total()) == (2, 0)


@pytest.mark.parametrize("who", ["sister", "outsider"])
def test_who_is_not_of_it_sees_nothing(closed, who):
    assert view_of(closed, who) is None
    person = closed.house.people[who]
    assert target_year(person, closed.version.programme_id, closed.east.pk) is None


def test_a_county_knows_its_place_and_not_the_others(closed):
    for who in ("county", "local"):
        places = pace_places.region_places(view_of(closed, who))
        assert [(row.name, row.place, row.mine) for row in places.rows] == [("河东县", 1, True)]
        assert places.total == 1
    both = pace_places.region_places(view_of(closed, "own"))
    assert [(row.name, row.place) for row in both.rows] == [("河东县", 1), ("河西县", None)]


def test_a_units_people_read_the_same_counts(closed):
    whole, mine = (pace_cells.whole_cell(view_of(closed, who)) for who in ("own", "lead"))
    assert (whole.counts, whole.nodes, whole.parts) == (mine.counts, mine.nodes, mine.parts)
    assert [row.name for row in pace_places.unit_places(view_of(closed, "lead")).rows] == [
        "市人力资源社会保障局"
    ]


def test_a_target_through_the_year(closed):
    person = closed.house.people["county"]
    year = target_year(person, closed.version.programme_id, closed.east.pk)
    assert [(month.key, month.standing.light) for month in year.months] == [
        ("2023-M02", "green"), ("2023-M03", "yellow"),
    ]  # fmt: skip
    last = year.last
    assert last.sentence == (
        "黄灯：截至3月底应完成25%（4,500人），实际完成2,000人（11.11%），落后13.89个百分点"
        "（落后10至30个百分点为黄灯）。"
    )
    assert (last.lines[0].cumulative, last.report) == (2000, closed.line.pk)
    assert last.standing.unmoved == 1


def test_beside_last_month_and_who_has_not_moved(closed):
    view = view_of(closed, "own")
    assert pace_targets.moved_targets(view).rows == ()
    east = view_of(closed, "own", region=closed.house.county.pk)
    (row,) = pace_targets.moved_targets(east).rows
    assert (row.before.light, row.now.light, row.now.name) == ("green", "yellow", "城镇新增就业")
    assert pace_targets.unmoved_targets(view, least=1).total == 1
    assert [one.key for one in pace_cells.lights_over_time(east)] == ["2023-M02", "2023-M03"]


def test_an_earlier_month_opens_as_it_was(closed):
    view = view_of(closed, "own", period="2023-M02", region=closed.house.county.pk)
    assert pace_cells.whole_cell(view).worst == "green"
    assert view_of(closed, "own", period="2023-M01") is None


@pytest.mark.parametrize("asked", [{"category": "养老"}, {"unit": 10**6}, {"project": 9}])
def test_filters_that_meet_nothing(closed, asked):
    for who in ("own", "lead"):
        view = view_of(closed, who, **asked)
        assert pace_cells.heat_map(view).rows == ()
        assert pace_targets.cell_targets(view).total == 0


def test_other_rules_on_past_months(closed):
    rules = preset("tianjin-2022").rules
    tried = try_on_past(closed.house.people["own"], closed.version.programme_id, rules, level="county")
    assert isinstance(tried, Tried)
    assert {key: count.total() for key, count in tried.trial.would_be.items()} == {
        "2023-M02": 2, "2023-M03": 2,
    }  # fmt: skip


def everything(delivery, who) -> int:
    """All a page may read; how many questions that took."""
    person = delivery.house.people[who]
    forget_posts(person)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        view = find_view(person, delivery.version.programme, PaceAsked())
        pace_choices(view)
        pace_cells.heat_map(view)
        pace_cells.lights_over_time(view)
        pace_leader.leader_summary(view)
        pace_places.region_places(view)
        pace_places.unit_places(view)
        page = pace_targets.lit_targets(view, ("yellow", "missing", "red"), limit=20)
        assert len(page.rows) <= 20
        pace_targets.moved_targets(view, limit=20)
        target_year(person, delivery.version.programme_id, delivery.east.pk)
    return len(asked)


@pytest.mark.parametrize("who", ["own", "lead"])
def test_as_many_questions_for_one_as_for_three_hundred(delivery, who):
    for month in (1, 2):
        few = ReportPeriod.objects.create(
            programme=delivery.version.programme, key=f"2023-M0{month}", name=f"2023年{month}月",
            start=date(2023, month, 1), end=date(2023, month, 28), due_on=date(2023, 3, 5),
            closes_on=date(2023, 3, 15), opened_at=AT,
        )  # fmt: skip
        close_period(actor=None, period=few, at=AT)
    before = everything(delivery, who)
    regions = Region.objects.bulk_create(
        Region(name=f"县{n}", full_name=f"县{n}", parent=delivery.house.city, path=f"/云岭市/县{n:03}/")
        for n in range(100)
    )
    for line in more_lines(delivery, 3):
        Allocation.objects.bulk_create(
            Allocation(
                indicator=line.allocation.indicator, region=region, reporting_unit=line.unit,
                share=Decimal(9), above=line.allocation,
            )
            for region in regions
        )  # fmt: skip
    assert Unit.objects.count() == 3
    close_period(actor=None, period=delivery.period, at=AT)
    assert everything(delivery, who) == before
