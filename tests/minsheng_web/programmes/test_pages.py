"""What the programme pages say."""

import re
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from minsheng_web.records.queries.programmes import programme_rows, units_of
from minsheng_web.records.queries.search import search, terms_of


def words(page):
    """The page's text without tags, blanks run together."""
    body = page[page.index("<main") :]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", body))


def at(version, path=""):
    return f"/programmes/{version.programme_id}/{path}"


def test_overview_counts_and_groups_by_category(house, version, see):
    page = words(see(house.official, at(version)))
    assert "实事项目3 项" in page
    assert "目标数12 个" in page
    assert "分解到的地区2 个" in page
    assert "牵头单位4 个" in page
    assert (
        page.index("养老服务 1项")
        < page.index("老年食堂1")
        < page.index("社会保障 1项")
        < page.index("老年食堂2")
    )
    assert "老年食堂 200个" in page
    assert "覆盖率 ≥90%（力争）" in page
    assert "15个" not in page  # parts of counties stand on the project's own page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"words": "老年食堂2"}, [2]),
        ({"words": "市第3局"}, [3]),
        ({"words": "食堂 市第1局"}, [1]),
        ({"words": "没有"}, []),
        ({"category": "2"}, [1, 3]),
        ({"category": "x"}, [1, 2, 3]),
        ({"status": "no_task"}, []),
        ({"status": "assigned"}, [1, 2, 3]),
    ],
)
def test_overview_filters(house, version, see, query, found):
    page = see(house.official, at(version), **query)
    assert [int(number) for number in re.findall(r"/projects/(\d+)/", page)] == found


def test_overview_gives_only_the_rows_to_a_filter_that_is_typed(client, house, version):
    client.force_login(house.official)
    response = client.get(at(version), {"words": "老年食堂2"}, headers={"HX-Request": "true"})
    assert "<html" not in response.content.decode()
    assert "符合条件的项目 1 项" in response.content.decode()


def test_project_page_shows_who_what_where_and_the_sentence(house, version, see):
    html = see(house.official, at(version, "projects/2/"))
    page = words(html)
    assert "第2项" in page
    assert "市民政局" in page
    assert "配合 市财政局" in page
    assert "全市合计东原县西坪县" in page.replace(" ", "")
    assert '新增老年食堂<span class="mark mark-target" title="目标">200个</span>（东原县' in html
    assert f'{at(version, "text/")}#line-4">第4行</a>' in html
    assert "合计与分项差155" in page
    assert '每处补助<span class="mark mark-standard" title="标准">3万元</span>' in html
    assert "《助餐办法》" in page
    assert f'rel="prev" href="{at(version, "projects/1/")}"' in html
    assert f'rel="next" href="{at(version, "projects/3/")}"' in html


def test_first_and_last_project_have_one_neighbour(house, version, see):
    assert 'rel="prev"' not in see(house.official, at(version, "projects/1/"))
    assert 'rel="next"' not in see(house.official, at(version, "projects/3/"))


def test_text_of_the_notice_is_escaped(house, version, see):
    html = see(house.official, at(version, "projects/2/"))
    assert "&lt;" in html
    assert "达到<" not in html


def test_matrix_puts_the_whole_first_and_flags_sums(house, version, see):
    html = see(house.official, at(version, "matrix/"))
    heads = re.findall(r'<th scope="col" class="(?:stick|num[^"]*)">([^<]+)</th>', html)
    assert heads == ["指标（单位）", "全市合计", "东原县", "西坪县"]
    assert "3 个合计与分项不符" in words(html)
    assert "≥90（力争）" in words(html)


@pytest.mark.parametrize(
    ("query", "indicators"),
    [
        ({}, 6),
        ({"category": "养老服务"}, 4),
        ({"unit": "市第2局"}, 2),
        ({"parts": "1"}, 3),
        ({"unit": "无"}, 0),
    ],
)
def test_matrix_filters(house, version, see, query, indicators):
    assert see(house.official, at(version, "matrix/"), **query).count('<th scope="row"') == indicators


