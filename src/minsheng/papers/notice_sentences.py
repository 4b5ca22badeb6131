"""Quantities to the sentences of a notice: each one read back before it is kept.

A sentence is kept only if our reader understands exactly the quantities it is meant to state. So what the
office publishes and what a program reads of it can never differ, whatever words the subjects hold.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from minsheng.papers.notice_wording import DEFAULT_SUBJECTS, breakdowns, proposals, rises
from minsheng.plans.checks.units import same_kind
from minsheng.plans.model import Quantity
from minsheng.plans.sentences import read_sentence

Key = tuple[Decimal, Decimal | None, str, str, str, bool, str | None]

_UNFIT = re.compile(r"[\d，。；：、,;:()（）《》“”\"\[\]【】%]")
_MOST_TRIES = 60
"""Proposals tried for one quantity before it is given up."""


def key(quantity: Quantity) -> Key:
    """What must be the same when a quantity is read again; its place and its words may differ."""
    return (
        quantity.value, quantity.value_hi, quantity.unit, quantity.comparator, quantity.role,
        quantity.aspiration, quantity.region,
    )  # fmt: skip


def is_free_of_numbers(text: str, own: str | None) -> bool:
    """Whether a text states no quantity of its own."""
    return not read_sentence(text, own)


def sentences(
    quantities: Sequence[Quantity], own: str | None
) -> tuple[tuple[str, ...], tuple[Quantity, ...]]:
    """The sentences that state the quantities, in order; and the quantities no sentence could state.

    ``own`` is the plan's own region.
    """
    written: list[str] = []
    failed: list[Quantity] = []
    rest = list(quantities)
    while rest:
        for taken, proposed in _ways(rest):
            sentence = _first_read_back(proposed, taken, own)
            if sentence is not None:
                written.append(sentence)
                break
        else:
            taken = rest[:1]
            failed += taken
        del rest[: len(taken)]
    return tuple(written), tuple(failed)


def _ways(rest: Sequence[Quantity]) -> Iterator[tuple[list[Quantity], Iterator[str]]]:
    """Ways to begin: a rise from an old value, a total with its parts, the first quantity alone."""
    first = rest[0]
    if first.role == "baseline" and len(rest) > 1:
        taken = list(rest[:2])
        parts = _parts_of(rest[1], rest[2:])
        plain = [text for subject in _subjects(rest[1]) for text in rises(first, rest[1], subject)]
        if parts:
            yield [*taken, *parts], (bracket for text in plain for bracket in breakdowns(text, parts))
        yield taken, iter(plain)
    parts = _parts_of(first, rest[1:])
    if parts:
        whole = (
            bracket
            for subject in _subjects(first)
            for text in proposals(first, subject)
            for bracket in breakdowns(text, parts)
        )
        yield [first, *parts], whole
    yield [first], (text for subject in _subjects(first) for text in proposals(first, subject))


def _parts_of(total: Quantity, following: Iterable[Quantity]) -> tuple[Quantity, ...]:
    """The quantities right after a total that are its parts by region."""
    parts: list[Quantity] = []
    if total.region is not None:
        return ()
    for quantity in following:
        like = quantity.role == total.role and quantity.aspiration == total.aspiration
        if quantity.region is None or not like or not same_kind(quantity.unit, total.unit):
            break
        parts.append(quantity)
    return tuple(parts)


def _subjects(quantity: Quantity) -> Iterator[str]:
    own = quantity.subject or ""
    if 2 <= len(own) <= 24 and not _UNFIT.search(own):
        yield own
    yield from DEFAULT_SUBJECTS[quantity.role]


def _first_read_back(proposed: Iterator[str], meant: Sequence[Quantity], own: str | None) -> str | None:
    wanted = Counter(key(quantity) for quantity in meant)
    for _, text in zip(range(_MOST_TRIES), proposed, strict=False):
        if Counter(key(quantity) for quantity in read_sentence(text + "。", own)) == wanted:
            return text + "。"
    return None
