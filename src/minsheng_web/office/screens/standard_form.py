"""The form to try one person: a field for every column and parameter the rule reads, as it was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from minsheng.standards.asked import Question
from minsheng.standards.compiled import CompiledStandard
from minsheng.standards.parameters import Series, read_day
from minsheng.standards.typed_in import YES_NO, Unread, typed_column, typed_parameter
from minsheng.standards.vocabulary import Column, Parameter, Vocabulary

ROW, FIGURE = "row-", "figure-"
INPUTS = {"int": "number", "date": "date", "month": "month"}
UNITS = {"fen": "元", "basis_points": "%", "years": "周岁"}


@dataclass(slots=True)
class Field:
    """One input: its kind, its options, what was typed and what is wrong with that."""

    name: str
    label: str
    kind: str
    typed: str = ""
    unit: str = ""
    options: tuple[tuple[str, str], ...] = ()
    note: str = ""
    fault: str = ""


@dataclass(slots=True)
class TryForm:
    """The fields in the order of the vocabulary, and the question where all could be read."""

    as_of: Field
    region: Field
    row: list[Field] = field(default_factory=list)
    figures: list[Field] = field(default_factory=list)
    question: Question | None = None

    @property
    def faults(self) -> list[Field]:
        return [one for one in (self.as_of, self.region, *self.row, *self.figures) if one.fault]


def column_field(column: Column, typed: str = "") -> Field:
    made = Field(ROW + column.name, column.chinese, INPUTS.get(column.type, "text"), typed, note=column.note)
    if column.type == "fen":
        made.unit = "元"
    if column.type == "word":
        made.kind, made.options = "select", tuple(column.words.items())
    if column.type == "bool":
        made.kind, made.options = "select", YES_NO
    if column.least is not None and column.most is not None and column.type == "int":
        made.note = f"{column.least}至{column.most}"
    return made


def parameter_field(parameter: Parameter, typed: str = "", *, may_be_missing: bool = False) -> Field:
    note = "本地没有定的，不填" if may_be_missing else "按当地当时执行的数填"
    return Field(FIGURE + parameter.name, parameter.chinese, "text", typed, UNITS[parameter.unit], note=note)


def read_columns(compiled: CompiledStandard, vocabulary: Vocabulary) -> list[Column]:
    """The columns that any version reads."""
    wanted = {column.name for rule in compiled.rules for column in rule.columns}
    return [column for column in vocabulary.columns.values() if column.name in wanted]


def read_parameters(compiled: CompiledStandard, vocabulary: Vocabulary) -> dict[Parameter, bool]:
    """The parameters that any version reads; of each whether all may do without it."""
    reads = [rule.version.reads.parameters for rule in compiled.rules]
    return {
        parameter: all(each.get(name, True) for each in reads)
        for name, parameter in vocabulary.parameters.items()
        if any(name in each for each in reads)
    }


def try_form(
    compiled: CompiledStandard, vocabulary: Vocabulary, posted: Mapping[str, str], today: date
) -> TryForm:
    """The form with what was posted; its question where every value could be read."""
    asked = bool(posted)
    day = Field("as_of", "计算日", "date", posted.get("as_of", today.isoformat()))
    form = TryForm(day, Field("region", "所属地区", "text", posted.get("region", ""), note="可以不填"))
    as_of = read_day(day.typed.strip())
    if as_of is None:
        day.fault = "请写日期，如 2023-07-01。"
    row: dict[str, Any] = {}
    for column in read_columns(compiled, vocabulary):
        if column.name == "region":
            continue
        made = column_field(column, posted.get(ROW + column.name, ""))
        form.row.append(made)
        value = typed_column(made.typed, column)
        _keep(made, value, row, column.name)
    figures: dict[str, Series] = {}
    for parameter, may_be_missing in read_parameters(compiled, vocabulary).items():
        made = parameter_field(
            parameter, posted.get(FIGURE + parameter.name, ""), may_be_missing=may_be_missing
        )
        form.figures.append(made)
        found: dict[str, Any] = {}
        _keep(made, typed_parameter(made.typed, parameter), found, parameter.name)
        if found:
            figures[parameter.name] = ((date.min, found[parameter.name]),)
    if asked and as_of is not None and not form.faults:
        region = form.region.typed.strip() or None
        form.question = Question(compiled.standard.id, as_of, region, figures, row)
    return form


def _keep(made: Field, value: Any, into: dict[str, Any], name: str) -> None:
    if isinstance(value, Unread):
        made.fault = value.message
    elif value is not None:
        into[name] = value
