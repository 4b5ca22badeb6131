"""What a simulation was asked: kept as JSON, and made into what the engine takes."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from minsheng.engine.simulation import Simulation, StatedRow
from minsheng.standards.changes import Figure, Pair, change, figures_of
from minsheng.standards.compiled import Rule
from minsheng.standards.editions import judge
from minsheng.standards.loading import StandardBook
from minsheng.standards.parameter_file import read_parameters
from minsheng.standards.parameters import ParameterBook, ParameterVersion
from minsheng.standards.vocabulary import Vocabulary

FIGURES_FILE = "参数.csv"


@dataclass(frozen=True, slots=True)
class Asked:
    """The figure by its key, its new value, the day, the dated figures: general ones and a file by region."""

    as_of: str
    figure: str
    value: int
    figures: Mapping[str, int] = field(default_factory=dict)
    figures_file: str = ""
    region: str = ""
    counts: tuple[Mapping[str, Any], ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Unasked:
    """Why it cannot be tried, in one sentence."""

    message: str


def asked_of_json(kept: Mapping[str, Any]) -> Asked:
    return Asked(**{**kept, "counts": tuple(kept["counts"])})


def figure_of(rule: Rule, key: str, vocabulary: Vocabulary) -> Figure | None:
    return next((figure for figure in figures_of(rule, vocabulary) if figure.key == key), None)


def pair_of(asked: Asked, rule: Rule, vocabulary: Vocabulary) -> Pair | Unasked:
    """Both rules and the dated figures they read."""
    figure = figure_of(rule, asked.figure, vocabulary)
    if figure is None:
        return Unasked("请选要改的数。")
    general = [
        ParameterVersion(name, date.min, value, None, rule.standard.id)
        for name, value in asked.figures.items()
    ]
    book, faults = read_parameters(asked.figures_file, FIGURES_FILE, vocabulary)
    if faults:
        return Unasked(f"分地区的数没有读懂：第{faults[0].line}行{faults[0].message}")
    # The file's figures of a region stand before the general one, whatever standard they name.
    found = change(rule, figure, asked.value, vocabulary, ParameterBook((*book.versions, *general)))
    if isinstance(found, Pair):
        return found
    return Unasked(f"改成这个数以后算式不成立：{found[0].message}")


def simulation_of(
    asked: Asked, standard: str, edition: str, book: StandardBook, roster: Path | None
) -> Simulation | Unasked:
    """What the engine runs; ``edition`` is the text the standard had when it was asked."""
    compiled = judge(edition, standard, book).compiled
    as_of = date.fromisoformat(asked.as_of)
    rule = compiled.rule_on(as_of) if compiled else None
    if rule is None:
        return Unasked("这一天标准不在执行期内，不能测算。")
    pair = pair_of(asked, rule, book.vocabulary)
    if isinstance(pair, Unasked):
        return pair
    counts = tuple(StatedRow(row["region"], row["cases"], row["values"]) for row in asked.counts)
    return Simulation(pair, book.vocabulary, as_of, roster or counts, asked.region or None)
