"""The breakdown a plan states: which of its numbers share an indicator, and where each stands.

Where the notice carries a breakdown table of its own, a project found there keeps the cells of that table.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from minsheng.papers.breakdown import (
    STATUS_WORDS,
    WHOLE_SUFFIX,
    Breakdown,
    Column,
    Entry,
    Row,
    digits,
    sign,
    whole_name,
)
from minsheng.plans.model import EACH, Cell, Plan, Project, Quantity

NO_TASK = "—"
BY_PLAN = "按方案执行"
TEN_THOUSAND = Decimal(10000)
HUNDRED_MILLION = Decimal(10000 * 10000)
_SAME_UNIT = {"名": "人", "位": "人", "人次": "人"}
_NOT_SUMMED = frozenset({"%", "倍"})


@dataclass(slots=True)
class _Draft:
    """A column while it is filled: quantities by region, in base units."""

    project: Project
    indicator: str
    unit: str
    whole: Quantity | None = None
    parts: dict[str, Quantity] = field(default_factory=dict)
    each: list[Quantity] = field(default_factory=list)

    def quantities(self) -> Iterator[Quantity]:
        if self.whole is not None:
            yield self.whole
        yield from self.parts.values()

    @property
    def each_words(self) -> str:
        """What every region must reach, in words: 每个不少于550个."""
        return "，".join(
            f"每个{quantity.text.removeprefix('各').removeprefix('每')}" for quantity in self.each
        )

    @property
    def bare(self) -> bool:
        """Nothing is stated but what every region must reach."""
        return bool(self.each) and self.whole is None and not self.parts


def plan_breakdown(plan: Plan) -> Breakdown:
    """The breakdown table of a whole plan."""
    whole = whole_name(plan.head.region)
    names = {category.number: category.name for category in plan.categories}
    in_tables = _cells_by_project(plan)
    home = _home_row(plan, whole)
    columns: list[tuple[Column, dict[str, Entry]]] = []
    for project in plan.projects:
        category = names.get(project.category, "") if project.category is not None else ""
        cells = in_tables.get(project.number)
        if cells:
            columns.extend(_table_columns(project, category, cells))
        else:
            columns.extend(_stated_columns(project, category, home))
    regions = _regions(plan, columns, whole)
    rows = tuple(
        Row(region, region == regions[0], tuple(entries.get(region) for _, entries in columns))
        for region in regions
    )
    return Breakdown(_title(plan), plan.head.region or "", tuple(column for column, _ in columns), rows)


def _title(plan: Plan) -> str:
    year = f"{plan.head.year}年" if plan.head.year else ""
    count = f"{len(plan.projects)}项" if plan.projects else ""
    return f"{plan.head.region or ''}{year}{count}民生实事目标任务分解表"


def _home_row(plan: Plan, whole: str) -> str:
    """The row for numbers said of the plan's own region: its own line where an annex gives it one."""
    annex = {cell.region for table in plan.tables for cell in table.cells}
    return plan.head.region if plan.head.region and plan.head.region in annex else whole


def _cells_by_project(plan: Plan) -> dict[int, list[Cell]]:
    found: dict[int, list[Cell]] = {}
    for table in plan.tables:
        for cell in table.cells:
            found.setdefault(cell.project, []).append(cell)
    return found


def _regions(plan: Plan, columns: list[tuple[Column, dict[str, Entry]]], whole: str) -> list[str]:
    """Row names: wholes first, then regions in the order the columns name them."""
    seen = dict.fromkeys(region for _, entries in columns for region in entries)
    wholes = [region for region in seen if region.endswith(WHOLE_SUFFIX)] or [whole]
    return [*wholes, *(region for region in seen if region not in wholes and region != plan.head.region)] + [
        region for region in seen if region == plan.head.region
    ]


def _table_columns(
    project: Project, category: str, cells: list[Cell]
) -> Iterator[tuple[Column, dict[str, Entry]]]:
    """The columns an annex table gives a project; equal indicators of one project stay one column."""
    by_indicator: dict[tuple[str, str | None], dict[str, Entry]] = {}
    for cell in cells:
        entry = Entry(_cell_text(cell), cell.value, cell.comparator or "eq", line=cell.source.line)
        by_indicator.setdefault((cell.indicator, cell.unit), {}).setdefault(cell.region, entry)
    for (indicator, unit), entries in by_indicator.items():
        yield _column(project, category, indicator, unit or ""), entries


