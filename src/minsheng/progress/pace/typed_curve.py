"""Cumulative shares as an office types them, one a period, to exact percent or to what is to be mended."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from minsheng.progress.pace.curves import HUNDRED
from minsheng.progress.typed import Unusable, format_amount, parse_amount


@dataclass(frozen=True, slots=True)
class TypedShares:
    """The shares, or sentences; ``wrong`` are the places (from 0) of the fields to be mended."""

    shares: tuple[Decimal, ...]
    problems: tuple[str, ...] = ()
    wrong: frozenset[int] = frozenset()


def read_shares(texts: Sequence[str], names: Sequence[str]) -> TypedShares:
    """``names`` are the periods'. Fields left empty after 100 stay at 100; any other has to be filled.

    >>> read_shares(["40%", "100", ""], ["1月", "2月", "3月"]).shares
    (Decimal('40'), Decimal('100'), Decimal('100'))
    """
    shares: list[Decimal] = []
    problems: dict[int, str] = {}
    last = Decimal(0)
    for at, (text, name) in enumerate(zip(texts, names, strict=True)):
        value = _share(text, last)
        message = _wrong(value, name, last, is_last=at == len(names) - 1)
        if message:
            problems[at] = message
        elif isinstance(value, Decimal):
            shares.append(value)
            last = value
    if problems:
        return TypedShares((), tuple(problems.values()), frozenset(problems))
    return TypedShares(tuple(shares))


def _share(text: str, last: Decimal) -> Decimal | Unusable:
    value = parse_amount(text.replace("％", "%"), "%")
    return last if isinstance(value, Unusable) and value.empty and last == HUNDRED else value


def _wrong(value: Decimal | Unusable, name: str, last: Decimal, *, is_last: bool) -> str:
    if isinstance(value, Unusable):
        return f"{name}没有填写，请填累计应完成的百分数。" if value.empty else f"{name}：{value.message}"
    told = format_amount(value)
    if not 0 <= value <= HUNDRED:
        return f"{name}填的是{told}%，累计比例应在0%至100%之间。"
    if value < last:
        return f"{name}填的是{told}%，比前面的{format_amount(last)}%小；这里填的是累计比例，只增不减。"
    if is_last and value != HUNDRED:
        return f"{name}是最后一期，应为100%，现在是{told}%。"
    return ""
