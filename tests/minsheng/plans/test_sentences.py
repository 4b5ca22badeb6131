"""Single sentences read on their own: whose number it is, where names of regions hide other words."""

from decimal import Decimal

import pytest

from minsheng.plans.sentences import read_sentence


def read(text: str, own: str | None) -> list[tuple[Decimal, str, str | None]]:
    return [(q.value, q.unit, q.region) for q in read_sentence(text, own)]


@pytest.mark.parametrize(
    ("text", "own", "expected"),
    [
        ("新建村卫生室13所。", "桂林市", [(13, "所", None)]),
        ("全州县新建村卫生室13所。", "桂林市", [(13, "所", "全州县")]),
        ("全州新建村卫生室13所。", "临夏回族自治州", [(13, "所", None)]),
        ("其中，兴安县8所，全州县5所。", "桂林市", [(8, "所", "兴安县"), (5, "所", "全州县")]),
        (
            "博望区改造道路38条。市本级改造道路3条。",
            "马鞍山市",
            [(38, "条", "博望区"), (3, "条", "市本级")],
        ),
        ("市本级改造道路3条。博望区改造道路38条。", "马鞍山市", [(3, "条", "市本级"), (38, "条", "博望区")]),
    ],
)
def test_whose_number_it_is(text, own, expected) -> None:
    assert read(text, own) == expected


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("修建道路19.6—25.5公里。", "19.6", "25.5"),
        ("培训2000—3000人。", "2000", "3000"),
        ("培训1900—2500人。", "1900", "2500"),
        ("安排资金19.6亿—117.6亿元。", "1960000000", "11760000000"),
    ],
)
def test_a_range_that_begins_like_a_year(text, low, high) -> None:
    (quantity,) = read_sentence(text, "亳州市")
    assert (quantity.value, quantity.value_hi) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize("text", ["实施2023—2025年行动计划。", "落实2021-2023年规划。"])
def test_two_years_are_no_range(text) -> None:
    assert read_sentence(text, "亳州市") == []


def test_full_width_digits_and_marks_read_alike() -> None:
    assert read("新增托位不少于３００个（其中：涡阳县１００个）。", "亳州市") == [
        (300, "个", None),
        (100, "个", "涡阳县"),
    ]


def test_a_sentence_without_a_number_states_nothing() -> None:
    assert read("促进重点群体稳定就业。", "亳州市") == []


@pytest.mark.parametrize("bound", ["", "不少于", "不超过", "超过", "低于", "不足", "约"])
def test_a_town_is_known_by_its_place_in_a_breakdown_whatever_bounds_its_number(bound) -> None:
    assert read(f"改造小区40个（其中：十河镇{bound}8个，古井镇{bound}3个）。", "谯城区") == [
        (40, "个", None),
        (8, "个", "十河镇"),
        (3, "个", "古井镇"),
    ]
    assert read(f"改造小区（十河镇{bound}8个）。", "谯城区") == [(8, "个", "十河镇")]


def test_words_between_a_single_name_and_its_number_prove_nothing() -> None:
    assert read("改造小区（十河镇河东片区8个）。", "谯城区") == [(8, "个", None)]
