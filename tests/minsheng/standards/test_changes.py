"""A figure changed: which there are, what changes with it, and what is refused."""

from datetime import date

import pytest

from minsheng.standards.asked import Bench, Question
from minsheng.standards.changes import CHANGED, Figure, Pair, change, figures_of
from minsheng.standards.parameters import ParameterBook, ParameterVersion

LIVING = "bozhou-2023.p13.hardship-disabled-living"
DAY = date(2023, 6, 1)


def figures(shelf, standard):
    book, compiled = shelf
    return {figure.key: figure for figure in figures_of(compiled[standard].rules[0], book.vocabulary)}


def changed(shelf, standard, key, value, versions=()):
    book, compiled = shelf
    rule = compiled[standard].rules[0]
    figure = figures(shelf, standard)[key]
    return change(rule, figure, value, book.vocabulary, ParameterBook(tuple(versions)))


@pytest.mark.parametrize(
    ("standard", "labels"),
    [
        ("bozhou-2023.p07.child-assistive-device", ["1500元（金额中的）", "参数：儿童年龄（未满）"]),
        (
            LIVING,
            ["80元（金额、约束、分担中的）", "1（条件中的）", "参数：本地自定标准"],
        ),
        ("hefei-2024.p19.medical-aid-extreme-poverty", ["80%（金额、约束中的）", "参数：本地自定比例"]),
    ],
)
def test_figures_as_officials_read_them(shelf, standard, labels):
    assert [figure.label for figure in figures(shelf, standard).values()] == labels


def test_the_same_money_changes_in_amount_bound_and_share(shelf):
    pair = changed(shelf, LIVING, "fen:8000", 9000)
    assert isinstance(pair, Pair)
    version = pair.new.rules[0].version
    assert version.amount.text == "at_least(9000) * months_eligible"
    assert version.bound.condition.text == "$local_standard_fen >= 9000"
    assert version.shares[0].amount.text == "9000 * months_eligible"
    assert version.when.text == pair.old.rules[0].version.when.text
    assert pair.new.standard.id == LIVING + CHANGED


def test_a_figure_inside_a_word_or_a_date_is_none():
    from minsheng.standards.changes import _WRITTEN

    found = [match.group() for match in _WRITTEN.finditer("case when a1_b = 'x9' and $p2 > 30 then 4 end")]
    assert found == ["'x9'", "30", "4"]


def test_a_changed_parameter_is_the_new_rules_own(shelf):
    book, _ = shelf
    dated = [
        ParameterVersion("local_standard_fen", date(2023, 1, 1), 8500, "谯城区", LIVING),
        ParameterVersion("local_standard_fen", date(2023, 1, 1), 8100, None, LIVING),
    ]
    pair = changed(shelf, LIVING, "$local_standard_fen", 10000, dated)
    assert isinstance(pair, Pair)
    row = {"disability_grade": 1, "hardship_kind": "low_income", "months_eligible": 1}
    bench = Bench({LIVING: pair.old, LIVING + CHANGED: pair.new}, book.vocabulary)
    for region, old in (("谯城区", 8500), ("涡阳县", 8100)):
        due = []
        for standard in (LIVING, LIVING + CHANGED):
            series = pair.figures.series_for(("local_standard_fen",), region, standard)
            due.append(bench.answer(Question(standard, DAY, region, series, row)).amount_fen)
        assert due == [old, 10000]


def test_a_change_that_makes_no_sense_is_refused(shelf):
    book, compiled = shelf
    rule = compiled["bozhou-2023.p06.worker-living-aid"].rules[0]
    twelve = next(figure for figure in figures_of(rule, book.vocabulary) if figure.value == 12)
    found = change(rule, twelve, 10**30, book.vocabulary, ParameterBook())
    assert not isinstance(found, Pair)
    assert found[0].mend


def test_typed_figures(shelf):
    assert Figure("k", "fen", 110050, "").typed == "1100.5"
    assert Figure("k", "basis_points", 8000, "").typed == "80"
    assert Figure("k", "count", 12, "").typed == "12"


def test_every_sum_ratio_and_parameter_can_be_changed_by_one(shelf):
    book, compiled = shelf
    wrong = []
    for standard in compiled.values():
        rule = standard.rules[-1]
        for figure in figures_of(rule, book.vocabulary):
            found = change(rule, figure, (figure.value or 5) + 1, book.vocabulary, ParameterBook())
            if figure.unit != "count" and not isinstance(found, Pair):
                wrong.append((rule.standard.id, figure.key, found[0].message))
    assert wrong == []
