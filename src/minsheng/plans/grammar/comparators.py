"""Words that bound a number, before it and after it."""

import re

from minsheng.plans.model import Comparator

_BEFORE: tuple[tuple[str, Comparator], ...] = (
    ("不(?:得)?(?:少于|低于|小于|少|低于)|至少|最少|最低|≥|⩾|大于等于|大于或等于", "ge"),
    ("不(?:得)?(?:超过|高于|多于|大于|超|长于|晚于)|控制在|最多|最高|至多|≤|⩽|小于等于|上限为?", "le"),
    ("超过|超出|高于|大于|突破|多于|逾|超|>", "gt"),
    ("低于|少于|小于|不足|不到|<", "lt"),
    ("约为?|大约|大概|近(?=\\s*\\d)", "about"),
)
BEFORE = re.compile("|".join(f"(?P<{name}{i}>{words})" for i, (words, name) in enumerate(_BEFORE)))
"""The group that matched names the comparator."""

_AFTER: tuple[tuple[str, Comparator], ...] = (
    (r"及?其?以上|及以上|起(?=[,。;)])", "ge"),
    (r"及?以[下内]|之内|及以下", "le"),
    (r"左右|上下", "about"),
)
AFTER = re.compile("|".join(f"(?P<{name}{i}>{words})" for i, (words, name) in enumerate(_AFTER)))


def comparator_of(match: re.Match[str]) -> Comparator:
    """The comparator a match of ``BEFORE`` or ``AFTER`` stands for."""
    # The groups are named after comparators.
    return (match.lastgroup or "").rstrip("0123456789")  # type: ignore[return-value]
