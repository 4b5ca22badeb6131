"""``minsheng entitle --roster`` over rosters as offices send them: what is wrong is told, in one sentence."""

import json
import sys
from types import ModuleType

import pytest
import xlsxwriter

from minsheng.cli import main

ORPHAN = "bozhou-2023.p06.orphan-scattered"


@pytest.fixture
def entitle(capsys, tmp_path):
    """Exit code, what was printed and what was refused, of one standard over a roster."""

    def act(roster, *more):
        given = ("--standard", ORPHAN, "--roster", str(roster), "--as-of", "2023-06-01")
        code = main(("entitle", *given, "--out", str(tmp_path / "o.csv"), *more))
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return act


def file(folder, content: bytes, name="r.csv"):
    path = folder / name
    path.write_bytes(content)
    return path


def answers(folder):
    return (folder / "o.csv").read_text(encoding="utf-8").splitlines()[1:]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("r.csv", b"", "第一行没有列名"),
        ("r.csv", b"\n", "第一行没有列名"),
        ("r.csv", b'child_kind,months_eligible\norphan_scattered,3,5\n"x\n', "读不出表格"),
        ("r.csv", b"person_id\n\xff\xff\n", "编码认不出来"),
        ("r.csv", "child_kind\n孤儿\n".encode("utf-16"), "编码认不出来"),
        ("r.xlsx", b"", "文件打不开或已损坏"),
        ("r.xlsx", b"PK\x03\x04 and nothing more", "文件打不开或已损坏"),
        ("r.parquet", b"", "读不出表格"),
    ],
)
def test_a_file_that_cannot_be_used(entitle, tmp_path, name, content, said):
    code, out, err = entitle(file(tmp_path, content, name))
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_workbook_cut_short(entitle, tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "r.xlsx")) as book:
        book.add_worksheet().write_row(0, 0, ["person_id", "child_kind"])
    whole = (tmp_path / "r.xlsx").read_bytes()
    code, _, err = entitle(file(tmp_path, whole[: len(whole) // 2], "r.xlsx"))
    assert (code, "文件打不开或已损坏" in err) == (2, True)


def test_a_head_without_rows(entitle, tmp_path):
    code, out, _ = entitle(file(tmp_path, b"person_id,child_kind,months_eligible\n"), "--json")
    assert (code, json.loads(out)["standards"][0]["rows"]) == (0, 0)
    assert answers(tmp_path) == []


def test_columns_nobody_reads(entitle, tmp_path):
    roster = file(tmp_path, b"favourite,person_id,child_kind,months_eligible\nx,A,orphan_scattered,3\n")
    code, out, _ = entitle(roster, "--json")
    assert (code, json.loads(out)["missing_columns"]) == (0, [])
    assert answers(tmp_path) == [f"A,{ORPHAN},true,330000,,ok,"]


def test_no_key_and_a_column_missing(entitle, tmp_path):
    code, out, _ = entitle(file(tmp_path, b"child_kind\norphan_scattered\nnone\n"), "--json")
    assert (code, json.loads(out)["missing_columns"]) == (0, ["months_eligible"])
    assert answers(tmp_path) == [
        f"1,{ORPHAN},,,,,missing:months_eligible",
        f"2,{ORPHAN},false,0,,,",
    ]


def test_without_pyspark(entitle, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    code, out, err = entitle(file(tmp_path, b"child_kind\nnone\n"), "--engine", "spark")
    assert (code, out) == (2, "")
    assert err == (
        "没有安装 Spark：请先装 requirements/spark.txt（pyspark），或去掉 --engine spark，用自带的 DuckDB。\n"
    )


def test_without_java(entitle, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark", ModuleType("pyspark"))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    code, out, err = entitle(file(tmp_path, b"child_kind\nnone\n"), "--engine", "spark")
    assert (code, out) == (2, "")
    assert err == (
        "没有找到 Java：Spark 要用 Java 17，请先装好并设好 JAVA_HOME，"
        "或去掉 --engine spark，用自带的 DuckDB。\n"
    )
