"""Whose task a project is, in the list and in the annex."""

from dataclasses import replace

import pytest

from marked_plan import plan_of
from minsheng.plans.checks.status_against_annex import check
from minsheng.plans.model import Plan


def two_places(status: str, annex: str) -> tuple[Plan, tuple[str, ...]]:
    """A project in a list, another one, and the first again in an annex."""
    plan, lines = plan_of(f"#1 {status}\n改善环境。\n#2\n其他事项。\n附件\n{annex}")
    one, two = plan.projects
    one = replace(one, lines=(1, *range(4, len(lines) + 1)))
    return replace(plan, projects=(one, replace(two, lines=(2,)))), lines


@pytest.mark.parametrize(
    ("status", "annex"),
    [
        ("assigned", "改善环境。（牵头单位：市城管局）"),
        ("assigned", "改善环境。"),
        ("upper_level", "改善环境。（属市级任务）"),
        ("upper_level", "改善环境。"),
        ("no_task", "改善环境。(某区无任务)"),
        ("local", "改善环境。（牵头单位：市城管局）"),
        ("assigned", "改善环境，无任务的单位也要参加。"),
        ("assigned", "改善环境（新建公园8个）。（牵头单位：市城管局）"),
    ],
)
def test_silent(status: str, annex: str) -> None:
    assert check(*two_places(status, annex)) == ()


def test_a_project_with_one_place_is_silent() -> None:
    assert check(*plan_of("#1\n改善环境。（属市级任务）\n#2\n其他事项。")) == ()


@pytest.mark.parametrize(
    ("status", "annex", "expected", "found"),
    [
        ("assigned", "改善环境。（属市级任务）", "由本地承担", "属上级任务"),
        ("assigned", "改善环境。(属省级任务)", "由本地承担", "属上级任务"),
        ("upper_level", "改善环境。（某区无任务）", "属上级任务", "本地无任务"),
        ("upper_level", "改善环境。\n（某区无任务）", "属上级任务", "本地无任务"),
        ("assigned", "改善环境。（待认定）", "由本地承担", "待认定"),
        ("no_task", "改善环境。（牵头单位：市城管局）", "本地无任务", "由本地承担"),
    ],
)
def test_firing(status: str, annex: str, expected: str, found: str) -> None:
    (problem,) = check(*two_places(status, annex))
    assert (problem.code, problem.severity, problem.project) == ("annex_status_differs", "notice", 1)
    assert (problem.expected, problem.found) == (expected, found)


def test_both_places_are_named() -> None:
    (problem,) = check(*two_places("assigned", "改善环境。（属市级任务）"))
    assert problem.message == (
        "第1项：清单第1行为由本地承担，附件第4行为属上级任务。请确认本地是否承担该任务，并统一两处写法。"
    )
    assert [(source.line, source.start, source.end) for source in problem.sources] == [(1, 0, 5), (4, 5, 12)]
