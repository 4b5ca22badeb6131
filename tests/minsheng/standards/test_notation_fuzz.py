"""Whatever is written as an expression, it is typed or refused with a reason; nothing crashes."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minsheng.standards.chinese import phrase
from minsheng.standards.compiled import compile_standard
from minsheng.standards.evaluate import RuleEvaluator
from minsheng.standards.loading import read_standards
from minsheng.standards.parameters import Facts
from minsheng.standards.refusal import RefusedExpression
from minsheng.standards.sql import rule_sql
from minsheng.standards.typed import Scope, typed
from standard_reference import Tracer, is_same

PIECES = (
    "half_up( up( down( lesser( larger( if_true( ipow( full_years( is_child() line() at_least( own_between( "
    "each_month( in_principle( ratio_at_least( at_most_own( ) ) ) , , + - * / // % ( and or not in case when then "
    "else end = <> < <= >= is null between as_of date '2023-01-01' 'deep' 'x true false due rest 0 1 12 100 1.5 1e9 "
    "worker_kind self_paid_fen months_eligible birth_date insured region headcount $local_standard_fen "
    '$local_ratio_bp $child_age_below_years $ ? ; -- /* :: [ { " \\ select from union 低保 （ ， \x00 \n'
).split(" ")


@pytest.fixture(scope="module")
def scope(book) -> Scope:
    return Scope(book.vocabulary, {"local_standard_fen": True, "local_ratio_bp": True})


def read(text, scope) -> None:
    try:
        node = typed(text, scope)
    except RefusedExpression as refused:
        said = (refused.code, refused.what, refused.mend)
    else:
        said = (phrase(node), node.low <= node.high)
    assert all(said)


LETTERS = "".join(map(chr, range(128))) + "低保标准（），。＝“”’　é\u200b\ud7ff\U0001f600٣²"


@given(st.text(LETTERS, max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text(scope, text):
    read(text, scope)


@given(st.lists(st.sampled_from(PIECES), max_size=25))
@settings(max_examples=120, deadline=None)
def test_any_pieces(scope, pieces):
    read(" ".join(pieces), scope)


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_real_expressions_with_slips_of_the_pen(scope, book, data):
    standard = data.draw(st.sampled_from(list(book.standards.values())))
    version = standard.versions[0]
    text = data.draw(st.sampled_from([version.when.text, version.amount.text]))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(text)))
        removed = data.draw(st.integers(0, 8))
        text = text[:place] + data.draw(st.sampled_from(PIECES)) + text[place + removed :]
    read(text, scope)


@pytest.mark.parametrize("text", ["(" * 500, "not " * 400 + "insured", "1" + "+1" * 900, "case when " * 80, "-" * 900, "9" * 1500, "'" * 301, "insured" + " and insured" * 160])  # fmt: skip
def test_long_and_deep_texts(scope, text):
    read(text, scope)


WHOLE = st.recursive(
    st.sampled_from(["0", "1", "7", "250000", "self_paid_fen", "assessed_fen", "$low_income_line_urban_fen_per_month", "line()"]),
    lambda part: st.one_of(
        st.tuples(st.sampled_from(["({} + {})", "lesser({}, {})", "larger({}, {})", "larger(0, {} - {})"]), part, part).map(lambda t: t[0].format(t[1], t[2])),
        st.tuples(st.sampled_from(["({} * 3)", "half_up({} * 35, 1000)", "up({}, 12)", "down({}, 7)", "if_true(insured, {})", "at_least({})", "in_principle({})", "case when months_eligible >= 6 then {} else 5 end"]), part).map(lambda t: t[0].format(t[1])),
    ),
    max_leaves=6,
)  # fmt: skip
ROW = {
    "self_paid_fen": st.none() | st.integers(-1, 10**14 + 1) | st.integers(0, 20),
    "assessed_fen": st.none() | st.integers(0, 10**14),
    "insured": st.none() | st.booleans(),
    "months_eligible": st.none() | st.integers(0, 13),
    "hukou": st.sampled_from([None, "urban", "rural"]),
}
FIGURE = st.none() | st.integers(0, 10**12) | st.integers(0, 20)


def compiled_rule(amount, vocabulary):
    text = (
        "notice: n-2023\nproject: 1\ncategory: c\nstandards:\n- id: n-2023.p01.x\n  name: n\n  for_whom: w\n  versions:\n"
        "  - {from: 2023-01-01, from_basis: stated, sources: [{line: 1, figures: [1元]}], when: 'true', form: [flat],\n"
        f'     amount: "{amount}", bound: {{kind: exact}}, rounding: none, period: 年, payers: 无,\n'
        "     reads: {columns: [], parameters: ['local_standard_fen?', low_income_line_urban_fen_per_month]}}\n"
    )
    book = read_standards([("n/p01.yaml", text)])
    found, faults = compile_standard(book.standards["n-2023.p01.x"], vocabulary)
    assert faults == []
    return found.rules[0]


@given(WHOLE, st.fixed_dictionaries(ROW), FIGURE, FIGURE)
@settings(max_examples=60, deadline=None)
def test_the_steps_and_the_bounds_hold(book, amount, row, own, line):
    rule = compiled_rule(amount, book.vocabulary)
    evaluator = RuleEvaluator(rule)
    series = {} if own is None else {"local_standard_fen": ((date(2023, 1, 1), own),)}
    if line is not None:
        series["low_income_line_urban_fen_per_month"] = ((date(2023, 1, 1), line),)
    facts = Facts(date(2023, 6, 1), series)
    trace = evaluator.trace(row, facts)
    answer = trace.answer
    if trace.amount is not None:
        assert is_same(Tracer(row, facts.figures).step(rule.amount), trace.amount)
    assert (answer.problem is None) == (answer.amount_fen is not None)
    if answer.amount_fen is not None:
        assert rule.amount.low <= answer.amount_fen <= rule.amount.high
    assert rule_sql(rule).layers
    assert "HUGEINT" not in " ".join(
        text for layer in rule_sql(rule, dialect="spark").layers for text in layer.values()
    )
