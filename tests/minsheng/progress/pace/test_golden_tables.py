"""Every figure of the published tables under every preset: target, done, day, and the light with its sentence."""

import os
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest
from make_progress_tables import progress_workbook, rows_of

from minsheng.papers.progress_table import read_progress_table
from minsheng.progress.figures import format_amount
from minsheng.progress.model import Figures, Owed
from minsheng.progress.pace.curves import LINE
from minsheng.progress.pace.judging import judge
from minsheng.progress.pace.measuring import leaf_facts
from minsheng.progress.pace.presets import presets
from minsheng.progress.pace.ranking import peers_of
from minsheng.progress.pace.sentences import sentence
from minsheng.progress.periods import Period

GOLDENS = Path(__file__).parents[3] / "golden" / "pace" / "tables"
TABLES = {
    "meishan-2017-07": Period("month", 2017, 7),
    "meishan-2017-11": Period("month", 2017, 11),
    "meishan-2019": Period("month", 2019, 12),
}


@pytest.fixture(scope="module")
def tables():
    """The figures that have a target, as the house reads them from a workbook; blank cells are no task."""
    found = {}
    for name in TABLES:
        figures = read_progress_table(progress_workbook(rows_of(name), name)).figures
        found[name] = [one for one in figures if one.target is not None or one.kind == "full_coverage"]
    return found


def facts_of(figure, period):
    owed = Owed(figure.kind, figure.unit, figure.target.value if figure.target else None)
    done = Figures(cumulative=figure.done.value) if figure.done else None
    return leaf_facts(owed, done, period)


def judged(figures, rules, period):
    """Each with its Standing; the regions of one indicator are siblings, the whole stands alone."""
    for _, group in groupby(figures, key=lambda one: one.group):
        members = list(group)
        facts = [facts_of(one, period) for one in members]
        standings = [judge(one, None, LINE, rules, period) for one in facts]
        parts = {at: standing for at, standing in enumerate(standings) if not members[at].whole}
        if rules.needs_peers and parts:
            for at, peers in peers_of(members[0].kind, parts).items():
                facts[at] = replace(facts[at], peers=peers)
                standings[at] = judge(facts[at], None, LINE, rules, period)
        yield from zip(members, facts, standings, strict=True)


def lines(preset, tables):
    found = [f"# {preset.name}"]
    for name, period in TABLES.items():
        found += ["", f"## {name}，{period.end.isoformat()}"]
        for figure, facts, standing in judged(tables[name], preset.rules, period):
            target, done = (
                "空白" if one is None else format_amount(one.value) for one in (figure.target, figure.done)
            )
            who = "，".join(word for word in (figure.region, figure.indicator) if word)
            told = sentence(standing, facts.owed, preset.rules, period)
            found.append(f"{who}，目标{target}，进度{done} → {told}")
    return found


@pytest.mark.parametrize("preset", presets(), ids=[one.key for one in presets()])
def test_the_lights_of_the_published_tables(preset, tables):
    text = "\n".join(lines(preset, tables)) + "\n"
    golden = GOLDENS / f"{preset.key}.txt"
    if os.environ.get("MINSHENG_UPDATE_GOLDENS"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_all_three_tables_are_there(tables):
    assert {name: len(figures) for name, figures in tables.items()} == {
        "meishan-2017-07": 15,
        "meishan-2017-11": 15,
        "meishan-2019": 37,
    }
