"""Sheets no clerk should have made: pasted figures of sixty digits, a whole table below the form."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from every_route import NOW
from minsheng.papers.report_form import FORM_SHEET
from minsheng_web.records.actions.closing import close_period
from minsheng_web.records.models import DivisionProposal, SheetBatch
from report_sheets import rewritten, typed

HUGE = "9" * 60


@pytest.mark.parametrize("text", [1e30, HUGE, "1" * 14, 10**13])
def test_a_figure_too_large_in_the_annex_form_is_told_by_its_cell(house, delivery, text):
    base = f"/programmes/{delivery.version.programme_id}/breakdown/{house.city.pk}"
    form = house.client("own").get(f"{base}/form.xlsx").content
    name = CalamineWorkbook.from_filelike(BytesIO(form)).sheet_names[0]

    def change(grids):
        row = next(row for row in grids[name] if 18000 in row)
        row[row.index(18000)] = text

    file = SimpleUploadedFile("分解表.xlsx", rewritten(form, change))
    page = house.client("own").post(f"{base}/upload/", {"file": file}).content.decode()
    assert "（河东县，城镇新增就业）：太大了，不像是任务数" in page
    assert DivisionProposal.objects.count() == 0


def test_a_figure_too_large_typed_into_a_breakdown_leaves_the_page_usable(house, delivery):
    client, path = house.client("own"), f"/breakdown/{delivery.root.pk}/"
    seen = client.get(path).context["screen"].mark
    typed = {f"{name}-{delivery.east.region_id}": HUGE for name in ("share", "asked", "last", "key")}
    assert client.post(f"{path}save/", {"seen": seen, "reserve": "0", **typed}).status_code == 302
    page = client.get(path)
    assert page.status_code == 200
    assert "河东县：分解数太大了" in page.content.decode()
    assert HUGE in page.content.decode()  # still there to be mended
    tables = f"/programmes/{delivery.version.programme_id}/breakdown/"
    assert client.get(tables).status_code == 200


def test_a_table_pasted_below_the_form_is_one_sentence_not_a_thousand(house, delivery):
    base = f"/reports/{delivery.period.pk}"
    sheet = house.client("local").get(f"{base}/{delivery.line.unit_id}/sheet.xlsx").content

    def change(grids):
        grids[FORM_SHEET].extend([["", "自己的台账", number] for number in range(1000)])

    file = SimpleUploadedFile("填报表.xlsx", rewritten(sheet, change))
    house.client("local").post(f"{base}/sheets/", {"file": file})
    problems = SheetBatch.objects.get().results[0]["problems"]
    assert len(problems) == 21
    assert problems[-1]["message"] == "下面另有 980 行也不是这份填报表的指标，都没有读入：请删去后再交。"


def test_a_sheet_made_before_its_unit_was_renamed_is_taken_and_the_renaming_is_done_once(house, delivery):
    base, unit = f"/reports/{delivery.period.pk}", delivery.line.unit
    sheet = house.client("local").get(f"{base}/{unit.pk}/sheet.xlsx").content
    form = {"seen": unit.name, "name": "河东县人社和医保局", "reason": "机构改革"}
    for words in ("已更名为“河东县人社和医保局”", "已经更名为“河东县人社和医保局”，没有重复办理。"):
        page = house.client("own").post(f"/units/{unit.pk}/rename/", form, follow=True)
        assert words in page.content.decode()
    filled = typed(sheet, f"{delivery.line.pk}.0", "本期完成", 77)
    house.client("local").post(f"{base}/sheets/", {"file": SimpleUploadedFile("旧名.xlsx", filled)})
    delivery.line.refresh_from_db()
    assert delivery.line.amount == 77


def test_a_sheet_handed_in_after_closing_writes_nothing_and_is_told_cell_by_cell(house, delivery):
    base = f"/reports/{delivery.period.pk}"
    sheet = house.client("local").get(f"{base}/{delivery.line.unit_id}/sheet.xlsx").content
    close_period(actor=None, period=delivery.period, at=NOW)
    filled = typed(sheet, f"{delivery.line.pk}.0", "本期完成", 77)
    house.client("local").post(f"{base}/sheets/", {"file": SimpleUploadedFile("晚交.xlsx", filled)})
    delivery.line.refresh_from_db()
    assert delivery.line.amount is None
    told = SheetBatch.objects.get().results[0]["conflicts"]
    assert [(one["typed"], one["now"]) for one in told if one["field"] == "本期完成"] == [("77", "")]
    assert told[0]["message"].startswith("2023年3月已经关闭，不能再改。")
