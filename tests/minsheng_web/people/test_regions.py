"""Regions as a tree: levels, the gazetteer's divisions, lists of towns and villages."""

import io
from importlib import import_module

import pytest
import xlsxwriter
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minsheng_web.records.actions.people import add_region, add_user, give_post
from minsheng_web.records.actions.refused import Refused
from minsheng_web.records.actions.regions import add_divisions_below, add_listed
from minsheng_web.records.models import AuditEvent, Region

ORIGIN = "统计用区划代码，2023年6月30日"


@pytest.fixture
def bozhou(db):
    """亳州市 with its code, and its office."""
    province = add_region(actor=None, name="安徽省", code="340000")
    city = add_region(actor=None, name="亳州市", code="341600", parent=province)
    office = add_user(actor=None, username="bozhou", display_name="亳州市民生办", password="kite-lantern-88")
    give_post(actor=None, user=office, role="office", region=city)
    return city, office


def below(region):
    return list(Region.objects.filter(parent=region).order_by("path").values_list("name", "level", "code"))


def test_a_region_set_up_knows_its_level_and_whose_code_it_has(bozhou):
    city, _ = bozhou
    assert (city.level, city.code_origin) == ("prefecture", "国家地名信息库（民政部），2026-09-11")
    made_up = add_region(actor=None, name="云岭市", code="999900")
    assert (made_up.level, made_up.code_origin) == ("prefecture", "")


def test_counties_and_zones_come_from_the_gazetteer_in_one_step(bozhou):
    city, office = bozhou
    made = add_divisions_below(actor=office, region=city)
    assert [(region.name, region.code) for region in made] == [
        ("谯城区", "341602"),
        ("涡阳县", "341621"),
        ("蒙城县", "341622"),
        ("利辛县", "341623"),
    ]
    assert {region.code_origin for region in made} == {"国家地名信息库（民政部），2026-09-11"}
    assert add_divisions_below(actor=office, region=city) == ()


def test_zones_stand_beside_the_counties(bozhou):
    city, _ = bozhou
    hefei = add_region(actor=None, name="合肥市", code="340100", parent=city.parent)
    office = add_user(actor=None, username="hefei", display_name="合肥市民生办", password="kite-lantern-88")
    give_post(actor=None, user=office, role="office", region=hefei)
    made = add_divisions_below(actor=office, region=hefei)
    zones = [(zone.code, zone.code_origin) for zone in made if zone.level == "zone"]
    assert zones == [
        (code, "统计用区划代码（国家统计局），2023-06-30") for code in ("340176", "340177", "340178")
    ]
    assert {region.level for region in made} == {"county", "zone"}


def test_the_towns_of_a_county_come_from_the_gazetteer_in_one_step(bozhou):
    city, office = bozhou
    add_divisions_below(actor=office, region=city)
    county = Region.objects.get(name="涡阳县")
    made = add_divisions_below(actor=office, region=county)
    assert (len(made), made[0].name, made[0].code, made[0].level) == (24, "城关街道", "341621001", "town")
    assert {town.code_origin for town in made} == {"统计用区划代码（国家统计局），2023-06-30"}
    assert add_divisions_below(actor=office, region=county) == ()
    assert add_divisions_below(actor=office, region=made[0]) == ()


def test_another_office_adds_nothing(bozhou, house):
    city, office = bozhou
    with pytest.raises(PermissionDenied):
        add_divisions_below(actor=house.people["own"], region=city)
    with pytest.raises(PermissionDenied):
        add_listed(actor=office, region=house.city, rows=[["河南县"]], origin="")
    assert below(city) == []


def test_towns_and_villages_of_a_list(bozhou):
    city, office = bozhou
    add_divisions_below(actor=office, region=city)
    county = Region.objects.get(name="涡阳县")
    rows = [["西阳镇", "341621102"], ["王庄村", "341621102201", "村级", "西阳镇"], ["城关街道"]]
    assert len(add_listed(actor=office, region=county, rows=rows, origin=ORIGIN)) == 3
    assert below(county) == [("城关街道", "town", None), ("西阳镇", "town", "341621102")]
    village = Region.objects.get(name="王庄村")
    assert village.path == "/安徽省/亳州市/涡阳县/西阳镇/王庄村/"
    assert (village.full_name, village.code_origin) == ("安徽省亳州市涡阳县西阳镇王庄村", ORIGIN)
    assert AuditEvent.objects.filter(action="region.add_listed").count() == 1
    assert add_listed(actor=office, region=county, rows=rows[:1], origin=ORIGIN) == ()


