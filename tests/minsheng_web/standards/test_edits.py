"""Editing: only an edition that passes its cases is put forward, only a second person of the office approves."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied

from minsheng.standards.asked import question_of_case
from minsheng_web.records.actions.people import add_region, give_post
from minsheng_web.records.actions.standard_edits import (
    NotEdited,
    approve_edit,
    draft_edit,
    put_forward,
    refuse_edit,
    save_edit,
    withdraw_edit,
)
from minsheng_web.records.duties import may_edit_standard
from minsheng_web.records.models import AuditEvent, Region, StandardEdit, StandardVersionRow
from minsheng_web.records.models.immutable import ImmutableError
from minsheng_web.records.queries.standards import shelf
from standards_of_cities import ORPHAN, words_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def raised() -> str:
    """1200 yuan in place of 1100 from 2026 on, as a version of its own; the cases of before stay."""
    text = shelf().texts[ORPHAN]
    head, versions = text.split("    versions:\n")
    version, cases = versions.split("    cases:\n")
    before = version.replace("        from_basis:", "        to: 2025-12-31\n        from_basis:", 1)
    after = (
        version.replace("2023-01-01", "2026-01-01")
        .replace("from_basis: plan_year", "from_basis: stated")
        .replace("110000", "120000")
        .replace("1100元", "1200元")
    )
    case = (
        "      - says: 散居孤儿，2026年起每月1200元，保障12个月：应发14400元\n"
        "        as_of: 2026-06-01\n"
        "        region: 谯城区\n"
        "        row: {child_kind: orphan_scattered, months_eligible: 12}\n"
        "        expect: {eligible: true, amount_fen: 1440000, check: ok}\n"
    )
    return f"{head}    versions:\n{before}{after}    cases:\n{cases}{case}"


def draft(people, who="first", yaml=None, reason="省里提高标准") -> StandardEdit:
    found = draft_edit(
        actor=people[who],
        standard=ORPHAN,
        yaml=yaml or raised(),
        reason=reason,
        document_number="皖民〔2026〕1号",
        at=NOW,
    )
    assert isinstance(found, StandardEdit), found
    return found


def waiting(people) -> StandardEdit:
    found = put_forward(actor=people["first"], edit=draft(people))
    assert isinstance(found, StandardEdit), found.judgement.faults
    return found


def test_an_approved_edition_is_the_one_in_force(bozhou):
    version = approve_edit(actor=bozhou["second"], edit=waiting(bozhou), note="同意", at=NOW)
    assert isinstance(version, StandardVersionRow)
    assert (version.number, version.approved_by.username, version.proposed_by.username) == (
        1,
        "second",
        "first",
    )
    now = shelf()
    assert now.numbers[ORPHAN] == 1
    case = now.book.standards[ORPHAN].cases[-1]
    assert now.bench.answer(question_of_case(case, ORPHAN)).amount_fen == 1440000
    first = now.book.standards[ORPHAN].cases[0]
    assert now.bench.answer(question_of_case(first, ORPHAN)).amount_fen == first.expect["amount_fen"]
    actions = list(AuditEvent.objects.filter(object_type="StandardEdit").values_list("action", flat=True))
    assert sorted(actions) == ["standard_edit.approve", "standard_edit.draft", "standard_edit.put_forward"]


def test_an_approved_edition_is_never_changed(bozhou):
    approve_edit(actor=bozhou["second"], edit=waiting(bozhou), note="", at=NOW)
    with pytest.raises(ImmutableError):
        StandardVersionRow.objects.get().delete()
    with pytest.raises(ImmutableError):
        StandardVersionRow.objects.update(number=2)


@pytest.mark.parametrize(
    "who", ["first", "in_county", "sister", "reader", "administrator", "money", "outsider"]
)
def test_who_may_not_approve(bozhou, who):
    edit = waiting(bozhou)
    with pytest.raises(PermissionDenied):
        approve_edit(actor=bozhou[who], edit=edit, note="", at=NOW)
    assert StandardVersionRow.objects.count() == 0


def test_a_district_named_after_its_city_has_its_own_office(bozhou):
    for parent in ("淮北市", "徐州市"):
        add_region(actor=None, name="烈山区", parent=add_region(actor=None, name=parent))
    right, wrong = (Region.objects.get(parent__name=name) for name in ("淮北市", "徐州市"))
    give_post(actor=None, user=bozhou["first"], role="office", region=right)
    give_post(actor=None, user=bozhou["second"], role="office", region=wrong)
    assert may_edit_standard(bozhou["first"], "淮北市烈山区")
    assert not may_edit_standard(bozhou["second"], "淮北市烈山区")


def test_an_office_above_may_approve(bozhou):
    assert isinstance(
        approve_edit(actor=bozhou["above"], edit=waiting(bozhou), note="", at=NOW), StandardVersionRow
    )


@pytest.mark.parametrize("who", ["in_county", "sister", "reader", "administrator", "money", "outsider"])
def test_who_may_not_draft(bozhou, who):
    with pytest.raises(PermissionDenied):
        draft_edit(actor=bozhou[who], standard=ORPHAN, yaml="x", reason="", document_number="", at=NOW)


def test_a_case_that_fails_stops_it(bozhou):
    edit = draft(bozhou, yaml=raised().replace("amount_fen: 1440000", "amount_fen: 1440001"))
    found = put_forward(actor=bozhou["first"], edit=edit)
    assert isinstance(found, NotEdited)
    assert found.message == "还不能提交：有0处错误，1个案例不符。"
    edit.refresh_from_db()
    assert edit.state == "draft"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("at_least(120000)", "at_least(120000.5)", "float"),
        ("child_kind = 'orphan_scattered'", "child_kid = 'orphan_scattered'", "unknown_column"),
        (f"id: {ORPHAN}", "id: bozhou-2023.p06.other", "other_standard"),
        ("project: 6", "project: 7", "moved"),
    ],
)
def test_a_fault_stops_it(bozhou, old, new, line):
    found = put_forward(actor=bozhou["first"], edit=draft(bozhou, yaml=raised().replace(old, new)))
    assert isinstance(found, NotEdited)
    assert line in {fault.code for fault in found.judgement.faults}


def test_without_a_reason_or_a_change_it_is_not_put_forward(bozhou):
    edit = draft(bozhou, reason=" ")
    assert put_forward(actor=bozhou["first"], edit=edit) == NotEdited("请先写明修订的理由。")
    same = {"yaml": shelf().texts[ORPHAN], "reason": "试", "document_number": ""}
    edit = save_edit(actor=bozhou["first"], edit=edit, seen=1, **same)
    assert put_forward(actor=bozhou["first"], edit=edit).message == "内容与现行标准相同，没有可以审批的修订。"


def test_one_edit_is_open_at_a_time(bozhou):
    edit = draft(bozhou)
    again = draft_edit(
        actor=bozhou["second"], standard=ORPHAN, yaml="x", reason="", document_number="", at=NOW
    )
    assert again == NotEdited("这项标准已有一份没有办完的修订，请在那一份上改，或先撤回。")
    assert withdraw_edit(actor=bozhou["first"], edit=edit, at=NOW).state == "withdrawn"
    assert draft(bozhou, who="second").state == "draft"


def test_an_older_look_saves_nothing(bozhou):
    edit = draft(bozhou)
    new = {"yaml": raised(), "reason": "改理由", "document_number": ""}
    assert save_edit(actor=bozhou["first"], edit=edit, seen=1, **new).revision == 2
    assert isinstance(save_edit(actor=bozhou["first"], edit=edit, seen=1, **new), NotEdited)


def test_a_refusal_needs_its_reason_and_changes_nothing(bozhou):
    edit = waiting(bozhou)
    assert (
        refuse_edit(actor=bozhou["second"], edit=edit, note=" ", at=NOW).message
        == "请写明不同意的理由，提出人要看。"
    )
    assert refuse_edit(actor=bozhou["second"], edit=edit, note="文号不对", at=NOW).state == "refused"
    assert shelf().numbers[ORPHAN] == 0


def test_an_edition_made_from_an_older_one_is_not_put_forward(bozhou):
    old = draft(bozhou)
    StandardEdit.objects.filter(pk=old.pk).update(base_digest="0" * 64)
    old.refresh_from_db()
    assert "请撤回这一份" in put_forward(actor=bozhou["first"], edit=old).message


def test_the_pages_from_draft_to_approval(browse):
    first, second = browse("first"), browse("second")
    assert first.get(f"/standards/{ORPHAN}/edit/").status_code == 200
    made = first.post(
        f"/standards/{ORPHAN}/edit/", {"yaml": raised().replace("\n", "\r\n"), "reason": "提标"}
    )
    edit = StandardEdit.objects.get()
    assert made["Location"] == f"/standard-edits/{edit.pk}/"
    said = words_of(first.get(made["Location"]))
    assert "没有错误，案例全部相符" in said
    assert "+ amount: at_least(120000) * months_eligible" in said
    assert "提交审批" in said
    move = f"/standard-edits/{edit.pk}/move/"
    first.post(move, {"move": "put-forward"})
    assert "待审批的修订 社会散居孤儿基本生活费" in words_of(second.get("/standards/"))
    assert "本地自定标准（不低于1200元）×保障月数" in words_of(second.get(made["Location"]))
    own = first.get(made["Location"])
    assert 'value="approve"' not in own.content.decode()
    assert first.post(move, {"move": "approve"}).status_code == 403
    assert 'value="approve"' in second.get(made["Location"]).content.decode()
    second.post(move, {"move": "approve", "note": "同意"})
    said = words_of(browse("reader").get(f"/standards/{ORPHAN}/"))
    assert "第 1 次修订" in said
    assert "何一 提出，吕二 批准" in said
    assert "2026-01-01 至 现在" in said


def test_a_draft_is_not_for_readers(bozhou, browse):
    edit = draft(bozhou)
    assert browse("reader").get(f"/standard-edits/{edit.pk}/").status_code == 404
    assert browse("reader").get(f"/standards/{ORPHAN}/edit/").status_code == 403
    assert browse("reader").post(f"/standards/{ORPHAN}/edit/", {"yaml": "x"}).status_code == 403


def test_wrong_yaml_keeps_what_was_typed_and_says_where(browse):
    client = browse("first")
    made = client.post(f"/standards/{ORPHAN}/edit/", {"yaml": "standards: [", "reason": "试"})
    page = client.get(made["Location"])
    assert "检查这一行附近的缩进、冒号和引号" in words_of(page)
    assert "standards: [</textarea>" in page.content.decode()
    assert 'value="put-forward"' not in page.content.decode()
    assert (
        client.post(f"/standard-edits/{StandardEdit.objects.get().pk}/move/", {"move": "jump"}).status_code
        == 404
    )


FIGURE = {
    "act": "figure",
    "figure": "fen:110000",
    "value": "1200",
    "from_day": "2026-01-01",
    "reason": "省里提高标准",
    "document_number": "皖民〔2026〕1号",
}


def test_changing_one_figure_makes_a_draft_that_can_be_put_forward(browse):
    first = browse("first")
    page = first.get(f"/standards/{ORPHAN}/edit/").content.decode()
    assert "第82行：散居孤儿1100元/人·月" in page
    assert '<option value="fen:110000">1100元（金额、约束中的）</option>' in page
    made = first.post(f"/standards/{ORPHAN}/edit/", FIGURE)
    edit = StandardEdit.objects.get()
    assert made["Location"] == f"/standard-edits/{edit.pk}/"
    assert (edit.reason, edit.document_number) == ("省里提高标准", "皖民〔2026〕1号")
    assert "amount: at_least(120000) * months_eligible" in edit.yaml
    assert "amount: at_least(110000) * months_eligible" in edit.yaml
    said = words_of(first.get(made["Location"]))
    assert "没有错误，案例全部相符" in said
    assert "应发14400元" in said
    first.post(f"/standard-edits/{edit.pk}/move/", {"move": "put-forward"})
    browse("second").post(f"/standard-edits/{edit.pk}/move/", {"move": "approve", "note": "同意"})
    versions = shelf().book.standards[ORPHAN].versions
    assert [str(version.first_day) for version in versions] == ["2023-01-01", "2026-01-01"]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"figure": ""}, "改哪个数：请选要改的数。"),
        ({"figure": "fen:1"}, "改哪个数：请选要改的数。"),
        ({"value": "一千二"}, "改成：请写金额，单位元"),
        ({"value": "1200.005"}, "改成：金额最多写到分"),
        ({"from_day": "明年"}, "从哪天起：请写日期"),
        ({"from_day": "2022-01-01"}, "现行版本从2023-01-01起执行"),
        ({"value": "1100"}, "新的数与现在的一样，都是1100元。"),
    ],
)
def test_a_wrong_figure_is_told_and_kept(browse, changed, message):
    answer = browse("first").post(f"/standards/{ORPHAN}/edit/", FIGURE | changed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert message in page
    for name, value in (FIGURE | changed).items():
        if name in {"value", "from_day", "reason", "document_number"}:
            assert f'value="{value}"' in page
    assert not StandardEdit.objects.exists()


def test_who_may_not_draft_changes_no_figure(browse):
    assert browse("reader").post(f"/standards/{ORPHAN}/edit/", FIGURE).status_code == 403
    assert not StandardEdit.objects.exists()


def test_an_edit_under_way_is_told_before_anything_is_typed(bozhou, browse):
    edit = draft(bozhou)
    page = browse("second").get(f"/standards/{ORPHAN}/edit/").content.decode()
    assert "这项标准已有一份没有办完的修订" in page
    assert f'href="/standard-edits/{edit.pk}/"' in page


def test_a_fault_is_told_with_its_line_and_a_failing_case_with_both_answers(bozhou, browse):
    wrong = raised().replace("child_kind = 'orphan_scattered'", "child_kid = 'orphan_scattered'")
    edit = draft(bozhou, yaml=wrong)
    page = browse("first").get(f"/standard-edits/{edit.pk}/").content.decode()
    line = wrong.splitlines().index("        when: child_kid = 'orphan_scattered'") + 1
    assert f"第 {line} 行　<code>when: child_kid = &#x27;orphan_scattered&#x27;</code>" in page
    assert page.index("edit-faults") < page.index('id="yaml"') < page.index('id="change"')
    again = raised().replace("amount_fen: 1440000", "amount_fen: 1440001")
    save_edit(actor=bozhou["first"], edit=edit, yaml=again, reason="试", document_number="", seen=1)
    said = words_of(browse("first").get(f"/standard-edits/{edit.pk}/"))
    assert "写的是14400.01元，按这份标准算出14400元。" in said
