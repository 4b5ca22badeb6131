"""The pages of standards: what is listed, what one says, trying one person, side by side."""

import re

import pytest
from django.utils import timezone

from minsheng_web.records.models import PlanVersion, Programme, Region
from standards_of_cities import LIVING, ORPHAN, REHAB
from standards_of_cities import words_of as text

pytestmark = pytest.mark.django_db


def listed(response) -> list[str]:
    return re.findall(r'href="/standards/(\w+-\d{4}[\w.-]+)/"', response.content.decode())


def test_all_standards_are_listed_by_city(browse):
    response = browse("reader").get("/standards/")
    assert len(listed(response)) == 120
    assert "120 项，来自 5 个地方的通知" in text(response)


def test_the_filters_stay_in_the_address_and_narrow_together(browse):
    response = browse("reader").get("/standards/?city=亳州市&words=孤儿 家庭&form=capped")
    assert listed(response) == [ORPHAN]
    assert 'value="孤儿 家庭"' in response.content.decode()
    assert '<option value="capped" selected>' in response.content.decode()


def test_a_filter_nothing_fits_says_so(browse):
    assert "没有符合条件的标准" in text(browse("reader").get("/standards/?year=1999"))


def test_one_standard_says_rule_source_cases_and_history(browse):
    said = text(browse("reader").get(f"/standards/{ORPHAN}/"))
    for words in (
        "儿童类别是社会散居孤儿",
        "本地自定标准（不低于1100元）×保障月数",
        "第82行",
        "散居孤儿1100元/人·月",
        "at_least(110000) * months_eligible",
        "2023-01-01 至 现在",
        "现在全部相符",
        "没有修订过",
        "只列出行号和数字",
    ):
        assert words in said
    assert "测算调整" not in said  # a reader tries no rosters
    assert "修订</a>" not in said


def published(bozhou, lines) -> None:
    """A plan of the city and year, not made from an uploaded document, as plan files are."""
    region = Region.objects.get(name="亳州市")
    programme = Programme.objects.create(region=region, year=2023, title="亳州市2023年民生实事")
    PlanVersion.objects.create(
        programme=programme,
        number=1,
        plan={},
        lines=lines,
        findings=[],
        published_by=bozhou["first"],
        published_at=timezone.now(),
    )


def test_the_line_of_the_notice_is_shown_where_its_figures_stand_in_it(bozhou, browse):
    published(bozhou, ["无关"] * 81 + ["孤儿基本生活费：散居每人每月１,１００元。"])
    said = text(browse("first").get(f"/standards/{ORPHAN}/"))
    assert "散居孤儿1100元/人·月 孤儿基本生活费：散居每人每月１,１００元。" in said
    assert "只列出行号和数字" not in said


@pytest.mark.parametrize("line", ["散居每人每月11000元。", "孤儿的另一段话", ""])
def test_a_line_without_the_figures_is_not_shown_as_their_source(bozhou, browse, line):
    published(bozhou, ["无关"] * 81 + [line])
    response = browse("first").get(f"/standards/{ORPHAN}/")
    assert "只列出行号和数字" in text(response)
    assert "source-text" not in response.content.decode()


def test_a_plan_shorter_than_the_notice_shows_no_line(bozhou, browse):
    published(bozhou, ["只有一行1100元"])
    assert "只列出行号和数字" in text(browse("first").get(f"/standards/{ORPHAN}/"))


def test_an_unknown_standard_is_not_there(browse):
    for path in ("", "try/", "edit/", "simulate/"):
        assert browse("first").get(f"/standards/bozhou-2023.p99.nothing/{path}").status_code == 404


def test_the_list_asks_the_database_a_fixed_number_of_times(browse, django_assert_max_num_queries):
    client = browse("reader")
    client.get("/standards/")
    with django_assert_max_num_queries(8):
        client.get("/standards/")


def test_a_standard_asks_the_database_a_fixed_number_of_times(browse, django_assert_max_num_queries):
    client = browse("reader")
    client.get(f"/standards/{ORPHAN}/")
    with django_assert_max_num_queries(12):
        client.get(f"/standards/{ORPHAN}/")


def test_one_person_is_tried_with_every_step(browse):
    typed = {
        "as_of": "2023-06-01",
        "row-child_kind": "orphan_scattered",
        "row-months_eligible": "12",
        "figure-local_standard_fen": "1130.50",
    }
    said = text(browse("reader").post(f"/standards/{ORPHAN}/try/", typed))
    assert "符合条件，应发13566元。" in said
    assert "儿童类别：社会散居孤儿" in said
    assert "本地自定标准：1130.50元" in said


def test_what_is_not_filled_in_is_a_problem_and_not_nought(browse):
    typed = {"as_of": "2023-06-01", "row-child_kind": "orphan_scattered"}
    said = text(browse("reader").post(f"/standards/{ORPHAN}/try/", typed))
    assert "“保障月数”（months_eligible）没有填，不能算：请补填" in said
    assert "应发" not in said.split("结果")[1].split("一步一步")[0]


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("as_of", "昨天", "请写日期，如 2023-07-01。"),
        ("row-months_eligible", "十二", "请写整数。"),
        ("figure-local_standard_fen", "1100.005", "金额最多写到分（两位小数）。"),
        ("figure-local_standard_fen", "一千", "请写金额，单位元，如 1100 或 1100.50。"),
    ],
)
def test_wrong_input_keeps_what_was_typed(browse, field, typed, told):
    posted = {"as_of": "2023-06-01", "row-child_kind": "orphan_scattered", field: typed}
    response = browse("reader").post(f"/standards/{ORPHAN}/try/", posted)
    assert response.status_code == 422
    assert told in text(response)
    page = response.content.decode()
    assert f'value="{typed}"' in page
    assert '<option value="orphan_scattered" selected>' in page
    assert "有 1 处没有看懂" in text(response)


def test_the_form_asks_only_what_the_rule_reads(browse):
    page = browse("reader").get(f"/standards/{LIVING}/try/").content.decode()
    fields = re.findall(r'name="((?:row|figure)-\w+)"', page)
    assert fields == [
        "row-hardship_kind",
        "row-disability_grade",
        "row-months_eligible",
        "figure-local_standard_fen",
    ]


def test_two_cities_stand_side_by_side(browse):
    response = browse("reader").get(f"/standards/compare/?s={REHAB[0]}&s={REHAB[1]}")
    said = text(response)
    assert "残疾儿童康复训练 亳州市 2023" in said
    assert "残疾儿童康复训练 合肥市 2024" in said
    assert "本地自定标准（不低于15000元）" in said
    for heading in ("对象", "条件", "金额", "约束", "计发", "出资", "执行", "依据"):
        assert f">{heading}" in response.content.decode()


def test_one_standard_alone_is_not_compared(browse):
    said = text(browse("reader").get(f"/standards/compare/?s={REHAB[0]}&s=nothing"))
    assert "再选一项，才能并排对照" in said


def test_the_same_benefit_is_proposed(browse):
    page = browse("reader").get("/standards/compare/").content.decode()
    assert f"?s={REHAB[0]}&amp;s={REHAB[1]}" in page
