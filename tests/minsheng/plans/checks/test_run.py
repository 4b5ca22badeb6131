"""The list of checks: whole, documented, and never the cause of a failure."""

import ast
import importlib
import re
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from minsheng.kernel.source import Source
from minsheng.plans.checks import run
from minsheng.plans.checks.run import CHECKS, check_plan
from minsheng.plans.checks.two.run import PAIR_CHECKS
from minsheng.plans.model import (
    COMPARATORS,
    ROLES,
    STATUSES,
    Category,
    Cell,
    Head,
    Measure,
    Plan,
    Project,
    Quantity,
    Table,
)

FOLDER = Path(run.__file__).parent
ROOT = Path(__file__).resolve().parents[4]
TESTS = Path(__file__).parent


def modules() -> dict[str, object]:
    return {check.__module__.rsplit(".", 1)[-1]: check for check in CHECKS}


def defines_check(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) and node.name == "check" for node in tree.body)


def codes_in(path: Path) -> set[str]:
    """Every ``code="…"`` a module gives a problem."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        word.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for word in node.keywords
        if word.arg == "code" and isinstance(word.value, ast.Constant)
    }


def declared_codes() -> dict[str, tuple[str, ...]]:
    return {name: importlib.import_module(f"minsheng.plans.checks.{name}").CODES for name in modules()}


def test_every_check_is_run_once() -> None:
    files = {path.stem for path in FOLDER.glob("*.py") if defines_check(path)}
    assert set(modules()) == files
    assert len(CHECKS) == len(files)


def test_every_check_has_its_test_file() -> None:
    assert [name for name in modules() if not (TESTS / f"test_{name}.py").is_file()] == []


def test_every_check_says_what_and_why_in_two_paragraphs() -> None:
    short = []
    for name in modules():
        text = ast.get_docstring(ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))) or ""
        what, _, why = text.partition("\n\n")
        if not (what.strip() and why.strip()):
            short.append(name)
    assert short == []


def test_every_check_declares_its_codes() -> None:
    assert {name: set(codes) for name, codes in declared_codes().items()} == {
        name: codes_in(FOLDER / f"{name}.py") for name in modules()
    }


def test_no_two_checks_share_a_code() -> None:
    codes = [code for codes in declared_codes().values() for code in codes]
    assert sorted(codes) == sorted(set(codes))


def test_every_check_and_code_is_documented() -> None:
    text = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    written: dict[str, set[str]] = {}
    for check, code in re.findall(r"^\| `(\w+)` \| `(\w+)` \|", text, re.MULTILINE):
        written.setdefault(check, set()).add(code)
    pairs = {check.__module__.rsplit(".", 1)[-1] for check in PAIR_CHECKS}
    alone = {name: codes for name, codes in written.items() if name not in pairs}
    assert alone == {name: set(codes) for name, codes in declared_codes().items()}


TEXTS = [
    "",
    "新增食堂（其中：",
    "共计8个，其中涡阳县5个。",
    "（一）甲。",
    "1.推进措施：（属市级任务）",
    "160元(40元*4)",
    "）其中。；",
]
WORDS = st.sampled_from(["新增食堂", "甲", "", "涡阳县", "全市合计"])
NUMBERS = st.sampled_from([0, 1, 5, 8, 100]).map(Decimal)
SOURCES = st.builds(Source, st.integers(0, 9), st.integers(0, 9), st.integers(0, 30))
UNITS = st.sampled_from(["个", "人", "%", "元/人", "元", "", "万人"])
REGIONS = st.sampled_from([None, "each", "涡阳县", "蒙城县", "亳州高新区", "亳州市"])
QUANTITIES = st.builds(
    Quantity,
    source=SOURCES,
    text=st.sampled_from(["5个", "1.2万人", "不少于8个"]),
    value=NUMBERS,
    unit=UNITS,
    comparator=st.sampled_from(COMPARATORS),
    role=st.sampled_from(ROLES),
    value_hi=st.none() | NUMBERS,
    subject=st.none() | WORDS,
    region=REGIONS,
)
PROJECTS = st.builds(
    Project,
    number=st.integers(0, 5),
    category=st.none() | st.integers(1, 3),
    source=SOURCES,
    headline=WORDS,
    statement=WORDS,
    status=st.sampled_from(STATUSES),
    lead_units=st.lists(WORDS, max_size=1).map(tuple),
    measures=st.lists(st.builds(Measure, st.integers(0, 3), SOURCES, WORDS), max_size=2).map(tuple),
    quantities=st.lists(QUANTITIES, max_size=6).map(tuple),
    lines=st.lists(st.integers(0, 9), max_size=5).map(tuple),
)
CELLS = st.builds(
    Cell,
    st.integers(0, 5),
    WORDS,
    st.none() | UNITS,
    WORDS,
    st.none() | NUMBERS,
    st.sampled_from(["5", "—", "待认定"]),
    SOURCES,
)
PLANS = st.builds(
    Plan,
    head=st.builds(
        Head, region=REGIONS, declared_total=st.none() | st.integers(0, 5), title_line=st.integers(0, 12)
    ),
    categories=st.lists(
        st.builds(Category, st.integers(1, 3), WORDS, st.none() | st.integers(0, 3), SOURCES), max_size=2
    ).map(tuple),
    projects=st.lists(PROJECTS, max_size=4).map(tuple),
    tables=st.lists(st.builds(Table, WORDS, SOURCES, st.lists(CELLS, max_size=6).map(tuple)), max_size=1).map(
        tuple
    ),
)


@given(PLANS, st.lists(st.sampled_from(TEXTS), max_size=9).map(tuple))
def test_no_plan_makes_a_check_fail(plan: Plan, lines: tuple[str, ...]) -> None:
    """However odd a reading is, checks answer, in whole sentences that say what to do."""
    for problem in check_plan(plan, lines):
        assert problem.message.endswith("。")
        assert re.search(r"请|明确|即相符|四舍五入", problem.message)


def test_an_empty_plan_has_no_findings() -> None:
    assert check_plan(Plan(Head()), ()) == ()
