"""The form to try a changed figure: which one, its new value, the day, the region's figures, the roster."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from minsheng.standards.changes import Figure, figures_of, parameters_of
from minsheng.standards.compiled import CompiledStandard, Rule
from minsheng.standards.parameters import read_day
from minsheng.standards.typed_in import Unread, typed_column, typed_figure, typed_parameter
from minsheng.standards.vocabulary import Column, Vocabulary
from minsheng_web.office.screens.standard_form import UNITS, Field, column_field, parameter_field
from minsheng_web.records.simulation_request import Asked

COUNT_ROWS = 6
"""Rows of stated counts a form begins with, and grows by when more are asked for."""
MOST_ROWS = 120
MOST_CASES = 10**9
MOST_DIGITS = 6
MORE = "more"
"""The button that asks for more rows."""
UNIT_WORDS = {**UNITS, "count": ""}


@dataclass(slots=True)
class CountRow:
    """One typed row of stated counts: a region, so many cases, and the values they share."""

    region: Field
    cases: Field
    values: list[Field]

    @property
    def is_empty(self) -> bool:
        return not any(one.typed.strip() for one in (self.region, self.cases, *self.values))


@dataclass(slots=True)
class SimulateForm:
    """Everything as typed, what is wrong with it, and what is asked where nothing is."""

    figure: Field
    value: Field
    as_of: Field
    region: Field
    source: str
    figures: list[Field]
    columns: list[Column]
    counts: list[CountRow]
    faults: list[str] = field(default_factory=list)
    asked: Asked | None = None
    chosen: Figure | None = None
    files_dropped: bool = False


def simulate_form(
    compiled: CompiledStandard, vocabulary: Vocabulary, posted: Mapping[str, str], today: str
) -> SimulateForm:
    """The form with what was posted; ``asked`` is made by ``read`` alone."""
    rule = _rule(compiled, posted.get("as_of", today))
    figures = figures_of(rule, vocabulary)
    options = tuple((one.key, _label(one)) for one in figures)
    columns = [column for column in rule.columns if column.name != "region"]
    typed = posted.get
    return SimulateForm(
        figure=Field("figure", "改哪个数", "select", typed("figure", ""), options=options),
        value=Field("value", "改成", "text", typed("value", "")),
        as_of=Field("as_of", "计算日", "date", typed("as_of", today)),
        region=Field("region", "没有写地区的算在", "text", typed("region", ""), note="可以不填"),
        source="counts" if MORE in posted else typed("source", "roster"),
        figures=[
            parameter_field(
                parameter,
                typed(f"figure-{parameter.name}", ""),
                may_be_missing=rule.may_be_missing(parameter.name),
            )
            for parameter in parameters_of(rule)
        ],
        columns=columns,
        counts=[_count_row(number, columns, posted) for number in range(rows_asked(posted))],
    )


def rows_asked(posted: Mapping[str, str]) -> int:
    """How many rows the form has: those it had, and some more where that was asked."""
    text = posted.get("rows", "")
    had = int(text) if text.isascii() and text.isdigit() and len(text) < MOST_DIGITS else COUNT_ROWS
    more = COUNT_ROWS if MORE in posted else 0
    return min(max(had, COUNT_ROWS) + more, MOST_ROWS)


def _rule(compiled: CompiledStandard, as_of: str) -> Rule:
    """The rule of the day; the newest where there is none, so that the form can be shown at all."""
    day = read_day(as_of.strip())
    return (compiled.rule_on(day) if day else None) or compiled.rules[-1]


def _label(figure: Figure) -> str:
    unit = UNIT_WORDS[figure.unit]
    return f"{figure.label}，单位{unit}" if unit and figure.parameter else figure.label


def _count_row(number: int, columns: list[Column], posted: Mapping[str, str]) -> CountRow:
    name = f"c{number}-"
    values = [column_field(column, posted.get(name + column.name, "")) for column in columns]
    for made, column in zip(values, columns, strict=True):
        made.name = name + column.name
    return CountRow(
        Field(f"{name}region", "地区", "text", posted.get(f"{name}region", "")),
        Field(f"{name}cases", "人（件）数", "number", posted.get(f"{name}cases", "")),
        values,
    )


def read(
    form: SimulateForm, compiled: CompiledStandard, vocabulary: Vocabulary, figures_file: str
) -> SimulateForm:
    """Read what was typed: the form has ``asked``, or ``faults``."""
    day = read_day(form.as_of.typed.strip())
    if day is None:
        _wrong(form, form.as_of, "请写日期，如 2023-07-01。")
    elif compiled.rule_on(day) is None:
        _wrong(form, form.as_of, "这一天标准不在执行期内。")
    rule = _rule(compiled, form.as_of.typed)
    figures = figures_of(rule, vocabulary)
    form.chosen = next((one for one in figures if one.key == form.figure.typed), None)
    value: int | Unread = 0
    if form.chosen is None:
        _wrong(form, form.figure, "请选要改的数。")
    else:
        value = typed_figure(form.value.typed, form.chosen.unit)
        if isinstance(value, Unread):
            _wrong(form, form.value, value.message)
    general: dict[str, int] = {}
    parameters = parameters_of(rule)
    for made, parameter in zip(form.figures, parameters, strict=True):
        found = typed_parameter(made.typed, parameter)
        if isinstance(found, Unread):
            _wrong(form, made, found.message)
        elif found is not None:
            general[parameter.name] = found
    counts = _counts(form) if form.source == "counts" else ()
    if not form.faults and day is not None and isinstance(value, int):
        region = form.region.typed.strip()
        form.asked = Asked(day.isoformat(), form.figure.typed, value, general, figures_file, region, counts)
    return form


def _wrong(form: SimulateForm, made: Field, message: str) -> None:
    made.fault = message
    form.faults.append(f"{made.label}：{message}")


def _counts(form: SimulateForm) -> tuple[dict[str, Any], ...]:
    found: list[dict[str, Any]] = []
    for row in form.counts:
        if row.is_empty:
            continue
        text = row.cases.typed.strip()
        if not (text.isascii() and text.isdigit() and 0 < int(text) <= MOST_CASES):
            _wrong(form, row.cases, f"请写1至{MOST_CASES}的整数。")
            continue
        values: dict[str, str] = {}
        for made, column in zip(row.values, form.columns, strict=True):
            value = typed_column(made.typed, column)
            if isinstance(value, Unread):
                _wrong(form, made, value.message)
            elif value is not None:
                values[column.name] = str(value).lower() if isinstance(value, bool) else str(value)
        found.append({"region": row.region.typed.strip(), "cases": int(text), "values": values})
    if not found and not form.faults:
        form.faults.append("还没有写人（件）数：请至少写一行。")
    return tuple(found)