def _cell_text(cell: Cell) -> str:
    """The cell as the table writes it, large whole numbers grouped as everywhere else."""
    if cell.value is None or cell.value != cell.value.to_integral_value():
        return cell.text
    return f"{sign(cell.comparator or 'eq')}{digits(cell.value)}"


def _stated_columns(project: Project, category: str, home: str) -> Iterator[tuple[Column, dict[str, Entry]]]:
    """The columns made of what the sentences state, or one column of words where they state no target."""
    drafts = _drafts(project)
    if not drafts:
        word = NO_TASK if project.status in ("upper_level", "no_task") else BY_PLAN
        named = STATUS_WORDS[project.status]
        entry = Entry("待认定" if project.status == "pending" else word, line=project.source.line)
        yield _column(project, category, f"（{named}）" if named else project.headline, ""), {home: entry}
        return
    for draft in drafts:
        scale, word = _scale(draft.quantities())
        column = _column(
            project,
            category,
            draft.indicator,
            f"{word}{draft.unit}",
            each="" if draft.bare else f"（{draft.each_words}）" if draft.each else "",
            difference=_difference(draft, scale),
        )
        entries = {region: _entry(quantity, scale) for region, quantity in draft.parts.items()}
        if draft.whole is not None:
            entries = {home: _entry(draft.whole, scale), **entries}
        elif draft.bare:
            entries = {home: Entry(draft.each_words, line=draft.each[0].source.line)}
        yield column, entries


def _column(
    project: Project,
    category: str,
    indicator: str,
    unit: str,
    *,
    each: str = "",
    difference: Decimal | None = None,
) -> Column:
    units = "、".join(project.lead_units)
    return Column(project.number, project.headline, category, units, indicator, unit, each, difference)


def _drafts(project: Project) -> list[_Draft]:
    """Target quantities gathered by subject and unit; a number said twice is kept once."""
    drafts: list[_Draft] = []
    for quantity in project.quantities:
        if quantity.role != "target":
            continue
        indicator = quantity.subject or project.headline
        place = _place(drafts, indicator, quantity)
        if place is None:
            place = _Draft(project, indicator, quantity.unit)
            drafts.append(place)
        if quantity.region == EACH:
            place.each.append(quantity)
        elif quantity.region is None:
            place.whole = place.whole or quantity
        else:
            place.parts.setdefault(quantity.region, quantity)
    return drafts


def _place(drafts: list[_Draft], indicator: str, quantity: Quantity) -> _Draft | None:
    """The draft a quantity belongs to: same indicator and unit, its place free or of the same value."""
    for draft in drafts:
        if draft.indicator != indicator or _plain(draft.unit) != _plain(quantity.unit):
            continue
        if quantity.region == EACH:
            if all(held.value == quantity.value for held in draft.each):
                return draft
            continue
        held = draft.whole if quantity.region is None else draft.parts.get(quantity.region)
        if held is None or (held.value, held.value_hi) == (quantity.value, quantity.value_hi):
            return draft
    return None


def _plain(unit: str) -> str:
    return _SAME_UNIT.get(unit, unit)


def _scale(quantities: Iterable[Quantity]) -> tuple[Decimal, str]:
    """How many base units one shown unit is, and its word: 万 or 亿 where every number is written so."""
    texts = [(quantity.text, quantity.value) for quantity in quantities]
    if texts and all("亿" in text for text, _ in texts):
        return HUNDRED_MILLION, "亿"
    if texts and all("万" in text or value == 0 for text, value in texts):
        return TEN_THOUSAND, "万"
    return Decimal(1), ""


def _entry(quantity: Quantity, scale: Decimal) -> Entry:
    """A quantity as a cell; a range stays words, since it is no one number."""
    if quantity.value_hi is not None:
        low, high = digits(quantity.value / scale), digits(quantity.value_hi / scale)
        return Entry(f"{low}—{high}", None, quantity.comparator, quantity.aspiration, quantity.source.line)
    value = quantity.value / scale
    text = f"{sign(quantity.comparator)}{digits(value)}"
    return Entry(text, value, quantity.comparator, quantity.aspiration, quantity.source.line)


def _difference(draft: _Draft, scale: Decimal) -> Decimal | None:
    """The whole less the sum of its parts, where both are stated and differ; None where they agree."""
    whole, parts = draft.whole, tuple(draft.parts.values())
    if whole is None or len(parts) < 2 or draft.unit in _NOT_SUMMED or "/" in draft.unit:
        return None
    if whole.value_hi is not None or any(part.value_hi is not None for part in parts):
        return None
    gap = (whole.value - sum((part.value for part in parts), Decimal(0))) / scale
    return gap or None
