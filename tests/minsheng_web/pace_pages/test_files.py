"""Tables as Excel files are read back; map files; trying and adopting rules; how many queries a page takes."""

import json
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from minsheng.progress.pace.presets import preset
from minsheng_web.office.map_files import map_of
from minsheng_web.office.screens.light_rules import parts_of, typed_rules, words_of
from minsheng_web.records.kept_in_memory import forget_everything
from minsheng_web.records.models import AuditEvent, Indicator, LightRuleSet, PaceCell, Region

SQUARE = {"type": "Polygon", "coordinates": [[[116, 33], [117, 33], [117, 34], [116, 34], [116, 33]]]}


def sheet(data):
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()


def test_the_heat_map_as_a_file(see):
    read = sheet(see("files/heat-map.xlsx?category=就业"))
    assert read[0][0] == "云岭市2023年3月各项目进度亮灯"
    assert read[1][0] == "2023年3月第1次快照　类别：就业"
    assert read[2] == ["项目", "合计", "河东县", "河西县"]
    assert read[-1] == ["1．帮扶就业", "黄", "绿", "未报"]


def test_numbers_are_numbers_and_what_is_not_known_is_empty(see):
    head, line = sheet(see("files/targets.xlsx"))[2:4]
    found = dict(zip(head, line, strict=True))
    assert (found["任务"], found["已完成"], found["完成率"]) == (33000, 4800, 14.55)
    assert found["目标"].startswith("城镇新增就业\n黄灯：截至3月底应完成25%")
    places = sheet(see("files/places.xlsx"))
    assert [row[:2] for row in places[3:]] == [["河东县", "第1名"], ["河西县", "不排"]]


@pytest.mark.parametrize("name", ["map", "lights", "regions", "compare", "changed", "unmoved"])
def test_every_table_can_be_taken_along(see, name):
    assert len(sheet(see(f"files/{name}.xlsx"))) >= 3


@pytest.mark.parametrize("name", ["nothing", "unit-places"])
def test_a_table_there_is_not_is_not_there(see, name):
    see(f"files/{name}.xlsx", status=404)


def test_a_county_takes_along_its_own_alone(see):
    assert sheet(see("files/heat-map.xlsx", who="county"))[2] == ["项目", "河东县"]
    see("files/places.xlsx", who="county", status=404)


def test_the_shapes_of_a_city_are_those_vendored(see, house):
    answer = house.client("own").get("/shapes/341600.json").json()
    assert [feature["properties"]["label"] for feature in answer["features"]] == [
        "谯城区", "涡阳县", "蒙城县", "利辛县",
    ]  # fmt: skip
    assert house.client("own").get("/shapes/999999.json").json()["features"] == []


def test_a_city_with_a_code_is_drawn_with_its_shapes(see, spring):
    Region.objects.filter(pk=spring.house.city.pk).update(code="341600")
    Region.objects.filter(pk=spring.house.county.pk).update(code="341621")
    page = see("map/")
    assert 'data-shapes="/shapes/341600.json"' in page
    assert 'data-code="341621"' in page
    assert "没有审图号" in page
    assert "没有轮廓、只在表里的地区：河西县" in page


def test_an_approved_map_file_is_used_instead(see, spring, settings, tmp_path):
    Region.objects.filter(pk=spring.house.city.pk).update(code="341600")
    feature = {"type": "Feature", "properties": {"code": "341621", "name": "甲"}, "geometry": SQUARE}
    path = tmp_path / "map.json"
    path.write_text(json.dumps({"features": [feature]}), encoding="utf-8")
    settings.MAP_FILE, settings.MAP_APPROVAL = str(path), "皖S（2023）1号"
    assert [shape.code for shape in map_of("341600").shapes] == ["341621"]
    assert "审图号：皖S（2023）1号" in see("map/")
    path.write_text("{}", encoding="utf-8")
    assert "设定的地图文件 map.json 不能用：文件里没有图形" in see("map/")
    settings.MAP_FILE = str(tmp_path / "none.json")
    page = see("map/")
    assert "设定的地图文件打不开：none.json" in page
    assert "data-shapes" not in page


def typed(base, **changes):
    form = {"base": base.key, "name": base.rules.name, "level": "prefecture"}
    for part in parts_of(base.rules):
        form[f"use.{part.name}"] = "1"
        form |= {field.name: field.value for field in part.fields if field.value}
    return form | changes


@pytest.mark.parametrize(
    "key", ["plain", "yinchuan-2025", "sanya-2022", "tianjin-2022", "xian", "dazu-2025", "zaozhuang-2022"]
)
def test_a_form_that_nobody_changed_is_the_set_it_came_from(key):
    base = preset(key)
    assert typed_rules(base.rules, typed(base)) == base.rules.to_json()


