"""Which plan stands above which, and which is the earlier version."""

import pytest

from minsheng.plans.checks.two.relation import ReadPlan, is_above, relations
from minsheng.plans.model import Head, Plan


def plan(region: str | None, year: int | None = 2023, issued_on: str | None = None) -> Plan:
    return Plan(Head(region=region, year=year, issued_on=issued_on))


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("亳州市", "涡阳县"),
        ("安徽省", "亳州市"),
        ("安徽省", "涡阳县"),
        ("淮北市", "烈山区"),
        ("南京市", "鼓楼区"),
        ("福州市", "鼓楼区"),
    ],
)
def test_a_county_lies_in_its_city_and_province(upper: str, lower: str) -> None:
    assert is_above(plan(upper), plan(lower))
    assert not is_above(plan(lower), plan(upper))


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (plan("合肥市"), plan("涡阳县")),
        (plan("亳州市"), plan("亳州市")),
        (plan("亳州市"), plan("合肥市")),
        (plan(None), plan("涡阳县")),
        (plan("亳州市"), plan(None)),
        (plan("亳州市"), plan("某县")),
        (plan("亳州市", 2023), plan("涡阳县", 2024)),
    ],
)
def test_not_above(upper: Plan, lower: Plan) -> None:
    assert not is_above(upper, lower)


def test_a_plan_without_a_year_is_taken_for_the_same() -> None:
    assert is_above(plan("亳州市", None), plan("涡阳县"))


def kinds(*plans: Plan) -> list[tuple[str, str, str]]:
    read = tuple(ReadPlan(str(index), one) for index, one in enumerate(plans))
    return [(r.kind, r.first.file, r.second.file) for r in relations(read)]


def test_the_order_of_the_files_does_not_matter() -> None:
    assert kinds(plan("涡阳县"), plan("亳州市")) == [("above", "1", "0")]
    assert kinds(plan("亳州市"), plan("涡阳县")) == [("above", "0", "1")]


def test_two_counties_of_one_city() -> None:
    assert kinds(plan("涡阳县"), plan("亳州市"), plan("蒙城县")) == [("above", "1", "0"), ("above", "1", "2")]


def test_the_earlier_version_is_the_one_issued_first() -> None:
    assert kinds(plan("亳州市", issued_on="2023-09-14"), plan("亳州市", issued_on="2023-03-01")) == [
        ("earlier", "1", "0")
    ]
    assert kinds(plan("亳州市"), plan("亳州市")) == [("earlier", "0", "1")]


def test_plans_of_two_years_are_no_versions() -> None:
    assert kinds(plan("亳州市", 2022), plan("亳州市", 2023)) == []


def test_plans_without_a_place_have_nothing_to_do_with_each_other() -> None:
    assert kinds(plan(None), plan(None)) == []
