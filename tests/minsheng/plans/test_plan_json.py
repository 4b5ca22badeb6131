"""A plan as JSON and back: nothing is lost, and the contract's keys stand where they are promised."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marked_plan import plan_of
from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.plans.model import (
    COMPARATORS,
    ROLES,
    STATUSES,
    Category,
    Cell,
    Citation,
    Head,
    Measure,
    Plan,
    Project,
    Quantity,
    Table,
)
from minsheng.plans.plan_json import (
    number_in,
    number_out,
    plan_from_json,
    plan_to_json,
    problem_from_json,
    problem_to_json,
    quantity_from_json,
    quantity_to_json,
)

WORDS = st.text("新增食堂涡阳县个人（）“”0123 ", max_size=8)
MAYBE_WORDS = st.none() | WORDS
SMALL = st.integers(0, 10**6)
NUMBERS = st.decimals(min_value=0, max_value=10**11, places=3) | st.integers(0, 10**14).map(Decimal)
SOURCES = st.builds(Source, st.integers(1, 999), st.integers(0, 99), st.integers(0, 999))
QUANTITIES = st.builds(
    Quantity,
    source=SOURCES,
    text=WORDS,
    value=NUMBERS,
    unit=WORDS,
    comparator=st.sampled_from(COMPARATORS),
    role=st.sampled_from(ROLES),
    value_hi=st.none() | NUMBERS,
    aspiration=st.booleans(),
    subject=MAYBE_WORDS,
    region=MAYBE_WORDS,
    ordinal=st.integers(0, 9),
)
PROJECTS = st.builds(
    Project,
    number=SMALL,
    category=st.none() | SMALL,
    source=SOURCES,
    headline=WORDS,
    statement=WORDS,
    status=st.sampled_from(STATUSES),
    lead_units=st.lists(WORDS, max_size=2).map(tuple),
    cooperating_units=st.lists(WORDS, max_size=2).map(tuple),
    measures=st.lists(st.builds(Measure, SMALL, SOURCES, WORDS), max_size=2).map(tuple),
    quantities=st.lists(QUANTITIES, max_size=3).map(tuple),
    citations=st.lists(st.builds(Citation, SOURCES, WORDS), max_size=2).map(tuple),
    lines=st.lists(SMALL, max_size=3).map(tuple),
)
CELLS = st.builds(
    Cell,
    project=SMALL,
    indicator=WORDS,
    unit=MAYBE_WORDS,
    region=WORDS,
    value=st.none() | NUMBERS,
    text=WORDS,
    source=SOURCES,
    comparator=st.none() | st.sampled_from(COMPARATORS),
)
PROBLEMS = st.builds(
    Problem,
    code=WORDS,
    severity=st.sampled_from(["error", "warning", "notice"]),
    message=WORDS,
    sources=st.lists(SOURCES, min_size=1, max_size=3).map(tuple),
    project=st.none() | SMALL,
    expected=MAYBE_WORDS,
    found=MAYBE_WORDS,
)
PLANS = st.builds(
    Plan,
    head=st.builds(
        Head,
        title=MAYBE_WORDS,
        region=MAYBE_WORDS,
        year=st.none() | SMALL,
        issuer=MAYBE_WORDS,
        doc_number=MAYBE_WORDS,
        issued_on=MAYBE_WORDS,
        declared_total=st.none() | SMALL,
        title_line=st.integers(1, 99),
    ),
    categories=st.lists(st.builds(Category, SMALL, WORDS, st.none() | SMALL, SOURCES), max_size=2).map(tuple),
    projects=st.lists(PROJECTS, max_size=2).map(tuple),
    tables=st.lists(st.builds(Table, WORDS, SOURCES, st.lists(CELLS, max_size=3).map(tuple)), max_size=2).map(
        tuple
    ),
    problems=st.lists(PROBLEMS, max_size=2).map(tuple),
)


@given(PLANS)
def test_a_plan_comes_back_as_it_went(plan: Plan) -> None:
    assert plan_from_json(json.loads(json.dumps(plan_to_json(plan), ensure_ascii=False))) == plan


@given(QUANTITIES)
def test_a_quantity_comes_back_as_it_went(quantity: Quantity) -> None:
    assert quantity_from_json(json.loads(json.dumps(quantity_to_json(quantity)))) == quantity


@given(PROBLEMS)
def test_a_problem_comes_back_as_it_went(problem: Problem) -> None:
    assert problem_from_json(json.loads(json.dumps(problem_to_json(problem)))) == problem


def test_the_keys_of_the_contract() -> None:
    plan, _ = plan_of("%1 就业 1\n#1 市民政局\n新增{100个}。\n1.推进{60人}。")
    printed = plan_to_json(plan)
    assert set(printed) == {
        "title", "region", "year", "issuer", "doc_number", "issued_on", "declared_total", "title_line",
        "categories", "projects", "tables", "problems",
    }  # fmt: skip
    (category,), (project,) = printed["categories"], printed["projects"]
    assert category == {"number": 1, "name": "就业", "declared_count": 1, "line": 1, "start": 0, "end": 0}
    assert {"number", "category", "line", "headline", "statement", "status"} < set(project)
    assert (project["lead_units"], project["cooperating_units"]) == (["市民政局"], [])
    assert project["measures"] == [{"number": 1, "line": 3, "start": 0, "end": 8, "text": "1.推进60人。"}]
    assert project["quantities"][0] == {
        "line": 2, "start": 2, "end": 6, "ordinal": 0, "text": "100个", "value": 100, "value_hi": None, "unit": "个",
        "comparator": "eq", "role": "target", "aspiration": False, "subject": None, "region": None,
    }  # fmt: skip


def test_a_problem_prints_the_line_of_its_main_source() -> None:
    printed = problem_to_json(Problem("sum", "error", "不符", (Source(7, 1, 3), Source(2)), 5, "1个", "2个"))
    assert printed == {
        "code": "sum", "severity": "error", "project": 5, "line": 7, "message": "不符", "expected": "1个", "found": "2个",
        "sources": [{"line": 7, "start": 1, "end": 3}, {"line": 2, "start": 0, "end": 0}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (None, "null"),
        (Decimal(33000), "33000"),
        (Decimal("33000.0"), "33000"),
        (Decimal("3.5E+8"), "350000000"),
        (Decimal("24.807"), "24.807"),
        (Decimal("99.9784"), "99.9784"),
        (Decimal("0.1"), "0.1"),
    ],
)
def test_a_number_prints_its_own_digits(value: Decimal | None, printed: str) -> None:
    assert json.dumps(number_out(value)) == printed
    assert number_in(json.loads(printed)) == value


def test_json_of_before_without_spans_can_be_read() -> None:
    old = {"line": 3, "text": "5个", "value": 5, "unit": "个", "comparator": "eq", "role": "target"}
    assert quantity_from_json(old) == Quantity(Source(3), "5个", Decimal(5), "个")


def test_a_quantity_without_a_value_is_refused() -> None:
    with pytest.raises(ValueError, match="without a value"):
        quantity_from_json({"line": 3, "text": "若干", "value": None, "unit": "个"})
