"""A roster in each format: the same answers, problems for bad values, refusals in one sentence."""

import csv
import json
import threading
from datetime import date

import pytest
import xlsxwriter

from minsheng.engine.duckdb_engine import DuckDbEngine
from minsheng.engine.refusal import Refusal
from minsheng.engine.run import Request, open_session, run_roster
from minsheng.engine.session import CancelledError, Limits, Session
from minsheng.standards.parameters import ParameterBook, ParameterVersion

ORPHAN, LIXIN, LIVING = (
    "bozhou-2023.p06.orphan-scattered",
    "bozhou-2023.p20.school-meal",
    "bozhou-2023.p04.extreme-poverty-basic-living",
)
HEAD = ("person_id", "region", "child_kind", "months_eligible", "enrolled_level", "days_served")
ROWS = (
    ("A1", "利辛县", "orphan_scattered", "12", "rural_compulsory", "100"),
    ("A2", "谯城区", "orphan_scattered", "13", "rural_compulsory", "100"),
    ("A3", "谯城区", "orphan_scattered", "", "none", "x"),
    ("A4", "利辛县", "unattended", "", "rural_compulsory", "1.5"),
)
WANTED = [
    ("A1", "利辛县", ORPHAN, "true", "1320000", "", "ok", ""),
    ("A1", "利辛县", LIXIN, "true", "50000", "", "ok", ""),
    ("A2", "谯城区", ORPHAN, "", "", "", "", "domain:months_eligible"),
    ("A2", "谯城区", LIXIN, "false", "0", "", "", ""),
    ("A3", "谯城区", ORPHAN, "", "", "", "", "missing:months_eligible"),
    ("A3", "谯城区", LIXIN, "", "", "", "", "domain:days_served"),
    ("A4", "利辛县", ORPHAN, "false", "0", "", "", ""),
    ("A4", "利辛县", LIXIN, "", "", "", "", "domain:days_served"),
]


@pytest.fixture
def entitle(book, compiled, tmp_path):
    """Run some standards over a roster file; the report, or why there is none."""

    def act(roster, out, standards=(ORPHAN, LIXIN), back_end=DuckDbEngine(), **given):  # noqa: B008 - frozen
        chosen = tuple(compiled[standard] for standard in standards)
        given.setdefault("as_of", date(2023, 6, 1))
        request = Request(chosen, book.vocabulary, roster, out=tmp_path / out, **given)
        with open_session(Limits(spill=tmp_path), request.out) as session:
            return run_roster(request, back_end, session)

    return act


@pytest.fixture(params=["duckdb", pytest.param("spark", marks=pytest.mark.slow)])
def back_end(request):
    return DuckDbEngine() if request.param == "duckdb" else request.getfixturevalue("spark")


def write_csv(path, rows=ROWS, encoding="utf-8"):
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])
    return path


def read_csv(path):
    with path.open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file)][1:]


def test_csv_in_and_out(entitle, tmp_path, back_end):
    report = entitle(write_csv(tmp_path / "r.csv"), "o.csv", back_end=back_end)
    assert read_csv(tmp_path / "o.csv") == WANTED
    assert report.totals[0].to_json() == {
        "standard": ORPHAN,
        "rows": 4,
        "eligible": 1,
        "due_fen": 1320000,
        "problems": {"domain:months_eligible": 1, "missing:months_eligible": 1},
    }
    assert [step.name for step in report.steps] == ["read", "figures", "months", "decide", "total", "write"]
    assert report.steps[0].rows == 4
    assert report.missing_columns == ()


def test_csv_as_excel_writes_it(entitle, tmp_path):
    entitle(write_csv(tmp_path / "r.csv", encoding="gb18030"), "o.csv")
    assert read_csv(tmp_path / "o.csv") == WANTED


def test_sheet_with_numbers(entitle, tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "r.xlsx")) as file:
        sheet = file.add_worksheet()
        for place, row in enumerate((HEAD, *ROWS)):
            for column, value in enumerate(row):
                sheet.write(place, column, float(value) if value.isdigit() else value)
    entitle(tmp_path / "r.xlsx", "o.csv")
    assert read_csv(tmp_path / "o.csv") == WANTED
    report = entitle(tmp_path / "r.xlsx", "o.xlsx")
    assert report.totals[1].eligible == 1


def test_identity_number_that_lost_its_digits(entitle, tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "r.xlsx")) as file:
        sheet = file.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, [340621199001011234, "利辛县", "unattended", 1, "none", 1])
    refusal = entitle(tmp_path / "r.xlsx", "o.csv")
    assert isinstance(refusal, Refusal)
    assert "第2行“person_id”是数字格式" in refusal.message
    assert not (tmp_path / "o.csv").exists()


