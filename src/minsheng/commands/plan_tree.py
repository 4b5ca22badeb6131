"""A plan as a tree for the eye: category, project, units, quantities with their lines, problems."""

from collections.abc import Iterator
from decimal import Decimal

from minsheng.commands.problem_lines import problem_lines
from minsheng.notices.document import Document
from minsheng.plans.model import EACH, Category, Plan, Project, Quantity, Table

_COMPARATORS = {"eq": "", "ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< ", "about": "约 "}
_ROLES = {
    "target": "目标",
    "standard": "标准",
    "share": "分担",
    "budget": "资金",
    "frequency": "频次",
    "deadline": "期限",
    "criterion": "条件",
    "baseline": "原值",
    "fact": "现状",
}
_STATUSES = {
    "assigned": "",
    "upper_level": "（属上级任务）",
    "no_task": "（无任务）",
    "pending": "（待认定）",
    "local": "（自定）",
}


def plan_tree(plan: Plan, document: Document) -> list[str]:
    """The lines of the tree, from the title to the problems."""
    return [
        *_head(plan, document),
        *(line for category, projects in _by_category(plan) for line in _branch(category, projects)),
        *(line for table in plan.tables for line in _table(table)),
        *_problems(plan),
    ]


def _head(plan: Plan, document: Document) -> Iterator[str]:
    head = plan.head
    yield head.title or f"{document.name}（没有读出标题）"
    facts = (
        ("地区", head.region),
        ("年份", head.year),
        ("发文单位", head.issuer),
        ("文号", head.doc_number),
        ("日期", head.issued_on),
        ("题中项目数", head.declared_total),
    )
    yield "  " + "；".join(f"{name}：{value}" for name, value in facts if value is not None)
    form = "，".join(filter(None, (document.format, document.encoding)))
    numbers = sum(len(project.quantities) for project in plan.projects)
    yield (
        f"  读出 {len(plan.categories)} 类、{len(plan.projects)} 个项目、{numbers} 个数、"
        f"{len(plan.tables)} 张表；原文 {len(document.lines)} 行（{form}）"
    )


def _by_category(plan: Plan) -> Iterator[tuple[Category | None, list[Project]]]:
    """Projects under their categories; those of no known category come last."""
    known = {category.number for category in plan.categories}
    for category in plan.categories:
        yield category, [project for project in plan.projects if project.category == category.number]
    others = [project for project in plan.projects if project.category not in known]
    if others:
        yield None, others


def _branch(category: Category | None, projects: list[Project]) -> Iterator[str]:
    yield ""
    if category is None:
        yield f"未分类（{len(projects)} 项）"
    else:
        declared = "" if category.declared_count is None else f"，标明 {category.declared_count} 项"
        line = category.source.line
        yield f"{category.number}. {category.name}（读出 {len(projects)} 项{declared}） 第 {line} 行"
    for project in projects:
        yield from _project(project)


def _project(project: Project) -> Iterator[str]:
    status = _STATUSES[project.status]
    yield f"├─ [{project.number}] {project.headline}{status} 第 {project.source.line} 行"
    if project.lead_units:
        yield f"│    牵头：{'、'.join(project.lead_units)}"
    if project.cooperating_units:
        yield f"│    配合：{'、'.join(project.cooperating_units)}"
    for quantity in project.quantities:
        yield f"│    {_quantity(quantity)}"
    if project.measures:
        first, last = project.measures[0].source.line, project.measures[-1].source.line
        yield f"│    措施 {len(project.measures)} 条，第 {first} 行起至第 {last} 行"


def _quantity(quantity: Quantity) -> str:
    region = {None: "", EACH: "每个地区 "}.get(quantity.region, f"{quantity.region} ")
    value = number(quantity.value)
    if quantity.value_hi is not None:
        value = f"{value}–{number(quantity.value_hi)}"
    hoped = "，力争" if quantity.aspiration else ""
    return (
        f"{_ROLES[quantity.role]} {region}{quantity.subject or '（未知指标）'} "
        f"{_COMPARATORS[quantity.comparator]}{value} {quantity.unit}{hoped}"
        f"   “{quantity.text}” 第 {quantity.source.line} 行"
    )


def number(value: Decimal) -> str:
    """Digits without an exponent and without idle zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _table(table: Table) -> Iterator[str]:
    yield ""
    indicators = len(dict.fromkeys((cell.project, cell.indicator) for cell in table.cells))
    regions = "、".join(dict.fromkeys(cell.region for cell in table.cells))
    line = table.source.line
    yield f"表：{table.name} 第 {line} 行，{indicators} 个指标，{len(table.cells)} 格（{regions}）"


def _problems(plan: Plan) -> Iterator[str]:
    yield ""
    if not plan.problems:
        yield "阅读中没有遇到问题。"
        return
    yield f"阅读中遇到 {len(plan.problems)} 个问题："
    for problem in plan.problems:
        yield from problem_lines(problem)