def test_what_is_typed_is_put_in_its_place():
    base = preset("plain")
    form = typed(base, **{"progress.bounds.1.over": "12.5", "start.runs.1.1": "2"})
    del form["progress.bounds.1.included"], form["use.deadline"]
    made = typed_rules(base.rules, form)
    assert made["progress"]["bounds"][1] == {"light": "yellow", "over": "12.5", "included": False}
    assert made["start"]["runs"] == [["red", 3], ["yellow", 2]]
    assert "deadline" not in made


def test_a_set_is_stated_in_words():
    assert words_of(preset("plain").rules)[0] == "进度：落后百分点：红灯超过30个百分点；黄灯达到10个百分点。"


def test_rules_are_tried_on_the_months_that_are_closed(spring):
    client = spring.house.client("own")
    address = f"/programmes/{spring.version.programme_id}/pace/rules/"
    form = typed(preset("plain"), act="try", **{"progress.bounds.1.over": "20"})
    page = client.post(address, form).content.decode()
    assert "试算：各期亮灯数" in page
    assert "试算：灯会不同的目标" in page
    assert LightRuleSet.objects.count() == 0


@pytest.mark.parametrize(("value", "word"), [("", "写法不对"), ("abc", "写法不对"), ("50", "红灯")])
def test_bounds_that_make_no_sense_are_told(spring, value, word):
    client = spring.house.client("own")
    form = typed(preset("plain"), act="adopt", reason="试", seen="0", **{"progress.bounds.1.over": value})
    page = client.post(f"/programmes/{spring.version.programme_id}/pace/rules/", form)
    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()
    assert word in page.content.decode()
    assert LightRuleSet.objects.count() == 0


def test_adopting_needs_a_reason_and_is_kept(spring):
    client = spring.house.client("own")
    address = f"/programmes/{spring.version.programme_id}/pace/rules/"
    form = typed(preset("yinchuan-2025"), act="adopt", seen="0", reason="")
    assert "请写明采用或修改规则的理由和依据" in client.post(address, form).content.decode()
    assert client.post(address, form | {"reason": "参照外地做法"}).status_code == 302
    assert "您查看期间已采用第1套规则" in client.post(address, form | {"reason": "再来"}).content.decode()
    made = LightRuleSet.objects.get()
    assert (made.number, made.name, made.reason) == (1, "银川2025（落后百分点）", "参照外地做法")
    assert AuditEvent.objects.filter(action="light_rules.adopt").count() == 1
    page = client.get(address).content.decode()
    assert "现行规则：银川2025（落后百分点）" in page
    assert "参照外地做法" in page


def queries(client, path):
    """How many it takes with nothing kept; what is kept takes no more."""
    cache.clear()
    forget_everything()
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as again:
        assert client.get(path).status_code == 200
    assert len(again) <= len(caught)
    return len(caught)


def test_what_is_kept_of_a_month_is_kept_for_the_same_posts_and_filters_alone(spring):
    heat = f"/programmes/{spring.version.programme_id}/pace/"
    city, county = spring.house.client("own"), spring.house.client("county")
    whole = city.get(heat).content.decode()
    assert city.get(heat).content.decode().count("河西县") == whole.count("河西县") > 0
    assert "河西县" not in county.get(heat).content.decode()
    narrow = city.get(heat, {"region": spring.house.county.pk}).content.decode()
    assert narrow != whole
    assert city.get(heat, {"category": "没有这一类"}).content.decode() != whole


def test_a_page_takes_as_many_queries_for_many_regions_and_projects(spring):
    client = spring.house.client("own")
    base = f"/programmes/{spring.version.programme_id}/pace/"
    paths = [base + path for path in ("", "map/", "lights/", "compare/", "leader/", "places/")] + ["/"]
    client.get("/")  # the calendar is looked at once a day
    before = {path: queries(client, path) for path in paths}
    cell = PaceCell.objects.filter(region=spring.house.county).first()
    for number in range(12):
        region = Region.objects.create(
            name=f"县{number}", full_name=f"县{number}", parent=spring.house.city,
            path=f"{spring.house.city.path}县{number}/", level="county",
        )  # fmt: skip
        indicator = Indicator.objects.create(
            programme=spring.version.programme, project_number=number + 5, project_headline="x",
            category_name=f"类{number}", name="y", kind="count", value=Decimal(1), position=number + 50,
            lead_unit=spring.indicator.lead_unit,
        )  # fmt: skip
        PaceCell(
            snapshot=cell.snapshot, region=region, project_number=indicator.project_number, nodes=1, green=1,
            category_name=indicator.category_name, worst="green", parts=1, missing_parts=0,
        ).save()  # fmt: skip
    assert {path: queries(client, path) for path in paths} == before
    assert max(before.values()) <= 32
