"""The shape of the files of standards: one declaration checks them and writes ``standards/schema.json``."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from minsheng.standards.fault import Fault
from minsheng.standards.marked_yaml import Marked

Kind = Literal["text", "expression", "date", "whole", "truth"]
_CHINESE: Mapping[Kind, str] = {
    "text": "文字",
    "expression": "算式",
    "date": "日期，写成2023-01-01",
    "whole": "整数",
    "truth": "true或false",
}
_JSON: Mapping[Kind, dict[str, Any]] = {
    "text": {"type": "string", "minLength": 1},
    "expression": {"type": ["string", "integer", "boolean"]},
    "date": {"type": "string", "format": "date"},
    "whole": {"type": "integer"},
    "truth": {"type": "boolean"},
}


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value; ``words``: the only ones allowed."""

    kind: Kind
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entries:
    """A list with at least so many entries."""

    of: "Shape"
    least: int = 1


@dataclass(frozen=True, slots=True)
class Named:
    """Values under names that the writer chooses."""

    of: "Shape"


@dataclass(frozen=True, slots=True)
class Record:
    """Values under fixed names."""

    required: Mapping[str, "Shape"]
    optional: Mapping[str, "Shape"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Anything:
    """A value whose meaning another step checks."""


Shape = Scalar | Entries | Named | Record | Anything


def check_shape(value: Marked, shape: Shape, name: str) -> Iterator[Fault]:
    """Every place where a value has not the shape it should have."""
    if isinstance(shape, Scalar):
        yield from _check_scalar(value, shape, name)
    elif isinstance(shape, Entries):
        if not isinstance(value.value, list) or len(value.value) < shape.least:
            mend = f"写成至少{shape.least}项的列表，每项前面加“- ”"
            yield value.place.fault("shape", f"“{name}”应当是列表", mend)
        for entry in value.entries():
            yield from check_shape(entry, shape.of, name)
    elif isinstance(shape, Named | Record):
        if not isinstance(value.value, dict):
            yield value.place.fault("shape", f"“{name}”应当由几个“名称: 值”组成", "每行写一个“名称: 值”")
        elif isinstance(shape, Record):
            yield from _check_record(value, shape, name)
        else:
            for key, entry in value.items():
                yield from check_shape(entry, shape.of, key)


def _check_record(value: Marked, shape: Record, name: str) -> Iterator[Fault]:
    for key in shape.required:
        if value.get(key) is None:
            yield value.place.fault("missing_key", f"“{name}”里没有“{key}”", f"补上“{key}: …”")
    known = {**shape.required, **shape.optional}
    for key, entry in value.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            mend = f"是不是“{near[0]}”？" if near else f"只能用：{'、'.join(known)}"
            yield entry.place.fault("unknown_key", f"“{name}”里不认识“{key}”", mend.rstrip("？"))
        elif entry.value is not None:
            yield from check_shape(entry, known[key], key)


def _check_scalar(value: Marked, shape: Scalar, name: str) -> Iterator[Fault]:
    if not _is_kind(value, shape.kind):
        mend = f"“{name}”写成{_CHINESE[shape.kind]}"
        yield value.place.fault("shape", f"“{name}”应当是{_CHINESE[shape.kind]}", mend)
    elif shape.words and value.value not in shape.words:
        mend = f"从这些里选一个：{'、'.join(shape.words)}"
        yield value.place.fault("unknown_word", f"“{name}”不能是“{value.text}”", mend)


def _is_kind(value: Marked, kind: Kind) -> bool:
    found = value.value
    if kind == "text":
        return isinstance(found, str) and bool(found.strip())
    if kind == "expression":
        return isinstance(found, str | int | float) and bool(value.text.strip())
    if kind == "date":
        return isinstance(found, date) and not isinstance(found, datetime)
    if kind == "truth":
        return isinstance(found, bool)
    return isinstance(found, int) and not isinstance(found, bool)


def json_schema(shape: Shape) -> dict[str, Any]:
    """The same shape as a JSON schema."""
    if isinstance(shape, Scalar):
        return {"enum": list(shape.words)} if shape.words else dict(_JSON[shape.kind])
    if isinstance(shape, Entries):
        return {"type": "array", "items": json_schema(shape.of), "minItems": shape.least}
    if isinstance(shape, Named):
        return {"type": "object", "additionalProperties": json_schema(shape.of)}
    if isinstance(shape, Record):
        return {
            "type": "object",
            "properties": {
                key: json_schema(part) for key, part in {**shape.required, **shape.optional}.items()
            },
            "required": list(shape.required),
            "additionalProperties": False,
        }
    return {}
