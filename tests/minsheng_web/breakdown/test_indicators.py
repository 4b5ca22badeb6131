"""Targets become indicators once; a newer plan is followed only where a person says so; words keep what is issued."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from minsheng.plans.plan_json import plan_from_json
from minsheng_web.records.actions.division_states import Refused
from minsheng_web.records.actions.indicator_changes import take_changes
from minsheng_web.records.actions.indicator_words import follow, set_words, words_of
from minsheng_web.records.actions.indicators import TakenUp, take_up_targets
from minsheng_web.records.actions.publishing import publish_plan
from minsheng_web.records.models import (
    Allocation,
    AuditEvent,
    DivisionProposal,
    Indicator,
    PlanVersion,
    Unit,
    UnitName,
)
from minsheng_web.records.queries.stated import indicators_of, matched, newest_version

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def take_up(house, version, who="own"):
    return take_up_targets(actor=house.people[who], programme=version.programme, at=NOW)


def test_every_target_becomes_an_indicator_with_its_root_and_the_plans_own_parts(house, version):
    assert take_up(house, version) == TakenUp(made=4, drafts=1, unknown=())
    rows = [
        (row.position, row.project_number, row.name, row.value, row.unit, row.kind, row.lead_unit.name)
        for row in Indicator.objects.all()
    ]
    assert rows == [
        (1, 1, "城镇新增就业", Decimal(33000), "人", "count", "市人力资源社会保障局"),
        (2, 1, "举办招聘会", Decimal(120), "场", "count", "市人力资源社会保障局"),
        (3, 2, "建设零工市场", Decimal(6), "个", "count", "市人力资源社会保障局"),
        (4, 3, "新建老年食堂", Decimal(45), "个", "count", "市民政局"),
    ]
    first = Indicator.objects.get(position=1)
    assert (first.target.text, first.comparator, first.category_name) == ("3.3万人以上", "ge", "就业")
    assert [unit.name for unit in first.cooperating_units.all()] == ["市财政局"]
    root = Allocation.objects.get(indicator=first)
    assert (root.region, root.share, root.reporting_unit, root.version) == (
        house.city, Decimal(33000), first.lead_unit, 0,
    )  # fmt: skip
    draft = DivisionProposal.objects.get()
    assert (draft.node, draft.state, draft.base) == (root, "draft", 0)
    assert sorted(part["share"] for part in draft.parts) == ["15000", "18000"]


def test_pressing_twice_doubles_nothing(house, version):
    take_up(house, version)
    events = AuditEvent.objects.count()
    assert take_up(house, version) == TakenUp(0)
    assert (Indicator.objects.count(), Unit.objects.count(), Allocation.objects.count()) == (4, 3, 4)
    assert AuditEvent.objects.count() == events


def test_an_indicator_that_stands_already_is_matched(delivery):
    assert take_up(delivery.house, delivery.version).made == 3
    assert Indicator.objects.filter(name="城镇新增就业").count() == 1


def test_a_unit_is_known_by_a_former_name(house, version):
    unit = Unit.objects.create(region=house.city, name="市人社和就业局")
    UnitName(
        unit=unit, name="市人力资源社会保障局", until=NOW, reason="更名", changed_by=house.people["own"]
    ).save()
    take_up(house, version)
    assert Indicator.objects.get(position=1).lead_unit == unit


@pytest.mark.parametrize("who", ["county", "sister", "reader", "administrator", "outsider"])
def test_only_the_office_takes_up(house, version, who):
    with pytest.raises(PermissionDenied):
        take_up(house, version, who)
    assert not Indicator.objects.exists()


def publish_next(house, version, change):
    plan = change(plan_from_json(version.plan))
    made = publish_plan(
        actor=house.people["own"],
        region=house.city,
        plan=plan,
        lines=tuple(version.lines),
        at=NOW,
        reason="调整",
    )
    assert isinstance(made, PlanVersion), made
    return made


def lower(plan):
    """The first target falls to 30000, the second project is dropped and the third moves up."""
    first, _, third = plan.projects
    target = replace(first.quantities[0], value=Decimal(30000))
    first = replace(first, quantities=(target, *first.quantities[1:]))
    return replace(plan, projects=(first, replace(third, number=2)))


def test_a_newer_version_is_shown_and_taken_only_when_said(house, version):
    take_up(house, version)
    programme = version.programme
    publish_next(house, version, lower)
    matching = matched(newest_version(programme), indicators_of(programme))
    assert [held.name for held in matching.gone] == ["建设零工市场"]
    assert matching.new == ()
    assert take_up(house, version) == TakenUp(0)
    jobs = Indicator.objects.get(position=1)
    assert jobs.value == 33000
    people = house.people
    with pytest.raises(PermissionDenied):
        take_changes(actor=people["reader"], programme=programme, indicators=[jobs.pk], version=2)
    stale = take_changes(actor=people["own"], programme=programme, indicators=[jobs.pk], version=1)
    assert (stale.taken, stale.stale) == (0, True)
    taken = take_changes(actor=people["own"], programme=programme, indicators=[jobs.pk], version=2)
    assert taken.taken == 1
    jobs.refresh_from_db()
    assert (jobs.value, jobs.target.version.number) == (30000, 2)
    assert Allocation.objects.get(indicator=jobs, above=None).share == 30000
    event = AuditEvent.objects.get(action="indicator.follow_version")
    assert (event.old["value"], event.new["value"]) == ("33000", "30000")
    assert event.new["changes"] == [{"what": "目标数", "old": "不少于33000", "new": "不少于30000"}]
    again = take_changes(actor=people["own"], programme=programme, indicators=[jobs.pk], version=2)
    assert again.taken == 0


def test_what_an_office_called_otherwise_stays_its_own(house, version):
    take_up(house, version)
    jobs = Indicator.objects.get(position=1)
    was = words_of(jobs)
    set_words(actor=house.people["own"], indicator=jobs, words=replace(was, name="新增就业人数"), seen=was)
    publish_next(house, version, lower)
    take_changes(actor=house.people["own"], programme=version.programme, indicators=[jobs.pk], version=2)
    jobs.refresh_from_db()
    assert (jobs.name, jobs.value) == ("新增就业人数", 30000)


def test_following_is_ticked(house, version):
    take_up(house, version)
    keys = list(Indicator.objects.values_list("pk", flat=True))
    act = {"actor": house.people["own"], "programme": version.programme}
    assert follow(**act, shown=keys, ticked=keys[1:]) == (0, 1)
    assert follow(**act, shown=keys, ticked=keys[1:]) == (0, 0)
    assert follow(**act, shown=keys[:1], ticked=keys[:1]) == (1, 0)
    assert Indicator.objects.filter(active=True).count() == 4
    with pytest.raises(PermissionDenied):
        follow(actor=house.people["reader"], programme=version.programme, shown=keys, ticked=[])


def test_words_are_kept_with_old_and_new(delivery):
    row, own = delivery.indicator, delivery.house.people["own"]
    was = words_of(row)
    helper = Unit.objects.create(region=delivery.house.city, name="市财政局")
    words = replace(was, name="城镇新增就业人数", cooperating=(helper.pk,), due=date(2023, 12, 31))
    saved = set_words(actor=own, indicator=row, words=words, seen=was)
    assert words_of(saved) == words
    assert Allocation.objects.filter(indicator=row, due=date(2023, 12, 31)).count() == 3
    event = AuditEvent.objects.get(action="indicator.words")
    assert (event.old["name"], event.new["name"]) == ("城镇新增就业", "城镇新增就业人数")
    assert (
        "同事刚改过" in set_words(actor=own, indicator=row, words=replace(was, unit="户"), seen=was).message
    )
    with pytest.raises(PermissionDenied):
        set_words(actor=delivery.house.people["lead"], indicator=row, words=was, seen=words)


def test_a_kind_under_which_the_issued_parts_cannot_stand_is_refused(delivery):
    row, own = delivery.indicator, delivery.house.people["own"]
    Allocation.objects.filter(pk=delivery.east.pk).update(share=Decimal("18000.5"))
    Allocation.objects.filter(pk=delivery.west.pk).update(share=Decimal("14999.5"))
    Indicator.objects.filter(pk=row.pk).update(unit="公里")
    row.refresh_from_db()
    was = words_of(row)
    refused = set_words(actor=own, indicator=row, words=replace(was, unit="人"), seen=was)
    assert isinstance(refused, Refused)
    assert [problem.code for problem in refused.problems] == ["part_fractional", "part_fractional"]


@pytest.mark.parametrize(
    "change", [{"kind": "none"}, {"name": " "}, {"name": "长" * 201}, {"unit": "位" * 51}]
)
def test_words_that_cannot_be(delivery, change):
    was = words_of(delivery.indicator)
    own = delivery.house.people["own"]
    refused = set_words(actor=own, indicator=delivery.indicator, words=replace(was, **change), seen=was)
    assert isinstance(refused, Refused)
    assert words_of(Indicator.objects.get(pk=delivery.indicator.pk)) == was


def test_a_unit_of_another_region_does_not_lead(delivery):
    was = words_of(delivery.indicator)
    foreign = Unit.objects.get(name="河东县人力资源社会保障局")
    with pytest.raises(ValueError, match="another region"):
        set_words(
            actor=delivery.house.people["own"],
            indicator=delivery.indicator,
            words=replace(was, lead_unit=foreign.pk),
            seen=was,
        )


def test_ticks_of_one_page_leave_the_other_pages_alone(house, version, monkeypatch):
    take_up(house, version)
    monkeypatch.setattr("minsheng_web.office.screens.indicators.ROWS_A_PAGE", 3)
    client, address = house.client("own"), f"/programmes/{version.programme_id}/indicators/"
    shown = [
        [row.indicator.pk for _, rows in page.context["screen"].groups for row in rows]
        for page in (client.get(address, {"page": number}) for number in (1, 2))
    ]
    assert [len(keys) for keys in shown] == [3, 1]
    assert {key for keys in shown for key in keys} == set(Indicator.objects.values_list("pk", flat=True))
    answer = client.post(f"{address}follow/", {"page": 2, "shown": shown[1], "follow": []})
    assert (answer.status_code, answer["Location"]) == (302, f"{address}?page=2")
    assert set(Indicator.objects.filter(active=False).values_list("pk", flat=True)) == set(shown[1])
