"""What a stated total and its parts can and cannot mean together, said as a problem.

不少于, 以上, 左右 and ranges leave room: two statements contradict each other only when no amount fits both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from minsheng.kernel.problem import Severity
from minsheng.plans.checks.units import plain, say
from minsheng.plans.model import Quantity

_INFINITY = Decimal("Infinity")
_ABOUT = Decimal("0.1")
"""How far 左右 and 约 may reach: a tenth either way."""
_ROUNDING = Decimal("0.05")
"""Nobody writes 1万 for 14000: what is rounded away is a small part of the whole."""
_CLOSE_OF_TWO, _CLOSE_OF_MORE = Decimal("0.1"), Decimal("0.25")
_PEOPLE_OF_TWO, _PEOPLE_OF_MORE = Decimal("0.6"), Decimal("1.5")
"""Shares of the total. People of several kinds under one promise of people, or sums paid per case, are its parts far more often than
pieces (个) of several kinds are, so they may be further off."""
_PEOPLE = frozenset({"人", "名", "人次", "户", "户次"})
"""How far from its sum a list of two, or of more, still looks like the parts of a total."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a total: ``times`` is how many regions a number for each of them stands for."""

    name: str
    quantity: Quantity
    times: int = 1

    @property
    def value(self) -> Decimal:
        """The part's whole amount."""
        return self.quantity.value * self.times

    def said(self) -> str:
        """The part as a term of the sum."""
        amount = plain(self.quantity.value)
        return f"{self.name}{amount}" if self.times == 1 else f"{self.name}{amount}×{self.times}"


@dataclass(frozen=True, slots=True)
class Difference:
    """How a total and the sum of its parts disagree. ``severity`` is error where nothing fits both."""

    severity: Severity
    found: Decimal
    arithmetic: str
    remark: str


def room(quantity: Quantity) -> tuple[Decimal, Decimal]:
    """The least and the greatest amount that a stated quantity allows."""
    low, high = quantity.value, quantity.value if quantity.value_hi is None else quantity.value_hi
    match quantity.comparator:
        case "ge" | "gt":
            return low, _INFINITY
        case "le" | "lt":
            return Decimal(0), high
        case "about":
            return low * (1 - _ABOUT), high * (1 + _ABOUT)
        case _:
            return low, high


def difference(total: Quantity, parts: Sequence[Part]) -> Difference | None:
    """How the parts differ from the total, or None where they agree or nothing can be said."""
    found = sum((part.value for part in parts), Decimal(0))
    more = found > total.value
    if found == total.value:
        return None
    low, high = _room_of_sum(parts)
    least, most = room(total)
    vague = any(_is_vague(q) for q in (total, *(part.quantity for part in parts)))
    arithmetic = f"{'＋'.join(part.said() for part in parts)}＝{plain(found)}{parts[0].quantity.unit}"
    gap = plain(abs(found - total.value))
    remark = f"比总数{say(total)}{'多' if more else '少'}{gap}{total.unit}"
    if (low > most or high < least) and not _rounds_to(total, found):
        return Difference("error", found, arithmetic, remark)
    if vague:
        return None
    if _rounds_to(total, found):
        return Difference("notice", found, arithmetic, f"{remark}，按总数所写的位数四舍五入后相符")
    return Difference("notice" if more else "warning", found, arithmetic, remark)


def _room_of_sum(parts: Sequence[Part]) -> tuple[Decimal, Decimal]:
    rooms = [(low * part.times, high * part.times) for part in parts for low, high in (room(part.quantity),)]
    return sum((low for low, _ in rooms), Decimal(0)), sum((high for _, high in rooms), Decimal(0))


def _is_vague(quantity: Quantity) -> bool:
    return quantity.comparator == "about" or quantity.value_hi is not None


def _rounds_to(total: Quantity, found: Decimal) -> bool:
    """Whether the total is the sum rounded to the digits the total is printed with (4.48万 for 44812)."""
    scale = Decimal(10000) if "万" in total.text else Decimal(100000000) if "亿" in total.text else None
    if scale is None:
        return False
    digits = (total.value / scale).normalize()
    exponent = digits.as_tuple().exponent
    step = scale * Decimal(1).scaleb(exponent if isinstance(exponent, int) and exponent < 0 else 0)
    gap = abs(found - total.value)
    return gap * 2 <= step and gap <= total.value * _ROUNDING


def one_digit_apart(total: Decimal, parts: Sequence[Decimal]) -> bool:
    """Whether the sum would hold with a single digit of a single number printed otherwise.

    This is how a misprint looks; numbers that are no parts of the total seldom come so close.
    """
    gap = sum(parts, Decimal(0)) - total
    if gap == 0:
        return False
    wanted = [(total, total + gap), *((part, part - gap) for part in parts)]
    return any(_one_digit(now, then) for now, then in wanted if then > 0)


def nearly_adds_up(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether the parts miss the total by so little that they are meant to add up to it.

    Two numbers come close to a third by chance more often than three or four do; a vague total says nothing.
    """
    found = sum((part.value for part in parts), Decimal(0))
    if _is_vague(total) or any(_is_vague(part) or part.value >= total.value for part in parts):
        return False
    if total.unit in _PEOPLE or total.unit.startswith("元/"):
        chance = _PEOPLE_OF_TWO if len(parts) == 2 else _PEOPLE_OF_MORE
    else:
        chance = _CLOSE_OF_TWO if len(parts) == 2 else _CLOSE_OF_MORE
    return found != total.value and abs(found - total.value) <= total.value * chance


def _one_digit(now: Decimal, then: Decimal) -> bool:
    one, other = plain(now), plain(then)
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
