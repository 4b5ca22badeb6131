"""Every step that the evaluator keeps is what the expression is worth, worked out in the plainest way."""

from typing import Any

import pytest

from minsheng.standards.evaluate import RuleEvaluator
from minsheng.standards.rule_code import rule_code
from minsheng.standards.rule_code_lines import Lines
from minsheng.standards.rule_code_nodes import NodeWriter
from minsheng.standards.tree import ColumnValue, Compare, Logic, OneOf, Word
from minsheng.standards.vocabulary import Column
from standard_reference import Tracer, is_same
from standard_rows import made_rows


def test_every_step_of_every_standard(compiled):
    looked_at = {"when": 0, "amount": 0, "shares": 0, "condition": 0}
    for standard in compiled.values():
        for rule in standard.rules:
            evaluator = RuleEvaluator(rule)
            for made in made_rows(rule, 25, seed=2):
                trace = evaluator.trace(made.row, made.facts)
                tracer = Tracer(made.row, made.facts.figures)
                if trace.when is not None:
                    assert is_same(tracer.step(rule.when), trace.when), (rule.standard.id, made.row)
                    looked_at["when"] += 1
                if trace.amount is not None:
                    assert is_same(tracer.step(rule.amount), trace.amount), (rule.standard.id, made.row)
                    looked_at["amount"] += 1
                written = [share.amount for share in rule.shares if share.amount is not None]
                for node, kept in zip(written, trace.shares, strict=False):
                    due = Tracer(made.row, made.facts.figures, trace.amount.value)
                    assert is_same(due.step(node), kept), (rule.standard.id, made.row)
                    looked_at["shares"] += 1
                if trace.condition is not None:
                    assert is_same(tracer.step(rule.condition), trace.condition), (rule.standard.id, made.row)
                    looked_at["condition"] += 1
    assert min(looked_at.values()) > 200, looked_at


def test_a_step_is_none_where_it_was_not_reached(compiled):
    (rule,) = compiled["bozhou-2023.p13.hardship-disabled-living"].rules
    evaluator = RuleEvaluator(rule)
    met = set()
    for made in made_rows(rule, 400, seed=5):
        trace = evaluator.trace(made.row, made.facts)
        steps = (
            trace.when is not None,
            trace.amount is not None,
            bool(trace.shares),
            trace.condition is not None,
        )
        code = (trace.answer.problem or "").partition(":")[0]
        met.add((code, trace.answer.eligible, *steps))
    assert met == {
        ("domain", None, False, False, False, False),
        ("missing", None, True, False, False, False),
        ("missing", None, True, True, False, False),
        ("", False, True, False, False, False),
        ("", True, True, True, True, True),
    }


def test_the_written_function_reads_as_the_rule(compiled):
    (rule,) = compiled["bozhou-2023.p22.fissure-sealant"].rules
    lines = rule_code(rule).source.splitlines()
    assert lines[0] == "def decide(row, figures):"
    assert lines[8:11] == [
        "    v3 = None if v0 is None else v0 >= 1",
        "    v4 = None if v1 is None else v1 == 0",
        "    v5 = False if v3 is False or v4 is False else None if v3 is None or v4 is None else True",
    ]
    assert lines[-2:] == [
        "    v7 = None if v2 is None else min(v2, 16000)",
        "    return (v0, v1, v2, v3, v4, v5, v6, v7, )",
    ]


@pytest.mark.parametrize("word", ["'); raise SystemExit #", "a\nb", "{0}{x}", "\\", '"', "低保’"])
def test_a_word_stays_a_word_whatever_stands_in_it(word):
    column = Column("a'b", "word", "甲", words={word: "乙", "other": "丙"})
    subject = ColumnValue(kind="word", text="", column=column)
    one = OneOf(kind="truth", text="", subject=subject, options=(Word(kind="word", text="", value=word),))
    is_it = Compare(kind="truth", text="", left=subject, right=one.options[0], operator="=")
    lines = Lines("decide", "v0")
    lines.slots = 1
    writer = NodeWriter(lines)
    writer.columns["a'b"] = 0
    writer.write(Logic(kind="truth", text="", operator="and", terms=(one, is_it)))
    lines.line(f"return {lines.kept()}")
    known: dict[str, Any] = {}
    exec("\n".join(lines.lines), known)
    assert known["decide"](word) == (word, True, True, True)
    assert known["decide"]("other") == ("other", False, False, False)
    assert known["decide"](None) == (None, None, None, None)
