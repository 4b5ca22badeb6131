"""Which target of a newer plan is which that is followed already, and in what it differs now."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from minsheng.plans.checks.units import plain, same_kind
from minsheng.progress.stated_targets import StatedTarget

One = TypeVar("One", bound="Followed | StatedTarget")


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
    for alike, key in _ROUNDS:
        # Only what has the same key can be alike: each is held against a few, not against all.
        near = _by(key, open_ones)
        others = _by(key, left) if alike is _sole else {}
        for held in tuple(left):
            fitting = [target for target in near[key(held)] if alike(held, target)]
            if not fitting:
                continue
            if alike is _sole:
                rivals = [other for other in others[key(held)] if alike(other, fitting[0])]
                if len(fitting) > 1 or len(rivals) > 1:
                    continue
                _leave(others[key(held)], held)
            _leave(left, held)
            _leave(open_ones, fitting[0])
            _leave(near[key(held)], fitting[0])
            pairs.append((held, fitting[0]))
    place = {id(target): at for at, target in enumerate(stated)}
    pairs.sort(key=lambda pair: place[id(pair[1])])
    return Matching(tuple(pairs), tuple(open_ones), tuple(left))


def _by(key: Callable[[One], object], ones: Sequence[One]) -> dict[object, list[One]]:
    found: dict[object, list[One]] = defaultdict(list)
    for one in ones:
        found[key(one)].append(one)
    return found


def _leave(ones: list[One], one: One) -> None:
    """Take it out: this one, not the first that is equal to it."""
    del ones[next(at for at, other in enumerate(ones) if other is one)]


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


def _words(one: Followed | StatedTarget) -> object:
    return (one.headline, one.name)


def _place(one: Followed | StatedTarget) -> object:
    return (one.project, one.name)


def _line(one: Followed | StatedTarget) -> object:
    return (one.project, one.anchor)


def _headline(one: Followed | StatedTarget) -> object:
    return one.headline


_ROUNDS: tuple[
    tuple[Callable[[Followed, StatedTarget], bool], Callable[[Followed | StatedTarget], object]], ...
] = (
    (_unchanged, _words),
    (_renumbered, _words),
    (_renamed, _place),
    (_in_place, _line),
    (_sole, _headline),
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
