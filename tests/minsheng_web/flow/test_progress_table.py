"""A published progress table through the page: figures read, percentages worked out again, differences named."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from make_progress_tables import progress_workbook, rows_of

from minsheng_web.records.models import AuditEvent

TABLES = {"meishan-2019": 0, "meishan-2017-07": 2, "meishan-2017-11": 1}
"""Differences each really has, looked up by hand."""


def given(house, name, data):
    file = SimpleUploadedFile(name, data)
    return house.client("reader").post("/progress-table/", {"file": file}).content.decode()


@pytest.mark.parametrize("name", TABLES)
def test_the_real_tables(house, name):
    page = given(house, f"{name}.xlsx", progress_workbook(rows_of(name), "完成情况表"))
    assert f"{TABLES[name]} 处不一致" in page


def test_meishan_in_2019_agrees(house):
    page = given(house, "表.xlsx", progress_workbook(rows_of("meishan-2019"), "2019年完成情况表"))
    assert "比例和合计都对得上" in page
    for figure in ("27,800", "52,242", "187.9", "187.92"):
        assert figure in page


def test_a_misprint_is_named_with_its_cell_and_what_would_be_right(house):
    rows = rows_of("meishan-2019")
    wrong = next(row for row in rows if row["region"] == "仁寿县" and row["done"] == "12244")
    wrong["percent"] = "124.4"
    page = given(house, "表.xlsx", progress_workbook(rows, "表"))
    assert "1 处不一致" in page
    assert "142.4" in page
    assert page.count("chip-amber") == 1


@pytest.mark.parametrize("data", [b"no workbook", b" "])
def test_a_wrong_file_gets_one_clear_sentence(house, data):
    page = given(house, "表.xlsx", data)
    assert page.count('<p class="alert alert-danger" role="alert">') == 1
    assert "读出的数" not in page
    assert AuditEvent.objects.filter(action__startswith="progress").count() == 0


def test_no_file(house):
    page = house.client("reader").post("/progress-table/").content.decode()
    assert "请选择一个 Excel 文件" in page