def test_codes_need_their_origin(bozhou):
    city, office = bozhou
    outcome = add_listed(actor=office, region=city, rows=[["涡阳县", "341621"]], origin=" ")
    assert isinstance(outcome, Refused)
    assert below(city) == []


@pytest.mark.parametrize("count", [1, 300])
def test_a_long_list_takes_no_query_a_row(bozhou, django_assert_max_num_queries, count):
    city, office = bozhou
    county = add_region(actor=None, name="涡阳县", code="341621", parent=city)
    list(office.posts.all())
    rows = [[f"王庄{number}村", f"341621102{number:03}", "村级"] for number in range(count)]
    with django_assert_max_num_queries(10):  # SQLite takes a hundred rows in one statement
        add_listed(actor=office, region=county, rows=rows, origin=ORIGIN)
    assert Region.objects.filter(parent=county).count() == count


def test_a_list_with_a_fault_is_shown_row_by_row_and_nothing_is_saved(bozhou, client):
    city, office = bozhou
    client.force_login(office)
    text = "涡阳县,341621\n蒙城县,999999\n"
    page = client.post(f"/regions/{city.pk}/below/", {"text": text, "origin": ORIGIN}).content.decode()
    assert "没有保存：1 处需要改正" in page
    assert "蒙城县：代码 999999 不以上级的 3416 开头" in page
    assert "涡阳县,341621" in page
    assert below(city) == []


def workbook(rows):
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("名单.xlsx", workbook([["名称", "代码"], ["涡阳县", 341621], ["", ""], ["蒙城县", "341622"]])),
        ("名单.csv", "名称,代码\n涡阳县,341621\n蒙城县,341622\n".encode("gbk")),
    ],
)
def test_a_list_comes_as_excel_and_as_csv(bozhou, client, name, data):
    city, office = bozhou
    client.force_login(office)
    upload = SimpleUploadedFile(name, data)
    page = client.post(
        f"/regions/{city.pk}/below/", {"file": upload, "origin": ORIGIN}, follow=True
    ).content.decode()
    assert "已在亳州市下添加 2 个地区。" in page
    assert below(city) == [("涡阳县", "county", "341621"), ("蒙城县", "county", "341622")]


def test_a_row_of_a_workbook_is_told_by_its_number(bozhou, client):
    city, office = bozhou
    client.force_login(office)
    upload = SimpleUploadedFile("名单.xlsx", workbook([["名称", "代码"], ["", ""], ["涡阳县", "34"]]))
    page = client.post(f"/regions/{city.pk}/below/", {"file": upload, "origin": ORIGIN}).content.decode()
    assert '<td class="num">3</td><td>代码</td>' in page


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"text": " "}, "请粘贴名单"),
        ({"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04junk")}, "alert-danger"),
    ],
)
def test_nothing_to_read_is_told(bozhou, client, form, sentence):
    city, office = bozhou
    client.force_login(office)
    assert sentence in client.post(f"/regions/{city.pk}/below/", form).content.decode()


def test_rows_from_before_levels_get_theirs(bozhou):
    city, _ = bozhou
    county = Region.objects.create(
        name="涡阳县", full_name="x", code="341621", parent=city, path=f"{city.path}涡阳县/"
    )
    town = Region.objects.create(name="西阳镇", full_name="x", parent=county, path=f"{county.path}西阳镇/")
    Region.objects.update(level="", code_origin="")
    import_module("minsheng_web.records.migrations.0008_people").fill_levels(apps, None)
    levels = {region.name: (region.level, bool(region.code_origin)) for region in Region.objects.all()}
    assert levels == {
        "安徽省": ("province", True),
        "亳州市": ("prefecture", True),
        "涡阳县": ("county", True),
        "西阳镇": ("town", False),
    }
    assert town.parent == county


def test_the_tree_takes_the_same_queries_for_one_county_and_for_300(bozhou, client):
    city, office = bozhou
    client.force_login(office)
    taken = []
    for numbers in (range(1), range(1, 300)):
        Region.objects.bulk_create(
            Region(name=f"县{n}", full_name=f"县{n}", level="county", parent=city, path=f"{city.path}县{n}/")
            for n in numbers
        )
        client.get("/regions/")
        with CaptureQueriesContext(connection) as held:
            page = client.get("/regions/").content.decode()
        taken.append(len(held))
    assert taken[0] == taken[1]
    assert page.count('name="source"') == 301
