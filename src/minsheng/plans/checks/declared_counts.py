"""The counts a notice declares (50项民生实事, 就业促进（3项）) against the projects it lists.

Contract: ``declared_total`` and ``declared_count``. A title may count projects, projects without the
self-chosen ones (自定), only those assigned here, or categories: any of these makes it true.
"""

from collections.abc import Iterator

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.plans.model import Category, Plan

CODES = ("declared_total_differs", "category_count_differs")


def check(plan: Plan, lines: tuple[str, ...]) -> tuple[Problem, ...]:
    """A problem for each declared count that nothing in the plan bears out."""
    return (*_total(plan, lines), *_categories(plan))


def _total(plan: Plan, lines: tuple[str, ...]) -> Iterator[Problem]:
    declared = plan.head.declared_total
    if declared is None or not plan.projects:
        return
    listed = len(plan.projects)
    local = sum(project.status == "local" for project in plan.projects)
    no_task = sum(project.status == "no_task" for project in plan.projects)
    ways = {listed, listed - local, listed - no_task, listed - local - no_task, len(plan.categories)}
    if declared in ways:
        return
    of_them = f"（其中自定{local}项）" if local else ""
    title = lines[plan.head.title_line - 1] if plan.head.title_line <= len(lines) else ""
    yield Problem(
        code="declared_total_differs",
        severity="error",
        message=(
            f"标题写{declared}项，正文列出{listed}项{of_them}，{'少' if listed < declared else '多'}"
            f"{abs(listed - declared)}项。请核对标题的项数，或补上、合并正文中的项目。"
        ),
        sources=(Source(plan.head.title_line, 0, len(title)), *(p.source for p in plan.projects[-1:])),
        expected=f"{declared}项",
        found=f"{listed}项",
    )


def _categories(plan: Plan) -> Iterator[Problem]:
    for category in plan.categories:
        numbers = [project.number for project in plan.projects if project.category == category.number]
        if category.declared_count is not None and category.declared_count != len(numbers):
            yield _category(plan, category, numbers)


def _category(plan: Plan, category: Category, numbers: list[int]) -> Problem:
    listed = "、".join(str(number) for number in numbers) or "无"
    sources = tuple(p.source for p in plan.projects if p.category == category.number)
    return Problem(
        code="category_count_differs",
        severity="error",
        message=(
            f"第{category.source.line}行：“{category.name}”标明{category.declared_count}项，"
            f"其下列出{len(numbers)}项（序号：{listed}）。请核对标明的项数，或查看项目是否归错类别。"
        ),
        sources=(category.source, *sources),
        expected=f"{category.declared_count}项",
        found=f"{len(numbers)}项",
    )
