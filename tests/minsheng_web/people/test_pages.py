"""Lists of people and units: what is shown to whom, filters, and the same queries for one row and for 300."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minsheng_web.records.actions.people import give_post
from minsheng_web.records.models import Holding, Post, Unit, User


def fill(house, count, first=0):
    """Units of the county, each with a post and somebody who holds it."""
    units = Unit.objects.bulk_create(
        Unit(region=house.county, name=f"河东县第{n}局") for n in range(first, first + count)
    )
    posts = Post.objects.bulk_create(
        Post(role="local", region=house.county, unit=unit, key=f"local:x:{unit.pk}") for unit in units
    )
    users = User.objects.bulk_create(
        User(username=f"u{n}", display_name=f"职员{n}", password="!") for n in range(first, first + count)
    )
    since = house.people["own"].date_joined
    Holding.objects.bulk_create(
        Holding(post=post, user=user, since=since) for post, user in zip(posts, users, strict=True)
    )


def queries(client, address) -> int:
    """How many a page takes, the second time it is opened."""
    client.get(address)
    with CaptureQueriesContext(connection) as held:
        assert client.get(address).status_code == 200
    return len(held)


@pytest.mark.parametrize("address", ["/people/", "/units/", "/people/invite/"])
def test_lists_take_the_same_queries_for_one_row_and_for_300(house, address):
    fill(house, 1)
    client = house.client("own")
    few = queries(client, address)
    fill(house, 299, first=1)
    assert queries(client, address) == few


def test_counterparts_take_the_same_queries_for_one_unit_and_for_60(house):
    address = f"/units/counterparts/{house.city.pk}/"
    client = house.client("own")
    Unit.objects.create(region=house.city, name="市第0局")
    few = queries(client, address)
    Unit.objects.bulk_create(Unit(region=house.city, name=f"市第{n}局") for n in range(1, 60))
    assert queries(client, address) == few
    assert client.get(address).content.decode().count('name="take"') == 120


def test_people_are_found_by_name_unit_role_and_state(delivery):
    client = delivery.house.client("own")

    def names(query):
        page = client.get(f"/people/?{query}").content.decode()
        return [name for name in ("冯东", "郑牵", "陈西", "卫审", "钱青") if f">{name}</a>" in page]

    assert names("") == ["冯东", "郑牵", "陈西", "卫审"]
    assert names("q=河东县人力") == ["冯东"]
    assert names("q=市人事局") == ["郑牵"]
    assert names("role=auditor") == ["卫审"]
    assert names("q=冯东+河西县") == []
    assert names("state=stopped") == []


def test_a_county_sees_only_its_own(delivery):
    page = delivery.house.client("county").get("/people/").content.decode()
    assert "冯东" in page
    assert not any(name in page for name in ("郑牵", "陈西", "卫审", "钱青", "王秀英"))
    units = delivery.house.client("county").get("/units/").content.decode()
    assert ">河东县人力资源社会保障局</a>" in units
    assert "河西县人力资源社会保障局" not in units


def test_a_post_of_elsewhere_is_not_shown_on_a_persons_page(delivery):
    local = delivery.house.people["local"]
    give_post(actor=None, user=local, role="reader", region=delivery.house.sister_city)
    page = delivery.house.client("own").get(f"/people/{local.pk}/").content.decode()
    assert "青川市" not in page
    assert "此账号由上级民生办或系统管理员管理" in page


def test_the_way_there_is_shown_to_those_it_is_open_to(delivery):
    for who in ("own", "county", "administrator", "reader", "lead", "outsider"):
        shown = 'href="/people/"' in delivery.house.client(who).get("/search/").content.decode()
        assert shown is (who in ("own", "county", "administrator")), who


def test_one_sees_ones_own_posts(delivery):
    page = delivery.house.client("local").get("/account/").content.decode()
    assert "县区和乡镇单位　河东县人力资源社会保障局" in page
