"""Products written out in the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marked_plan import plan_of
from minsheng.plans.checks.products import check

SILENT = [
    "#22\n按照{160元!standard}({40元/颗牙!standard}*{4颗牙!standard})的标准补助。",
    "#22\n{40元/颗牙!standard}×{4颗牙!standard}＝{160元!standard}。",
    "#22\n{160元!standard}={40元/颗牙!standard}x{4颗牙!standard}。",
    "#22\n按{40元/颗牙!standard}*{4颗牙!standard}补助。",
    "#22\n共{100元!standard}，另按{40元/颗牙!standard}*{4颗牙!standard}补助。",
    "#22\n按{160元!standard}({40元/颗牙!standard}、{5颗牙!standard})补助。",
]


@pytest.mark.parametrize("text", SILENT)
def test_silent(text: str) -> None:
    assert check(*plan_of(text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "#22\n按照{170元!standard}({40元/颗牙!standard}*{4颗牙!standard})的标准补助。",
        "#22\n{40元/颗牙!standard}×{4颗牙!standard}＝{170元!standard}。",
        "#22\n{170元!standard}＝{40元/颗牙!standard}*{4颗牙!standard}。",
    ],
)
def test_firing(text: str) -> None:
    (problem,) = check(*plan_of(text))
    assert (problem.code, problem.severity, problem.expected, problem.found) == (
        "product_differs",
        "error",
        "160",
        "170",
    )
    assert (
        problem.message == "第1行：“40元/颗牙”乘“4颗牙”为160，文中写“170元”（170）。请核对单价、数量与结果。"
    )


@given(st.integers(1, 9999), st.integers(1, 999), st.integers(0, 50))
def test_only_a_wrong_product_is_found(price: int, count: int, error: int) -> None:
    plan, lines = plan_of(f"#1\n{{{price * count + error}元}}({{{price}元/件}}*{{{count}件}})。")
    assert len(check(plan, lines)) == (error != 0)
