"""What each post reaches of a programme under way, row by row; and what it may do."""

import pytest

from minsheng_web.records import access, duties
from minsheng_web.records.actions.people import give_post
from minsheng_web.records.models import Post, Programme, ReportLine, ReportPeriod
from reporting import february

EVERY = ("河东县", "河西县")
REACH = {
    "own": EVERY,
    "county": ("河东县",),
    "lead": EVERY,
    "local": ("河东县",),
    "west": ("河西县",),
    "finance": EVERY,
    "auditor": EVERY,
    "leader": EVERY,
    "publisher": EVERY,
    "reader": EVERY,
    "administrator": EVERY,
    "sister": (),
    "outsider": (),
}


@pytest.mark.parametrize("who", REACH)
def test_lines_in_reach(delivery, who):
    lines = access.report_lines_for(delivery.house.people[who])
    assert tuple(line.allocation.region.name for line in lines) == REACH[who]


@pytest.mark.parametrize("who", REACH)
def test_parts_in_reach(delivery, who):
    whole = () if who in ("county", "local", "west", "sister", "outsider") else ("云岭市",)
    parts = access.allocations_for(delivery.house.people[who])
    assert tuple(part.region.name for part in parts) == whole + REACH[who]


@pytest.mark.parametrize("who", REACH)
def test_frozen_lines_in_reach(frozen, delivery, who):
    person = delivery.house.people[who]
    names = [line.region_name for line in access.snapshot_lines_for(person)]
    assert names == (["河东县"] if "河东县" in REACH[who] else [])
    assert access.snapshots_for(person).count() == bool(REACH[who])


@pytest.mark.parametrize("who", REACH)
def test_a_programme_from_above_is_seen_where_it_has_a_part(delivery, who):
    person = delivery.house.people[who]
    seen = bool(REACH[who])
    assert access.programmes_for(person).exists() is seen
    assert access.plan_versions_for(person).exists() is seen
    assert access.periods_for(person).exists() is seen
    assert access.indicators_for(person).exists() is seen


def test_a_county_without_a_part_does_not_see_the_programme(delivery):
    delivery.east.indicator.allocations.filter(pk=delivery.east.pk).update(active=False)
    assert not access.programmes_for(delivery.house.people["county"]).exists()


def test_a_post_for_another_programme_reaches_nothing_of_this(delivery, house):
    from minsheng_web.records.models import Programme

    other = Programme.objects.create(region=house.city, year=2024, title="云岭市2024年民生实事")
    give_post(actor=None, user=house.people["outsider"], role="auditor", region=house.city, programme=other)
    person = house.people["outsider"]
    assert list(access.programmes_for(person)) == [other]
    assert not access.report_lines_for(person).exists()
    assert not access.allocations_for(person).exists()


DOES = {
    "local": ("fill",),
    "lead": ("verify",),
    "own": ("accept",),
    "county": ("accept",),
}


@pytest.mark.parametrize("who", REACH)
def test_who_may_do_what_with_a_line(delivery, who):
    person = delivery.house.people[who]
    line = ReportLine.objects.select_related("allocation__indicator", "allocation__region", "unit").get(
        pk=delivery.line.pk
    )
    done = (
        *(("fill",) if duties.may_fill(person, line) else ()),
        *(("verify",) if duties.may_verify(person, line) else ()),
        *(("accept",) if duties.accepting_office(person, line) else ()),
    )
    assert done == DOES.get(who, ())


def test_the_lowest_office_over_a_region_accepts(delivery):
    give_post(actor=None, user=delivery.house.people["own"], role="office", region=delivery.east.region)
    office = duties.accepting_office(delivery.house.people["own"], delivery.line)
    assert office == delivery.east.region


@pytest.mark.parametrize(
    ("who", "role", "where", "may"),
    [
        ("administrator", "administrator", None, True),
        ("administrator", "office", "city", True),
        ("own", "office", "county", True),
        ("own", "office", "city", False),
        ("own", "lead", "city", True),
        ("own", "administrator", None, False),
        ("own", "reader", "sister", False),
        ("county", "local", "county", True),
        ("county", "lead", "city", False),
        ("lead", "local", "county", False),
        ("auditor", "reader", "city", False),
    ],
)
def test_who_appoints_whom(delivery, who, role, where, may):
    house = delivery.house
    region = {"city": house.city, "county": house.county, "sister": house.sister_city, None: None}[where]
    assert duties.may_appoint(house.people[who], role, region) is may


@pytest.mark.parametrize("who", REACH)
def test_lines_of_named_periods_are_the_same_lines(delivery, who):
    """``report_lines_in`` finds faster what ``report_lines_for`` finds, whatever post one holds."""
    february(delivery)
    person = delivery.house.people[who]
    every = list(ReportPeriod.objects.select_related("programme__region").order_by("start"))
    assert len(every) == 2
    for periods in (every, every[:1], every[1:], []):
        slow = access.report_lines_for(person).filter(period__in=periods)
        fast = access.report_lines_in(person, periods)
        assert list(fast.values_list("pk", flat=True)) == list(slow.values_list("pk", flat=True))
    seen = access.report_lines_in(person, every).filter(period=delivery.period)
    assert tuple(line.allocation.region.name for line in seen) == REACH[who]


@pytest.mark.parametrize("who", ["own", "county", "lead", "local"])
def test_a_post_for_one_programme_finds_the_same_lines(delivery, who):
    person = delivery.house.people[who]
    other = Programme.objects.create(region=delivery.version.programme.region, year=2031, title="另一个")
    every = list(ReportPeriod.objects.select_related("programme__region"))
    for programme, names in ((delivery.version.programme, REACH[who]), (other, ())):
        Post.objects.filter(holdings__user=person).update(programme=programme)
        access.forget_posts(person)
        slow, fast = access.report_lines_for(person), access.report_lines_in(person, every)
        assert [line.pk for line in fast] == [line.pk for line in slow]
        assert tuple(line.allocation.region.name for line in fast) == names
