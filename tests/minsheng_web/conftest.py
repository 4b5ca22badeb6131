"""One house for every test of pages and rows: an office, its county, a sister office, and people of every kind."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.test import Client

from minsheng_web.records.actions.documents import upload_document
from minsheng_web.records.actions.people import add_region, add_user, give_post
from minsheng_web.records.actions.publish_document import publish_document
from minsheng_web.records.models import Document, PlanVersion, Region, User

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PASSWORD = "kite-lantern-88"
TEXT = """云岭市2023年3项民生实事实施方案

一、就业（2项）
（一）帮扶就业，城镇新增就业3.3万人以上（其中：河东县1.8万人，河西县1.5万人）。（牵头单位：市人力资源社会保障局，配合单位：市财政局）
推进措施：
1.举办招聘会120场，每月调度一次。
2.对登记失业人员按1500元/人标准发放补贴。
（二）建设零工市场6个。（牵头单位：市人力资源社会保障局）
二、养老（1项）
（三）新建老年食堂45个，年底前全部开放。（牵头单位：市民政局）
"""


@dataclass(frozen=True)
class House:
    """People: own (office of the city), county, sister, outsider (no post), reader, administrator."""

    city: Region
    county: Region
    sister_city: Region
    people: dict[str, User]

    def client(self, who: str) -> Client:
        """A browser signed in as that person; ``visitor`` is nobody."""
        client = Client()
        if who != "visitor":
            client.force_login(self.people[who], backend="django.contrib.auth.backends.ModelBackend")
        return client


def person(username: str, name: str) -> User:
    return add_user(actor=None, username=username, display_name=name, password=PASSWORD)


@pytest.fixture
def house(db) -> House:
    city = add_region(actor=None, name="云岭市")
    county = add_region(actor=None, name="河东县", parent=city)
    add_region(actor=None, name="河西县", parent=city)
    sister_city = add_region(actor=None, name="青川市")
    people = {
        "own": person("own", "王秀英"),
        "colleague": person("colleague", "李建国"),
        "county": person("county", "赵县"),
        "sister": person("sister", "钱青"),
        "outsider": person("outsider", "孙外"),
        "reader": person("reader", "周阅"),
        "administrator": person("administrator", "吴管"),
    }
    give_post(actor=None, user=people["own"], role="office", region=city)
    give_post(actor=None, user=people["colleague"], role="office", region=city)
    give_post(actor=None, user=people["county"], role="office", region=county)
    give_post(actor=None, user=people["sister"], role="office", region=sister_city)
    give_post(actor=None, user=people["reader"], role="reader", region=city)
    give_post(actor=None, user=people["administrator"], role="administrator", region=None)
    return House(city, county, sister_city, people)


@pytest.fixture
def document(house: House) -> Document:
    """A notice of the city, read."""
    uploaded = upload_document(
        actor=house.people["own"], office=house.city, name="方案.txt", data=TEXT.encode(), at=NOW
    )
    assert uploaded.document.state == "read", uploaded.document.refusal_message
    return uploaded.document


@pytest.fixture
def version(house: House, document: Document) -> PlanVersion:
    """Version 1 of the city's programme, made from the document."""
    published = publish_document(actor=house.people["own"], document=document, at=NOW, expected_number=1)
    assert isinstance(published, PlanVersion)
    return published
