"""The files of standards: all of them there, each with the cases that show what it means, none said twice."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest

COUNTS = {"bozhou-2023": 44, "lieshan-2023": 30, "linyi-2021": 9, "maanshan-2020": 6, "hefei-2024": 31}
CHECKS = {
    "at_least": {"ok", "below_floor"},
    "at_most": {"ok", "above_ceiling"},
    "range": {"ok", "below_floor", "above_ceiling"},
}
# Rules that every row meets: nobody is turned away but by the date.
FOR_EVERY_ROW = {"true", "teeth_sealed >= 0"}
NUMBER = re.compile(r"\d+(?:\.\d+)?")


@pytest.fixture(scope="module")
def standards(book):
    return list(book.standards.values())


@pytest.fixture(scope="module")
def cases(standards):
    return [case for standard in standards for case in standard.cases]


def yuan(fen: int) -> str:
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02}元" if rest else f"{whole}元"


def is_eligible(case):
    return case.expect.get("eligible") is True


def is_refused(case):
    return dict(case.expect) == {"eligible": False, "amount_fen": 0}


def is_of_something_missing(case):
    name = case.expect.get("problem")
    given = set(case.row) | set(case.parameters) | ({"region"} if case.region else set())
    return name is not None and name not in given


def test_all_standards_are_there_and_sound(book, standards):
    assert book.faults == ()
    assert len(standards) == 120
    assert Counter(standard.notice for standard in standards) == COUNTS
    assert set(book.notices) == set(COUNTS)


def test_a_file_holds_the_project_it_is_named_for(standards):
    for standard in standards:
        assert standard.place.file == f"{standard.notice}/p{standard.project:02}.yaml"
        assert standard.id.startswith(f"{standard.notice}.p{standard.project:02}.")


def test_no_sentence_stands_twice(cases):
    said = Counter(case.says for case in cases)
    assert len(said) > 900
    assert [sentence for sentence, times in said.items() if times > 1] == []


def test_each_standard_has_four_cases_and_more(standards):
    assert [standard.id for standard in standards if len(standard.cases) < 4] == []


def test_each_first_day_is_tried_and_the_day_before_it(standards):
    for standard in standards:
        paid = {case.as_of for case in standard.cases if is_eligible(case)}
        refused = {case.as_of for case in standard.cases if is_refused(case)}
        first, last = standard.versions[0].first_day, standard.versions[-1].last_day
        assert {version.first_day for version in standard.versions} <= paid, standard.id
        assert {version.last_day for version in standard.versions if version.last_day} <= paid, standard.id
        assert first - timedelta(days=1) in refused, standard.id
        assert last is None or last + timedelta(days=1) in refused, standard.id


def test_each_standard_turns_someone_away_in_its_time(standards):
    unrefused = {
        standard.versions[0].when.text
        for standard in standards
        if not any(is_refused(case) and standard.version_on(case.as_of) for case in standard.cases)
    }
    assert unrefused == FOR_EVERY_ROW


def test_each_standard_has_a_row_with_something_missing(standards):
    assert [one.id for one in standards if not any(map(is_of_something_missing, one.cases))] == []


def test_every_column_and_parameter_is_missing_somewhere(standards, cases):
    needed = {
        name
        for standard in standards
        for version in standard.versions
        for name in (
            *version.reads.columns,
            *(name for name, may_lack in version.reads.parameters.items() if not may_lack),
        )
    }
    assert needed - {case.expect["problem"] for case in cases if is_of_something_missing(case)} == set()


def test_each_bound_is_met_and_broken(standards):
    for standard in standards:
        checks = {case.expect["check"] for case in standard.cases if is_eligible(case)}
        assert checks == CHECKS.get(standard.versions[0].bound.kind, {"ok"}), standard.id


def test_an_expected_answer_is_whole_and_in_its_sentence(standards):
    for standard in standards:
        has_shares = bool(standard.versions[0].shares)
        keys = {"eligible", "amount_fen", "check"} | ({"shares_fen"} if has_shares else set())
        for case in standard.cases:
            if not is_eligible(case):
                assert is_refused(case) or set(case.expect) == {"problem"}, case.says
                continue
            assert set(case.expect) == keys, case.says
            assert yuan(case.expect["amount_fen"]) in case.says
            if has_shares:
                assert sum(case.expect["shares_fen"].values()) == case.expect["amount_fen"], case.says


def test_a_case_gives_only_what_its_standard_reads(standards):
    for standard in standards:
        reads = [version.reads for version in standard.versions]
        columns = {name for each in reads for name in each.columns}
        parameters = {name for each in reads for name in each.parameters}
        for case in standard.cases:
            assert set(case.row) <= columns, case.says
            assert set(case.parameters) <= parameters, case.says


def test_born_on_29_february(cases):
    turning = [case for case in cases if str(case.row.get("birth_date", "")).endswith("-02-29")]
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
def test_each_figure_stands_in_the_line_it_is_said_to(book, standards, notices_folder):
    lines = {
        name: (notices_folder / f"{name}.txt").read_text(encoding="utf-8").split("\n")
        for name in book.notices
    }
    absent = []
    for standard in standards:
        for source in (source for version in standard.versions for source in version.sources):
            text = "".join(lines[standard.notice][source.first_line - 1 : source.last_line])
            there = set(NUMBER.findall(text.replace(" ", "")))
            numbers = {number for figure in source.figures for number in NUMBER.findall(figure)}
            absent += [(standard.id, source.first_line, number) for number in numbers - there]
    assert absent == []
