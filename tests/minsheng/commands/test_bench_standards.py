"""The rules by hand and the engine give the same rows: what the figures are worth stands on it."""

from datetime import date
from pathlib import Path

import pytest

from minsheng.cli import main
from minsheng.commands.bench import PARTS_OF_STANDARDS
from minsheng.commands.bench_figure import Figure
from minsheng.commands.bench_standards import measured
from minsheng.commands.bench_standards.five_hand import (
    AS_OF as FIVE_DAY,
)
from minsheng.commands.bench_standards.five_hand import (
    FIVE_RULES,
    five_query,
    five_relation,
    five_roster_sql,
)
from minsheng.commands.bench_standards.hand_written import AS_OF, CITY, STANDARDS, hand_query
from minsheng.commands.bench_standards.made_up_parameters import write_parameters
from minsheng.commands.bench_standards.made_up_roster import roster_sql
from minsheng.commands.bench_standards.one_run import digest
from minsheng.commands.refused import CommandRefused
from minsheng.commands.standards_folder import STANDARDS as FOLDER
from minsheng.engine.duckdb_engine import DuckDbEngine
from minsheng.engine.roster_file import RosterSource
from minsheng.engine.run import Request, run_roster
from minsheng.engine.session import Session
from minsheng.standards.compiled import compile_book
from minsheng.standards.loading import load_standards
from minsheng.standards.parameter_file import read_parameters

ROWS = 3000


@pytest.fixture
def session():
    with Session(keep_order=False) as found:
        yield found


def written(session, query, file: Path) -> str:
    session.run(f"COPY ({query}) TO '{file}' (FORMAT parquet)")
    return digest(file)


def test_one_city(session, tmp_path):
    book = load_standards(FOLDER)
    compiled, _ = compile_book(book)
    roster, parameters = tmp_path / "r.parquet", tmp_path / "p.csv"
    session.run(f"COPY ({roster_sql(book.vocabulary, ROWS)}) TO '{roster}' (FORMAT parquet)")
    write_parameters(parameters)
    figures, faults = read_parameters(
        parameters.read_text(encoding="utf-8"), parameters.name, book.vocabulary
    )
    assert not faults
    chosen = tuple(compiled[f"{CITY}.{hand.id}"] for hand in STANDARDS)
    request = Request(
        chosen, book.vocabulary, roster, date.fromisoformat(AS_OF), tmp_path / "o.parquet", figures=figures
    )
    report = run_roster(request, DuckDbEngine(batch=7), session)
    assert [one.rows for one in report.totals] == [ROWS] * len(STANDARDS)
    assert min(one.eligible for one in report.totals) > 0
    by_hand = written(session, hand_query(roster, parameters, STANDARDS), tmp_path / "h.parquet")
    assert digest(tmp_path / "o.parquet") == by_hand


def test_five_rules(session, tmp_path):
    book = load_standards(FIVE_RULES)
    compiled, faults = compile_book(book)
    assert (book.faults, faults) == ((), ())
    roster = tmp_path / "r.parquet"
    session.run(f"COPY ({five_roster_sql(ROWS)}) TO '{roster}' (FORMAT parquet)")
    relation = five_relation(roster)
    source = RosterSource(relation, session.columns(relation), ("person_id",))
    out = tmp_path / "o.parquet"
    request = Request(tuple(compiled.values()), book.vocabulary, source, date.fromisoformat(FIVE_DAY), out)
    run_roster(request, DuckDbEngine(), session)
    assert digest(out) == written(session, five_query(roster), tmp_path / "h.parquet")


def test_a_part_is_measured_by_itself_and_shown_as_soon_as_it_is_known(monkeypatch, capsys):
    shown = []

    def part(place):
        for number in (1, 2):
            shown.append(capsys.readouterr().out)
            yield Figure(f"第{number}", "秒", number, "手写", 2, f"{place.million}行")

    monkeypatch.setitem(measured.PARTS, "five", part)
    assert main(["bench", "standards", "--only", "five", "--rows", "5000"]) == 0
    assert shown == ["", "第1（5000行）\n  1 秒\n  对照：手写 2 秒，比值 0.5\n"]
    assert capsys.readouterr().out == "第2（5000行）\n  2 秒\n  对照：手写 2 秒，比值 1\n"


def test_the_parts_that_can_be_named_are_those_that_can_be_measured(capsys):
    assert tuple(measured.PARTS) == PARTS_OF_STANDARDS
    assert {*measured.DEFAULT} == {*measured.PARTS} - {"twenty"}
    assert main(["bench", "standards", "--only", "six"]) == 2
    assert "six" in capsys.readouterr().err


def test_a_roster_is_made_once_and_its_size_is_what_it_says(tmp_path, session):
    place = measured.Place(tmp_path, (2000, 3000))
    assert (place.million, place.roster(2000)) == (3000, tmp_path / "2000.parquet")
    made = (tmp_path / "2000.parquet").stat().st_mtime_ns
    place.roster(2000)
    assert (tmp_path / "2000.parquet").stat().st_mtime_ns == made
    rows, people, first = session.rows(
        f"SELECT count(*), count(DISTINCT person_id), min(person_id) FROM read_parquet('{tmp_path}/2000.parquet')"
    )[0]
    assert (rows, people, first) == (2000, 2000, "P000000001")


def test_spark_is_measured_beside_duckdb_only_where_both_give_the_same_rows(tmp_path, monkeypatch):
    def fastest(digests):
        return lambda *_, **__: [
            measured.Run(seconds, 0, each) for seconds, each in zip((2, 30), digests, strict=True)
        ]

    place = measured.Place(tmp_path, (1000,))
    monkeypatch.setattr(measured, "refusal_of_spark", lambda: None)
    monkeypatch.setattr(measured, "_fastest", fastest(("3-7", "3-7")))
    (figure,) = measured.PARTS["spark"](place)
    assert (figure.figure, figure.yardstick_figure, figure.ratio) == (30, 2, 15)
    monkeypatch.setattr(measured, "_fastest", fastest(("3-7", "3-8")))
    with pytest.raises(CommandRefused, match="3-8与3-7"):
        list(measured.PARTS["spark"](place))


def test_without_spark_that_part_says_so_and_measures_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(measured, "refusal_of_spark", lambda: "没有安装 Spark。")
    assert list(measured.PARTS["spark"](measured.Place(tmp_path, (1000,)))) == []
    assert capsys.readouterr().err == "没有安装 Spark。\n"
