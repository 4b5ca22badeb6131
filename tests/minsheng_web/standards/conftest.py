"""The office of 亳州 beside the house of every test: standards are those of real cities."""

import pytest
from django.test import Client

from minsheng_web.records.actions.people import add_region, add_user, give_post
from minsheng_web.records.models import User


@pytest.fixture
def bozhou(house) -> dict[str, User]:
    """first and second of the city's office, above of the province's, county of a county's, finance of the city's."""
    province = add_region(actor=None, name="安徽省")
    city = add_region(actor=None, name="亳州市", parent=province)
    county = add_region(actor=None, name="涡阳县", parent=city)
    people = dict(house.people)
    for who, name, role, region in (
        ("first", "何一", "office", city),
        ("second", "吕二", "office", city),
        ("above", "施上", "office", province),
        ("in_county", "张县", "office", county),
        ("money", "孔财", "finance", city),
    ):
        people[who] = add_user(actor=None, username=who, display_name=name, password="kite-lantern-88")
        give_post(actor=None, user=people[who], role=role, region=region)
    return people


@pytest.fixture
def browse(bozhou):
    """A browser signed in as one of them."""

    def act(who: str) -> Client:
        client = Client()
        client.force_login(bozhou[who])
        return client

    return act
