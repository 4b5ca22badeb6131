"""What the pages of pace say: exact figures, what is missing as missing, filters kept in every link."""

import re
from html import unescape

import pytest

from minsheng_web.office.views import pace_months

TAGS = re.compile(r"<[^>]+>")


def rows(page, number=0):
    """The lines of a table of pace as texts of their cells."""
    table = re.findall(r'<table class="sheet pace-table.*?</table>', page, re.DOTALL)[number]
    lines = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    return [[text(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", line, re.DOTALL)] for line in lines]


def text(markup):
    return unescape(TAGS.sub("", markup)).strip()


def links(page):
    return [unescape(link) for link in re.findall(r'href="([^"]*/pace/[^"]*)"', page)]


def test_the_heat_map_shows_projects_by_regions(see):
    assert rows(see()) == [
        ["项目", "合计", "河东县", "河西县"],
        ["就业"],
        ["1．帮扶就业", "黄", "绿", "未报"],
    ]


def test_a_light_is_a_word_and_a_colour_and_what_is_missing_is_hatched(see):
    page = see()
    assert 'class="lit lit-missing" data-light="missing"' in page
    assert 'title="未报1　下级未报1处"' in page
    assert 'title="黄灯1　下级未报1处"' in page


def test_a_month_that_was_closed_can_be_opened_again(see):
    assert rows(see("?period=2023-M02"))[-1] == ["1．帮扶就业", "绿", "绿", "黄"]
    see("?period=2022-M01", status=404)


def test_the_filters_stay_in_every_link(see, spring):
    lead = spring.indicator.lead_unit_id
    page = see(f"?period=2023-M02&category=就业&unit={lead}&project=1")
    kept = [link for link in links(page) if "/files/" not in link and "?" in link]
    assert len(kept) > 10
    for link in kept:
        assert "period=2023-M02" in link
        if "project=" in link:
            assert f"unit={lead}" in link
    drill = next(link for link in links(page) if f"region={spring.house.county.pk}" in link)
    assert "category=%E5%B0%B1%E4%B8%9A" in drill
    assert "清除筛选" in page
    assert 'option value="2023-M02" selected' in page


def test_a_filter_that_nothing_meets_leaves_an_empty_table(see):
    assert "这样筛选没有内容" in see("?category=养老")


@pytest.mark.parametrize("query", ["?region=999999", "?region=x", "?unit=x", "?project=1;2", "?period=x"])
def test_an_address_out_of_reach_is_not_there(see, query):
    see(query, status=404)


def test_the_map_counts_each_county(see):
    page = see("map/")
    assert rows(page)[1:] == [
        ["河东县", "绿", "0", "1", "0", "0", "0", "0", "0", "1", "0"],
        ["河西县", "未报", "0", "0", "0", "0", "0", "1", "0", "1", "1"],
    ]
    assert 'data-chart="map"' in page
    assert "data-shapes" not in page
    assert "以方格代替" in page


def test_the_list_of_targets_gives_each_its_sentence(see, spring):
    page = see("targets/")
    line = rows(page)[1]
    assert line[0].startswith("城镇新增就业黄灯：截至3月底应完成25%（8,250人），实际完成4,800人（14.55%）")
    assert "2个填报单位中1个本月未报，按上次数字计入" in line[0]
    assert line[1:5] == ["33,000人", "4,800人", "14.55%", "25%"]
    assert line[-2:] == ["绿", "黄"]
    assert f"/pace/targets/{spring.root.pk}/" in page


@pytest.mark.parametrize("path", ["targets/", "unmoved/"])
def test_a_page_beyond_the_end_is_the_last_one(see, monkeypatch, path):
    monkeypatch.setattr(pace_months, "LEAST", 0)  # everything stands in the list of what has not moved
    shown = rows(see(path))
    assert len(shown) > 1
    assert rows(see(f"{path}?page=99")) == shown


def test_one_target_tells_what_is_needed_and_what_is_foreseen(see, spring):
    page = see(f"targets/{spring.east.pk}/")
    assert "截至3月底应完成25%（4,500人），实际完成4,500人（25%）" in text(page)
    curve = rows(page)
    assert curve[0][:3] == ["填报期", "应完成", "实际完成"]
    assert curve[1][:3] == ["2月", "3,000", "3,000"]
    assert curve[2][:3] == ["3月", "4,500", "4,500"]
    assert curve[3][0:2] == ["年底", "18,000"]
    assert "缺师资" in page
    assert f"/reports/{spring.period.pk}/lines/{spring.line.pk}/" in page


def test_a_month_without_a_report_has_no_figure_in_the_curve(see, spring):
    page = see(f"targets/{spring.west.pk}/")
    assert rows(page)[2][:3] == ["3月", "3,750", "—"]
    assert "未报：" in text(page)
    assert "上次报到" in page


def test_this_month_stands_beside_the_last(see):
    page = see("compare/")
    assert rows(page)[1:] == [
        ["云岭市", "0", "0", "0", "0", "0", "1", "0", "0", "0", "1", "+1"],
        ["河东县", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "不变"],
        ["河西县", "0", "0", "0", "0", "1", "0", "0", "1", "1", "0", "-1"],
    ]
    changed = rows(page, 1)
    assert changed[1][1:] == ["绿", "黄", "10%", "14.55%", "1,500人"]
    assert "之前没有关闭的填报期" in see("compare/?period=2023-M02")


def test_lights_over_time(see):
    page = see("lights/")
    assert rows(page)[1:] == [
        ["2月", "0", "1", "0", "0", "0", "0", "0", "1"],
        ["3月", "0", "0", "1", "0", "0", "0", "0", "1"],
    ]
    assert rows(page, 1)[1:] == [["河东县", "绿1/1", "绿1/1"], ["河西县", "黄1/1", "未报1/1"]] or rows(
        page, 1
    )[1:] == [["河东县", "绿", "绿"], ["河西县", "黄", "未报"]]


def test_the_leaders_page_has_figures_worries_and_tables(see):
    page = see("leader/")
    assert "云岭市2023年民生实事进度（2023年3月）" in page
    assert "与2023年2月相比：黄灯增加1个。" in page
    assert re.search(r"<b>城镇新增就业</b></a>（市人力资源社会保障局）", page)
    assert rows(page) == [["类别", "目标", "黄灯"], ["就业", "1", "1"]]
    assert rows(page, 1) == [
        ["地区", "目标", "绿灯", "未报"],
        ["河东县", "1", "1", "0"],
        ["河西县", "1", "0", "1"],
    ]


def test_a_county_sees_its_own_first_and_its_place_as_a_number(see):
    page = see("places/", who="county")
    assert "第1名，共1个" in text(page)
    assert "河西县" not in page


def test_the_city_sees_all_places(see):
    assert [row[:2] for row in rows(see("places/"))[1:]] == [["河东县", "第1名"], ["河西县", "不排"]]


def test_a_county_sees_no_other_county_anywhere(see, spring):
    for path in ("", "map/", "targets/", "lights/", "compare/", "unmoved/", "places/", "leader/", "rules/"):
        for who in ("county", "local"):
            assert "河西县" not in see(path, who=who)
    see(f"targets/{spring.west.pk}/", who="county", status=404)
    see(f"?region={spring.west.region_id}", who="county", status=404)


def test_a_units_people_see_what_it_leads(see):
    assert rows(see("", who="lead"))[-1] == ["1．帮扶就业", "黄", "绿", "未报"]


def test_home_and_project_show_the_lights_and_lead_in(spring):
    client = spring.house.client("own")
    home = client.get("/").content.decode()
    assert "黄灯 1" in home
    assert f"/programmes/{spring.version.programme_id}/pace/targets/" in home
    project = client.get(f"/programmes/{spring.version.programme_id}/projects/1/").content.decode()
    assert "黄灯 1" in project
    assert "/pace/?project=1" in project
    other = client.get(f"/programmes/{spring.version.programme_id}/projects/3/").content.decode()
    assert "进度亮灯</h2>" not in other


def test_before_anything_is_closed_each_page_says_so(delivery):
    client = delivery.house.client("own")
    for path in ("", "map/", "targets/", "lights/", "compare/", "unmoved/", "places/", "leader/"):
        page = client.get(f"/programmes/{delivery.version.programme_id}/pace/{path}")
        assert "还没有关闭的填报期" in page.content.decode()
