"""One Chinese term, one identifier: GLOSSARY.md against the code."""

import ast
import importlib
import re
from pathlib import Path
from typing import get_args

import pytest

from minsheng.kernel.problem import Severity
from minsheng.papers.report_read import CELL_CODES
from minsheng.plans.checks.run import CHECKS
from minsheng.plans.checks.two.run import PAIR_CHECKS
from minsheng.plans.model import COMPARATORS, ROLES, STATUSES
from minsheng.progress.entry import ENTRY_CHECKS
from minsheng_web.office.words import ROLE_WORDS, SEVERITY_WORDS, STATUS_WORDS

ROW = re.compile(r"^\| (?P<term>[^|`]+?) \| `(?P<name>\w+)` \|", re.MULTILINE)
HAN = re.compile(r"[\u4e00-\u9fff]+")


@pytest.fixture(scope="module")
def sections(root: Path) -> dict[str, list[tuple[str, str]]]:
    """Heading → the terms and identifiers of its table."""
    text = (root / "GLOSSARY.md").read_text(encoding="utf-8")
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return {heading: ROW.findall(body) for heading, body in zip(parts[1::2], parts[2::2], strict=True)}


@pytest.fixture(scope="module")
def rows(sections: dict[str, list[tuple[str, str]]]) -> list[tuple[str, str]]:
    return [row for table in sections.values() for row in table]


@pytest.fixture(scope="module")
def sources(root: Path) -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in sorted((root / "src").rglob("*.py"))}


def names(table: list[tuple[str, str]]) -> set[str]:
    return {name for _, name in table}


def codes_given(text: str) -> tuple[set[str], set[str]]:
    """The codes a source text gives a Problem, and the beginnings of those it puts together (``f"no_{name}"``).

    A module's own ``_problem`` takes the code first.
    """
    whole, begun = set(), set()
    for node in ast.walk(ast.parse(text)):
        called = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
        if called == "_problem" and node.args and isinstance(node.args[0], ast.Constant):
            whole.add(node.args[0].value)
        if called != "Problem":
            continue
        for word in node.keywords:
            if word.arg != "code":
                continue
            if isinstance(word.value, ast.Constant):
                whole.add(word.value.value)
            elif isinstance(word.value, ast.JoinedStr):
                begun.add(word.value.values[0].value)
    return whole, begun


def test_a_term_and_an_identifier_stand_once(rows: list[tuple[str, str]]) -> None:
    terms = [term for term, _ in rows]
    identifiers = [name for _, name in rows]
    assert sorted(terms) == sorted(set(terms))
    assert sorted(identifiers) == sorted(set(identifiers))
    assert len(rows) > 90


def test_every_term_is_chinese(rows: list[tuple[str, str]]) -> None:
    assert [term for term, _ in rows if not HAN.fullmatch(term)] == []


def test_every_identifier_is_used_in_the_code(rows: list[tuple[str, str]], sources: dict[Path, str]) -> None:
    used = set(re.findall(r"\w+", "\n".join(sources.values())))
    begun = {start for text in sources.values() for start in codes_given(text)[1]}
    unused = [name for _, name in rows if name not in used and not any(name.startswith(b) for b in begun)]
    # A plural may be all the code needs: problems, citations.
    assert [name for name in unused if f"{name}s" not in used] == []


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("Statuses of a project", STATUSES),
        ("Roles of a number", ROLES),
        ("Comparators", COMPARATORS),
        ("Severities", get_args(Severity)),
    ],
)
def test_a_closed_set_is_whole(
    heading: str, values: tuple[str, ...], sections: dict[str, list[tuple[str, str]]]
) -> None:
    assert [name for _, name in sections[heading]] == list(values)


def test_every_problem_code_is_named(
    sections: dict[str, list[tuple[str, str]]], sources: dict[Path, str]
) -> None:
    named = names(sections["Problem codes"])
    checked = {
        code for check in (*CHECKS, *PAIR_CHECKS) for code in importlib.import_module(check.__module__).CODES
    }
    given = {code for text in sources.values() for code in codes_given(text)[0]}
    begun = {start for text in sources.values() for start in codes_given(text)[1]}
    assert (checked | given) - named == set()
    rest = named - checked - given
    assert {name for name in rest if not any(name.startswith(start) for start in begun)} == set()
    assert [start for start in begun if not any(name.startswith(start) for name in rest)] == []


def test_every_code_of_a_report_is_named(sections: dict[str, list[tuple[str, str]]]) -> None:
    given = {code for check in ENTRY_CHECKS for code in importlib.import_module(check.__module__).CODES}
    assert given - names(sections["Problem codes"]) == names(sections["Codes of report lines"])
    assert tuple(name for _, name in sections["Codes of report sheets"]) == CELL_CODES


@pytest.mark.parametrize(
    "words", [ROLE_WORDS, STATUS_WORDS, SEVERITY_WORDS], ids=["roles", "statuses", "severities"]
)
def test_pages_use_the_words_of_the_glossary(words: dict[str, str], rows: list[tuple[str, str]]) -> None:
    """A page may shorten a term (目标 for 目标任务); it may not use another."""
    terms = {name: term for term, name in rows}
    assert {name: word for name, word in words.items() if word not in terms[name]} == {}
