"""Ways to fill a draft: each exact, each telling what it lacks, none losing what was typed besides."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from minsheng_web.records.actions.division_drafts import fill_draft
from minsheng_web.records.actions.division_states import Conflict, Refused
from minsheng_web.records.actions.indicators import take_up_targets
from minsheng_web.records.actions.people import add_region
from minsheng_web.records.models import Allocation, DivisionProposal, Indicator, Programme, Region, ReportLine
from minsheng_web.records.queries.division import find_node, last_year_of, mark_of, open_proposal, proposed
from minsheng_web.records.queries.division_ways import levels_below, suggested_level, ways_for
from minsheng_web.records.typed_parts import Typed, TypedPart

AT = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)


def fill(office, way, *, name="云岭市", who="own", level="", seen=None):
    node = office.node(name)
    mark = mark_of(open_proposal(node)) if seen is None else seen
    return fill_draft(actor=office.people[who], node=node, way=way, level=level, seen=mark, at=AT)


def by_name(proposal):
    names = dict(Region.objects.values_list("pk", "name"))
    return {names[part.region]: part.share for part in proposed(proposal).parts if part.share}


def test_evenly(office):
    assert by_name(fill(office, "evenly")) == {"河东县": "16500", "河西县": "16500"}


def test_by_population_says_who_is_missing(office):
    Region.objects.filter(name="河东县").update(population=200_000, population_source="统计公报")
    refused = fill(office, "population")
    assert isinstance(refused, Refused)
    assert [problem.code for problem in refused.problems] == ["weight_unknown"]
    assert "河西县没有分配依据" in refused.problems[0].message
    assert not DivisionProposal.objects.exists()
    Region.objects.filter(name="河西县").update(population=100_000, population_source="统计公报")
    assert by_name(fill(office, "population")) == {"河东县": "22000", "河西县": "11000"}


def test_by_a_typed_key_which_stays_beside_unit_and_reserve(office):
    node = office.node()
    typed = office.typed(node, {"河东县": "18000", "河西县": "12000"}, reserve="3000")
    parts = tuple(replace(part, key=key) for part, key in zip(typed.parts, ("1", "2"), strict=True))
    office.save(replace(typed, parts=parts))
    draft = fill(office, "key")
    assert by_name(draft) == {"河东县": "10000", "河西县": "20000"}
    held = proposed(draft)
    assert held.reserve == 3000
    assert [(part.key, part.unit) for part in held.parts] == [
        ("1", parts[0].unit), ("2", parts[1].unit)
    ]  # fmt: skip


def test_as_last_year(office, delivery):
    programme = Programme.objects.create(region=office.city, year=2022, title="云岭市2022年民生实事")
    before = Indicator.objects.create(
        programme=programme, project_number=1, project_headline="就业", name="城镇新增就业", unit="人",
        kind="count", value=Decimal(30000), position=1,
    )  # fmt: skip
    for region, share in ((delivery.east.region, 20000), (delivery.west.region, 10000)):
        Allocation.objects.create(
            indicator=before,
            region=region,
            share=share,
            above=None if region.name == "河东县" else Allocation.objects.get(indicator=before),
        )
    assert last_year_of(office.node()) == {delivery.east.region_id: 20000, delivery.west.region_id: 10000}
    draft = fill(office, "last_year")
    assert by_name(draft) == {"河东县": "22000", "河西县": "11000"}
    assert sorted(part.last_year for part in proposed(draft).parts) == ["10000", "20000"]


def test_from_the_notice(office):
    office.save({"河东县": "17000", "河西县": "16000"})
    assert by_name(fill(office, "notice")) == {"河东县": "18000", "河西县": "15000"}


def test_back_to_what_stands(office):
    office.save({"河东县": "17000", "河西县": "16000"})
    assert by_name(fill(office, "standing")) == {"河东县": "18000", "河西县": "15000"}


def test_a_level_is_the_same_for_all(office, delivery):
    Indicator.objects.filter(pk=delivery.indicator.pk).update(kind="at_least", unit="%", value=95)
    Allocation.objects.filter(pk=delivery.root.pk).update(share=95)
    assert [code for code, _ in ways_for(office.node())] == ["notice", "same", "standing"]
    assert by_name(fill(office, "same")) == {"河东县": "95", "河西县": "95"}
    with pytest.raises(ValueError, match="no way"):
        fill(office, "evenly")


def test_a_task_without_a_number_is_everybodys(office, delivery):
    Indicator.objects.filter(pk=delivery.indicator.pk).update(kind="full_coverage", unit="", value=None)
    Allocation.objects.filter(pk=delivery.root.pk).update(share=None, version=0)
    Allocation.objects.filter(above=delivery.root).update(active=False)
    draft = fill(office, "same")
    assert [part.takes for part in proposed(draft).parts] == [True, True]


def test_one_target_per_village(office, delivery):
    """每个行政村不少于1场: so many villages, so many shows, level by level."""
    for county, towns in (("河东县", {"城关镇": 2, "柳河乡": 3}), ("河西县", {"北山镇": 4})):
        parent = Region.objects.get(name=county)
        for town, villages in towns.items():
            place = add_region(actor=None, name=town, parent=parent)
            for number in range(villages):
                village = add_region(actor=None, name=f"{town}{number}村", parent=place)
                Region.objects.filter(pk=village.pk).update(level="village")
    Indicator.objects.filter(pk=delivery.indicator.pk).update(
        each=True, value=2, unit="场", name="行政村送戏"
    )
    ReportLine.objects.all().delete()
    Allocation.objects.filter(above=delivery.root).delete()
    root = Allocation.objects.filter(pk=delivery.root.pk)
    from minsheng_web.records.models import DivisionVersion

    DivisionVersion.objects.all()._raw_delete("default")
    root.update(share=None, version=0)
    node = office.node()
    assert levels_below(node) == (
        ("straight", "每个下级地区", 2), ("town", "每个乡级单位", 3), ("village", "每个村级单位", 9)
    )  # fmt: skip
    assert suggested_level(node) == "village"
    assert by_name(fill(office, "each", level="village")) == {"河东县": "10", "河西县": "8"}
    version = office.issue()
    assert (version.whole, office.node().share) == (18, 18)
    assert by_name(fill(office, "each", name="河东县", level="village")) == {"城关镇": "4", "柳河乡": "6"}
    office.issue(name="河东县")
    assert by_name(fill(office, "each", name="柳河乡", level="village")) == {
        f"柳河乡{number}村": "2" for number in range(3)
    }
    assert office.issue(name="柳河乡").whole == 6


def test_filling_over_a_colleagues_newer_draft_is_a_conflict(office):
    office.save({"河东县": "17000", "河西县": "16000"}, who="colleague")
    assert isinstance(fill(office, "evenly", seen=""), Conflict)


def test_what_stays_with_the_city_itself_is_its_reserve(house, version):
    from minsheng.progress.stated_targets import StatedTarget
    from minsheng_web.records.queries.division import regions_below
    from minsheng_web.records.queries.stated import typed_of

    target = StatedTarget(
        "", 1, "法律援助", "", "法律援助案件", "件", Decimal(100), "eq", "count",
        parts={"市本级": Decimal(20), "河东": Decimal(50), "河西县": Decimal(25), "河南县": Decimal(5)},
    )  # fmt: skip
    typed, unknown = typed_of(target, regions_below(house.city))
    names = dict(Region.objects.values_list("pk", "name"))
    assert {names[part.region]: part.share for part in typed.parts} == {"河东县": "50", "河西县": "25"}
    assert (typed.reserve, unknown) == (20, ("河南县",))


def test_nothing_to_divide_into(house, version):
    take_up_targets(actor=house.people["own"], programme=version.programme, at=AT)
    Region.objects.filter(parent=house.city).update(parent=None)
    node = find_node(house.people["own"], Allocation.objects.get(indicator__position=2).pk)
    refused = fill_draft(actor=house.people["own"], node=node, way="evenly", seen="", at=AT)
    assert [problem.code for problem in refused.problems] == ["no_regions"]
    assert Typed((TypedPart(1),)).tidy() == Typed()
