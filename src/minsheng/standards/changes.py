"""A rule with one figure changed, to try what that would cost: which figures there are, the mended rule.

A figure is a number written in the expressions, or a parameter they read. The mended rule is parsed and typed
like any other; where it reads a changed parameter, that parameter is its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from minsheng.standards.chinese import phrase
from minsheng.standards.compiled import CompiledStandard, Rule, compile_standard
from minsheng.standards.fault import Fault
from minsheng.standards.model import Expression, Version
from minsheng.standards.money import percent, yuan
from minsheng.standards.parameters import ParameterBook, ParameterVersion
from minsheng.standards.tree import Node
from minsheng.standards.typed_in import shown_figure
from minsheng.standards.vocabulary import Parameter, Vocabulary

CHANGED = ".changed"
"""Put behind the id of the mended standard, so that both stand in one run."""
_WRITTEN = re.compile(r"'[^']*'|(?<![\w$])\d+(?!\w)")
_FIELDS = {"amount": "金额", "when": "条件", "bound": "约束", "share": "分担"}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a number is written: the field, of shares which one, and from which character."""

    field: str
    number: int
    start: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that may be changed. ``unit`` as parameters have them; ``count`` is a plain number."""

    key: str
    unit: str
    value: int | None
    label: str
    spots: tuple[Spot, ...] = ()
    parameter: str = ""

    @property
    def typed(self) -> str:
        return "" if self.value is None else shown_figure(self.value, self.unit)


@dataclass(frozen=True, slots=True)
class Pair:
    """The rule as it stands and as it would be, and every dated figure both read."""

    old: CompiledStandard
    new: CompiledStandard
    figures: ParameterBook


def figures_of(rule: Rule, vocabulary: Vocabulary) -> tuple[Figure, ...]:
    """Every figure of a rule. The same money in several places is one figure: it changes everywhere."""
    found: dict[str, Figure] = {}
    for spot, value, node in _written(rule):
        unit = _unit(rule, vocabulary, spot, value, node)
        key = f"{unit}:{value}" if unit != "count" else f"{spot.field}{spot.number}:{spot.start}"
        before = found.get(key)
        spots = (*(before.spots if before else ()), spot)
        found[key] = Figure(key, unit, value, _label(value, unit, spots), spots)
    order = sorted(found.values(), key=lambda figure: (figure.unit == "count", figure.spots[0].field))
    return (*order, *(_of_parameter(parameter) for parameter in parameters_of(rule)))


def parameters_of(rule: Rule) -> tuple[Parameter, ...]:
    """The parameters a rule reads, on the day or month by month."""
    by_month = (parameter for month in rule.months for parameter in rule.parameters_of_month(month))
    return tuple({found.name: found for found in (*rule.day_parameters, *by_month)}.values())


def change(
    rule: Rule, figure: Figure, value: int, vocabulary: Vocabulary, book: ParameterBook
) -> Pair | tuple[Fault, ...]:
    """The rule beside the rule with the figure changed; faults where the changed one makes no sense."""
    old = CompiledStandard(rule.standard, (rule,))
    version = with_figure(rule.version, figure, value)
    own = _own(vocabulary, figure.parameter) if figure.parameter else vocabulary
    standard = replace(rule.standard, id=rule.standard.id + CHANGED, versions=(version,))
    new, faults = compile_standard(standard, own)
    if new is None:
        return tuple(faults)
    return Pair(old, new, ParameterBook((*book.versions, *_copied(rule, figure, value, book))))


def with_figure(version: Version, figure: Figure, value: int) -> Version:
    """The version with a written figure changed wherever it is written."""
    for spot in sorted(figure.spots, key=lambda spot: -spot.start):
        version = _put(version, spot, str(figure.value), str(value))
    return version


def expression_at(version: Version, spot: Spot) -> Expression | None:
    """The expression a number is written in."""
    if spot.field == "share":
        return version.shares[spot.number].amount
    found = {"amount": version.amount, "when": version.when, "bound": version.bound.condition}
    return found[spot.field]


def _written(rule: Rule) -> Iterator[tuple[Spot, int, Node]]:
    version = rule.version
    yield from _numbers("amount", 0, version.amount, rule.amount)
    if version.bound.condition and rule.condition:
        yield from _numbers("bound", 0, version.bound.condition, rule.condition)
    for number, (share, typed) in enumerate(zip(version.shares, rule.shares, strict=True)):
        if share.amount and typed.amount:
            yield from _numbers("share", number, share.amount, typed.amount)
    yield from _numbers("when", 0, version.when, rule.when)


def _numbers(field: str, number: int, written: Expression, node: Node) -> Iterator[tuple[Spot, int, Node]]:
    for match in _WRITTEN.finditer(written.text):
        if match.group().isdigit():
            yield Spot(field, number, match.start()), int(match.group()), node


def _unit(rule: Rule, vocabulary: Vocabulary, spot: Spot, value: int, node: Node) -> str:
    """How officials read the number: one more makes the sentence say one fen or basis point more."""
    version = _put(rule.version, spot, str(value), str(value + 1))
    compiled, _ = compile_standard(replace(rule.standard, versions=(version,)), vocabulary)
    if compiled is None:
        return "count"
    rule = compiled.rules[0]
    shares = [share.amount for share in rule.shares]
    now = {"amount": rule.amount, "when": rule.when, "bound": rule.condition}.get(spot.field)
    now = shares[spot.number] if spot.field == "share" else now
    is_money = spot.field in {"amount", "share"}
    before, after = phrase(node, is_money=is_money), phrase(now, is_money=is_money) if now else ""
    if yuan(value + 1) in after and yuan(value + 1) not in before:
        return "fen"
    return "basis_points" if percent(value + 1) in after and percent(value + 1) not in before else "count"


def _label(value: int, unit: str, spots: tuple[Spot, ...]) -> str:
    shown = {"fen": yuan, "basis_points": percent}.get(unit, str)(value)
    return f"{shown}（{'、'.join(dict.fromkeys(_FIELDS[spot.field] for spot in spots))}中的）"


def _of_parameter(parameter: Parameter) -> Figure:
    return Figure(
        f"${parameter.name}", parameter.unit, None, f"参数：{parameter.chinese}", (), parameter.name
    )


def _put(version: Version, spot: Spot, old: str, new: str) -> Version:
    """The version with a number written over another."""

    def over(written: Expression) -> Expression:
        text = written.text
        return replace(written, text=text[: spot.start] + new + text[spot.start + len(old) :])

    if spot.field == "amount":
        return replace(version, amount=over(version.amount))
    if spot.field == "when":
        return replace(version, when=over(version.when))
    if spot.field == "bound" and version.bound.condition:
        return replace(version, bound=replace(version.bound, condition=over(version.bound.condition)))
    shares = tuple(
        replace(share, amount=over(share.amount)) if number == spot.number and share.amount else share
        for number, share in enumerate(version.shares)
    )
    return replace(version, shares=shares)


def _own(vocabulary: Vocabulary, name: str) -> Vocabulary:
    """The vocabulary in which each standard has a series of its own of the parameter."""
    parameters = {**vocabulary.parameters, name: replace(vocabulary.parameters[name], per_standard=True)}
    return replace(vocabulary, parameters=parameters)


def _copied(rule: Rule, figure: Figure, value: int, book: ParameterBook) -> Iterator[ParameterVersion]:
    """What the mended standard reads of its own: the old one's series, and the changed figure everywhere."""
    new = rule.standard.id + CHANGED
    for version in book.versions:
        if version.standard == rule.standard.id and version.name != figure.parameter:
            yield replace(version, standard=new)
    if figure.parameter:
        for region in dict.fromkeys((None, *(version.region for version in book.versions))):
            yield ParameterVersion(figure.parameter, date.min, value, region, new)
