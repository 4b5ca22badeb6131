"""What is written as a product over a divisor, as officials say it: 80%, 1.3 times, so much growth a year."""

from fractions import Fraction

from minsheng.standards import tree as t
from minsheng.standards.money import percent


def ratio_of(node: t.Divide) -> tuple[t.Node, str] | None:
    """Of ``x * 13`` over ``10`` the x and what is taken of it; None where the figures give no such ratio."""
    over, by = node.left, node.right
    if not (isinstance(over, t.Arithmetic) and over.operator == "*"):
        return None
    if isinstance(over.right, t.Whole) and isinstance(by, t.Whole):
        said = _said(Fraction(over.right.value, by.value))
        return (over.left, f"的{said}") if said else None
    return None


def growth_of(node: t.Divide) -> tuple[t.Node, str, t.Node] | None:
    """Of ``x * ipow(209, n)`` over ``ipow(200, n)`` the x, the growth a year (4.5%) and the n."""
    over, by = node.left, node.right
    if not (isinstance(over, t.Arithmetic) and isinstance(over.right, t.Power) and isinstance(by, t.Power)):
        return None
    up, down = over.right.left, by.left
    if isinstance(up, t.Whole) and isinstance(down, t.Whole) and over.right.right == by.right:
        said = _said(Fraction(up.value - down.value, down.value))
        return (over.left, said, by.right) if said and up.value > down.value else None
    return None


def _said(ratio: Fraction) -> str:
    """Below one in percent, else in times; nothing where that takes more than hundredths of a percent."""
    points = ratio * 10000
    if points.denominator != 1:
        return ""
    if ratio < 1:
        return percent(points.numerator)
    whole, rest = divmod(points.numerator, 10000)
    return f"{whole}{f'.{rest:04d}'.rstrip('0') if rest else ''}倍"
