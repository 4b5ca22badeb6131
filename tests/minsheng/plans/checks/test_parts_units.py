"""Whole and parts in different units of one kind."""

import pytest

from marked_plan import plan_of
from minsheng.plans.checks.parts_units import check

SILENT = {
    "one unit": "#1\n培训{100名}(其中：涡阳县{60名@涡阳县}，蒙城县{40名@蒙城县})。",
    "another kind is no part": "#1\n改造{100户}(其中：涡阳县{30公里@涡阳县}，蒙城县{10公里@蒙城县})。",
    "parts in two units": "#1\n培训{100人}(其中：涡阳县{60名@涡阳县}，蒙城县{40人@蒙城县})。",
    "no parts": "#1\n培训{100名}残疾人，建成{3个}中心。",
    "kinds, not regions": "#1\n培训{100名}，其中青年{60人}、老人{40人}。",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert check(*plan_of(text)) == ()


@pytest.mark.parametrize(
    ("text", "whole", "part"),
    [
        ("#1\n培训{100人次}(其中：涡阳县{60人@涡阳县}，蒙城县{40人@蒙城县})。", "人次", "人"),
        ("#1\n新建{10所}(其中：涡阳县{6个@涡阳县}，蒙城县{4个@蒙城县})。", "所", "个"),
    ],
)
def test_firing(text: str, whole: str, part: str) -> None:
    (problem,) = check(*plan_of(text))
    assert (problem.code, problem.severity, problem.expected, problem.found) == (
        "parts_unit_differs",
        "notice",
        whole,
        part,
    )


def test_a_project_is_told_once() -> None:
    part = "培训{100人次}(其中：涡阳县{60人@涡阳县}，蒙城县{40人@蒙城县})。"
    assert len(check(*plan_of(f"#1\n{part}\n{part}"))) == 1
