"""The list of projects against the plan's own row in a breakdown table (目标任务分解表).

Contract: a cell's ``value`` stays in the table's own unit (0.67 万人), a quantity's is in the base unit.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from minsheng.kernel import gazetteer
from minsheng.kernel.problem import Problem
from minsheng.plans.checks.units import plain, same_kind, say
from minsheng.plans.model import Cell, Plan, Project, Quantity

CODES = ("table_value_differs", "table_value_only", "table_value_missing")

_NO_NUMBER = ("待认定", "—", "-", "无")
_SCALES = (("万", Decimal(10000)), ("亿", Decimal(100000000)))
_ALL_SCALES = (Decimal(1), *(scale for _, scale in _SCALES))


def check(plan: Plan, _lines: tuple[str, ...]) -> tuple[Problem, ...]:
    """A problem for each number that the table has otherwise, or that only one of the two has."""
    projects = {project.number: project for project in plan.projects}
    own = [cell for table in plan.tables for cell in table.cells if _is_own(plan, cell)]
    problems: list[Problem] = []
    for number in dict.fromkeys(cell.project for cell in own):
        if number in projects:
            cells = [cell for cell in own if cell.project == number]
            problems += _compare(projects[number], cells)
    return tuple(problems)


def in_base_unit(cell: Cell) -> tuple[Decimal | None, str]:
    """The cell's value and unit with 万 and 亿 multiplied out. A unit in several words keeps its first."""
    unit = (cell.unit or "").split("、")[0]
    for sign, scale in _SCALES:
        if unit.startswith(sign):
            return None if cell.value is None else cell.value * scale, unit.removeprefix(sign)
    return cell.value, unit


def _is_own(plan: Plan, cell: Cell) -> bool:
    region = plan.head.region or ""
    return bool(region) and cell.region in (region, gazetteer.short_name(region))


def _compare(project: Project, cells: Sequence[Cell]) -> Iterator[Problem]:
    listed = [q for q in project.quantities if q.role in ("target", "standard") and q.region is None]
    if project.status not in ("assigned", "local"):
        return
    for cell in cells:
        value, unit = in_base_unit(cell)
        if value is None:
            continue
        if not unit:
            if not any(value == q.value / scale for q in project.quantities for scale in _ALL_SCALES):
                yield _only_in_table(project, cell)
            continue
        same_unit = [q for q in listed if same_kind(q.unit, unit)]
        if any(value in (q.value, q.value_hi) for q in same_unit):
            continue
        rivals = sum(other.value is not None and same_kind(in_base_unit(other)[1], unit) for other in cells)
        quantity = _counterpart(cell, same_unit, alone=rivals == 1)
        if quantity is not None:
            yield _differs(project, cell, value, unit, quantity)
        elif not any(same_kind(q.unit, unit) for q in project.quantities):
            yield _only_in_table(project, cell)
    yield from _pending(project, cells)


def _counterpart(cell: Cell, same_unit: Sequence[Quantity], *, alone: bool) -> Quantity | None:
    """The list's number for a cell: by its subject, else the only value of that unit on both sides."""
    for quantity in same_unit:
        if quantity.subject and (quantity.subject in cell.indicator or cell.indicator in quantity.subject):
            return quantity
    values = {q.value for q in same_unit}
    return same_unit[0] if len(values) == 1 and alone else None


def _pending(project: Project, cells: Sequence[Cell]) -> Iterator[Problem]:
    """The list gives a number where the table has 待认定 or a dash for the only cell of the project."""
    if len(cells) != 1 or cells[0].value is not None or cells[0].text.strip() not in _NO_NUMBER:
        return
    target = next((q for q in project.quantities if q.role == "target" and q.region is None), None)
    if target is None:
        return
    cell = cells[0]
    yield Problem(
        code="table_value_missing",
        severity="notice",
        message=(
            f"第{project.number}项：清单第{target.source.line}行写“{target.text}”，"
            f"分解表第{cell.source.line}行“{cell.indicator}”填“{cell.text.strip()}”。请确认本地是否承担该任务及数量。"
        ),
        sources=(target.source, cell.source),
        project=project.number,
        expected=say(target),
        found=cell.text.strip(),
    )


def _differs(project: Project, cell: Cell, value: Decimal, unit: str, quantity: Quantity) -> Problem:
    return Problem(
        code="table_value_differs",
        severity="error",
        message=(
            f"第{project.number}项：清单第{quantity.source.line}行“{quantity.text}”，分解表第{cell.source.line}行"
            f"“{cell.indicator}”为{plain(value)}{unit}，两处不同。请确认以哪一处为准，并改正另一处。"
        ),
        sources=(quantity.source, cell.source),
        project=project.number,
        expected=say(quantity),
        found=f"{plain(value)}{unit}",
    )


def _only_in_table(project: Project, cell: Cell) -> Problem:
    return Problem(
        code="table_value_only",
        severity="notice",
        message=(
            f"第{project.number}项：分解表第{cell.source.line}行“{cell.indicator}”填{cell.text.strip()}"
            f"{cell.unit or ''}，清单和措施中没有这个指标。请核对是否漏写。"
        ),
        sources=(cell.source, project.source),
        project=project.number,
        expected="清单中有同一指标",
        found=f"{cell.text.strip()}{cell.unit or ''}",
    )
