"""Old and new value in the order the verb says."""

import pytest

from marked_plan import plan_of
from minsheng.plans.checks.raised_values import check

SILENT = {
    "raised": "#1\n补助由{每人每年610元!baseline}提高至{640元!standard}。",
    "lowered": "#1\n投诉率由{5%!baseline}降低到{3%}。",
    "adjusted either way": "#1\n收费由{50元!baseline}调整为{40元!standard}。",
    "the same": "#1\n补助由{80元!baseline}提高到{80元!standard}。",
    "another unit": "#1\n床位由{50张!baseline}提高到{3家}。",
    "a range": "#1\n比例由{50%!baseline}提高到{45-60%}。",
    "the next sentence": "#1\n补助为{80元!baseline}。逐步提高到{60元!standard}。",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert check(*plan_of(text)) == ()


@pytest.mark.parametrize(
    ("text", "code", "expected", "found"),
    [
        ("#1\n补助由{640元!baseline}提高至{610元!standard}。", "value_against_verb", "高于640元", "610元"),
        ("#1\n就业率由{95%!baseline}提升到{90%以上}。", "value_against_verb", "高于95%", "90%"),
        ("#1\n投诉率由{3%!baseline}降低到{5%}。", "value_against_verb", "低于3%", "5%"),
    ],
)
def test_firing(text: str, code: str, expected: str, found: str) -> None:
    (problem,) = check(*plan_of(text))
    assert (problem.code, problem.severity, problem.expected, problem.found) == (
        code,
        "error",
        expected,
        found,
    )
