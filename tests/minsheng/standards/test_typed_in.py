"""Values as officials type them."""

import pytest

from minsheng.standards.typed_in import Unread, shown_figure, typed_column, typed_figure
from minsheng.standards.vocabulary import Column

KINDS = {
    kind: Column("x", kind, "某列", {"urban": "城镇"} if kind == "word" else {})
    for kind in ("fen", "int", "bool", "date", "month", "word", "text")
}


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("fen", "1100", 110000),
        ("fen", " 1,100.5 ", 110050),
        ("fen", "0.01", 1),
        ("fen", "１００", 10000),
        ("fen", "", None),
        ("int", "12", 12),
        ("bool", "true", True),
        ("bool", "false", False),
        ("date", "2023-07-01", "2023-07-01"),
        ("month", "2023-07", "2023-07-01"),
        ("word", "urban", "urban"),
    ],
)
def test_read(kind, typed, value):
    assert typed_column(typed, KINDS[kind]) == value


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("fen", "0.001"),
        ("fen", "-1"),
        ("fen", "1e3"),
        ("fen", "9" * 16),
        ("int", "1.5"),
        ("int", "²"),
        ("bool", "也许"),
        ("date", "2023-02-30"),
        ("month", "2023-13"),
    ],
)
def test_not_read(kind, typed):
    assert isinstance(typed_column(typed, KINDS[kind]), Unread)


@pytest.mark.parametrize(("typed", "value"), [("80", 8000), ("80.5%", 8050), ("100", 10000)])
def test_percent(typed, value):
    assert typed_figure(typed, "basis_points") == value


def test_shown_as_it_would_be_typed():
    assert [shown_figure(value, "fen") for value in (110000, 110050, 1)] == ["1100", "1100.5", "0.01"]
