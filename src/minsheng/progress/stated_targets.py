"""What a plan promises that can be followed through a year: each target once, with its stated parts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from minsheng.plans.checks.units import additive, same_kind
from minsheng.plans.model import EACH, Cell, Comparator, Plan, Project, Quantity
from minsheng.progress.kinds import kind_of
from minsheng.progress.model import Kind

WHOLE_SUFFIX = "合计"
_OWN = ("assigned", "local")
_SCALES = (("亿", Decimal(10**8)), ("万", Decimal(10**4)))


@dataclass(frozen=True, slots=True)
class StatedTarget:
    """One target. ``anchor`` is its number's place in the document, empty where no sentence states it.

    ``value`` is None where the plan states no number for the whole. ``each``: it is what every region owes.
    ``parts`` are what the plan itself gives regions below, by their names.
    """

    anchor: str
    project: int
    headline: str
    category: str
    name: str
    unit: str
    value: Decimal | None
    comparator: Comparator
    kind: Kind
    each: bool = False
    aspiration: bool = False
    lead_units: tuple[str, ...] = ()
    cooperating_units: tuple[str, ...] = ()
    parts: dict[str, Decimal] = field(default_factory=dict)


def stated_targets(plan: Plan) -> tuple[StatedTarget, ...]:
    """Every target of the plan in its order. A project of its own without a number is one target too."""
    names = {category.number: category.name for category in plan.categories}
    found: list[StatedTarget] = []
    for project in plan.projects:
        category = names.get(project.category, "") if project.category is not None else ""
        columns = _columns(plan, project)
        targets = [_target(project, category, group) for group in _groups(project)]
        if targets:
            found.extend(_with_tables(targets, columns))
        elif columns:
            found.extend(_of_column(project, category, column) for column in columns)
        elif project.status in _OWN:
            found.append(_without_number(project, category))
    return tuple(found)


@dataclass(slots=True)
class _Group:
    """Numbers of one project that speak of one thing."""

    subject: str
    unit: str
    whole: Quantity | None = None
    each: Quantity | None = None
    parts: dict[str, Decimal] = field(default_factory=dict)


def _groups(project: Project) -> list[_Group]:
    """A number said twice is kept once; another number for the same thing begins a group of its own."""
    groups: list[_Group] = []
    for quantity in project.quantities:
        if quantity.role != "target":
            continue
        subject = quantity.subject or project.headline
        if not any(_put(group, quantity) for group in groups if _same(group, subject, quantity.unit)):
            group = _Group(subject, quantity.unit)
            _put(group, quantity)
            groups.append(group)
    return _joined(groups)


def _joined(groups: list[_Group]) -> list[_Group]:
    """Parts without a whole go to the one bare whole of their unit that they add up to."""
    kept = []
    for group in groups:
        total = sum(group.parts.values(), Decimal(0))
        fitting = [
            other
            for other in groups
            if group.whole is None
            and group.parts
            and not other.parts
            and other.whole is not None
            and other.whole.value == total
            and same_kind(other.unit, group.unit)
        ]
        if len(fitting) == 1:
            fitting[0].parts = group.parts
        else:
            kept.append(group)
    return kept


def _same(group: _Group, subject: str, unit: str) -> bool:
    return group.subject == subject and same_kind(group.unit, unit)


def _put(group: _Group, quantity: Quantity) -> bool:
    """Whether the number has its place in the group."""
    if quantity.region == EACH:
        if group.whole is not None or group.parts:
            return False
        group.each = group.each or quantity
        return group.each.value == quantity.value
    if group.each is not None:
        return False
    if quantity.region is None:
        group.whole = group.whole or quantity
        return group.whole.value == quantity.value
    return group.parts.setdefault(quantity.region, quantity.value) == quantity.value


def _target(project: Project, category: str, group: _Group) -> StatedTarget:
    said = group.whole or group.each
    comparator: Comparator = said.comparator if said else "eq"
    return StatedTarget(
        anchor=said.anchor if said else "",
        project=project.number,
        headline=project.headline,
        category=category,
        name=group.subject,
        unit=group.unit,
        value=said.value if said else None,
        comparator=comparator,
        kind=_kind(project, said, comparator) if said else _kind_of_parts(group.unit),
        each=group.each is not None,
        aspiration=bool(said and said.aspiration),
        lead_units=project.lead_units,
        cooperating_units=project.cooperating_units,
        parts=group.parts,
    )


def _kind(project: Project, said: Quantity, comparator: Comparator) -> Kind:
    texts = (project.statement, *(measure.text for measure in project.measures))
    sentence = next((text for text in texts if said.text in text), said.text)
    return kind_of(
        text=said.text,
        unit=said.unit,
        comparator=comparator,
        role="target",
        subject=said.subject,
        sentence=sentence,
    )


def _kind_of_parts(unit: str) -> Kind:
    return "count" if additive(unit) else "at_least"


def _without_number(project: Project, category: str) -> StatedTarget:
    kind = kind_of(text="", unit="", comparator="eq", role="target", subject=None, sentence=project.statement)
    return StatedTarget(
        "", project.number, project.headline, category, project.headline, "", None, "eq", kind,
        lead_units=project.lead_units, cooperating_units=project.cooperating_units,
    )  # fmt: skip


@dataclass(slots=True)
class _Column:
    """One indicator of a breakdown table, in base units."""

    indicator: str
    unit: str
    whole: Decimal | None = None
    parts: dict[str, Decimal] = field(default_factory=dict)

    def makes(self, value: Decimal) -> bool:
        """Whether this column is the breakdown of a whole of that value."""
        return self.whole == value or sum(self.parts.values(), Decimal(0)) == value


def _columns(plan: Plan, project: Project) -> list[_Column]:
    columns: dict[tuple[str, str | None], _Column] = {}
    for cell in _cells(plan, project.number):
        scale, unit = _base(cell.unit or "")
        column = columns.setdefault((cell.indicator, cell.unit), _Column(cell.indicator, unit))
        value = cell.value * scale if cell.value is not None else None
        if value is None:
            continue
        if cell.region.endswith(WHOLE_SUFFIX) or cell.region == plan.head.region:
            column.whole = value
        else:
            column.parts.setdefault(cell.region, value)
    return [column for column in columns.values() if column.whole is not None or column.parts]


def _cells(plan: Plan, project: int) -> Iterator[Cell]:
    return (cell for table in plan.tables for cell in table.cells if cell.project == project)


def _base(unit: str) -> tuple[Decimal, str]:
    for word, scale in _SCALES:
        if unit.startswith(word) and len(unit) > 1:
            return scale, unit.removeprefix(word)
    return Decimal(1), unit


def _with_tables(targets: Iterable[StatedTarget], columns: list[_Column]) -> Iterator[StatedTarget]:
    """Targets whose parts stand in a table only: the column of their unit whose numbers make them."""
    left = list(columns)
    for target in targets:
        column = _column_of(target, left)
        if column is not None:
            left.remove(column)
            yield replace(target, parts=column.parts)
        else:
            yield target


def _column_of(target: StatedTarget, columns: list[_Column]) -> _Column | None:
    value = target.value
    if target.parts or target.each or value is None:
        return None
    fitting = [
        column
        for column in columns
        if column.parts and same_kind(column.unit, target.unit) and column.makes(value)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _of_column(project: Project, category: str, column: _Column) -> StatedTarget:
    return StatedTarget(
        "", project.number, project.headline, category, column.indicator, column.unit, column.whole,
        "eq", _kind_of_parts(column.unit),
        lead_units=project.lead_units, cooperating_units=project.cooperating_units, parts=column.parts,
    )  # fmt: skip
