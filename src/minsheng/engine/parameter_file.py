"""The dated figures that regions set, from a yaml or csv file: name, region, from, value, standard."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from minsheng.engine.refusal import Refusal
from minsheng.standards.vocabulary import Parameter, Vocabulary

EVERYWHERE = ""
"""The region of a figure that holds where the row's own region has none."""
_FIELDS = ("name", "region", "from", "value", "standard")
_SERIES = "写成列表，每条有 name、region、from、value，按标准分列的还有 standard"


@dataclass(frozen=True, slots=True)
class DatedFigure:
    """One figure of one region from a day on; ``standard`` only for the series that each standard has."""

    name: str
    region: str
    first_day: date
    value: int
    standard: str = ""


def read_figures(path: Path, vocabulary: Vocabulary) -> tuple[DatedFigure, ...] | Refusal:
    """All figures of a file, or one sentence on the first that cannot be used."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return Refusal(f"{path}：参数文件读不出来，请确认文件在那里，用UTF-8保存。")
    try:
        entries = list(_csv_entries(text) if path.suffix.lower() == ".csv" else _yaml_entries(text))
    except (yaml.YAMLError, csv.Error):
        return Refusal(f"{path}：参数文件不合格式：{_SERIES}。")
    figures: dict[tuple[str, str, str, date], DatedFigure] = {}
    for number, entry in enumerate(entries, start=1):
        figure = _figure(entry, vocabulary)
        if isinstance(figure, str):
            return Refusal(f"{path}：第{number}条：{figure}。")
        key = (figure.name, figure.standard, figure.region, figure.first_day)
        if figures.setdefault(key, figure) != figure:
            return Refusal(f"{path}：第{number}条：{figure.name}在同一地区同一天有两个不同的值，请只留一个。")
    return tuple(figures.values())


def _csv_entries(text: str) -> Iterator[Mapping[str, Any]]:
    for row in csv.DictReader(io.StringIO(text, newline=""), strict=True):
        yield {key.strip(): value for key, value in row.items() if key}


def _yaml_entries(text: str) -> Iterator[Mapping[str, Any]]:
    found = yaml.safe_load(text)
    if isinstance(found, dict):
        found = found.get("parameters")
    for entry in found if isinstance(found, list) else [None]:
        yield entry if isinstance(entry, dict) else {}


def _figure(entry: Mapping[str, Any], vocabulary: Vocabulary) -> DatedFigure | str:
    unknown = [str(key) for key in entry if key not in _FIELDS and entry[key] not in (None, "")]
    if unknown or not entry:
        return f"不认识{unknown[0]}：{_SERIES}" if unknown else f"空的：{_SERIES}"
    parameter = vocabulary.parameters.get(str(entry.get("name") or "").strip())
    if parameter is None:
        return f"没有叫“{entry.get('name') or ''}”的参数，请核对名称"
    standard = str(entry.get("standard") or "").strip()
    if parameter.per_standard != bool(standard):
        return f"{parameter.name}{_must(parameter)}写标准编号（standard）"
    first_day, value = _day(entry.get("from")), _whole(entry.get("value"))
    if first_day is None:
        return f"{parameter.name}的起始日“{entry.get('from') or ''}”不是日期，请写成2023-07-01"
    if value is None:
        return f"{parameter.name}的值“{entry.get('value')}”不是整数（钱以分计），请核对"
    return DatedFigure(parameter.name, str(entry.get("region") or "").strip(), first_day, value, standard)


def _must(parameter: Parameter) -> str:
    return "是按标准分列的，要" if parameter.per_standard else "是各标准共用的，不要"


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return None
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value or "").strip())
    except ValueError:
        return None


def _whole(value: object) -> int | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        return int(str(value).strip())
    except ValueError:
        return None
