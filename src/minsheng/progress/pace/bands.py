"""Bounds of rules in words: 落后10至30个百分点为黄灯, with both ends as they are meant."""

from minsheng.progress.figures import format_amount
from minsheng.progress.pace.model import LIGHT_WORDS, Light
from minsheng.progress.pace.rules import Bound, Runs


def band(bounds: tuple[Bound, ...], light: Light, word: str, unit: str) -> str:
    """The band of a light between its bound and the next worse one; ``word`` is 落后 or 差额.

    >>> bounds = (Bound("red", Decimal(30)), Bound("yellow", Decimal(10), included=True))
    >>> band(bounds, "yellow", "落后", "个百分点"), band(bounds, "green", "落后", "个百分点")
    ('落后10至30个百分点为黄灯', '落后不到10个百分点为绿灯')
    """
    at = next((at for at, bound in enumerate(bounds) if bound.light == light), None)
    name = LIGHT_WORDS[light]
    if at is None:
        return f"{_up_to(bounds[-1], word, unit)}为{name}" if bounds else ""
    low = bounds[at]
    if at == 0:
        return f"{_from(low, word, unit)}为{name}"
    high = bounds[at - 1]
    if not low.over and not low.included:
        return f"{_up_to(high, word, unit)}为{name}"
    if low.included and not high.included:
        return f"{word}{_amount(low)}至{_amount(high)}{unit}为{name}"
    start = f"{_amount(low)}{unit}及以上" if low.included else f"超过{_amount(low)}{unit}"
    end = f"不到{_amount(high)}{unit}" if high.included else f"不超过{_amount(high)}{unit}"
    return f"{word}{start}、{end}为{name}"


def _from(bound: Bound, word: str, unit: str) -> str:
    if bound.included:
        return f"{word}{_amount(bound)}{unit}及以上"
    return f"{word}超过{_amount(bound)}{unit}" if bound.over else f"有{word}即"


def _up_to(bound: Bound, word: str, unit: str) -> str:
    if bound.included:
        return f"{word}不到{_amount(bound)}{unit}"
    if bound.over:
        return f"{word}不超过{_amount(bound)}{unit}"
    return "没有差额" if word == "差额" else f"不{word}"


def band_under(bounds: tuple[Bound, ...], light: Light, unit: str) -> str:
    """The band of a light told by percent done itself: 完成不到30%为红灯."""
    at = next((at for at, bound in enumerate(bounds) if bound.light == light), None)
    name = LIGHT_WORDS[light]
    low = bounds[-1] if at is None else (bounds[at - 1] if at else None)
    high = None if at is None else bounds[at]
    texts = []
    if low is not None:
        texts.append(f"超过{_amount(low)}{unit}" if low.included else f"{_amount(low)}{unit}及以上")
    if high is not None:
        texts.append(f"不超过{_amount(high)}{unit}" if high.included else f"不到{_amount(high)}{unit}")
    return f"完成{'、'.join(texts)}为{name}"


def run_band(runs: Runs, light: Light, what: str, unit: str) -> str:
    """From how many running on: 连续3个月及以上未开工为红灯."""
    at = next((at for at, (one, _) in enumerate(runs) if one == light), None)
    if at is None:
        return ""
    least = runs[at][1]
    most = runs[at - 1][1] - 1 if at else None
    if most is None:
        span = f"连续{least}{unit}及以上"
    else:
        span = f"连续{least}至{most}{unit}" if most > least else f"连续{least}{unit}"
        span = span if most > 1 else f"1{unit}"
    return f"{span}{what}为{LIGHT_WORDS[light]}"


def _amount(bound: Bound) -> str:
    return format_amount(bound.over)