def test_units_say_what_each_leads_and_helps_with(house, version, see):
    assert [(unit.name, unit.leads, unit.cooperates) for unit in units_of(version)] == [
        ("市民政局", 3, 0),
        ("市第1局", 1, 0),
        ("市第2局", 1, 0),
        ("市第3局", 1, 0),
        ("市财政局", 0, 3),
    ]
    page = words(see(house.official, at(version, "units/"), unit="市财政局"))
    assert "牵头 0项" in page
    assert "配合 3项" in page


def test_breakdown_comes_as_a_file_with_numbers(client, house, version):
    client.force_login(house.official)
    response = client.get(at(version, "breakdown.xlsx"))
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert "filename*=utf-8''" in response["Content-Disposition"]
    sheet = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0)
    assert sheet.to_python(skip_empty_area=False)[5][:3] == ["全市合计", 100.0, 90.0]


def test_text_page_numbers_lines_and_marks_quantities(house, version, see):
    html = see(house.official, at(version, "text/"))
    assert '<li id="line-1" value="1">云河市2025年民生实事</li>' in html
    assert html.count('class="mark mark-target"') == 12 + 1  # and once in the legend
    assert html.count('class="mark mark-standard"') == 3 + 1


def test_versions_say_who_when_why_and_keep_their_findings(house, version, see):
    house.publish(house.official, house.yunhe, count=2, reason="市政府常务会议调整")
    page = words(see(house.official, at(version, "versions/")))
    assert "第2版" in page
    assert "市政府常务会议调整" in page
    assert "2026-03-02 09:30" in page
    assert "首次发布" in page
    assert "第2行：合计与分项不符。" in page


def test_an_older_version_stays_readable_and_says_so(house, version, see):
    house.publish(house.official, house.yunhe, count=2, reason="调整")
    newest, old = see(house.official, at(version)), see(house.official, at(version), version="1")
    assert "/projects/3/" not in newest
    assert "/projects/3/?version=1" in old
    assert "这是第1版，现行的是第2版" in words(old)
    assert "现行的是" not in words(newest)


def test_home_lists_programmes_newest_year_first(house, version, see):
    house.publish(house.official, house.yunhe, count=1, year=2026)
    page = words(see(house.official, "/"))
    assert page.index("云河市2026年") < page.index("云河市2025年")
    rows = programme_rows(house.official)
    assert [(row.programme.year, row.projects, row.targets) for row in rows] == [(2026, 1, 4), (2025, 3, 12)]


def test_home_asks_readers_for_nothing(house, version, see):
    assert "等您处理" in see(house.official, "/")
    assert "等您处理" not in see(house.reader, "/")


# --- search


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("老年食堂2", (1, 3, 0, 0)),
        ("市财政局", (0, 0, 1, 0)),
        ("补助", (0, 3, 0, 3)),
        ("东原县 老年食堂", (3, 9, 0, 0)),
        ("东原县 没有", (0, 0, 0, 0)),
        ("%", (3, 3, 0, 0)),
        ("_", (0, 0, 0, 0)),
        ("", (0, 0, 0, 0)),
    ],
)
def test_search_finds_rows_that_hold_every_word(house, version, text, counts):
    result = search(house.official, terms_of(text))
    found = (result.projects.count, result.targets.count, result.units.count, result.measures.count)
    assert found == counts


def test_search_looks_only_in_the_newest_version(house, version):
    house.publish(house.official, house.yunhe, count=1, reason="调整")
    assert search(house.official, ("老年食堂",)).projects.count == 1


def test_search_can_be_held_to_one_programme(house, version):
    house.publish(house.official, house.yunhe, count=1, year=2026)
    assert search(house.official, ("老年食堂",)).projects.count == 4
    assert search(house.official, ("老年食堂",), version.programme_id).projects.count == 3


def test_search_shows_so_many_and_counts_all(house):
    house.publish(house.official, house.yunhe, count=50)
    found = search(house.official, ("老年食堂",))
    assert (len(found.projects.rows), found.projects.count) == (40, 50)


def test_search_marks_what_was_searched_and_escapes_the_rest(house, version, see):
    html = see(house.official, "/search/", q="食堂 <b>")
    assert "<b>" not in html[html.index('id="results"') :].split("没有找到")[1][:60]
    assert "新增老年<mark>食堂</mark>" in see(house.official, "/search/", q="食堂")


def test_terms_are_few_and_distinct():
    assert terms_of("  a b a　c d e f g h ") == ("a", "b", "c", "d", "e", "f")
