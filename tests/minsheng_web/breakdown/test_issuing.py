"""Saving, issuing, changing with approval: every guard, the two-person rule, compare-and-set, nothing half done."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from minsheng_web.records.actions import breakdown, division_drafts, division_states, division_writing
from minsheng_web.records.actions.breakdown import decide, withdraw
from minsheng_web.records.actions.division_states import Conflict, Refused
from minsheng_web.records.actions.people import take_post
from minsheng_web.records.approval import deciders_of
from minsheng_web.records.models import (
    Allocation,
    AuditEvent,
    DivisionProposal,
    DivisionVersion,
    ReportingRule,
    ReportLine,
    ReportPeriod,
    Unit,
)
from minsheng_web.records.models.immutable import ImmutableError
from minsheng_web.records.queries.division import mark_of, open_proposal, proposed, sent_back

NOT_OFFICES = ("lead", "local", "finance", "auditor", "leader", "publisher", "reader", "administrator", "sister",
               "outsider", "county")  # fmt: skip


def codes(refused):
    return [problem.code for problem in refused.problems]


def county_first(office, **shares):
    office.save(shares or {"城关镇": "10000", "柳河乡": "8000"}, who="county", name="河东县")
    return office.issue(who="county", name="河东县")


@pytest.mark.parametrize("who", NOT_OFFICES)
def test_only_the_office_writes(office, who):
    with pytest.raises(PermissionDenied):
        office.save({"河东县": "17000", "河西县": "16000"}, who=who)
    office.save({"河东县": "17000", "河西县": "16000"})
    with pytest.raises(PermissionDenied):
        office.issue(who=who)
    assert open_proposal(office.node()).state == "draft"


def test_a_county_breaks_its_part_down_without_approval(office):
    version = county_first(office)
    assert (version.number, version.whole, version.approved_by) == (1, Decimal(18000), None)
    assert office.shares("河东县") == {"城关镇": 10000, "柳河乡": 8000}
    assert office.node("河东县").version == 1
    event = AuditEvent.objects.get(action="division.issue")
    assert event.actor == office.people["county"]
    assert [part["share"] for part in event.new["parts"]] == ["10000", "8000"]


def report_in_december(delivery) -> list[str]:
    """The programme reports from December on; names of the towns under 河东县, each with its unit."""
    ReportingRule.objects.create(programme=delivery.version.programme, first_day=date(2023, 12, 1))
    towns = delivery.house.county.children.all()
    units = [Unit.objects.create(region=t, name=f"{t.name}民政办", above=delivery.line.unit) for t in towns]
    return sorted(unit.name for unit in units)


def test_what_is_issued_is_there_to_be_reported_at_once(office, delivery):
    names = report_in_december(delivery)
    county_first(office)
    december = ReportPeriod.objects.get(key="2023-M12")
    lines = ReportLine.objects.filter(period=december, allocation__above=office.node("河东县"))
    assert sorted(line.unit.name for line in lines.select_related("unit")) == names
    # The county issued; that a period opened is the calendar's doing.
    assert AuditEvent.objects.get(action="period.open", object_id=str(december.pk)).actor is None
    assert not ReportLine.objects.filter(period=december, allocation=delivery.east).exists()


def test_a_period_that_cannot_open_leaves_nothing_issued(office, delivery, monkeypatch):
    report_in_december(delivery)

    def fails(**_):
        raise RuntimeError

    monkeypatch.setattr(breakdown, "open_periods", fails)
    with pytest.raises(RuntimeError):
        county_first(office)
    assert office.node("河东县").version == 0
    assert open_proposal(office.node("河东县")).state == "draft"
    assert not AuditEvent.objects.filter(action="division.issue").exists()


def test_parts_and_reserve_make_the_whole(office):
    office.save({"城关镇": "10000", "柳河乡": "7000"}, who="county", name="河东县")
    refused = office.issue(who="county", name="河东县")
    assert codes(refused) == ["parts_differ_from_whole"]
    assert "少 1000人" in refused.problems[0].message
    assert office.shares("河东县") == {}
    office.save({"城关镇": "10000", "柳河乡": "7000"}, who="county", name="河东县", reserve="1000")
    assert isinstance(office.issue(who="county", name="河东县"), DivisionVersion)
    assert office.node("河东县").reserve == 1000


def test_what_cannot_be_read_is_kept_as_typed_and_not_issued(office):
    draft = office.save({"城关镇": "一万左右", "柳河乡": "0.8万"}, who="county", name="河东县")
    assert [part.share for part in proposed(draft).parts] == ["一万左右", "8000"]
    refused = office.issue(who="county", name="河东县")
    assert "城关镇：分解数" in refused.problems[0].message
    assert codes(refused)[0] == "cell_unreadable"


def test_more_may_be_asked_than_is_owed_but_not_less(office):
    office.save({"城关镇": ("10000", "10500"), "柳河乡": "8000"}, who="county", name="河东县")
    assert isinstance(office.issue(who="county", name="河东县"), DivisionVersion)
    assert Allocation.objects.get(region__name="城关镇").asked == 10500
    office.save({"河东县": ("18000", "17000"), "河西县": "15000"})
    assert codes(office.issue()) == ["asked_below_share"]


def test_a_region_asked_for_more_breaks_that_down(office):
    office.save({"河东县": ("18000", "20000"), "河西县": "15000"})
    office.issue()
    office.decide()
    office.save({"城关镇": "10000", "柳河乡": "8000"}, who="county", name="河东县")
    assert codes(office.issue(who="county", name="河东县")) == ["parts_differ_from_whole"]
    office.save({"城关镇": "12000", "柳河乡": "8000"}, who="county", name="河东县")
    assert office.issue(who="county", name="河东县").whole == 20000


def test_the_reporting_unit_is_the_counterpart_unless_chosen(office, house):
    above = Unit.objects.get(name="河东县人力资源社会保障局")
    own = Unit.objects.create(
        region=office.node("河东县").region.children.get(name="城关镇"), name="城关镇政府", above=above
    )
    county_first(office)
    assert Allocation.objects.get(region__name="城关镇").reporting_unit == own
    assert Allocation.objects.get(region__name="柳河乡").reporting_unit is None


def test_a_change_waits_for_a_second_person_and_makes_the_next_version(office):
    office.save({"河东县": "17000", "河西县": "16000"})
    waiting = office.issue()
    assert (waiting.state, waiting.base, waiting.reason) == ("waiting", 1, "省级计划调减")
    assert office.shares() == {"河东县": 18000, "河西县": 15000}
    with pytest.raises(PermissionDenied):
        office.decide(who="own")
    version = office.decide()
    assert (version.number, version.approved_by, version.proposed_by) == (
        2,
        office.people["colleague"],
        office.people["own"],
    )
    assert office.shares() == {"河东县": 17000, "河西县": 16000}
    event = AuditEvent.objects.get(action="division.approve")
    assert event.old == {"河东县 分解数": "18000人", "河西县 分解数": "15000人"}
    assert event.new["河东县 分解数"] == "17000人"


@pytest.mark.parametrize(
    ("reason", "number", "code"),
    [("", "〔2026〕3号", "change_without_reason"), ("调减", "", "change_without_document")],
)
def test_a_change_states_its_reason_and_document(office, reason, number, code):
    office.save({"河东县": "17000", "河西县": "16000"})
    assert codes(office.issue(reason=reason, number=number)) == [code]
    assert open_proposal(office.node()).state == "draft"


def test_the_level_above_decides_where_it_has_an_office(office, province):
    office.save({"河东县": "17000", "河西县": "16000"})
    office.issue()
    with pytest.raises(PermissionDenied):
        office.decide(who="colleague")
    assert office.decide(who="province").number == 2


def test_a_county_change_is_decided_by_the_city(office):
    county_first(office)
    office.save({"城关镇": "9000", "柳河乡": "9000"}, who="county", name="河东县")
    waiting = office.issue(who="county", name="河东县")
    deciders = deciders_of(waiting.node, office.people["county"])
    assert deciders.people == {office.people["own"].pk, office.people["colleague"].pk}
    assert (deciders.office, deciders.same_office) == ("云岭市", False)
    for who in ("county", *NOT_OFFICES):
        with pytest.raises(PermissionDenied):
            office.decide(who=who)
    assert office.decide(who="own").number == 2


def test_without_a_second_person_nothing_is_sent_up(office):
    colleague = office.people["colleague"]
    for post in colleague.posts.all():
        take_post(actor=None, user=colleague, post=post, reason="调离", at=division_at())
    office.save({"河东县": "17000", "河西县": "16000"})
    refused = office.issue()
    assert "没有第二个人" in refused.message
    assert open_proposal(office.node()).state == "draft"


def division_at():
    from datetime import UTC, datetime

    return datetime(2026, 3, 3, tzinfo=UTC)


def test_refusing_needs_a_reason_and_keeps_the_work(office):
    office.save({"河东县": "17000", "河西县": "16000"})
    office.issue()
    assert "不同意的理由" in office.decide(approve=False).message
    refused = office.decide(approve=False, note="请先征求河西县意见")
    assert refused.state == "refused"
    assert office.shares() == {"河东县": 18000, "河西县": 15000}
    assert sent_back(office.node()).pk == refused.pk
    assert isinstance(office.decide(proposal=refused), Refused)


def test_withdrawing_keeps_the_work_and_only_once(office):
    office.save({"河东县": "17000", "河西县": "16000"})
    waiting = office.issue()
    with pytest.raises(PermissionDenied):
        withdraw(actor=office.people["lead"], proposal=waiting, at=division_at())
    assert withdraw(actor=office.people["own"], proposal=waiting, at=division_at()) is True
    assert withdraw(actor=office.people["own"], proposal=waiting, at=division_at()) is False
    assert sent_back(office.node()).pk == waiting.pk
    assert isinstance(office.decide(proposal=waiting), Refused)
    assert DivisionVersion.objects.filter(node=office.node()).count() == 1


def test_a_waiting_proposal_is_not_written_to(office):
    office.save({"河东县": "17000", "河西县": "16000"})
    office.issue()
    assert "等待审批期间不能修改" in office.save({"河东县": "16000", "河西县": "17000"}).message
    assert "等待审批期间不能修改" in office.issue().message


def test_a_newer_draft_of_a_colleague_is_not_overwritten(office):
    office.save({"河东县": "17000", "河西县": "16000"})
    mine = mark_of(open_proposal(office.node()))
    office.save({"河东县": "16500", "河西县": "16500"}, who="colleague")
    conflict = office.save({"河东县": "17500", "河西县": "15500"}, seen=mine)
    assert isinstance(conflict, Conflict)
    assert [part.share for part in conflict.theirs.parts] == ["16500", "16500"]
    assert [part.share for part in conflict.yours.parts] == ["17500", "15500"]
    assert "李建国已改过" in conflict.message
    assert proposed(open_proposal(office.node())) == conflict.theirs
    assert "李建国已改过" in office.issue(seen=mine).message
    assert isinstance(office.save({"河东县": "17500", "河西县": "15500"}), DivisionProposal)


def test_the_same_figures_twice_are_one_save(office):
    first = office.save({"河东县": "17000", "河西县": "16000"})
    events = AuditEvent.objects.count()
    assert office.save({"河东县": "17000", "河西县": "16000"}, who="colleague", seen="old").pk == first.pk
    assert AuditEvent.objects.count() == events
    assert "没有不同" in office.save({"城关镇": ""}, who="county", name="河东县").message
    assert DivisionProposal.objects.count() == 1


def test_a_second_click_changes_nothing(office):
    county_first(office)
    again = office.issue(who="county", name="河东县", seen="1-x")
    assert "可能已经下达过了" in again.message
    assert DivisionVersion.objects.filter(node=office.node("河东县")).count() == 1


def test_a_move_the_table_does_not_hold_is_a_bug():
    proposal = DivisionProposal(state="issued")
    with pytest.raises(ValueError, match="no move"):
        division_states.move(proposal=proposal, new="draft")
    assert set(division_states.MOVES) == {"draft", "waiting", "issued", "refused", "withdrawn"}


def test_who_comes_second_moves_nothing(office):
    proposal = office.save({"河东县": "17000", "河西县": "16000"})
    DivisionProposal.objects.filter(pk=proposal.pk).update(state="waiting")
    assert division_states.move(proposal=proposal, new="issued") is False
    assert DivisionProposal.objects.get(pk=proposal.pk).state == "waiting"


@pytest.mark.parametrize("broken", ["_write_parts", "write_version"])
def test_an_act_that_dies_leaves_nothing(office, monkeypatch, broken):
    office.save({"城关镇": "10000", "柳河乡": "8000"}, who="county", name="河东县")

    def die(*args, **kwargs):
        raise RuntimeError("the machine stopped")

    module = division_writing if broken == "_write_parts" else breakdown
    monkeypatch.setattr(module, broken, die)
    before = list(AuditEvent.objects.values())
    with pytest.raises(RuntimeError):
        office.issue(who="county", name="河东县")
    assert open_proposal(office.node("河东县")).state == "draft"
    assert not DivisionVersion.objects.filter(node=office.node("河东县")).exists()
    assert office.node("河东县").version == 0
    assert list(AuditEvent.objects.values()) == before


def test_a_save_that_dies_leaves_nothing(office, monkeypatch):
    monkeypatch.setattr(division_drafts, "record", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        office.save({"河东县": "17000", "河西县": "16000"})
    assert not DivisionProposal.objects.exists()


def test_a_part_taken_away_rests_and_comes_back_with_what_is_under_it(office):
    county_first(office)
    office.save({"河东县": "", "河西县": "33000"})
    office.issue()
    office.decide()
    assert office.shares() == {"河西县": 33000}
    assert not Allocation.objects.get(region__name="城关镇").active
    assert Allocation.objects.count() == 5
    office.save({"河东县": "18000", "河西县": "15000"})
    office.issue()
    office.decide()
    assert office.shares("河东县") == {"城关镇": 10000, "柳河乡": 8000}


def test_a_whole_that_changed_meanwhile_is_not_approved(office):
    county_first(office)
    office.save({"城关镇": "9000", "柳河乡": "9000"}, who="county", name="河东县")
    office.issue(who="county", name="河东县")
    Allocation.objects.filter(region__name="河东县").update(share=17000)
    refused = office.decide(who="own")
    assert codes(refused) == ["parts_differ_from_whole"]
    assert DivisionProposal.objects.filter(state="waiting").count() == 1


def test_an_issued_version_is_never_changed(office):
    version = county_first(office)
    with pytest.raises(ImmutableError):
        DivisionVersion.objects.filter(pk=version.pk).update(reserve=1)
    with pytest.raises(ImmutableError):
        version.save()


def test_units_and_regions_of_elsewhere_are_dropped(office):
    from dataclasses import replace

    node = office.node("河东县")
    typed = office.typed(node, {"城关镇": "18000"})
    foreign = Unit.objects.get(name="河西县人力资源社会保障局")
    west = Allocation.objects.get(region__name="河西县").region_id
    typed = replace(
        typed,
        parts=(replace(typed.parts[0], unit=foreign.pk), replace(typed.parts[0], region=west)),
    )
    draft = office.save(typed, who="county", name="河东县")
    assert [(part["region"], part["unit"]) for part in draft.parts] == [(typed.parts[0].region, None)]


def test_nothing_is_decided_twice(office):
    office.save({"河东县": "17000", "河西县": "16000"})
    waiting = office.issue()
    office.decide()
    again = decide(
        actor=office.people["colleague"], proposal=waiting, approve=True, note="", at=division_at()
    )
    assert "已是“已下达”" in again.message
    assert DivisionVersion.objects.filter(node=office.node()).count() == 2
