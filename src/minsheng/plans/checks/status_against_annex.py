"""Whose task a project is in the list (属市级任务, 无任务 …) against what its annex says.

Contract: ``status`` is that of the list. The annex is only heard where it says in brackets whose task it is.
"""

import re

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.plans.checks.occurrences import Occurrence, occurrences
from minsheng.plans.model import Plan, Project, Status

CODES = ("annex_status_differs",)

_SAID = re.compile(
    r"[（(][^（）()]*(?:(?P<upper_level>属于?[国省市县区]家?级任务)|(?P<no_task>无任务)|(?P<pending>待认定)"
    r"|(?P<local>自定)|(?P<assigned>(?:牵头|责任)(?:责任)?(?:单位|部门)))[^（）()]*[）)]?"
)
_OWN = ("local", "assigned")
_WORDS: dict[Status, str] = {
    "assigned": "由本地承担",
    "upper_level": "属上级任务",
    "no_task": "本地无任务",
    "pending": "待认定",
    "local": "本地自定",
}


def check(plan: Plan, lines: tuple[str, ...]) -> tuple[Problem, ...]:
    """A notice for each project whose annex gives it to somebody else than the list."""
    found = []
    for project, places in occurrences(plan, lines):
        for place in places[1:]:
            said = _status(place, lines)
            # A self-chosen project has a lead unit like any other.
            if said is not None and said[0] != project.status and (project.status, said[0]) != _OWN:
                found.append(_differs(project, *said))
    return tuple(found)


def _status(place: Occurrence, lines: tuple[str, ...]) -> tuple[Status, Source] | None:
    """What a place says of the task, and where: the first bracket that says it."""
    for number in place.opening:
        if not 1 <= number <= len(lines):
            continue
        for match in _SAID.finditer(lines[number - 1]):
            for status in _WORDS:
                if match[status]:
                    return status, Source(number, *match.span())
    return None


def _differs(project: Project, status: Status, source: Source) -> Problem:
    listed, annexed = _WORDS[project.status], _WORDS[status]
    return Problem(
        code="annex_status_differs",
        severity="notice",
        message=(
            f"第{project.number}项：清单第{project.source.line}行为{listed}，附件第{source.line}行为{annexed}。"
            "请确认本地是否承担该任务，并统一两处写法。"
        ),
        sources=(project.source, source),
        project=project.number,
        expected=listed,
        found=annexed,
    )
