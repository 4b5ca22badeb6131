"""The fingerprint of a frozen snapshot: the same rows, in any order, give the same digits for ever.

A row is a mapping of names to plain values. The digits depend on this text form alone, which never changes: a
new form would need a new first line.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

_FORM = "minsheng snapshot 1"


def digest(rows: Iterable[Mapping[str, object]]) -> str:
    """SHA-256 of the rows, as 64 hexadecimal digits. Raises TypeError on a float or anything else inexact."""
    texts = sorted(_text(row) for row in rows)
    return hashlib.sha256("\n".join([_FORM, *texts]).encode()).hexdigest()


def _text(value: object) -> str:
    """Canonical JSON: keys sorted, no blanks, one spelling for every number."""
    if isinstance(value, Mapping):
        pairs = sorted((_word(key), _text(item)) for key, item in value.items())
        return "{" + ",".join(f"{key}:{item}" for key, item in pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_text, value)) + "]"
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, int | Decimal):
        return _number(Decimal(value))
    if isinstance(value, date):
        return _word(value.isoformat())
    return _word(value)


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"a snapshot cannot hold {value!r}")
    return json.dumps(value, ensure_ascii=True)


def _number(value: Decimal) -> str:
    """5, 5.0 and 5E+0 are one number; so are 0 and -0."""
    if not value.is_finite():
        raise TypeError(f"a snapshot cannot hold {value!r}")
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text.strip("-0") == "" else text
