"""A simulation over a roster: every sum is what the evaluator, asked row by row, adds up to."""

import csv
import random
from datetime import date
from pathlib import Path

import pytest

from minsheng.engine.refusal import Refusal
from minsheng.engine.session import CancelledError, Limits, Session
from minsheng.engine.simulation import EDGES, Simulation, StatedRow, simulate
from minsheng.engine.simulation_result import outcome_of_json
from minsheng.papers.simulation_tables import band_words, tables_of
from minsheng.standards.asked import Bench, Question
from minsheng.standards.changes import change, figures_of
from minsheng.standards.compiled import compile_book
from minsheng.standards.loading import load_standards
from minsheng.standards.parameters import ParameterBook, ParameterVersion

LIVING = "bozhou-2023.p13.hardship-disabled-living"
DAY = date(2023, 6, 1)
FOLDER = Path(__file__).resolve().parents[3] / "standards"


@pytest.fixture(scope="module")
def what():
    book = load_standards(FOLDER)
    compiled, _ = compile_book(book)
    rule = compiled[LIVING].rules[0]
    figure = figures_of(rule, book.vocabulary)[0]
    dated = (ParameterVersion("local_standard_fen", date(2023, 1, 1), 8500, "谯城区", LIVING),)
    pair = change(rule, figure, 9000, book.vocabulary, ParameterBook(dated))
    return lambda roster: Simulation(pair, book.vocabulary, DAY, roster)


def run(simulation, progress=None):
    with Session(Limits(memory="500MB")) as session:
        return simulate(simulation, session, progress)


@pytest.fixture(scope="module")
def rows():
    chance = random.Random(20)
    return [
        {
            "person_id": f"{number:018}",
            "region": chance.choice(["谯城区", "涡阳县", ""]),
            "hardship_kind": chance.choice(["none", "low_income", "extreme_poverty"]),
            "disability_grade": chance.choice(["0", "1", "2", "4", "7"]),
            "months_eligible": chance.choice(["", "0", "1", "6", "12"]),
        }
        for number in range(600)
    ]


@pytest.fixture(scope="module")
def roster(rows, tmp_path_factory):
    path = tmp_path_factory.mktemp("roster") / "roster.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture(scope="module")
def found(what, roster):
    return run(what(roster))


def test_sums_are_those_of_the_evaluator(what, rows, roster, found):
    simulation = what(roster)
    pair = simulation.pair
    bench = Bench({one.standard.id: one for one in (pair.old, pair.new)}, simulation.vocabulary)
    answers = []
    for row in rows:
        given = {name: int(row[name]) for name in ("disability_grade", "months_eligible") if row[name]}
        given["hardship_kind"] = row["hardship_kind"]
        both = []
        for one in (pair.old, pair.new):
            series = pair.figures.series_for(("local_standard_fen",), row["region"], one.standard.id)
            both.append(bench.answer(Question(one.standard.id, DAY, row["region"], series, given)))
        answers.append((row["region"] or "未注明地区", *both))
    sound = [(place, old, new) for place, old, new in answers if old.problem is None and new.problem is None]
    assert found.cases == 600
    assert found.problem_cases == 600 - len(sound) > 0
    assert found.total.before_fen == sum(old.amount_fen for _, old, _ in sound) > 0
    assert found.total.after_fen == sum(new.amount_fen for _, _, new in sound)
    assert found.eligible_after == sum(bool(new.eligible) for _, _, new in answers)
    for place, name in enumerate(("base", "county")):
        parts = [new.shares_fen[name] for _, _, new in sound if new.shares_fen]
        assert found.payers[place].after_fen == sum(parts)
    for region in found.regions:
        inside = [(old, new) for place, old, new in sound if place == region.name]
        assert region.after_fen == sum(new.amount_fen for _, new in inside)
        assert region.winners == sum(new.amount_fen > old.amount_fen for old, new in inside)
        assert region.unchanged == sum(new.amount_fen == old.amount_fen for old, new in inside)
    for band in found.bands:
        differences = [new.amount_fen - old.amount_fen for _, old, new in sound]
        inside = [
            one
            for one in differences
            if (band.low is None or one >= band.low) and (band.high is None or one <= band.high)
        ]
        assert (band.cases, band.more_fen) == (len(inside), sum(inside))
    assert found.winners + found.losers + found.unchanged == len(sound)


def test_stated_counts_count_as_many(what):
    values = {"disability_grade": "1", "hardship_kind": "low_income", "months_eligible": "12"}
    found = run(what((StatedRow("谯城区", 10**9, values), StatedRow("", 3, values))))
    assert found.cases == 10**9 + 3
    assert found.total.after_fen == (10**9 + 3) * 108000
    assert found.total.before_fen == 10**9 * 102000 + 3 * 96000
    assert [region.name for region in found.regions] == ["谯城区", "未注明地区"]


def test_it_survives_being_kept(found):
    assert outcome_of_json(found.to_json()) == found


def test_tables_add_up(found):
    payers, regions, bands, problems = tables_of(found, lambda code: code)
    assert payers.rows[-1][1] == sum(row[1] for row in payers.rows[:-1])
    assert regions.rows[-1][4] == sum(row[4] for row in regions.rows[:-1]) == 600
    assert sum(row[1] for row in bands.rows) == 600 - found.problem_cases
    assert {row[0] for row in problems.rows} == {"missing:months_eligible", "domain:disability_grade"}


def test_the_words_of_bands(found):
    words = [band_words(band) for band in found.bands]
    assert len(words) == 2 * len(EDGES) + 1
    assert words[:2] == ["减少5000元以上", "减少1000至5000元"]
    assert words[5:8] == ["减少50元以内", "不变", "增加50元以内"]
    assert words[-1] == "增加5000元以上"


def test_a_file_that_is_none_is_refused(what, tmp_path):
    path = tmp_path / "x.parquet"
    path.write_bytes(b"nothing")
    assert isinstance(run(what(path)), Refusal)


def test_steps_are_told_and_stopping_is_heard(what, roster):
    told = []
    with Session(Limits()) as session:

        def progress(step, _share):
            told.append(step)
            session.cancel()

        with pytest.raises(CancelledError):
            simulate(what(roster), session, progress)
    assert told == ["读名册"]
