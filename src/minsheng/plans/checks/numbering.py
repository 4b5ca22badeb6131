"""The printed numbers of projects and of their measures: none missing, none twice, in order.

Contract: ``number`` is the number the document gives. Plans that count anew in every category are fine.
"""

from collections.abc import Iterator, Sequence

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.plans.model import Plan, Project

CODES = (
    "project_number_missing",
    "project_number_repeated",
    "project_number_disordered",
    "measure_number_broken",
)

Numbered = tuple[int, Source]


def check(plan: Plan, _lines: tuple[str, ...]) -> tuple[Problem, ...]:
    """A problem for each break in a row of numbers."""
    problems: list[Problem] = []
    for row in _rows(plan):
        problems += _project_row(row)
    for project in plan.projects:
        problems += _measure_row(project)
    return tuple(problems)


def _rows(plan: Plan) -> list[list[Numbered]]:
    """All projects as one row, or one row a category where every category counts from 1."""
    by_category: dict[int | None, list[Numbered]] = {}
    for project in plan.projects:
        by_category.setdefault(project.category, []).append((project.number, project.source))
    rows = list(by_category.values())
    if len(rows) > 1 and all(row[0][0] == 1 for row in rows):
        return rows
    return [[(project.number, project.source) for project in plan.projects]]


def _project_row(row: Sequence[Numbered]) -> Iterator[Problem]:
    seen: dict[int, Source] = {}
    expected = 1
    for number, source in row:
        if number in seen:
            yield _repeated(number, seen[number], source)
            continue
        seen[number] = source
        if number < expected:
            yield _disordered(number, expected, source)
            continue
        if number > expected:
            missing = [n for n in range(expected, number) if n not in {other for other, _ in row}]
            if missing:
                yield _missing(missing, number, source)
        expected = number + 1


def _missing(numbers: Sequence[int], after: int, source: Source) -> Problem:
    said = "、".join(str(number) for number in numbers)
    return Problem(
        code="project_number_missing",
        severity="warning",
        message=f"第{source.line}行：序号直接到{after}，缺{said}。请查看是否漏项，或标题未能识别。",
        sources=(source,),
        project=after,
        expected=str(numbers[0]),
        found=str(after),
    )


def _repeated(number: int, first: Source, again: Source) -> Problem:
    return Problem(
        code="project_number_repeated",
        severity="error",
        message=f"第{again.line}行：序号{number}与第{first.line}行重复。请改正其中一处的序号。",
        sources=(again, first),
        project=number,
        expected="不重复",
        found=str(number),
    )


def _disordered(number: int, expected: int, source: Source) -> Problem:
    return Problem(
        code="project_number_disordered",
        severity="warning",
        message=f"第{source.line}行：序号{number}排在{expected - 1}之后。请核对项目的次序。",
        sources=(source,),
        project=number,
        expected=str(expected),
        found=str(number),
    )


def _measure_row(project: Project) -> Iterator[Problem]:
    said = "、".join(str(measure.number) for measure in project.measures)
    for expected, measure in enumerate(project.measures, start=1):
        if measure.number != expected:
            yield Problem(
                code="measure_number_broken",
                severity="notice",
                message=(
                    f"第{measure.source.line}行：第{project.number}项的措施序号为{said}，"
                    f"此处应为{expected}。请查看是否漏写一条措施。"
                ),
                sources=(measure.source,),
                project=project.number,
                expected=str(expected),
                found=str(measure.number),
            )
            return
