"""The rules by hand and the engine give the same rows: what the figures are worth stands on it."""

from datetime import date
from pathlib import Path

import pytest

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
