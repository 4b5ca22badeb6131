"""The digest of a snapshot: the same rows give the same digits for ever."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.progress.freeze import digest

ROWS = [
    {"key": "a-1", "region": "涡阳县", "cumulative": Decimal("45.50"), "money": {"spent": 100}, "done": None},
    {
        "key": "a-2",
        "region": "蒙城县",
        "cumulative": None,
        "stages": {"started": date(2026, 3, 5)},
        "done": True,
    },
]
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.decimals(-(10**9), 10**9, places=4),
    st.text(max_size=8),
    st.dates(),
)
ROW = st.dictionaries(st.text(max_size=5), st.one_of(VALUES, st.dictionaries(st.text(max_size=3), VALUES)))


def test_the_digits_are_these_for_ever():
    assert digest(ROWS) == "7ff20adb019a0d7784f1a6ba5a1172efdd4da35acfcd9c29b31f8c1cbcc76ffb"
    assert digest([]) == "3fb0952bdfa4a0538cb41959ef8a230be0d4615b1f2eb7d7da35e099838d1d3e"


@given(st.lists(ROW, max_size=5), st.randoms(use_true_random=False))
def test_order_does_not_count(rows, random):
    mixed = [dict(sorted(row.items(), key=lambda _: random.random())) for row in rows]
    random.shuffle(mixed)
    assert digest(mixed) == digest(rows)


@given(st.lists(ROW, min_size=1, max_size=5))
def test_a_row_less_or_twice_counts(rows):
    assert digest(rows[1:]) != digest(rows)
    assert digest([rows[0], *rows]) != digest(rows)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Decimal("45.5"), Decimal("45.500")),
        (Decimal(100), Decimal("1E+2")),
        (5, Decimal("5.0")),
        (Decimal("-0.00"), 0),
    ],
)
def test_one_number_has_one_spelling(one, other):
    assert digest([{"a": one}]) == digest([{"a": other}])


@pytest.mark.parametrize(
    ("one", "other"), [(None, 0), (None, ""), (5, "5"), (True, 1), (Decimal("0.1"), Decimal("0.10001"))]
)
def test_different_values_differ(one, other):
    assert digest([{"a": one}]) != digest([{"a": other}])


@pytest.mark.parametrize("value", [0.1, Decimal("NaN"), object(), {1, 2}])
def test_what_is_not_exact_is_refused(value):
    with pytest.raises(TypeError):
        digest([{"a": value}])
