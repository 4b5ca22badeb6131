"""The files of standards: all of them there, each with the cases that show what it means, none said twice."""

import json
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from minsheng.standards.loading import load_standards

FOLDER = Path(__file__).parents[3] / "standards"
COUNTS = {"bozhou-2023": 44, "lieshan-2023": 30, "linyi-2021": 9, "maanshan-2020": 6, "hefei-2024": 31}
BOOK = load_standards(FOLDER)
EACH = pytest.mark.parametrize("standard", BOOK.standards.values(), ids=BOOK.standards.keys())
CASES = [case for standard in BOOK.standards.values() for case in standard.cases]
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def yuan(fen: int) -> str:
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02}元" if rest else f"{whole}元"


def is_eligible(case):
    return case.expect.get("eligible") is True


def is_refused(case):
    return dict(case.expect) == {"eligible": False, "amount_fen": 0}


def test_all_standards_are_there_and_sound():
    assert BOOK.faults == ()
    assert len(BOOK.standards) == 120
    assert Counter(standard.notice for standard in BOOK.standards.values()) == COUNTS
    assert set(BOOK.notices) == set(COUNTS)


def test_a_file_holds_the_project_it_is_named_for():
    for standard in BOOK.standards.values():
        assert standard.place.file == f"{standard.notice}/p{standard.project:02}.yaml"
        assert standard.id.startswith(f"{standard.notice}.p{standard.project:02}.")


@pytest.mark.parametrize(
    "path", sorted(FOLDER.glob("**/*.yaml")), ids=lambda path: path.parent.name + path.stem
)
def test_a_file_follows_the_schema(path):
    schema = json.loads((FOLDER / "schema.json").read_text(encoding="utf-8"))
    # JSON knows no dates: they are text there.
    held = json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8")), default=str))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(held)] == []


def test_no_sentence_stands_twice():
    said = Counter(case.says for case in CASES)
    assert len(said) > 700
    assert [sentence for sentence, times in said.items() if times > 1] == []


@EACH
def test_a_standard_shows_what_it_means(standard):
    cases, first = standard.cases, standard.versions[0].first_day
    assert len(cases) >= 4
    # Due, and due on the first day of each version.
    assert {version.first_day for version in standard.versions} <= {
        case.as_of for case in cases if is_eligible(case)
    }
    # Nothing the day before, and nothing the day after a last day.
    assert any(case.as_of == first - timedelta(days=1) and is_refused(case) for case in cases)
    last = standard.versions[-1].last_day
    assert last is None or any(case.as_of == last + timedelta(days=1) and is_refused(case) for case in cases)
    # Not eligible while in force, unless the rule is for every row.
    in_force = [case for case in cases if standard.version_on(case.as_of)]
    assert standard.id in FOR_EVERY_ROW or any(is_refused(case) for case in in_force)
    # A value that is missing: neither in the row nor among the parameters.
    given = [set(case.row) | set(case.parameters) | {"region"} for case in cases]
    assert any(
        case.expect["problem"] not in names or case.region is None
        for case, names in zip(cases, given, strict=True)
        if "problem" in case.expect
    )


FOR_EVERY_ROW = {
    id_
    for id_, standard in BOOK.standards.items()
    if standard.versions[0].when.text in ("true", "teeth_sealed >= 0")
}


@EACH
def test_a_bound_is_met_and_broken_in_its_cases(standard):
    kind = standard.versions[0].bound.kind
    checks = {case.expect.get("check") for case in standard.cases if is_eligible(case)}
    wanted = {
        "at_least": {"below_floor"},
        "at_most": {"above_ceiling"},
        "range": {"below_floor", "above_ceiling"},
    }
    assert checks == {"ok"} | wanted.get(kind, set())


@EACH
def test_an_expected_answer_is_whole_and_in_the_sentence(standard):
    has_shares = bool(standard.versions[0].shares)
    for case in standard.cases:
        if is_eligible(case):
            assert set(case.expect) == {"eligible", "amount_fen", "check"} | (
                {"shares_fen"} if has_shares else set()
            )
            assert yuan(case.expect["amount_fen"]) in case.says
            assert not has_shares or sum(case.expect["shares_fen"].values()) == case.expect["amount_fen"]
        else:
            assert is_refused(case) or set(case.expect) == {"problem"}


@EACH
def test_a_case_gives_only_what_the_standard_reads(standard):
    reads = [version.reads for version in standard.versions]
    columns = {name for each in reads for name in each.columns}
    parameters = {name for each in reads for name in each.parameters}
    for case in standard.cases:
        assert set(case.row) <= columns
        assert set(case.parameters) <= parameters


def test_every_column_and_parameter_is_missing_somewhere():
    versions = [version for standard in BOOK.standards.values() for version in standard.versions]
    needed = {name for version in versions for name in version.reads.columns}
    needed |= {
        name for version in versions for name, may_lack in version.reads.parameters.items() if not may_lack
    }
    assert needed - {case.expect.get("problem") for case in CASES} == set()


def test_born_on_29_february():
    turning = [case for case in CASES if str(case.row.get("birth_date", "")).endswith("-02-29")]
    assert {case.as_of for case in turning if is_eligible(case)} == {
        date(2023, 2, 28),
        date(2024, 2, 28),
        date(2026, 2, 28),
    }
    assert {case.as_of for case in turning if is_refused(case)} == {
        date(2023, 3, 1),
        date(2024, 2, 29),
        date(2026, 3, 1),
    }


@pytest.mark.notices
def test_each_figure_stands_in_the_line_it_is_said_to(notices_folder):
    lines = {
        name: (notices_folder / f"{name}.txt").read_text(encoding="utf-8").split("\n")
        for name in BOOK.notices
    }
    absent = []
    for standard in BOOK.standards.values():
        for source in (source for version in standard.versions for source in version.sources):
            text = "".join(lines[standard.notice][source.first_line - 1 : source.last_line])
            there = set(NUMBER.findall(text.replace(" ", "")))
            numbers = {number for figure in source.figures for number in NUMBER.findall(figure)}
            absent += [(standard.id, source.first_line, number) for number in numbers - there]
    assert absent == []
