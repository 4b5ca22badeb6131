"""What a changed figure comes to: cost by payer and region, winners and losers by band, problems by code."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Cost:
    """What is due of one name (a payer, a region, all) before and after, in fen."""

    name: str
    before_fen: int
    after_fen: int

    @property
    def more_fen(self) -> int:
        return self.after_fen - self.before_fen


@dataclass(frozen=True, slots=True)
class RegionCost(Cost):
    """The same of a region, with its cases: how many get more, less, the same."""

    cases: int
    winners: int
    losers: int
    unchanged: int
    problems: int


@dataclass(frozen=True, slots=True)
class Band:
    """Cases whose difference lies in a band: ``low`` and ``high`` in fen, both included; None: open."""

    low: int | None
    high: int | None
    cases: int
    more_fen: int


@dataclass(frozen=True, slots=True)
class ProblemCount:
    """Cases of one problem under the rule as it stands and as it would be."""

    code: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything a simulation found. Cases with a problem under either rule count in no sum and no band."""

    cases: int
    eligible_before: int
    eligible_after: int
    total: Cost
    payers: tuple[Cost, ...]
    regions: tuple[RegionCost, ...]
    other_regions: int
    winners: int
    losers: int
    unchanged: int
    bands: tuple[Band, ...]
    problems: tuple[ProblemCount, ...]
    problem_cases: int
    missing_columns: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def outcome_of_json(kept: Mapping[str, Any]) -> Outcome:
    """An outcome as ``to_json`` wrote it."""
    return Outcome(
        **{
            **kept,
            "total": Cost(**kept["total"]),
            "payers": tuple(Cost(**one) for one in kept["payers"]),
            "regions": tuple(RegionCost(**one) for one in kept["regions"]),
            "bands": tuple(Band(**one) for one in kept["bands"]),
            "problems": tuple(ProblemCount(**one) for one in kept["problems"]),
            "missing_columns": tuple(kept["missing_columns"]),
        }
    )
