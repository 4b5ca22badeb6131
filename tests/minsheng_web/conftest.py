"""One house for every test of pages and rows: an office, its county, a sister office, and people of every kind."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client

from minsheng_web.records.actions.documents import upload_document
from minsheng_web.records.actions.people import add_region, add_user, give_post
from minsheng_web.records.actions.publish_document import publish_document
from minsheng_web.records.models import (
    Allocation,
    DivisionVersion,
    Document,
    Indicator,
    LightRuleSet,
    OwnCurve,
    PaceCell,
    PaceSeal,
    PlanVersion,
    Region,
    ReportLine,
    ReportPeriod,
    Snapshot,
    SnapshotLine,
    StandardEdit,
    StandardVersionRow,
    Standing,
    Unit,
    UnitName,
    User,
)

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
            client.force_login(self.people[who])
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


@dataclass(frozen=True)
class Delivery:
    """The programme under way: one indicator of 33000 人 broken down to two counties, March 2023 open.

    People besides the house's: lead (市人社局), local (河东县人社局), west (河西县人社局), finance, auditor, leader,
    publisher. ``line`` is 河东县's, ``other`` 河西县's; both are drafts without a figure.
    """

    house: House
    version: PlanVersion
    indicator: Indicator
    root: Allocation
    east: Allocation
    west: Allocation
    period: ReportPeriod
    line: ReportLine
    other: ReportLine


@pytest.fixture
def delivery(house: House, version: PlanVersion) -> Delivery:
    """Rows as the actions leave them."""
    own, city, east = house.people["own"], house.city, house.county
    west = Region.objects.get(name="河西县")
    bureau = Unit.objects.create(region=city, name="市人力资源社会保障局")
    east_bureau = Unit.objects.create(region=east, name="河东县人力资源社会保障局", above=bureau)
    west_bureau = Unit.objects.create(region=west, name="河西县人力资源社会保障局", above=bureau)
    UnitName(
        unit=bureau, name="市人事局", until=NOW, reason="机构改革", changed_by=house.people["administrator"]
    ).save()
    for who, name, role, region, unit in (
        ("lead", "郑牵", "lead", city, bureau),
        ("local", "冯东", "local", east, east_bureau),
        ("west", "陈西", "local", west, west_bureau),
        ("finance", "褚财", "finance", city, None),
        ("auditor", "卫审", "auditor", city, None),
        ("leader", "蒋领", "leader", city, None),
        ("publisher", "沈发", "publisher", city, None),
    ):
        house.people[who] = person(who, name)
        give_post(actor=None, user=house.people[who], role=role, region=region, unit=unit)
    target = version.targets.get(text="3.3万人以上")
    indicator = Indicator.objects.create(
        programme=version.programme,
        target=target,
        project_number=1,
        project_headline="帮扶就业",
        category_name="就业",
        name="城镇新增就业",
        unit="人",
        kind="count",
        comparator="ge",
        value=Decimal(33000),
        lead_unit=bureau,
        position=1,
    )
    root = Allocation.objects.create(
        indicator=indicator, region=city, reporting_unit=bureau, share=Decimal(33000), version=1
    )
    parts = [
        Allocation.objects.create(
            indicator=indicator, region=region, above=root, reporting_unit=unit, share=share
        )
        for region, unit, share in ((east, east_bureau, Decimal(18000)), (west, west_bureau, Decimal(15000)))
    ]
    DivisionVersion(
        node=root,
        number=1,
        whole=Decimal(33000),
        parts=[
            {"region": part.region_id, "name": part.region.name, "share": str(part.share)} for part in parts
        ],
        reserve=Decimal(0),
        proposed_by=own,
        issued_at=NOW,
    ).save()
    period = ReportPeriod.objects.create(
        programme=version.programme,
        key="2023-M03",
        name="2023年3月",
        start=date(2023, 3, 1),
        end=date(2023, 3, 31),
        due_on=date(2023, 4, 5),
        closes_on=date(2023, 4, 15),
        opened_at=NOW,
    )
    lines = [
        ReportLine.objects.create(period=period, allocation=part, unit=part.reporting_unit) for part in parts
    ]
    return Delivery(house, version, indicator, root, parts[0], parts[1], period, lines[0], lines[1])


@pytest.fixture
def frozen(delivery: Delivery) -> Snapshot:
    """February, closed and frozen with one line."""
    february = ReportPeriod.objects.create(
        programme=delivery.version.programme,
        key="2023-M02",
        name="2023年2月",
        start=date(2023, 2, 1),
        end=date(2023, 2, 28),
        due_on=date(2023, 3, 5),
        closes_on=date(2023, 3, 15),
        opened_at=NOW,
        closed_at=NOW,
        closed_by=delivery.house.people["own"],
    )
    snapshot = Snapshot(period=february, number=1, made_at=NOW, digest="0" * 64, line_count=1)
    snapshot.save()
    SnapshotLine(
        snapshot=snapshot,
        allocation=delivery.east,
        region_name="河东县",
        unit_name="河东县人力资源社会保障局",
        indicator_name="城镇新增就业",
        owed=Decimal(18000),
        state="accepted",
        amount=Decimal(1200),
        cumulative=Decimal(3000),
    ).save()
    return snapshot


@pytest.fixture
def judged(frozen: Snapshot, delivery: Delivery) -> Snapshot:
    """February with a row of everything that pace keeps."""
    programme = delivery.version.programme
    LightRuleSet(programme=programme, number=1, name="试行", rules={}, reason="试行", made_at=NOW).save()
    OwnCurve(indicator=delivery.indicator, number=1, reason="按季推进", made_at=NOW).save()
    PaceSeal(snapshot=frozen, rules={}, parts={}, digest="0" * 64, standing_count=1).save()
    Standing(
        snapshot=frozen,
        allocation=delivery.east,
        indicator=delivery.indicator,
        kind="count",
        unit="人",
        owed=Decimal(18000),
        light="green",
        held="green",
        figure=Decimal(3000),
        reported=1,
        parts=1,
        missing_run=0,
        unmoved=0,
    ).save()
    PaceCell(
        snapshot=frozen,
        region=delivery.house.county,
        project_number=1,
        nodes=1,
        green=1,
        worst="green",
        parts=1,
        missing_parts=0,
    ).save()
    edit = StandardEdit.objects.create(
        standard="bozhou-2023.p06.orphan-scattered",
        yaml="standards: []",
        base_digest="0" * 64,
        proposed_by=delivery.house.people["own"],
        proposed_at=NOW,
    )
    # Its text is no standard any more: the edition of the files stands.
    StandardVersionRow(
        standard=edit.standard,
        number=1,
        yaml=edit.yaml,
        digest="0" * 64,
        reason="试",
        edit=edit,
        proposed_by=edit.proposed_by,
        approved_by=delivery.house.people["colleague"],
        at=NOW,
    ).save()
    return frozen
