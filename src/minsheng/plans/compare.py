"""Two plans side by side: versions of one plan, two years of a city, or two cities of a year.

Projects are paired by meaning (headline and what they promise), quantities by what they count; a pair that
people have set or parted (``fixed``) is kept before anything is guessed.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from minsheng.plans.model import Plan, Project, Quantity

Change = Literal["same", "changed", "added", "removed"]

_ALIKE = 68.0
"""Out of 100: below it two projects are not taken for one."""
_SUBJECT_ALIKE = 55.0
_NOISE = re.compile(
    r"20\d\d年度?|\d[\d.,]*\s*[万亿]?|[“”\"'（）()，。、；;：:,.\s]|实施|开展|推进|推动|加强|积极|继续|扎实|大力|持续|全面|进一步|"
    r"工程|行动|项目|工作|计划|不少于|不低于|以上|左右"
)
_COUNT_UNITS = {
    "名": "人",
    "位": "人",
    "处": "个",
    "座": "个",
    "所": "个",
    "家": "个",
    "条": "个",
    "间": "套",
}
_COMPARED = frozenset({"target", "standard", "budget", "share", "frequency", "deadline", "baseline"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of a comparison. Numbers are those the plans print; a side that lacks it is None."""

    project_a: int | None
    project_b: int | None
    subject: str
    change: Change
    quantity_a: Quantity | None = None
    quantity_b: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Pairing:
    """Which project of A is which of B; ``None`` on one side where there is none. ``likeness`` is 0 to 100."""

    project_a: Project | None
    project_b: Project | None
    likeness: float = 0.0


def compare_plans(
    a: Plan, b: Plan, fixed: Mapping[int, int | None] | None = None, alone: Collection[int] = ()
) -> tuple[Difference, ...]:
    """Every project and quantity of both plans once, in A's order, then what only B has.

    ``fixed`` maps a project number of A to the one of B it is (or None: to none), as people decided;
    ``alone`` are the project numbers of B that are none of A's.
    """
    differences: list[Difference] = []
    for pairing in pair_projects(a, b, fixed or {}, alone):
        differences += _compare_pair(pairing)
    return tuple(differences)


