"""The values of a plan: immutable, addressed, and of closed sets."""

from dataclasses import FrozenInstanceError
from decimal import Decimal

import pytest

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.plans.model import COMPARATORS, ROLES, STATUSES, Project, Quantity


def test_the_closed_sets_are_those_of_the_contract() -> None:
    assert STATUSES == ("assigned", "upper_level", "no_task", "pending", "local")
    assert COMPARATORS == ("eq", "ge", "gt", "le", "lt", "about")
    assert ROLES == (
        "target", "standard", "share", "budget", "frequency", "deadline", "criterion", "baseline", "fact",
    )  # fmt: skip


def test_anchors() -> None:
    assert Quantity(Source(12, 3, 8), "3.3万人", Decimal(33000), "人", ordinal=2).anchor == "q:12:3:8:2"
    assert Project(38, None, Source(4), "甲", "甲").anchor == "p:38"


def test_values_cannot_be_changed_in_place() -> None:
    quantity = Quantity(Source(1), "5个", Decimal(5), "个")
    with pytest.raises(FrozenInstanceError):
        quantity.value = Decimal(6)  # type: ignore[misc]


def test_a_problem_must_name_a_source() -> None:
    with pytest.raises(ValueError, match="names no source"):
        Problem("sum", "error", "不符", ())


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        (Source(1, 0, 5), Source(1, 4, 9), True),
        (Source(1, 4, 9), Source(1, 0, 5), True),
        (Source(1, 0, 9), Source(1, 3, 4), True),
        (Source(1, 0, 5), Source(1, 5, 9), False),
        (Source(1, 0, 5), Source(2, 0, 5), False),
        (Source(1, 0, 0), Source(1, 0, 5), False),
    ],
)
def test_sources_overlap_where_they_share_a_character(one: Source, other: Source, overlap: bool) -> None:
    assert one.overlaps(other) is overlap
    assert other.overlaps(one) is overlap
