"""Frozen lines: every field is in the digits, and two snapshots are told apart line by line."""

from dataclasses import fields, replace
from decimal import Decimal

import pytest

from minsheng.progress.freeze import digest
from minsheng.progress.frozen import Difference, FrozenLine, differences

LINE = FrozenLine(
    allocation=4, region_name="河东县", unit_name="河东县人社局", indicator_name="城镇新增就业", owed=Decimal(18000),
    state="accepted", amount=Decimal(500), cumulative=Decimal(1700), done=None,
    stages={"started": "2026-03-02"}, money={"spent": 100}, difficulty="",
)  # fmt: skip
OTHER = {
    "allocation": 5, "region_name": "河西县", "unit_name": "某局", "indicator_name": "别的", "owed": None,
    "state": "draft", "amount": Decimal(0), "cumulative": None, "done": False,
    "stages": {}, "money": {"spent": 101}, "difficulty": "缺人",
}  # fmt: skip


@pytest.mark.parametrize("name", [field.name for field in fields(FrozenLine)])
def test_every_field_is_in_the_digits(name):
    assert digest([replace(LINE, **{name: OTHER[name]}).row()]) != digest([LINE.row()])


def test_the_digits_of_one_line_are_these_for_ever():
    assert digest([LINE.row()]) == "4d53ed2628fc656ffc677e0a37b9823feacadfd4264c1cebc7a0f2eecac22d9f"


def test_alike_is_no_difference_in_any_order():
    west = replace(LINE, allocation=5)
    assert list(differences([LINE, west], [west, LINE])) == []


def test_what_differs_is_named():
    after = replace(LINE, cumulative=Decimal(1650), state="returned")
    assert list(differences([LINE], [after])) == [Difference(LINE, after, ("state", "cumulative"))]


def test_a_new_name_alone_is_no_difference():
    assert list(differences([LINE], [replace(LINE, unit_name="新名")])) == []


def test_lines_that_came_and_went():
    west = replace(LINE, allocation=5)
    came, went = differences([LINE], [west])
    assert (came.before, came.after, went.before, went.after) == (None, west, LINE, None)
