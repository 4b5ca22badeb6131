"""The fingerprint of a frozen snapshot: the same rows, in any order, give the same digits for ever.

A row is a mapping of names to plain values. The digits depend on this text form alone, which never changes: a
new form would need a new first line.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

_FORM = "minsheng snapshot 1"


def digest(rows: Iterable[Mapping[str, object]], form: str = _FORM) -> str:
    """SHA-256 of the rows, as 64 hexadecimal digits. Raises TypeError on a float or anything else inexact."""
    return digest_of_texts(map(row_text, rows), form)


def digest_of_texts(texts: Iterable[str], form: str = _FORM) -> str:
    """The same of rows that are texts already (``row_text``), in any order."""
    return hashlib.sha256("\n".join([form, *sorted(texts)]).encode()).hexdigest()


def row_text(row: Mapping[str, object]) -> str:
    """The text of one row: canonical JSON, keys sorted, no blanks, one spelling for every number."""
    return _mapping(row)


def word_text(value: str) -> str:
    """A word as a row holds it."""
    return _quoted(value)


def number_text(value: Decimal | None) -> str:
    """An amount as a row holds it: 5, 5.0 and 5E+0 are one number."""
    return "null" if value is None else _number(value)


def _text(value: object) -> str:
    write = _BY_TYPE.get(type(value))
    return _any(value) if write is None else write(value)


def _mapping(value: Mapping[str, object]) -> str:
    heads = _heads(tuple(value))
    return "{" + ",".join([head + _text(value[key]) for key, head in heads]) + "}"


@lru_cache(maxsize=1000)
def _heads(keys: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Keys in the order they are written in, each as it is written."""
    return tuple(sorted(((key, f"{_word(key)}:") for key in keys), key=lambda pair: pair[1]))


def _any(value: object) -> str:
    """Values of types that are rare: looked at by what they are a kind of."""
    if isinstance(value, Mapping):
        return _mapping(value)
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_text, value)) + "]"
    if isinstance(value, int | Decimal):
        return _number(Decimal(value))
    if isinstance(value, date):
        return _word(value.isoformat())
    return _word(value)


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"a snapshot cannot hold {value!r}")
    return _quoted(value)


def _number(value: Decimal) -> str:
    """5, 5.0 and 5E+0 are one number; so are 0 and -0."""
    if not value.is_finite():
        raise TypeError(f"a snapshot cannot hold {value!r}")
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text.strip("-0") == "" else text


_quoted = lru_cache(maxsize=50_000)(json.JSONEncoder(ensure_ascii=True).encode)
"""Names of units and regions come thousands of times in one snapshot."""

_BY_TYPE: dict[type, Callable[[Any], str]] = {
    str: _quoted,
    int: str,
    bool: {True: "true", False: "false"}.__getitem__,
    type(None): lambda _: "null",
    Decimal: _number,
    dict: _mapping,
}
