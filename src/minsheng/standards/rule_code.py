"""A rule as one Python function that keeps the value of every step, written from its typed tree.

The function takes a row and the figures of the day. It gives the problem of a row that is not sound, else the
values by slot: columns, parameters, then the steps of ``when``, ``amount``, the shares and the condition of
the bound; it stops after ``when`` or ``amount`` where the answer stands already. What is written here comes
from the typed tree only: names are ours, and a word of the tree stands as a Python literal.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from minsheng.standards.compiled import Rule
from minsheng.standards.functions import MONTH_FROM, MONTH_TO
from minsheng.standards.intervals import divide
from minsheng.standards.parameters import Figures, day_number
from minsheng.standards.problem_codes import outside_domain
from minsheng.standards.rows import Row, months_between, unsound_month
from minsheng.standards.rule_code_lines import Lines
from minsheng.standards.rule_code_nodes import NodeWriter
from minsheng.standards.tracing import MonthValues, Place, Values

Decide = Callable[[Row, Figures], Values | str]


@dataclass(frozen=True, slots=True)
class RuleCode:
    """The function of a rule, its text, and where the value of each of its expressions stands."""

    decide: Decide
    source: str
    when: Place
    amount: Place
    shares: tuple[Place | None, ...]
    condition: Place | None


def rule_code(rule: Rule) -> RuleCode:
    lines = Lines("decide", "row, figures")
    writer = NodeWriter(lines)
    _read_columns(rule, lines, writer)
    _read_parameters(rule, lines, writer)
    when = writer.write(rule.when)
    lines.line(f"if not {writer.name(when)}: return {lines.kept()}")
    amount = writer.write(rule.amount)
    if amount.slot is not None:
        lines.line(f"if {writer.name(amount)} is None: return {lines.kept()}")
    writer.due = writer.name(amount)
    shares = tuple(None if share.amount is None else writer.write(share.amount) for share in rule.shares)
    condition = None if rule.condition is None else writer.write(rule.condition)
    lines.line(f"return {lines.kept()}")
    source = "\n".join([*writer.helpers, *lines.lines, ""])
    known: dict[str, Any] = {**_KNOWN, **_tables(rule)}
    exec(compile(source, f"<{rule.standard.id}>", "exec"), known)  # noqa: S102 - written above, from our own tree
    return RuleCode(known["decide"], source, when, amount, shares, condition)


def _read_columns(rule: Rule, lines: Lines, writer: NodeWriter) -> None:
    """Each column once, with the test of its domain."""
    lines.line("get, as_of = row.get, figures.as_of")
    for place, column in enumerate(rule.columns):
        slot = lines.keep(f"get({column.name!r})")
        writer.columns[column.name] = slot
        value = f"v{slot}"
        test = _OUTSIDE[column.type].format(v=value, low=column.low, high=column.high, words=f"words{place}")
        lines.line(f"if {value} is not None and ({test}): return {outside_domain(column.name)!r}")
    if rule.months:
        first, last = (f"v{writer.columns[name]}" for name in (MONTH_FROM, MONTH_TO))
        span = f"months_between({first}, {last}, most_months)"
        lines.line(f"months = None if {first} is None or {last} is None else {span}")
        lines.line(f"if months is not None and not months: return {outside_domain(MONTH_TO)!r}")
        lines.line("in_month = figures.facts.in_month")


def _read_parameters(rule: Rule, lines: Lines, writer: NodeWriter) -> None:
    for parameter in rule.day_parameters:
        slot = lines.keep(f"figures[{parameter.name!r}]")
        writer.parameters[parameter.name] = slot
        test = f"v{slot} is not None and not 0 <= v{slot} <= {parameter.high}"
        lines.line(f"if {test}: return {outside_domain(parameter.name)!r}")
    if any(rule.parameters_of_month(month) for month in rule.months):
        lines.line("wrong = months and unsound_month(month_parameters, months, in_month)")
        lines.line("if wrong: return wrong")


def _tables(rule: Rule) -> Mapping[str, Any]:
    """What the text names: the words of each column, the parameters of each ``each_month``."""
    found: dict[str, Any] = {
        f"words{place}": frozenset(column.words) for place, column in enumerate(rule.columns)
    }
    found["most_months"] = next((c.most_months for c in rule.columns if c.name == MONTH_TO), None)
    found["month_parameters"] = [rule.parameters_of_month(month) for month in rule.months]
    return found


def _sum_of(months: MonthValues | None, slot: int) -> Any:
    """What ``each_month`` adds up to; unknown where a month is."""
    values = [None] if months is None else [kept[slot] for _, kept in months]
    return None if None in values else sum(values)


def _all_of(months: MonthValues | None, slot: int) -> bool | None:
    values = [None] if months is None else [kept[slot] for _, kept in months]
    return False if False in values else (None if None in values else True)


_OUTSIDE: Mapping[str, str] = {
    "word": "{v} not in {words}",
    "int": "type({v}) is not int or not {low} <= {v} <= {high}",
    "fen": "type({v}) is not int or not {low} <= {v} <= {high}",
    "date": "not isinstance({v}, date) or {v} > as_of",
    "month": "not isinstance({v}, date) or {v}.day != 1",
    "bool": "type({v}) is not bool",
    "text": "type({v}) is not str",
}
"""For each type of column: when a value that is not null lies outside its domain."""

_KNOWN: Mapping[str, Any] = {
    "date": date,
    "divide": divide,
    "day_number": day_number,
    "months_between": months_between,
    "unsound_month": unsound_month,
    "sum_of": _sum_of,
    "all_of": _all_of,
}
