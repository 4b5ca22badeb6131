"""The small form of editing: a figure of the version in force, its new value, from when, on what ground."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from minsheng.standards.changes import Figure, figures_of
from minsheng.standards.new_case import with_case_of
from minsheng.standards.new_figure import NewFigure, NotWritten, with_new_figure
from minsheng.standards.parameters import read_day
from minsheng.standards.typed_in import Unread, typed_figure
from minsheng_web.office.screens.standard_form import Field
from minsheng_web.records.queries.standards import Shelf

_NAMES = ("figure", "value", "from_day", "reason", "document_number")


@dataclass(slots=True)
class FigureForm:
    """The fields as typed, the lines the figures come from, what is wrong; ``text`` where nothing is."""

    figure: Field
    value: Field
    from_day: Field
    reason: str
    document_number: str
    sources: tuple[str, ...]
    since: str
    faults: list[str] = field(default_factory=list)
    text: str = ""


def figure_form(shelf: Shelf, standard_id: str, posted: Mapping[str, str]) -> FigureForm:
    """The form with what was posted."""
    version = shelf.rules(standard_id)[-1].version
    options = tuple((one.key, one.label) for one in _figures(shelf, standard_id))
    typed = {name: posted.get(name, "") for name in _NAMES}
    return FigureForm(
        figure=Field("figure", "改哪个数", "select", typed["figure"], options=options),
        value=Field("value", "改成", "text", typed["value"]),
        from_day=Field("from_day", "从哪天起", "date", typed["from_day"]),
        reason=typed["reason"],
        document_number=typed["document_number"],
        sources=tuple(f"{source}：{'、'.join(source.figures)}" for source in version.sources),
        since=str(version.first_day),
    )


def _figures(shelf: Shelf, standard_id: str) -> list[Figure]:
    """Those written in the text; what a parameter is, a region says."""
    rule = shelf.rules(standard_id)[-1]
    return [one for one in figures_of(rule, shelf.book.vocabulary) if one.spots]


def read_figure(form: FigureForm, shelf: Shelf, standard_id: str) -> FigureForm:
    """Read what was typed: the form has the new text, or ``faults``."""
    chosen = next((one for one in _figures(shelf, standard_id) if one.key == form.figure.typed), None)
    value: int | Unread = 0
    if chosen is None:
        _wrong(form, form.figure, "请选要改的数。")
    else:
        value = typed_figure(form.value.typed, chosen.unit)
        if isinstance(value, Unread):
            _wrong(form, form.value, value.message)
    day = read_day(form.from_day.typed.strip())
    if day is None:
        _wrong(form, form.from_day, "请写日期，如 2026-01-01。")
    if form.faults or chosen is None or day is None or isinstance(value, Unread):
        return form
    new = NewFigure(chosen, value, day, form.document_number[:100])
    made = with_new_figure(shelf.texts[standard_id], standard_id, new, shelf.book)
    if isinstance(made, NotWritten):
        form.faults.append(made.message)
    else:
        form.text = with_case_of(made, standard_id, day, shelf.book)
    return form


def _wrong(form: FigureForm, made: Field, message: str) -> None:
    made.fault = message
    form.faults.append(f"{made.label}：{message}")
