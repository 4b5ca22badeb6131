"""Units: those of a plan, counterparts below, renaming and closing."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied

from minsheng_web.records.actions.people import add_region, give_post
from minsheng_web.records.actions.refused import Refused
from minsheng_web.records.actions.units import (
    Wanted,
    accept_counterparts,
    add_unit,
    close_unit,
    rename_unit,
    reopen_unit,
    units_from_plan,
)
from minsheng_web.records.models import AuditEvent, Region, ReportLine, Unit, UnitName
from minsheng_web.records.queries.units import counterparts_below, regions_below, units_found

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PLAN_UNITS = ["市人力资源社会保障局", "市财政局", "市民政局"]


def names(region):
    return sorted(Unit.objects.filter(region=region).values_list("name", flat=True))


def test_the_plans_units_become_units_once_however_often_pressed(house, version):
    own = house.people["own"]
    first = units_from_plan(actor=own, programme=version.programme)
    assert [unit.name for unit in first.created] == PLAN_UNITS
    again = units_from_plan(actor=own, programme=version.programme)
    assert (again.created, [unit.name for unit in again.found]) == ((), PLAN_UNITS)
    assert names(house.city) == sorted(PLAN_UNITS)
    assert AuditEvent.objects.filter(action="unit.add").count() == 3


def test_a_unit_renamed_since_is_found_again_by_the_plans_name(house, version):
    own = house.people["own"]
    units_from_plan(actor=own, programme=version.programme)
    bureau = Unit.objects.get(name="市人力资源社会保障局")
    rename_unit(actor=own, unit=bureau, name="市人社局", reason="简称", seen=bureau.name, at=NOW)
    assert units_from_plan(actor=own, programme=version.programme).created == ()
    assert names(house.city) == ["市人社局", "市民政局", "市财政局"]


@pytest.mark.parametrize("who", ["county", "sister", "reader", "outsider"])
def test_another_office_sets_up_no_units(house, version, who):
    with pytest.raises(PermissionDenied):
        units_from_plan(actor=house.people[who], programme=version.programme)
    assert Unit.objects.count() == 0


def suggested(city):
    return {
        group.region.name: [
            (row.above.name, row.name, row.ticked, row.there is not None) for row in group.rows
        ]
        for group in counterparts_below(city, regions_below(city))
    }


def test_counterparts_are_suggested_for_counties_and_zones_and_accepted_once(house, version):
    own = house.people["own"]
    zone = add_region(actor=None, name="云岭高新区", parent=house.city)
    assert zone.level == "zone"
    units_from_plan(actor=own, programme=version.programme, names=["市民政局"])
    before = [("市民政局", "河东县民政局", True, False)]
    assert suggested(house.city) == {
        "云岭高新区": [("市民政局", "云岭高新区民政局", False, False)],
        "河东县": before,
        "河西县": [("市民政局", "河西县民政局", True, False)],
    }
    above = Unit.objects.get(name="市民政局")
    wanted = [Wanted(house.county, above, " 河东县民政局 "), Wanted(zone, above, "云岭高新区社会事业局")]
    made = accept_counterparts(actor=own, wanted=wanted)
    assert [(unit.name, unit.above) for unit in made.created] == [
        ("河东县民政局", above),
        ("云岭高新区社会事业局", above),
    ]
    again = accept_counterparts(actor=own, wanted=wanted)
    assert (again.created, len(again.found), again.faults) == ((), 2, ())
    assert suggested(house.city)["河东县"] == [("市民政局", "河东县民政局", False, True)]
    assert suggested(house.city)["云岭高新区"] == [("市民政局", "云岭高新区社会事业局", False, True)]


def test_a_counterpart_that_is_there_is_connected_and_another_ones_is_left(house):
    own = house.people["own"]
    civil = add_unit(actor=own, region=house.city, name="市民政局")
    health = add_unit(actor=own, region=house.city, name="市卫健委")
    there = add_unit(actor=own, region=house.county, name="河东县民政局")
    made = accept_counterparts(actor=own, wanted=[Wanted(house.county, civil, "河东县民政局")])
    there.refresh_from_db()
    assert (made.created, there.above) == ((), civil)
    made = accept_counterparts(
        actor=own, wanted=[Wanted(house.county, health, "河东县民政局"), Wanted(house.county, health, "")]
    )
    assert made.faults == (
        "河东县“河东县民政局”已对应另一个上级单位，没有改动。",
        "河东县（市卫健委）：单位名称应为 2 到 100 个字。",
    )


def test_one_region_out_of_reach_refuses_the_whole_step(house):
    own, above = house.people["own"], Unit.objects.create(region=house.city, name="市民政局")
    wanted = [Wanted(house.county, above, "河东县民政局"), Wanted(house.sister_city, above, "青川市民政局")]
    with pytest.raises(PermissionDenied):
        accept_counterparts(actor=own, wanted=wanted)
    assert Unit.objects.count() == 1


def test_renaming_keeps_the_old_name_and_everything_follows(delivery):
    own, bureau = delivery.house.people["own"], delivery.east.reporting_unit
    renamed = rename_unit(
        actor=own, unit=bureau, name="河东县人社局", reason="机构改革", seen=bureau.name, at=NOW
    )
    assert renamed.name == "河东县人社局"
    assert list(UnitName.objects.filter(unit=bureau).values_list("name", "reason", "changed_by")) == [
        ("河东县人力资源社会保障局", "机构改革", own.pk)
    ]
    line = ReportLine.objects.get(pk=delivery.line.pk)
    assert (line.unit.name, line.unit.posts.get().holders.get().username) == ("河东县人社局", "local")
    assert [unit.name for unit in units_found(own, "河东县人力资源")] == ["河东县人社局"]
    page = delivery.house.client("own").get("/units/?q=河东县人力资源").content.decode()
    assert "原河东县人力资源社会保障局" in page
    for who, shown in {"own": True, "local": True, "sister": False}.items():
        found = delivery.house.client(who).get("/search/?q=河东县人力资源").content.decode()
        assert ("河东县人社局" in found) is shown, who


@pytest.mark.parametrize(
    ("name", "reason", "seen", "sentence"),
    [
        ("河东县人社局", "", "河东县人力资源社会保障局", "请写明更名原因"),
        ("县", "改革", "河东县人力资源社会保障局", "2 到 100 个字"),
        ("河东县人社局", "改革", "旧页面上的名称", "同事已更名为“河东县人力资源社会保障局”"),
        ("河东县人力资源社会保障局", "改革", "河东县人力资源社会保障局", "与现名称相同"),
        ("河东县教育局", "改革", "河东县人力资源社会保障局", "不用重复添加"),
    ],
)
def test_a_rename_that_is_not_taken(delivery, name, reason, seen, sentence):
    Unit.objects.create(region=delivery.east.region, name="河东县教育局")
    unit = delivery.east.reporting_unit
    outcome = rename_unit(
        actor=delivery.house.people["own"], unit=unit, name=name, reason=reason, seen=seen, at=NOW
    )
    assert isinstance(outcome, Refused)
    assert sentence in outcome.message
    unit.refresh_from_db()
    assert unit.name == "河东县人力资源社会保障局"
    assert unit.former_names.count() == 0


def test_a_name_may_come_back(delivery):
    own, unit = delivery.house.people["own"], delivery.east.reporting_unit
    old = unit.name
    rename_unit(actor=own, unit=unit, name="河东县人社局", reason="改革", seen=old, at=NOW)
    back = rename_unit(actor=own, unit=unit, name=old, reason="改回", seen="河东县人社局", at=NOW)
    assert back.name == old


def test_a_unit_with_work_is_not_closed(delivery):
    own = delivery.house.people["own"]
    outcome = close_unit(actor=own, unit=delivery.east.reporting_unit, reason="撤并")
    assert outcome == Refused(
        "“河东县人力资源社会保障局”还不能停用：还有 1 人在岗；还承担 1 项任务分解。请先交接或调整。"
    )
    lead = close_unit(actor=own, unit=delivery.indicator.lead_unit, reason="撤并")
    assert lead.message.startswith(
        "“市人力资源社会保障局”还不能停用：还有 1 人在岗；还承担 1 项任务分解；还牵头 1 项"
    )


def test_an_empty_unit_is_closed_and_opened_again(house):
    own = house.people["own"]
    unit = add_unit(actor=own, region=house.city, name="市体育局")
    assert close_unit(actor=own, unit=unit, reason="") == Refused("请写明停用原因，例如“机构撤并”。")
    assert close_unit(actor=own, unit=unit, reason="机构撤并").active is False
    assert close_unit(actor=own, unit=unit, reason="机构撤并") == Refused("“市体育局”已经停用。")
    assert "已停用，可在单位页面恢复" in add_unit(actor=own, region=house.city, name="市体育局").message
    assert reopen_unit(actor=own, unit=unit).active is True
    assert reopen_unit(actor=own, unit=unit) == Refused("“市体育局”没有停用。")


def test_the_pages_of_units_lead_from_the_plan_to_the_counties(house, version):
    client, programme = house.client("own"), version.programme_id
    page = client.get(f"/units/from-plan/{programme}/").content.decode()
    assert page.count('name="name"') == 3
    page = client.post(f"/units/from-plan/{programme}/", {"name": PLAN_UNITS}, follow=True).content.decode()
    assert "新增 3 个单位。" in page
    assert 'value="河东县人力资源社会保障局"' in page
    civil, west = Unit.objects.get(name="市民政局"), Region.objects.get(name="河西县")
    key = f"{civil.pk}-{west.pk}"
    page = client.post(
        f"/units/counterparts/{house.city.pk}/", {"take": [key], f"name-{key}": "河西县民政局"}, follow=True
    ).content.decode()
    assert "新增 1 个单位。" in page
    assert Unit.objects.get(name="河西县民政局").above == civil


def test_names_that_are_hardly_one_unit_are_not_ticked(house, version):
    from minsheng_web.records.models import PublishedUnit
    from minsheng_web.records.queries.units import plan_units

    project = version.projects.first()
    PublishedUnit(version=version, project=project, name="各县区人民政府", part="cooperating").save()
    assert [(row.name, row.suspect) for row in plan_units(version.programme)] == [
        ("市人力资源社会保障局", False),
        ("市财政局", False),
        ("各县区人民政府", True),
        ("市民政局", False),
    ]


def test_an_administrator_manages_units_everywhere(house):
    give_post(actor=None, user=house.people["outsider"], role="administrator", region=None)
    unit = add_unit(actor=house.people["outsider"], region=house.sister_city, name="市民政局")
    assert unit.region == house.sister_city
