"""Adding and withdrawing evidence: who may, when, and what stays."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from evidence_files import JPG, PDF, give
from minsheng_web.records.access import evidence_for
from minsheng_web.records.actions.closing import close_period
from minsheng_web.records.actions.evidence import Added, add_evidence, withdraw_evidence
from minsheng_web.records.actions.refused import Refused
from minsheng_web.records.file_store import fetch
from minsheng_web.records.models import AuditEvent, Evidence, ReportLine
from minsheng_web.records.models.immutable import ImmutableError
from minsheng_web.records.queries.evidence import counts_of, elsewhere, evidence_of
from minsheng_web.records.queries.report_lines import lines_in_reach
from reporting import AT, more_lines

PEOPLE = (
    "outsider", "sister", "county", "west", "lead", "finance", "auditor", "leader", "publisher", "reader",
    "administrator",
)  # fmt: skip


def line_of(person, delivery) -> ReportLine:
    return lines_in_reach(person).get(pk=delivery.line.pk)


def close(delivery) -> None:
    close_period(actor=delivery.house.people["own"], period=delivery.period, at=AT)


def test_a_file_is_kept_with_who_and_when(delivery, local):
    one = give(local, delivery.line, "现场.exe", JPG, note=" 东街食堂 ")
    assert (one.name, one.kind, one.content_type) == ("现场.exe.jpg", "jpg", "image/jpeg")
    assert (one.note, one.size, one.added_by, one.added_at) == ("东街食堂", len(JPG), local, AT)
    assert (one.late_reason, one.withdrawn_at) == ("", None)
    assert fetch(one.sha256) == JPG
    event = AuditEvent.objects.get(action="evidence.add")
    assert (event.actor, event.object_type, event.object_id) == (local, "ReportLine", str(delivery.line.pk))
    assert event.new == {
        "evidence": one.pk,
        "name": "现场.exe.jpg",
        "size": len(JPG),
        "sha256": one.sha256,
    }


def test_the_same_file_twice_is_told_and_not_doubled(delivery, local):
    first = give(local, delivery.line, note="第一次")
    line = line_of(local, delivery)
    again = add_evidence(actor=local, line=line, name="另名.pdf", data=PDF, at=AT, note="第二次")
    assert again == Added(first, created=False)
    assert Evidence.objects.get().note == "第一次"
    assert AuditEvent.objects.filter(action="evidence.add").count() == 1


@pytest.mark.parametrize("who", PEOPLE)
def test_who_does_not_report_the_line_neither_adds_nor_withdraws(delivery, local, folder, who):
    one, person = give(local, delivery.line), delivery.house.people[who]
    line = line_of(local, delivery)
    before = sorted(folder.rglob("*"))
    with pytest.raises(PermissionDenied):
        add_evidence(actor=person, line=line, name="a.jpg", data=JPG, at=AT, reason="补充")
    with pytest.raises(PermissionDenied):
        withdraw_evidence(actor=person, evidence=one, reason="不要", at=AT)
    assert sorted(folder.rglob("*")) == before
    assert Evidence.objects.get().withdrawn_at is None


@pytest.mark.parametrize(
    ("state", "words"), [("submitted", "正等"), ("verified", "正等"), ("accepted", "接收")]
)
def test_a_line_that_is_handed_in_is_closed_to_its_unit(delivery, local, state, words):
    one = give(local, delivery.line)
    ReportLine.objects.filter(pk=delivery.line.pk).update(state=state)
    added = add_evidence(actor=local, line=line_of(local, delivery), name="b.jpg", data=JPG, at=AT)
    assert isinstance(added, Refused)
    assert added.message.startswith("没有添加：这一行已")
    assert words in added.message
    withdrawn = withdraw_evidence(actor=local, evidence=one, reason="放错了", at=AT)
    assert isinstance(withdrawn, Refused)
    assert withdrawn.message.startswith("没有撤下：这一行已")
    assert list(Evidence.objects.values_list("withdrawn_at", flat=True)) == [None]


def test_a_line_sent_back_is_open_again(delivery, local):
    ReportLine.objects.filter(pk=delivery.line.pk).update(state="returned")
    assert give(local, delivery.line).pk


def test_before_the_closing_the_office_is_told_to_ask_the_unit(delivery, local):
    own = delivery.house.people["own"]
    one = give(local, delivery.line)
    added = add_evidence(actor=own, line=line_of(own, delivery), name="b.jpg", data=JPG, at=AT, reason="核查")
    assert isinstance(added, Refused)
    assert "请联系河东县人力资源社会保障局" in added.message
    assert isinstance(withdraw_evidence(actor=own, evidence=one, reason="不要", at=AT), Refused)


@pytest.mark.parametrize("who", ["local", "own"])
def test_while_a_period_is_being_closed_nobody_adds(delivery, who):
    delivery.line.period.closing_since = AT
    delivery.line.period.save()
    person = delivery.house.people[who]
    line = line_of(person, delivery)
    added = add_evidence(actor=person, line=line, name="b.jpg", data=JPG, at=AT, reason="核查")
    assert isinstance(added, Refused)
    assert added.message.startswith("没有添加：2023年3月正在关闭，暂时不能改。")
    assert not Evidence.objects.exists()


def test_after_the_closing_the_office_adds_and_withdraws_with_a_reason(delivery, local):
    one, own = give(local, delivery.line), delivery.house.people["own"]
    close(delivery)
    for reason in ("", "  "):
        line = line_of(own, delivery)
        added = add_evidence(actor=own, line=line, name="b.jpg", data=JPG, at=AT, reason=reason)
        assert added == Refused("没有添加：2023年3月已经关闭，补充佐证请写明理由。")
    late = give(own, delivery.line, "b.jpg", JPG, reason="核查时拍摄")
    assert (late.late_reason, late.added_by) == ("核查时拍摄", own)
    gone = withdraw_evidence(actor=own, evidence=one, reason="不是本县的", at=AT)
    assert isinstance(gone, Evidence)
    assert (gone.withdrawn_by, gone.withdrawn_reason) == (own, "不是本县的")
    told = (
        AuditEvent.objects.filter(action__startswith="evidence.").order_by("pk").values_list("action", "new")
    )
    assert [(action, new.get("reason")) for action, new in told] == [
        ("evidence.add", None),
        ("evidence.add", "核查时拍摄"),
        ("evidence.withdraw", "不是本县的"),
    ]


def test_after_the_closing_the_unit_and_other_offices_cannot(delivery, local):
    one = give(local, delivery.line)
    close(delivery)
    line = line_of(local, delivery)
    added = add_evidence(actor=local, line=line, name="b.jpg", data=JPG, at=AT, reason="补充")
    assert isinstance(added, Refused)
    assert "已经关闭，不能再改" in added.message
    assert isinstance(withdraw_evidence(actor=local, evidence=one, reason="放错了", at=AT), Refused)
    with pytest.raises(PermissionDenied):
        withdraw_evidence(actor=delivery.house.people["county"], evidence=one, reason="放错了", at=AT)
    assert counts_of([delivery.line]) == {delivery.line.pk: 1}


def test_what_is_withdrawn_stays_with_its_reason_and_its_bytes(delivery, local):
    one = give(local, delivery.line)
    for blank in ("", " \n"):
        refused = withdraw_evidence(actor=local, evidence=one, reason=blank, at=AT)
        assert refused == Refused("没有撤下：请写明撤下的理由，理由和原件都会留在记录里。")
    gone = withdraw_evidence(actor=local, evidence=one, reason="拍错了地方", at=AT)
    assert (gone.withdrawn_by, gone.withdrawn_at, gone.withdrawn_reason) == (local, AT, "拍错了地方")
    again = withdraw_evidence(actor=local, evidence=one, reason="再撤", at=AT)
    assert again == Refused("“验收单.pdf”已经撤下，没有重复办理。")
    assert fetch(one.sha256) == PDF
    assert evidence_of(local, [delivery.line]) == {delivery.line.pk: ()}
    assert evidence_of(local, [delivery.line], withdrawn=True) == {delivery.line.pk: (one,)}
    with pytest.raises(ImmutableError):
        one.delete()
    back = give(local, delivery.line)
    assert back.pk != one.pk
    assert counts_of([delivery.line]) == {delivery.line.pk: 1}


def test_no_more_than_so_many_files(delivery, local, settings):
    settings.EVIDENCE_PER_LINE = 2
    first = give(local, delivery.line, data=PDF + b"1")
    give(local, delivery.line, data=PDF + b"2")
    line = line_of(local, delivery)
    third = add_evidence(actor=local, line=line, name="c.pdf", data=PDF + b"3", at=AT)
    assert third == Refused("“c.pdf”没有添加：这一项已有 2 个佐证材料，到了上限。请先撤下不需要的。")
    withdraw_evidence(actor=local, evidence=first, reason="重复", at=AT)
    assert give(local, delivery.line, data=PDF + b"3").pk


@pytest.mark.django_db(transaction=True)
def test_two_of_a_unit_add_the_same_file_at_once(delivery, local):
    gate, outcomes = threading.Barrier(2), []

    def add():
        try:
            line = line_of(local, delivery)
            gate.wait()
            outcomes.append(add_evidence(actor=local, line=line, name="a.pdf", data=PDF, at=AT))
        finally:
            connection.close()

    threads = [threading.Thread(target=add) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome.created for outcome in outcomes) == [False, True]
    assert Evidence.objects.count() == 1


REACH = {
    "own": 2, "county": 1, "lead": 2, "local": 1, "west": 1, "finance": 2, "auditor": 2, "leader": 2,
    "publisher": 2, "reader": 2, "administrator": 2, "sister": 0, "outsider": 0,
}  # fmt: skip


@pytest.mark.parametrize("who", REACH)
def test_evidence_is_reached_as_its_line_is(delivery, local, who):
    give(local, delivery.line)
    give(delivery.house.people["west"], delivery.other)
    person = delivery.house.people[who]
    assert evidence_for(person).count() == REACH[who]
    found = evidence_of(person, [delivery.line, delivery.other])
    assert sum(map(len, found.values())) == REACH[who]


def test_a_file_used_on_many_lines_is_told_to_who_reaches_them(delivery, local):
    mine = give(local, delivery.line)
    give(delivery.house.people["west"], delivery.other)
    own = delivery.house.people["own"]
    found = elsewhere(own, [mine])[mine.sha256]
    assert (found.count, [line.pk for line in found.lines]) == (1, [delivery.other.pk])
    assert elsewhere(local, [mine]) == {}
    for line in more_lines(delivery, 5):
        give(local, line)
    found = elsewhere(local, [mine])[mine.sha256]
    assert (found.count, len(found.lines)) == (5, 3)
    assert elsewhere(own, [mine])[mine.sha256].count == 6
    assert elsewhere(own, []) == {}


def test_what_was_withdrawn_elsewhere_is_no_hint(delivery, local):
    mine = give(local, delivery.line)
    west = delivery.house.people["west"]
    other = give(west, delivery.other)
    withdraw_evidence(actor=west, evidence=other, reason="放错了", at=AT)
    assert elsewhere(delivery.house.people["own"], [mine]) == {}
