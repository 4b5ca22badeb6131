"""A file of dated regional figures: YAML or CSV with name, region, from, value and perhaps standard."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from minsheng.standards.fault import Fault, Place
from minsheng.standards.marked_yaml import read_marked
from minsheng.standards.parameters import ParameterBook, ParameterVersion, read_day
from minsheng.standards.typed_names import near
from minsheng.standards.vocabulary import Vocabulary

Entry = tuple[int, Mapping[str, Any]]


def read_parameters(text: str, file: str, vocabulary: Vocabulary) -> tuple[ParameterBook, list[Fault]]:
    """The figures of a file and what could not be read. A line with a fault is left out."""
    faults: list[Fault] = []
    entries = _csv(text) if file.lower().endswith(".csv") else _yaml(text, file, faults)
    versions = [version for entry in entries for version in _version(entry, file, vocabulary, faults)]
    return ParameterBook(tuple(versions)), faults


def _csv(text: str) -> Iterator[Entry]:
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    for place, entry in enumerate(reader):
        yield place + 2, {str(key).strip(): value for key, value in entry.items()}


def _yaml(text: str, file: str, faults: list[Fault]) -> Iterator[Entry]:
    root, found = read_marked(text, file)
    faults += found
    listed = root.get("parameters") if root and isinstance(root.value, dict) else root
    if root is not None and not (listed and listed.entries()):
        faults.append(
            root.place.fault("shape", "参数文件里没有参数", "写成列表，每项有name、region、from、value")
        )
    for entry in listed.entries() if listed else ():
        yield entry.place.line, entry.plain() if isinstance(entry.value, dict) else {}


def _version(
    entry: Entry, file: str, vocabulary: Vocabulary, faults: list[Fault]
) -> Iterable[ParameterVersion]:
    line, given = entry
    place = Place(file, line)
    name = str(given.get("name") or "").strip().lstrip("$")
    parameter = vocabulary.parameters.get(name)
    if parameter is None:
        faults.append(
            place.fault("unknown_parameter", f"不认识的参数“{name}”", near(name, vocabulary.parameters))
        )
        return
    first_day = read_day(_clean(given.get("from")))
    if first_day is None:
        faults.append(place.fault("wrong_date", f"{name}的起始日期读不懂", "from写成2023-01-01"))
        return
    value = _whole(_clean(given.get("value")))
    if value is None or not 0 <= value <= parameter.high:
        what = f"{name}的值“{given.get('value')}”不能用"
        faults.append(place.fault("wrong_value", what, "写0以上的整数：钱用分，80%写8000，年龄用周岁"))
        return
    standard = _clean(given.get("standard"))
    if parameter.per_standard and not standard:
        what = f"{name}没有写明是哪一项标准的"
        faults.append(place.fault("no_standard", what, "在standard里写上标准编号"))
        return
    yield ParameterVersion(name, first_day, value, _clean(given.get("region")), standard)


def _clean(value: Any) -> Any:
    return (value.strip() or None) if isinstance(value, str) else value


def _whole(value: Any) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value)
    return value if type(value) is int else None
