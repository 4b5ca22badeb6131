"""How each kind of node is written in Python: one line a step, its value kept in a slot."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from typing import Any

from minsheng.standards import tree as t
from minsheng.standards.rule_code_lines import Lines
from minsheng.standards.tracing import Place

_COMPARE: Mapping[str, str] = {"=": "==", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


class NodeWriter:
    """Writes nodes to the lines of a function that holds the columns and parameters already."""

    def __init__(self, lines: Lines, due: str = "None") -> None:
        self.lines, self.due = lines, due
        self.columns: dict[str, int] = {}
        self.parameters: dict[str, int] = {}
        self.helpers: list[str] = []

    def write(self, node: t.Node) -> Place:
        write: Any = _WRITERS[type(node)]
        found: Place = write(self, node)
        return found

    def name(self, place: Place) -> str:
        """The value of a place, as it stands in a line."""
        node: Any = place.node
        if place.slot is not None:
            return f"v{place.slot}"
        if isinstance(node, t.Day):
            return f"date({node.value.year}, {node.value.month}, {node.value.day})"
        return repr(node.value)

    def keep(self, node: t.Node, value: str, parts: Sequence[Place] = ()) -> Place:
        return Place(node, self.lines.keep(value), tuple(parts))

    def strict(self, node: t.Node, value: str, parts: Sequence[Place]) -> Place:
        """A step that is unknown where any of its parts is. ``{0}``, ``{1}`` in the value are the parts."""
        written = value.format(*map(self.name, parts))
        unknown = self.any_is("None", parts)
        return self.keep(node, f"None if {unknown} else {written}" if unknown else written, parts)

    def any_is(self, what: str, parts: Sequence[Place]) -> str:
        return " or ".join(f"{self.name(part)} is {what}" for part in parts if part.slot is not None)


def _written(_writer: NodeWriter, node: t.Node) -> Place:
    return Place(node, None)


def _as_of(writer: NodeWriter, node: t.AsOf) -> Place:
    return writer.keep(node, "figures.as_of")


def _due(writer: NodeWriter, node: t.Due) -> Place:
    return writer.keep(node, writer.due)


def _column(writer: NodeWriter, node: t.ColumnValue) -> Place:
    return Place(node, writer.columns[node.column.name])


def _parameter(writer: NodeWriter, node: t.ParameterValue) -> Place:
    return Place(node, writer.parameters[node.parameter.name])


def _named(writer: NodeWriter, node: t.NamedCall) -> Place:
    """A named function has the value of its meaning."""
    meaning = writer.write(node.meaning)
    if meaning.slot is None:
        return writer.keep(node, writer.name(meaning), (meaning,))
    return Place(node, meaning.slot, (meaning,))


def _two(value: Callable[[Any], str]) -> Callable[[NodeWriter, Any], Place]:
    """A step of two parts that is unknown where either is."""

    def write(writer: NodeWriter, node: Any) -> Place:
        return writer.strict(node, value(node), (writer.write(node.left), writer.write(node.right)))

    return write


def _one_of(writer: NodeWriter, node: t.OneOf) -> Place:
    subject, *options = (writer.write(part) for part in node.parts)
    value = f"{writer.name(subject)} in {{{', '.join(map(writer.name, options))}}}"
    unknown = writer.any_is("None", (subject,))
    return writer.keep(node, f"None if {unknown} else {value}" if unknown else value, (subject, *options))


def _opposite(writer: NodeWriter, node: t.Opposite) -> Place:
    return writer.strict(node, "not {0}", (writer.write(node.of),))


def _full_years(writer: NodeWriter, node: t.FullYears) -> Place:
    value = "(figures.as_of_number - day_number({0})) // 10000"
    return writer.strict(node, value, (writer.write(node.of),))


def _larger_if_given(writer: NodeWriter, node: t.LargerIfGiven) -> Place:
    parts = (writer.write(node.left), writer.write(node.right))
    left, right = map(writer.name, parts)
    unknown = writer.any_is("None", parts)
    larger = f"max({left}, {right})"
    return writer.keep(node, f"{left} if {unknown} else {larger}" if unknown else larger, parts)


def _if_given(writer: NodeWriter, node: t.IfGiven) -> Place:
    parts = (writer.write(node.left), writer.write(node.right))
    left, right = map(writer.name, parts)
    value = left if parts[0].slot is None else f"{right} if {left} is None else {left}"
    return writer.keep(node, value, parts)


def _logic(writer: NodeWriter, node: t.Logic) -> Place:
    """Every term is looked at, so that all of them can be told."""
    parts = tuple(map(writer.write, node.terms))
    settles = node.operator == "or"
    for part in parts:
        if isinstance(part.node, t.Truth) and part.node.value is settles:
            return writer.keep(node, str(settles), parts)
    settled, unknown = writer.any_is(str(settles), parts), writer.any_is("None", parts)
    if not settled:
        return writer.keep(node, str(not settles), parts)
    return writer.keep(node, f"{settles} if {settled} else None if {unknown} else {not settles}", parts)


def _if_true(writer: NodeWriter, node: t.IfTrue) -> Place:
    lines = writer.lines
    condition = writer.write(node.left)
    found = lines.keep(f"0 if {writer.name(condition)} is False else None")
    with lines.under(writer.name(condition)):
        value = writer.write(node.right)
        lines.line(f"v{found} = {writer.name(value)}")
    return Place(node, found, (condition, value))


def _choice(writer: NodeWriter, node: t.Choice) -> Place:
    """Branch after branch while the conditions are false; ``open`` says that none was unknown or true."""
    lines = writer.lines
    found = lines.keep("None")
    is_open = f"open{found}"
    parts: list[Place] = []
    for condition, value in node.branches:
        with lines.under(is_open) if parts else nullcontext():
            parts.append(writer.write(condition))
            holds = writer.name(parts[-1])
            lines.line(f"{is_open} = {holds} is False")
            with lines.under(holds):
                parts.append(writer.write(value))
                lines.line(f"v{found} = {writer.name(parts[-1])}")
    if node.otherwise is not None:
        with lines.under(is_open):
            parts.append(writer.write(node.otherwise))
            lines.line(f"v{found} = {writer.name(parts[-1])}")
    return Place(node, found, tuple(parts))


def _each_month(writer: NodeWriter, node: t.EachMonth) -> Place:
    """What a month comes to is a function of its own, with slots of its own."""
    inner_nodes = list(node.of.walk())
    columns = dict.fromkeys(part.column.name for part in inner_nodes if isinstance(part, t.ColumnValue))
    given = [f"v{writer.columns[name]}" for name in columns]
    of_month = f"month{writer.lines.slots}"
    # The columns come first, in slots as everything else.
    lines = Lines(of_month, ", ".join(("figures", "due", *(f"v{slot}" for slot in range(len(columns))))))
    lines.slots = len(columns)
    inner = NodeWriter(lines, due="due")
    inner.columns = {name: slot for slot, name in enumerate(columns)}
    for part in inner_nodes:
        if isinstance(part, t.ParameterValue) and part.parameter.name not in inner.parameters:
            inner.parameters[part.parameter.name] = lines.keep(f"figures[{part.parameter.name!r}]")
    of = inner.write(node.of)
    if of.slot is None:
        of = replace(of, slot=lines.keep(inner.name(of)))
    lines.line(f"return {lines.kept()}")
    writer.helpers += lines.lines
    arguments = ", ".join(("in_month(month)", writer.due, *given))
    values = f"[(month, {of_month}({arguments})) for month in months]"
    months = writer.lines.keep(f"None if months is None else {values}")
    together = "all_of" if node.kind == "truth" else "sum_of"
    value = writer.lines.keep(f"{together}(v{months}, {of.slot})")
    return Place(node, value, (of,), months)


_WRITERS: Mapping[type[t.Node], Callable[[NodeWriter, Any], Place]] = {
    t.Whole: _written,
    t.Truth: _written,
    t.Word: _written,
    t.Day: _written,
    t.AsOf: _as_of,
    t.Due: _due,
    t.ColumnValue: _column,
    t.ParameterValue: _parameter,
    t.NamedCall: _named,
    t.Arithmetic: _two(lambda node: f"{{0}} {node.operator} {{1}}"),
    t.Divide: _two(lambda node: f"divide({node.rounding!r}, {{0}}, {{1}})"),
    t.Extreme: _two(lambda node: f"{'min' if node.which == 'lesser' else 'max'}({{0}}, {{1}})"),
    t.Power: _two(lambda _node: "{0} ** {1}"),
    t.Compare: _two(lambda node: f"{{0}} {_COMPARE[node.operator]} {{1}}"),
    t.OneOf: _one_of,
    t.Opposite: _opposite,
    t.FullYears: _full_years,
    t.LargerIfGiven: _larger_if_given,
    t.IfGiven: _if_given,
    t.IfTrue: _if_true,
    t.Logic: _logic,
    t.Choice: _choice,
    t.EachMonth: _each_month,
}
