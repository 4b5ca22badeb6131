"""A page asks the database as often for fifty projects as for one, for three programmes as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

PATHS = (
    "/programmes/{}/",
    "/programmes/{}/?words=食堂&status=assigned",
    "/programmes/{}/projects/1/",
    "/programmes/{}/matrix/",
    "/programmes/{}/units/?unit=市民政局",
    "/programmes/{}/text/",
    "/programmes/{}/versions/",
    "/programmes/{}/breakdown.xlsx",
    "/search/?q=食堂",
)


def asked(client, path):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("path", PATHS)
def test_projects_cost_no_queries(client, house, path):
    few = house.publish(house.official, house.yunhe, count=1, year=2024)
    many = house.publish(house.official, house.yunhe, count=50, year=2025)
    client.force_login(house.official)
    client.get("/")
    counts = (asked(client, path.format(few.programme_id)), asked(client, path.format(many.programme_id)))
    assert counts[0] == counts[1]
    assert counts[1] <= 14


@pytest.mark.parametrize("path", ["/", "/programmes/", "/search/?q=食堂"])
def test_programmes_cost_no_queries(client, house, path):
    house.publish(house.official, house.yunhe, year=2023)
    client.force_login(house.official)
    client.get("/")
    one = asked(client, path)
    house.publish(house.official, house.yunhe, year=2024)
    house.publish(house.official, house.yunhe, year=2025)
    # A version never seen before is counted once, all such versions in two questions; then it is known.
    assert asked(client, path) <= one + 2
    assert asked(client, path) == one
