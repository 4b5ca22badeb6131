"""Returned workbooks: what is written, what is left alone, what is told."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from minsheng.papers.report_form import FIRST_ROW, FORM_SHEET
from minsheng_web.records.actions.report_lines import save_cell
from minsheng_web.records.actions.report_sheets import run_batch
from minsheng_web.records.actions.sheet_batches import (
    AT_ONCE,
    cancel_batch,
    requeue_stalled_batches,
    upload_sheets,
)
from minsheng_web.records.models import AuditEvent, Indicator, ReportLine, ReportPeriod, SheetBatch
from minsheng_web.records.models.sheets import BatchState
from report_sheets import heads, rewritten
from reporting import AT, february


def download(delivery, who="local", line=None) -> bytes:
    line = line or delivery.line
    response = delivery.house.client(who).get(f"/reports/{delivery.period.pk}/{line.unit_id}/sheet.xlsx")
    assert response.status_code == 200
    return response.content


def filled(data: bytes, values: dict[str, object]) -> bytes:
    """The sheet with cells of its first line typed over, by the heads of their columns."""
    # Whoever types the period's figure in a program that makes no sums leaves the sum empty.
    values = ({"累计完成": ""} if "本期完成" in values else {}) | values

    def change(grids) -> None:
        grid = grids[FORM_SHEET]
        for head, value in values.items():
            grid[FIRST_ROW][heads(grid)[head]] = value

    return rewritten(data, change)


def hand_in(delivery, *files, who="local") -> SheetBatch:
    named = [file if isinstance(file, tuple) else (f"表{n}.xlsx", file) for n, file in enumerate(files, 1)]
    return upload_sheets(actor=delivery.house.people[who], period=delivery.period, files=named, at=AT)


def line_of(delivery) -> ReportLine:
    return ReportLine.objects.get(pk=delivery.line.pk)


def test_a_sheet_goes_out_filled_and_comes_back(delivery):
    february(delivery, money_arrived=5_000_000)
    sheet = filled(download(delivery), {"本期完成": 1200, "累计完成": 4200, "困难问题": "缺场地"})
    batch = hand_in(delivery, sheet)
    line = line_of(delivery)
    assert (line.amount, line.cumulative, line.difficulty) == (Decimal(1200), Decimal(4200), "缺场地")
    assert line.money_arrived == 5_000_000
    result = batch.results[0]
    assert (batch.state, result["taken"], result["written"], result["conflicts"]) == ("done", True, 4, [])
    assert AuditEvent.objects.get(action="report.sheet").actor.username == "local"


def test_the_same_file_twice_changes_nothing(delivery):
    sheet = filled(download(delivery), {"本期完成": 1200, "累计完成": 1200})
    hand_in(delivery, sheet)
    before = ReportLine.objects.filter(pk=delivery.line.pk).values().get()
    again = hand_in(delivery, sheet)
    assert ReportLine.objects.filter(pk=delivery.line.pk).values().get() == before
    assert (again.results[0]["taken"], again.results[0]["written"]) == (True, 0)


def test_a_sheet_nobody_filled_in_is_no_report_of_a_count(delivery):
    february(delivery)
    batch = hand_in(delivery, download(delivery))
    line = line_of(delivery)
    assert (line.amount, line.cumulative, line.revision) == (None, None, 0)
    assert batch.results[0]["written"] == 0


def test_a_level_left_as_it_was_is_reported_as_it_was(delivery):
    Indicator.objects.filter(pk=delivery.indicator.pk).update(kind="at_least")
    february(delivery, cumulative=Decimal(96))
    ReportLine.objects.filter(pk=delivery.line.pk).update(cumulative=Decimal(96))
    hand_in(delivery, download(delivery))
    line = line_of(delivery)
    assert (line.cumulative, line.edited_by.username, line.revision) == (Decimal(96), "local", 1)
    hand_in(delivery, download(delivery))
    assert line_of(delivery).revision == 1


def test_a_count_a_period_was_opened_with_is_no_report_either(delivery):
    february(delivery, money_arrived=5_000_000)
    ReportLine.objects.filter(pk=delivery.line.pk).update(cumulative=Decimal(3000), money_arrived=5_000_000)
    hand_in(delivery, download(delivery))
    assert (line_of(delivery).revision, line_of(delivery).edited_at) == (0, None)


def test_what_was_typed_since_the_download_is_told_and_not_overwritten(delivery):
    february(delivery)
    old = download(delivery)
    save_cell(
        actor=delivery.house.people["local"], line=delivery.line, field="amount", shown="", text="900", at=AT
    )
    sheet = filled(old, {"本期完成": 1200, "累计完成": 4200, "下一步打算": "招聘会"})
    told = hand_in(delivery, sheet).results[0]["conflicts"]
    assert [(one["field"], one["typed"], one["now"]) for one in told] == [
        ("本期完成", "1,200", "900"),
        ("累计完成", "4,200", "3,900"),
    ]
    line = line_of(delivery)
    assert (line.amount, line.cumulative, line.next_step) == (Decimal(900), Decimal(3900), "招聘会")


def test_a_cell_the_sheet_left_as_it_was_says_nothing_new(delivery):
    save_cell(
        actor=delivery.house.people["local"], line=delivery.line, field="amount", shown="", text="900", at=AT
    )
    old = download(delivery)
    save_cell(
        actor=delivery.house.people["local"],
        line=delivery.line,
        field="amount",
        shown="900",
        text="950",
        at=AT,
    )
    batch = hand_in(delivery, filled(old, {"困难问题": "缺人"}))
    assert (line_of(delivery).amount, line_of(delivery).difficulty) == (Decimal(950), "缺人")
    assert batch.results[0]["conflicts"] == []


def test_an_emptied_cell_is_not_reported_any_more(delivery):
    save_cell(
        actor=delivery.house.people["local"],
        line=delivery.line,
        field="money.paid",
        shown="",
        text="3",
        at=AT,
    )
    hand_in(delivery, filled(download(delivery), {"发放资金（万元）": ""}))
    assert line_of(delivery).money_paid is None


def test_a_bad_cell_loses_only_itself(delivery):
    batch = hand_in(delivery, filled(download(delivery), {"本期完成": "很多", "困难问题": "缺人"}))
    line = line_of(delivery)
    assert (line.amount, line.difficulty) == (None, "缺人")
    problems = batch.results[0]["problems"]
    assert [problem["field"] for problem in problems] == ["本期完成"]
    assert problems[0]["cell"][-1] == "5"


def test_a_bad_cell_does_not_wipe_what_stands(delivery):
    save_cell(
        actor=delivery.house.people["local"], line=delivery.line, field="amount", shown="", text="900", at=AT
    )
    hand_in(delivery, filled(download(delivery), {"本期完成": "很多"}))
    assert line_of(delivery).amount == Decimal(900)


@pytest.mark.parametrize("state", ["submitted", "verified", "accepted"])
def test_a_locked_line_takes_nothing_and_says_whom_to_ask(delivery, state):
    sheet = filled(download(delivery), {"本期完成": 1200})
    ReportLine.objects.filter(pk=delivery.line.pk).update(state=state)
    told = hand_in(delivery, sheet).results[0]["conflicts"]
    assert line_of(delivery).amount is None
    assert "请联系" in told[0]["message"] or "确需修改" in told[0]["message"]


def test_a_closed_period_takes_nothing(delivery):
    sheet = filled(download(delivery), {"本期完成": 1200})
    ReportPeriod.objects.filter(pk=delivery.period.pk).update(closed_at=AT)
    told = hand_in(delivery, sheet).results[0]["conflicts"]
    assert line_of(delivery).amount is None
    assert "已经关闭" in told[0]["message"]


def test_a_unit_cannot_hand_in_anothers_sheet(delivery):
    sheet = filled(download(delivery, "west", delivery.other), {"本期完成": 5})
    batch = hand_in(delivery, sheet)
    assert "不是您能办理的单位" in batch.results[0]["message"]
    assert ReportLine.objects.get(pk=delivery.other.pk).amount is None


@pytest.mark.parametrize("who", ["lead", "own"])
def test_lead_unit_and_office_hand_in_those_in_reach_at_one_go(delivery, who):
    east = filled(download(delivery), {"本期完成": 7})
    west = filled(download(delivery, "west", delivery.other), {"本期完成": 8})
    batch = hand_in(delivery, east, west, ("说明.docx", b"PK\x03\x04x"), who=who)
    assert [one["taken"] for one in batch.results] == [True, True, False]
    assert (line_of(delivery).amount, ReportLine.objects.get(pk=delivery.other.pk).amount) == (7, 8)


def empty_zip() -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w"):
        pass
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("空.zip", empty_zip()),
        ("空.xlsx", b""),
        ("断.xlsx", b"PK\x03\x04 broken"),
        ("字.xlsx", "不是表格".encode()),
    ],
)
def test_what_is_no_sheet_is_refused_in_one_sentence(delivery, name, data):
    result = hand_in(delivery, (name, data)).results[0]
    assert result["taken"] is False
    assert result["message"].endswith("。")
    assert result["message"].count("。") == 1


def test_a_unit_that_changed_its_name_still_hands_in_its_sheet(delivery):
    sheet = filled(download(delivery), {"本期完成": 7})
    unit = delivery.line.unit
    unit.name = "河东县就业局"
    unit.save()
    result = hand_in(delivery, sheet).results[0]
    assert (result["taken"], result["unit"]) == (True, "河东县就业局")


def test_two_files_of_one_name_are_told_apart(delivery):
    sheet = download(delivery)
    batch = hand_in(delivery, ("表.xlsx", sheet), ("表.xlsx", b"x"))
    assert [one["name"] for one in batch.results] == ["表.xlsx", "表.xlsx（2）"]
    assert [one["taken"] for one in batch.results] == [True, False]


@pytest.mark.parametrize(
    ("kind", "typed", "field", "expected"),
    [
        ("yes_no", {"是否完成": "是"}, "done", True),
        ("at_least", {"累计完成": 96.5}, "cumulative", Decimal("96.5")),
        ("stages", {"开工日期": "3月5日"}, "stages", {"started": "2023-03-05"}),
    ],
)
def test_every_kind_comes_back(delivery, kind, typed, field, expected):
    Indicator.objects.filter(pk=delivery.indicator.pk).update(kind=kind)
    hand_in(delivery, filled(download(delivery), typed))
    assert getattr(line_of(delivery), field) == expected


def test_more_than_a_few_are_work_for_the_background(delivery):
    sheet = filled(download(delivery), {"本期完成": 4})
    batch = hand_in(delivery, sheet, *(f"{number}".encode() for number in range(AT_ONCE)))
    assert (batch.state, batch.progress, len(batch.results)) == ("done", AT_ONCE + 1, AT_ONCE + 1)
    assert line_of(delivery).amount == Decimal(4)


def waiting(delivery, data: bytes, **values) -> SheetBatch:
    from minsheng_web.records.file_store import keep

    return SheetBatch.objects.create(
        period=delivery.period,
        uploaded_by=delivery.house.people["local"],
        uploaded_at=AT,
        files=[{"name": "表.xlsx", "sha256": keep(data), "size": len(data)}],
        **values,
    )


def test_a_cancelled_batch_writes_nothing(delivery):
    batch = waiting(delivery, filled(download(delivery), {"本期完成": 4}))
    assert cancel_batch(actor=delivery.house.people["local"], batch=batch)
    assert run_batch(batch_id=batch.pk, attempt=0) == "skipped"
    assert line_of(delivery).amount is None
    assert not cancel_batch(actor=delivery.house.people["local"], batch=batch)


def test_running_a_batch_twice_does_it_once(delivery):
    batch = waiting(delivery, filled(download(delivery), {"本期完成": 4}))
    assert run_batch(batch_id=batch.pk, attempt=0) == "done"
    assert run_batch(batch_id=batch.pk, attempt=0) == "skipped"
    assert line_of(delivery).revision == 1


def test_a_batch_whose_worker_died_is_begun_again_and_given_up_in_the_end(delivery):
    sheet = filled(download(delivery), {"本期完成": 4})
    batch = waiting(delivery, sheet, state="working", heartbeat_at=AT)
    assert requeue_stalled_batches(at=AT + timedelta(hours=1)) == 1
    batch.refresh_from_db()
    assert (batch.state, batch.attempt) == ("done", 1)
    lost = waiting(delivery, sheet, state="working", heartbeat_at=AT, attempt=2)
    assert requeue_stalled_batches(at=AT + timedelta(hours=1)) == 0
    lost.refresh_from_db()
    assert lost.state == BatchState.FAILED


def test_who_lost_the_post_has_a_waiting_batch_written_no_more(delivery):
    from minsheng_web.records.actions.people import take_post

    batch = waiting(delivery, filled(download(delivery), {"本期完成": 4}))
    person = delivery.house.people["local"]
    take_post(actor=None, user=person, post=person.posts.get(), reason="调离", at=AT)
    run_batch(batch_id=batch.pk, attempt=0)
    assert line_of(delivery).amount is None


def test_the_result_page_names_files_cells_and_conflicts(delivery):
    client = delivery.house.client("local")
    sheet = filled(download(delivery), {"本期完成": "很多", "困难问题": "<b>缺人</b>"})
    files = [SimpleUploadedFile("好.xlsx", sheet), SimpleUploadedFile("坏.zip", empty_zip())]
    response = client.post(f"/reports/{delivery.period.pk}/sheets/", {"file": files}, follow=True)
    page = response.content.decode()
    assert "好.xlsx" in page
    assert "没有读入" in page
    assert "（本期完成）" in page
    assert client.get(f"/reports/{delivery.period.pk}/sheets/").status_code == 200


def test_an_empty_form_is_answered_in_one_sentence(delivery):
    response = delivery.house.client("local").post(f"/reports/{delivery.period.pk}/sheets/", follow=True)
    assert "没有选择文件" in response.content.decode()
    assert SheetBatch.objects.count() == 0
