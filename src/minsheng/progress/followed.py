"""Which target of a newer plan is which that is followed already, and in what it differs now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from minsheng.plans.checks.units import plain, same_kind
from minsheng.progress.stated_targets import StatedTarget


@dataclass(frozen=True, slots=True)
class Followed:
    """A target as it stood in the plan it was last taken from; ``key`` is its holder's."""

    key: int
    anchor: str
    project: int
    headline: str
    name: str
    unit: str
    value: Decimal | None
    comparator: str
    each: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is no longer said as it was, in words; an empty side: nothing was or is stated."""

    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Matching:
    """Followed targets with what they are now; those the plan names for the first time; those it dropped."""

    pairs: tuple[tuple[Followed, StatedTarget], ...]
    new: tuple[StatedTarget, ...]
    gone: tuple[Followed, ...]


SIGNS = {"ge": "不少于", "gt": "超过", "le": "不超过", "lt": "低于", "about": "约"}


def match(followed: Sequence[Followed], stated: Sequence[StatedTarget]) -> Matching:
    """Match by what a target says, the surest likeness first; each is matched once.

    Projects are known by their name before their number: numbers move when a project is dropped.
    """
    left, open_ones = list(followed), list(stated)
    pairs: list[tuple[Followed, StatedTarget]] = []
    for alike in _ROUNDS:
        for held in tuple(left):
            fitting = [target for target in open_ones if alike(held, target)]
            rivals = [other for other in left if fitting and alike(other, fitting[0])]
            if not fitting or (alike is _sole and (len(fitting) > 1 or len(rivals) > 1)):
                continue
            left.remove(held)
            open_ones.remove(fitting[0])
            pairs.append((held, fitting[0]))
    place = {id(target): at for at, target in enumerate(stated)}
    pairs.sort(key=lambda pair: place[id(pair[1])])
    return Matching(tuple(pairs), tuple(open_ones), tuple(left))


def _thing(held: Followed, target: StatedTarget) -> bool:
    return same_kind(held.unit, target.unit) and held.each == target.each


def _unchanged(held: Followed, target: StatedTarget) -> bool:
    return _renumbered(held, target) and held.value == target.value


def _renumbered(held: Followed, target: StatedTarget) -> bool:
    return _thing(held, target) and held.headline == target.headline and held.name == target.name


def _renamed(held: Followed, target: StatedTarget) -> bool:
    return _thing(held, target) and held.project == target.project and held.name == target.name


def _in_place(held: Followed, target: StatedTarget) -> bool:
    return bool(held.anchor) and held.anchor == target.anchor and held.project == target.project


def _sole(held: Followed, target: StatedTarget) -> bool:
    """The one number of its unit left in its project: its words were changed."""
    return _thing(held, target) and held.headline == target.headline


_ROUNDS: tuple[Callable[[Followed, StatedTarget], bool], ...] = (
    _unchanged,
    _renumbered,
    _renamed,
    _in_place,
    _sole,
)


def differences(held: Followed, target: StatedTarget) -> tuple[Difference, ...]:
    """Everything the newer plan says otherwise."""
    sides = (
        ("目标数", _amount(held.value, held.comparator), _amount(target.value, target.comparator)),
        ("计量单位", held.unit, target.unit),
        ("指标名称", held.name, target.name),
        ("项目序号", str(held.project), str(target.project)),
        ("项目名称", held.headline, target.headline),
    )
    return tuple(Difference(what, old, new) for what, old, new in sides if old != new)


def _amount(value: Decimal | None, comparator: str) -> str:
    return "未写明" if value is None else f"{SIGNS.get(comparator, '')}{plain(value)}"
