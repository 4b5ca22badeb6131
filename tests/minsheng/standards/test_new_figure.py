"""One figure changed from a day on: the text keeps every other line, and the new version says only that."""

import difflib
from datetime import date
from pathlib import Path

import pytest

from minsheng.standards.changes import figures_of
from minsheng.standards.editions import cut_out, judge
from minsheng.standards.new_case import with_case_of
from minsheng.standards.new_figure import NewFigure, NotWritten, with_new_figure
from standards_of_cities import LIVING, ORPHAN

FOLDER = Path(__file__).resolve().parents[3] / "standards"
DAY = date(2026, 1, 1)
DOCUMENT = "皖民〔2026〕1号"


def text_of(book, standard):
    file = FOLDER / book.standards[standard].place.file
    return cut_out(file.read_text(encoding="utf-8"), standard)


@pytest.fixture
def change(shelf):
    """A standard's text with its figure changed; the text it had."""
    book, compiled = shelf

    def act(standard, key, value, day=DAY, document=DOCUMENT):
        figures = figures_of(compiled[standard].rules[-1], book.vocabulary)
        figure = next(one for one in figures if one.key == key)
        text = text_of(book, standard)
        return text, with_new_figure(text, standard, NewFigure(figure, value, day, document), book)

    return act


def added(old, new):
    lines = difflib.ndiff(old.splitlines(), new.splitlines())
    return [line[2:].strip() for line in lines if line[:2] == "+ "], [
        line for line in difflib.ndiff(old.splitlines(), new.splitlines()) if line[:2] == "- "
    ]


def test_a_version_is_put_in_and_nothing_else_moves(change):
    old, new = change(ORPHAN, "fen:110000", 120000)
    put_in, gone = added(old, new)
    assert gone == []
    for line in (
        "to: 2025-12-31",
        "- from: 2026-01-01",
        "from_basis: stated",
        '- {line: 82, figures: ["散居孤儿1200元/人·月（皖民〔2026〕1号）"]}',
        "amount: at_least(120000) * months_eligible",
        'bound: {kind: at_least, condition: "$local_standard_fen >= 120000"}',
    ):
        assert line in put_in


def test_the_new_version_passes_with_a_case_of_its_own(change, shelf):
    _, new = change(ORPHAN, "fen:110000", 120000)
    found = judge(with_case_of(new, ORPHAN, DAY, shelf[0]), ORPHAN, shelf[0])
    assert found.passes, found.faults
    case = found.standard.cases[-1]
    assert case.says == (
        "社会散居孤儿基本生活费，2026-01-01起按新的标准：儿童类别社会散居孤儿、保障月数12，应发14400元"
    )
    assert (case.as_of, case.expect["amount_fen"]) == (DAY, 1440000)
    assert [version.last_day for version in found.standard.versions] == [date(2025, 12, 31), None]


def test_without_a_document_the_source_says_that_it_was_mended(change):
    assert (
        'figures: ["散居孤儿1200元/人·月（修订后）"]' in change(ORPHAN, "fen:110000", 120000, document=" ")[1]
    )


@pytest.mark.parametrize(
    ("value", "day", "message"),
    [
        (110000, DAY, "新的数与现在的一样，都是1100元。"),
        (120000, date(2023, 1, 1), "现行版本从2023-01-01起执行，新的数要从这以后的一天起。"),
        (120000, date(2020, 1, 1), "现行版本从2023-01-01起执行，新的数要从这以后的一天起。"),
    ],
)
def test_what_is_refused(change, value, day, message):
    assert change(ORPHAN, "fen:110000", value, day)[1] == NotWritten(message)


def test_a_document_number_cannot_break_the_text(change, shelf):
    _, new = change(LIVING, "fen:8000", 9000, document='甲"]}\n\\: [')
    assert judge(new, LIVING, shelf[0]).standard is not None
    assert "每人9000元" not in new


def test_a_text_written_another_way_is_left_to_people(shelf):
    book, compiled = shelf
    figure = figures_of(compiled[ORPHAN].rules[-1], book.vocabulary)[0]
    new = NewFigure(figure, 120000, DAY)
    text = text_of(book, ORPHAN).replace(
        "amount: at_least(110000) * months_eligible",
        "amount: >-\n          at_least(110000)\n          * months_eligible",
    )
    found = with_new_figure(text, ORPHAN, new, book)
    assert isinstance(found, NotWritten)
    assert "请在下面的文本里改" in found.message
    assert isinstance(with_new_figure("standards: [", ORPHAN, new, book), NotWritten)


def test_most_figures_of_the_standards_can_be_changed_so(shelf):
    """Every sum: told in its source, with a case of the day; what cannot be done is said, never half done."""
    book, compiled = shelf
    told = []
    for standard in list(compiled)[::6]:
        for figure in figures_of(compiled[standard].rules[-1], book.vocabulary):
            if figure.unit != "fen" or not figure.spots:
                continue
            made = with_new_figure(
                text_of(book, standard), standard, NewFigure(figure, figure.value + 100, DAY), book
            )
            if isinstance(made, NotWritten):
                told.append((standard, made.message))
                continue
            made = with_case_of(made, standard, DAY, book)
            assert judge(made, standard, book).standard.cases[-1].as_of == DAY
    assert told == []