def pair_projects(
    a: Plan, b: Plan, fixed: Mapping[int, int | None], alone: Collection[int] = ()
) -> tuple[Pairing, ...]:
    """Pair the projects, the most alike first; what is left over stands alone."""
    numbers_b = {project.number: project for project in b.projects}
    taken_a: dict[int, Pairing] = {}
    taken_b: set[int] = set()
    apart = frozenset(alone)
    for project in a.projects:
        if project.number in fixed:
            wanted = fixed[project.number]
            other = None if wanted is None else numbers_b.get(wanted)
            taken_a[project.number] = Pairing(project, other, 100.0)
            if other is not None:
                taken_b.add(other.number)
    left = [_Meaning.of(project) for project in a.projects if project.number not in taken_a]
    right = [_Meaning.of(project) for project in b.projects if project.number not in taken_b | apart]
    scored = sorted(
        ((one.likeness(other), one.number, other.number) for one in left for other in right),
        key=lambda row: (-row[0], abs(row[1] - row[2]), row[1]),
    )
    numbers_a = {project.number: project for project in a.projects}
    for likeness, number_a, number_b in scored:
        if likeness < _ALIKE:
            break
        if number_a not in taken_a and number_b not in taken_b:
            taken_a[number_a] = Pairing(numbers_a[number_a], numbers_b[number_b], likeness)
            taken_b.add(number_b)
    pairs = [taken_a.get(project.number) or Pairing(project, None) for project in a.projects]
    pairs += [Pairing(None, project) for project in b.projects if project.number not in taken_b]
    return tuple(pairs)


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a project says, without the words every project uses."""

    number: int
    headline: str
    whole: str

    @classmethod
    def of(cls, project: Project) -> "_Meaning":
        subjects = dict.fromkeys(q.subject for q in project.quantities if q.role == "target" and q.subject)
        return cls(project.number, _meaning(project.headline), _meaning(project.headline + "".join(subjects)))

    def likeness(self, other: "_Meaning") -> float:
        """0 to 100: the headlines, or headline and what is counted together, whichever is more alike."""
        heads = fuzz.ratio(self.headline, other.headline)
        inside = 0.9 * fuzz.partial_ratio(self.headline, other.headline)
        short = min(len(self.headline), len(other.headline)) < 4
        whole = fuzz.ratio(self.whole, other.whole)
        if min(len(self.whole), len(other.whole)) >= 8:
            whole = max(whole, 0.85 * fuzz.partial_ratio(self.whole, other.whole))
        return float(max(heads, 0.0 if short else inside, whole))


def _meaning(text: str) -> str:
    return _NOISE.sub("", text)


def _compare_pair(pairing: Pairing) -> list[Difference]:
    one, other = pairing.project_a, pairing.project_b
    number_a, number_b = (one.number if one else None), (other.number if other else None)
    left = distinct(one.quantities) if one else []
    right = distinct(other.quantities) if other else []
    if not left and not right:
        change: Change = "same" if one and other else "added" if other else "removed"
        return [Difference(number_a, number_b, _headline(one, other), change)]
    rows: list[Difference] = []
    for quantity in left:
        match = best_match(quantity, right)
        if match is None:
            rows.append(Difference(number_a, number_b, said(quantity, one), "removed", quantity))
            continue
        right.remove(match)
        change = "same" if equal(quantity, match) else "changed"
        rows.append(Difference(number_a, number_b, said(quantity, one), change, quantity, match))
    rows += [Difference(number_a, number_b, said(q, other), "added", None, q) for q in right]
    return rows


def distinct(quantities: Iterable[Quantity]) -> list[Quantity]:
    """Each promise once: what an annex repeats is not counted again."""
    kept: list[Quantity] = []
    for quantity in quantities:
        if quantity.role in _COMPARED and not any(_repeats(quantity, other) for other in kept):
            kept.append(quantity)
    return kept


def _repeats(quantity: Quantity, other: Quantity) -> bool:
    return (
        quantity.source.line != other.source.line
        and (quantity.role, quantity.region, quantity.value, quantity.value_hi)
        == (other.role, other.region, other.value, other.value_hi)
        and counted_in(quantity) == counted_in(other)
    )


def best_match(quantity: Quantity, candidates: Iterable[Quantity]) -> Quantity | None:
    """The candidate of the same role, region and unit that counts the same thing; None where none does."""
    scored = [
        (_subject_likeness(quantity, other) + 20 * equal(quantity, other), -index, other)
        for index, other in enumerate(candidates)
        if other.role == quantity.role
        and other.region == quantity.region
        and counted_in(other) == counted_in(quantity)
    ]
    if not scored:
        return None
    score, _, best = max(scored, key=lambda row: row[:2])
    return best if score >= _SUBJECT_ALIKE else None


def _subject_likeness(quantity: Quantity, other: Quantity) -> float:
    one, two = _meaning(quantity.subject or ""), _meaning(other.subject or "")
    if not one or not two:
        return 60.0 if one == two else 40.0
    return likeness(one, two)


def likeness(one: str, two: str) -> float:
    """How alike two phrases are, 0 to 100; one inside the other counts a little less than the same."""
    return float(max(fuzz.ratio(one, two), 0.9 * fuzz.partial_ratio(one, two)))


def counted_in(quantity: Quantity) -> str:
    """The unit, with the many words for one piece taken for one."""
    return "/".join(_COUNT_UNITS.get(part, part) for part in quantity.unit.split("/"))


def equal(quantity: Quantity, other: Quantity) -> bool:
    """Whether both promise the same: value, range and comparator."""
    return (quantity.value, quantity.value_hi, quantity.comparator) == (
        other.value,
        other.value_hi,
        other.comparator,
    )


def said(quantity: Quantity, project: Project | None) -> str:
    """What the quantity counts, else what the project is about."""
    return quantity.subject or (project.headline if project else "")


def _headline(one: Project | None, other: Project | None) -> str:
    project = one or other
    return project.headline if project else ""
