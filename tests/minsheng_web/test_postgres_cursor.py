"""Texts with numbered places, as PostgreSQL's own cursor takes them."""

import pytest
from django.db import connection

from minsheng_web.records.models import Unit
from minsheng_web.records.postgres_cursor import numbered
from minsheng_web.records.prepared import Prepared


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("SELECT 1", "SELECT 1"),
        ("a = %s AND b IN (%s, %s)", "a = $1 AND b IN ($2, $3)"),
        ("a LIKE '%%x' AND b = %s", "a LIKE '%x' AND b = $1"),
        ("a %% %s = %s", "a % $1 = $2"),
        ("%%s %s", "%s $1"),
    ],
)
def test_places_get_numbers(given, made):
    assert numbered(given) == made


def test_a_log_of_queries_holds_their_values(house, django_assert_num_queries):
    rows = Prepared(lambda name: Unit.objects.filter(name=name))
    for _ in range(4):
        rows("市民政局")
    with django_assert_num_queries(1) as asked:
        rows("市民政局")
    assert "市民政局" in asked.captured_queries[0]["sql"]
    assert connection.queries_logged is False
