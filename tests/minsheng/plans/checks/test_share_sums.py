"""Shares of a cost: silent where they are whole, vague, or of two splits; else told."""

import pytest

from marked_plan import plan_of
from minsheng.plans.checks.share_sums import check

SILENT = {
    "whole": "#1\n所需资金中央财政承担{50%!share}、省级{30%!share}、市级{20%!share}。",
    "one share": "#1\n所需资金由省级承担{60%!share}。",
    "the rest is somebody's": "#1\n所需资金省级承担{50%!share}、市级{30%!share}，其余由县级承担。",
    "what is missing is somebody's": "#1\n省级承担{50%!share}、市级{20%!share}，不足部分由县区解决。",
    "two kinds of cases, each its own split": "#1\n甲类由省级承担{80%!share}，乙类由省级承担{60%!share}。",
    "two sentences": "#1\n甲类由省级承担{80%!share}。乙类由市级承担{60%!share}。",
    "ratios are no rates": "#1\n省市按{7:3!share}比例分担，县区按{1:1!share}比例配套。",
    "at most": "#1\n省级承担{不超过50%!share}，市级承担{不超过30%!share}。",
    "no payer is named": "#1\n前期拨付{50%!share}，验收后拨付{30%!share}。",
    "rates are no shares": "#1\n覆盖率达到{50%}，市级完好率达到{30%}。",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert check(*plan_of(text)) == ()


FIRING = {
    "more than the whole": (
        "#1\n所需资金中央承担{50%!share}、省级{40%!share}、市级{20%!share}。",
        "error",
        "110%",
    ),
    "less than the whole": ("#1\n所需资金省级承担{50%!share}、市级承担{30%!share}。", "warning", "80%"),
    "payers after the numbers": (
        "#1\n补助资金{60%!share}由省级承担，{50%!share}由县区承担。",
        "error",
        "110%",
    ),
}


@pytest.mark.parametrize(("text", "severity", "found"), FIRING.values(), ids=FIRING.keys())
def test_firing(text: str, severity: str, found: str) -> None:
    (problem,) = check(*plan_of(text))
    assert (problem.code, problem.severity, problem.expected, problem.found) == (
        "share_sum_differs",
        severity,
        "100%",
        found,
    )


def test_the_message_shows_the_sum() -> None:
    (problem,) = check(*plan_of(FIRING["more than the whole"][0]))
    assert problem.message == (
        "第1行：分担比例合计不是100%，中央50%＋省级40%＋市级20%＝110%，多10个百分点。请核对各方比例，或写明其余由谁承担。"
    )