def test_months_and_figures_of_regions(entitle, tmp_path, back_end):
    head = "person_id,region,hardship_kind,hukou,month_from,month_to\n"
    (tmp_path / "r.csv").write_text(
        head
        + "B1,涡阳县,extreme_poverty,rural,2023-06-01,2023-09-01\n"
        + "B2,谯城区,extreme_poverty,rural,2023-06,2023-09\n"
        + "B3,蒙城县,extreme_poverty,rural,2023-06-01,2023-09-01\n"
        + "B4,涡阳县,extreme_poverty,rural,2023-09-01,2023-06-01\n",
        encoding="utf-8",
    )
    line = "low_income_line_rural_fen_per_month"
    figures = ParameterBook(
        (
            ParameterVersion(line, date(2022, 7, 1), 60500, "涡阳县"),
            ParameterVersion(line, date(2023, 7, 1), 64011, "涡阳县"),
            ParameterVersion("local_standard_fen", date(2022, 7, 1), 80000, "涡阳县", LIVING),
            ParameterVersion(line, date(2023, 7, 1), 64011, "谯城区"),
            ParameterVersion(line, date(2020, 1, 1), 10000),
        )
    )
    entitle(tmp_path / "r.csv", "o.csv", (LIVING,), back_end, figures=figures)
    found = [(row[0], row[4], row[6], row[7]) for row in read_csv(tmp_path / "o.csv")]
    assert found == [
        ("B1", "329645", "below_floor", ""),
        ("B2", "", "", f"parameter:{line}"),
        ("B3", "52000", "ok", ""),
        ("B4", "", "", "domain:month_to"),
    ]


def test_months_of_all_time(entitle, tmp_path):
    """Rows of the first and the last year there is do not make the calendar of the others longer."""
    head = "person_id,region,hardship_kind,hukou,month_from,month_to\n"
    rows = (
        "0001-01,0001-02",
        "9999-11,9999-12",
        "2023-06,2023-07",
        "0001-01,9999-12",
        "10000-01,10000-01",
        "2023-06-15,2023-07-01",
    )
    lines = [f"D{place},谯城区,low_income,rural,{months}\n" for place, months in enumerate(rows)]
    (tmp_path / "r.csv").write_text(head + "".join(lines), encoding="utf-8")
    line = "low_income_line_rural_fen_per_month"
    figures = ParameterBook((ParameterVersion(line, date(2022, 7, 1), 60500),))
    report = entitle(
        tmp_path / "r.csv", "o.csv", ("bozhou-2023.p04.low-income-line-in-force",), figures=figures
    )
    assert [(row[4], row[7]) for row in read_csv(tmp_path / "o.csv")] == [
        ("", f"parameter:{line}"),
        ("121000", ""),
        ("121000", ""),
        ("", "domain:month_to"),
        ("", "domain:month_from"),
        ("", "domain:month_from"),
    ]
    assert report.steps[2].rows == 6


def test_shares_in_parquet_and_before_the_first_day(entitle, tmp_path):
    (tmp_path / "r.csv").write_text("person_id,certified,actual_cost_fen\nC1,是,250000\n", encoding="utf-8")
    refit = "bozhou-2023.p11.ageing-home-refit"
    entitle(tmp_path / "r.csv", "o.parquet", (refit,), region="谯城区")
    with Session() as session:
        shares = session.one(f"SELECT shares_fen FROM read_parquet('{tmp_path / 'o.parquet'}')")
    assert json.loads(shares) == {"province": 100000, "city_and_county": 150000}
    entitle(tmp_path / "r.csv", "o.csv", (refit,), as_of=date(2022, 12, 31))
    assert read_csv(tmp_path / "o.csv") == [("C1", refit, "false", "0", "", "", "")]


def test_roster_without_key_gets_row_numbers(entitle, tmp_path):
    (tmp_path / "r.csv").write_text("months_eligible\n3\n", encoding="utf-8")
    report = entitle(tmp_path / "r.csv", "o.csv", (ORPHAN,))
    assert read_csv(tmp_path / "o.csv") == [("1", ORPHAN, "", "", "", "", "missing:child_kind")]
    assert report.missing_columns == ("child_kind",)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_lines_in_which_nothing_is_written_are_no_rows(entitle, tmp_path, encoding):
    lines = [",".join(HEAD), "", ",,,,,", ",".join(ROWS[0]), " ,,　,,,", ",".join(ROWS[2]), "", ""]
    (tmp_path / "r.csv").write_text("\r\n".join(lines), encoding=encoding, newline="")
    report = entitle(tmp_path / "r.csv", "o.csv")
    assert [one.rows for one in report.totals] == [2, 2]
    assert read_csv(tmp_path / "o.csv") == WANTED[:2] + WANTED[4:6]


def test_a_line_with_a_word_in_any_column_is_a_row_and_keeps_its_number(entitle, tmp_path):
    text = "months_eligible,备注,备注\n3,,\n,,\n,,口头申请\n\n"
    (tmp_path / "r.csv").write_text(text, encoding="utf-8")
    report = entitle(tmp_path / "r.csv", "o.csv", (ORPHAN,))
    assert report.totals[0].rows == 2
    assert [row[0] for row in read_csv(tmp_path / "o.csv")] == ["1", "3"]


