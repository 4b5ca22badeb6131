"""Many returned sheets to one table: nothing twice, nothing guessed, every refusal told."""

from decimal import Decimal

import pytest

import report_sheets as sheets
from minsheng.papers.report_form import FORM_SHEET
from minsheng.papers.report_merge import Expected, merge
from minsheng.papers.report_xlsx import report_xlsx
from minsheng.progress.figures import RolledUp
from minsheng.progress.model import Figures
from minsheng.progress.periods import Period

REGIONS = ("r1", "r2", "r3")
EXPECTED = Expected("p1", "2026-M05", {("u1", region): f"{region}人社局" for region in REGIONS})


def book(region, *figures, **more):
    """A region's sheet with lines k0, k1 … of targets t0, t1 …"""
    lines = [
        sheets.line(
            f"{region}-k{number}", now=each, target=f"t{number}", before=Figures(cumulative=Decimal(1))
        )
        for number, each in enumerate(figures)
    ]
    return report_xlsx(sheets.sheet(*lines, region=region, **more))


def counted(period):
    return Figures(Decimal(period), Decimal(period + 1))


BOOKS = {
    "甲.xlsx": book("r1", counted(10), counted(1)),
    "乙.xlsx": book("r2", counted(20), Figures()),
    "丙.xlsx": book("r3", counted(30), counted(3)),
}


def outcome(merged):
    return [(refused.file, refused.code) for refused in merged.refusals]


def test_all_sheets_become_one_table_with_totals():
    merged = merge(BOOKS.items(), EXPECTED)
    assert [(row.file, row.region, row.line.key, row.line.row) for row in merged.rows] == [
        ("甲.xlsx", "r1", "r1-k0", 5),
        ("甲.xlsx", "r1", "r1-k1", 6),
        ("乙.xlsx", "r2", "r2-k0", 5),
        ("乙.xlsx", "r2", "r2-k1", 6),
        ("丙.xlsx", "r3", "r3-k0", 5),
        ("丙.xlsx", "r3", "r3-k1", 6),
    ]
    assert merged.totals() == {
        "t0": RolledUp(Decimal(60), Decimal(63), parts=3, missing=0),
        # 乙 has typed nothing: the sheet still shows its last figure.
        "t1": RolledUp(Decimal(4), Decimal(7), parts=3, missing=0),
    }
    assert (merged.problems, merged.refusals, merged.missing, merged.files) == ((), (), (), 3)


def test_files_are_asked_for_one_at_a_time_and_told():
    given, told = [], []

    def files():
        for name, data in BOOKS.items():
            assert len(told) == len(given)
            given.append(name)
            yield name, data

    merge(files(), EXPECTED, progress=lambda done, name: told.append((done, name)))
    assert told == [(1, "甲.xlsx"), (2, "乙.xlsx"), (3, "丙.xlsx")]


def test_a_merge_can_be_stopped_and_keeps_what_it_has():
    told = []
    merged = merge(
        BOOKS.items(), EXPECTED, progress=lambda *done: told.append(done), cancelled=lambda: len(told) == 1
    )
    assert merged.is_cancelled
    assert {row.file for row in merged.rows} == {"甲.xlsx"}
    assert merged.missing == (("u1", "r2"), ("u1", "r3"))


def test_one_file_under_two_names_counts_once():
    merged = merge([*BOOKS.items(), ("甲（副本）.xlsx", BOOKS["甲.xlsx"])], EXPECTED)
    assert outcome(merged) == [("甲（副本）.xlsx", "same_file_twice")]
    assert merged.totals()["t0"].cumulative == 63
    assert "和“甲.xlsx”内容完全相同" in merged.refusals[0].message


def test_a_file_saved_again_counts_once():
    again = sheets.rewritten(BOOKS["甲.xlsx"], lambda _: None)
    assert again != BOOKS["甲.xlsx"]
    merged = merge([*BOOKS.items(), ("甲2.xlsx", again)], EXPECTED)
    assert outcome(merged) == [("甲2.xlsx", "same_file_twice")]
    assert merged.totals()["t0"].cumulative == 63


def test_of_two_files_for_one_unit_neither_is_guessed():
    merged = merge([*BOOKS.items(), ("甲改.xlsx", book("r1", counted(11), counted(1)))], EXPECTED)
    assert outcome(merged) == [("甲.xlsx", "two_for_one"), ("甲改.xlsx", "two_for_one")]
    assert {row.region for row in merged.rows} == {"r2", "r3"}
    assert merged.missing == (("u1", "r1"),)
    assert merged.totals()["t0"] == RolledUp(Decimal(50), Decimal(52), parts=2)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"%PDF-1.4", "not_xlsx"),
        (book("r9", counted(1)), "other_unit"),
        (book("r1", counted(1), unit="u2"), "other_unit"),
        (book("r1", counted(1), period=Period("month", 2026, 4)), "other_period"),
    ],
)
def test_one_bad_file_takes_nothing_from_the_others(data, code):
    merged = merge([("坏.xlsx", data), *BOOKS.items()], EXPECTED)
    assert outcome(merged) == [("坏.xlsx", code)]
    assert merged.totals()["t0"].cumulative == 63


def test_two_empty_files_are_each_told_to_be_empty():
    assert outcome(merge([("一.xlsx", b""), ("二.xlsx", b"")], EXPECTED)) == [
        ("一.xlsx", "empty_file"),
        ("二.xlsx", "empty_file"),
    ]


def test_a_bad_cell_is_told_with_its_file_and_counts_as_missing():
    def spoil(grids):
        grids[FORM_SHEET][4][6] = "许多"
        grids[FORM_SHEET][4][7] = "#VALUE!"

    merged = merge((BOOKS | {"丙.xlsx": sheets.rewritten(BOOKS["丙.xlsx"], spoil)}).items(), EXPECTED)
    assert [(found.file, found.cell) for found in merged.problems] == [("丙.xlsx", "G5")]
    assert merged.totals()["t0"] == RolledUp(Decimal(30), Decimal(32), parts=3, missing=1)


def test_readers_side_by_side_come_to_the_same():
    one = merge(BOOKS.items(), EXPECTED)
    several = merge([*BOOKS.items(), ("again.xlsx", next(iter(BOOKS.values())))], EXPECTED, readers=2)
    assert several.reports == one.reports
    assert several.totals() == one.totals()
    assert [refused.code for refused in several.refusals] == ["same_file_twice"]


def test_readers_side_by_side_can_be_stopped():
    told = []
    merged = merge(
        BOOKS.items(),
        EXPECTED,
        progress=lambda *done: told.append(done),
        cancelled=lambda: len(told) == 1,
        readers=2,
    )
    assert merged.is_cancelled
    assert (merged.files, len(told)) == (1, 1)
