"""The list of projects against the plan's own row in a breakdown table (目标任务分解表).

Contract: a cell's ``value`` stays in the table's own unit (0.67 万人), a quantity's is in the base unit.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from minsheng.kernel import gazetteer
from minsheng.kernel.problem import Problem
from minsheng.plans.checks.occurrences import Occurrence, occurrences
from minsheng.plans.checks.units import plain, same_kind, say
from minsheng.plans.model import Cell, Plan, Project, Quantity

Amount = tuple[Cell, Decimal, str]

CODES = ("table_value_differs", "table_value_only", "table_value_missing")

_NO_NUMBER = ("待认定", "—", "-", "无")
_SCALES = (("万", Decimal(10000)), ("亿", Decimal(100000000)))
_ROLES = ("target", "standard")
_ALIKE = 0.6
"""So much of an indicator's wording must stand in the promise where only the unit says they belong together."""
_ALL_SCALES = (Decimal(1), *(scale for _, scale in _SCALES))


def check(plan: Plan, lines: tuple[str, ...]) -> tuple[Problem, ...]:
    """A problem for each number that the table has otherwise, or that only one of the two has."""
    projects = {project.number: (project, places) for project, places in occurrences(plan, lines)}
    own = [cell for table in plan.tables for cell in table.cells if _is_own(plan, cell)]
    problems: list[Problem] = []
    for number in dict.fromkeys(cell.project for cell in own):
        if number in projects:
            cells = [cell for cell in own if cell.project == number]
            problems += _compare(*projects[number], cells)
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


def _compare(project: Project, places: Sequence[Occurrence], cells: Sequence[Cell]) -> Iterator[Problem]:
    if project.status not in ("assigned", "local"):
        return
    free = [q for q in places[0].statement if q.role in _ROLES and q.region is None]
    measures = [q for place in places for q in place.measures]
    disputed: list[Amount] = []
    for cell in cells:
        value, unit = in_base_unit(cell)
        if value is None:
            continue
        same = next((q for q in free if _is_same(q, value, unit)), None)
        if same is not None:
            free.remove(same)
        elif not unit:
            if not any(value == q.value / scale for q in project.quantities for scale in _ALL_SCALES):
                yield _only_in_table(project, cell)
        elif not any(_is_same(q, value, unit) for q in measures):
            disputed.append((cell, value, unit))
    yield from _disputed(project, free, disputed)
    yield from _pending(project, cells)


def _disputed(project: Project, free: list[Quantity], disputed: Sequence[Amount]) -> Iterator[Problem]:
    """Cells whose number the list does not have, against the numbers of the list no cell has."""
    for cell, value, unit in disputed:
        rivals = sum(same_kind(unit, other) for _, _, other in disputed)
        quantity = _counterpart(
            project, cell, [q for q in free if same_kind(q.unit, unit)], alone=rivals == 1
        )
        if quantity is not None:
            free.remove(quantity)
            yield _differs(project, cell, value, unit, quantity)
        elif not any(same_kind(q.unit, unit) for q in project.quantities):
            yield _only_in_table(project, cell)


def _is_same(quantity: Quantity, value: Decimal, unit: str) -> bool:
    return same_kind(quantity.unit, unit) and value in (quantity.value, quantity.value_hi)


def _counterpart(
    project: Project, cell: Cell, fitting: Sequence[Quantity], *, alone: bool
) -> Quantity | None:
    """The list's number for a cell: by its subject, else the only one left over on both sides."""
    for quantity in fitting:
        if quantity.subject and (quantity.subject in cell.indicator or cell.indicator in quantity.subject):
            return quantity
    words = set(cell.indicator)
    alike = len(words & set(project.statement)) >= len(words) * _ALIKE
    return fitting[0] if len(fitting) == 1 and alone and alike else None


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