def test_line_breaks_inside_a_cell_do_not_part_a_row(entitle, tmp_path):
    with (tmp_path / "r.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*HEAD, "备注\n（可不填）"])
        writer.writerows([*row, "一、口头申请\n\n二、已核实"] for row in ROWS)
        writer.writerow([""] * (len(HEAD) + 1))
    report = entitle(tmp_path / "r.csv", "o.csv")
    assert read_csv(tmp_path / "o.csv") == WANTED
    assert report.totals[0].rows == 4


def test_a_roster_of_empty_lines_below_its_head_has_no_row(entitle, tmp_path):
    (tmp_path / "r.csv").write_text("months_eligible\n\n\n", encoding="utf-8")
    report = entitle(tmp_path / "r.csv", "o.csv", (ORPHAN,))
    assert (report.totals[0].rows, read_csv(tmp_path / "o.csv")) == (0, [])


def test_an_empty_row_of_a_worksheet_is_no_row(entitle, tmp_path):
    with xlsxwriter.Workbook(tmp_path / "r.xlsx") as book:
        sheet = book.add_worksheet()
        for number, row in ((0, HEAD), (1, ROWS[0]), (4, ROWS[2])):
            sheet.write_row(number, 0, row)
    assert entitle(tmp_path / "r.xlsx", "o.csv").totals[0].rows == 2
    assert read_csv(tmp_path / "o.csv") == WANTED[:2] + WANTED[4:6]


@pytest.mark.parametrize(
    ("name", "content", "out", "said"),
    [
        ("r.txt", b"a", "o.csv", "名册只能是"),
        ("none.csv", None, "o.csv", "没有这个文件"),
        ("r.xlsx", b"not a workbook", "o.csv", "文件打不开或已损坏"),
        ("r.parquet", b"PAR1", "o.csv", "读不出表格"),
        ("r.csv", b"person_id\nA\n", "o.txt", "结果只能写成"),
        ("r.csv", b"person_id\n\xff\xff\xff\n", "o.csv", "编码认不出来"),
        ("r.csv", b"\n\n", "o.csv", "第一行没有列名"),
        ("r.csv", b"", "o.csv", "第一行没有列名"),
        ("r.csv", b",,\nA1,1,2\n", "o.csv", "第一行没有列名"),
        (
            "r.csv",
            b"person_id,months_eligible,Months_Eligible \nA1,3,4\n",
            "o.csv",
            "“months_eligible”这一列出现了2次，不知道该用哪一列",
        ),
        ("r.csv", b"region,person_id,region,region\nA1,1,2,3\n", "o.csv", "“region”这一列出现了3次"),
    ],
)
def test_what_cannot_be_used(entitle, tmp_path, name, *, content, out, said):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    refusal = entitle(tmp_path / name, out)
    assert isinstance(refusal, Refusal)
    assert said in refusal.message
    assert not (tmp_path / out).exists()


def test_a_statement_is_stopped_from_another_thread():
    with Session(Limits()) as session:
        told = []

        def tell(share):
            told.append(share)
            threading.Thread(target=session.cancel).start()

        with pytest.raises(CancelledError):
            session.run("SELECT sum(hash(i) % 7) FROM range(900000000000) AS n(i)", tell=tell)
        assert told
        with pytest.raises(CancelledError):
            session.run("SELECT 1")


def test_progress_is_told_and_a_run_is_stopped(book, compiled, tmp_path):
    roster, out = write_csv(tmp_path / "r.csv"), tmp_path / "o.parquet"
    request = Request((compiled[ORPHAN],), book.vocabulary, roster, date(2023, 6, 1), out)
    told = []
    with open_session(Limits(spill=tmp_path), out) as session:
        report = run_roster(request, DuckDbEngine(), session, progress=lambda *now: told.append(now))
    assert report.totals[0].rows == 4
    # Told before the file is looked through, and again where its step begins.
    assert [step for step, share in told if share is None][:3] == ["读名册", "读名册", "取各地参数"]
    assert list(dict.fromkeys(step for step, _ in told)) == [
        "读名册", "取各地参数", "排月份", "逐行计算", "合计", "写结果",
    ]  # fmt: skip
    out.unlink()
    with open_session(Limits(spill=tmp_path), out) as session:

        def stop(step, _share):
            if step == "逐行计算":
                session.cancel()

        with pytest.raises(CancelledError):
            run_roster(request, DuckDbEngine(), session, progress=stop)
    assert list(tmp_path.iterdir()) == [roster]


def test_nothing_is_loaded_or_downloaded():
    with Session() as session:
        settings = dict(
            session.rows("SELECT name, value FROM duckdb_settings() WHERE name LIKE 'auto%known_extensions'")
        )
    assert set(settings.values()) == {"false"}
