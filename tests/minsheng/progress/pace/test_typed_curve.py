"""Shares as they are typed: read exactly, or told which period is to be mended."""

from decimal import Decimal

import pytest

from minsheng.progress.pace.typed_curve import read_shares

QUARTERS = ["第1季度", "第2季度", "第3季度", "第4季度"]


def test_shares_are_read_as_they_are_typed_or_pasted():
    read = read_shares(["8.33", "２５％", " 75% ", "100"], QUARTERS)
    assert read.shares == (Decimal("8.33"), Decimal(25), Decimal(75), Decimal(100))
    assert (read.problems, read.wrong) == ((), frozenset())


def test_after_a_hundred_nothing_need_be_typed():
    assert read_shares(["50", "100", "", "—"], QUARTERS).shares == (50, 100, 100, 100)


@pytest.mark.parametrize(
    ("texts", "wrong", "message"),
    [
        (["", "20", "30", "100"], {0}, "第1季度没有填写，请填累计应完成的百分数。"),
        (["20", "一半", "30", "100"], {1}, "第2季度：“一半”"),
        (["20", "10", "30", "100"], {1}, "第2季度填的是10%，比前面的20%小；这里填的是累计比例，只增不减。"),
        (["-1", "10", "30", "100"], {0}, "第1季度填的是-1%，累计比例应在0%至100%之间。"),
        (["20", "30", "120", "100"], {2}, "第3季度填的是120%，累计比例应在0%至100%之间。"),
        (["20", "30", "40", "90"], {3}, "第4季度是最后一期，应为100%，现在是90%。"),
    ],
)
def test_what_is_wrong_is_told_once_with_its_period(texts, wrong, message):
    read = read_shares(texts, QUARTERS)
    assert read.shares == ()
    assert read.wrong == wrong
    assert len(read.problems) == 1
    assert read.problems[0].startswith(message)


def test_every_field_that_is_wrong_is_told():
    assert read_shares(["x", "", "30", "99"], QUARTERS).wrong == {0, 1, 3}
