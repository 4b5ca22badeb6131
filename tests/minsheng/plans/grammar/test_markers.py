"""List markers and labels at the start of a paragraph."""

import pytest

from minsheng.plans.grammar.markers import (
    ANNEX,
    ANNEX_LIST,
    DECLARED_COUNT,
    FRAME,
    Marker,
    label_kind,
    label_of,
    marker_of,
)


@pytest.mark.parametrize(
    "text",
    [
        "1.5万人参加培训",
        "24小时供水",
        "2023年实施",
        "一户一策",
        "(试行)办法",
        "第三方检测",
        "",
        "10月底前完成",
        "30%的标准",
    ],
)
def test_numbers_and_words_are_no_markers(text: str) -> None:
    assert marker_of(text) is None


@pytest.mark.parametrize(
    ("text", "marker"),
    [
        ("一、促进就业(3项)", Marker("cn", 1, 2)),
        ("(二十一)积极开展", Marker("cn_paren", 21, 5)),
        ("(3)实施", Marker("ar_paren", 3, 3)),
        ("12.新建公厕", Marker("ar", 12, 3)),
        ("3、改造", Marker("ar", 3, 2)),
        ("1.2023年度投资3.5亿元", Marker("ar", 1, 2)),
        ("1.8月底前完成", Marker("ar", 1, 2)),
        ("3. 配合市局", Marker("ar", 3, 3)),
        ("三是加强监管", Marker("is", 3, 2)),
        ("项目2:新建公厕", Marker("project", 2, 4)),
        ("②开展", Marker("circled", 2, 1)),
        ("第二,实施", Marker("first", 2, 3)),
        ("  (四)新增", Marker("cn_paren", 4, 5)),
    ],
)
def test_styles(text: str, marker: Marker) -> None:
    assert marker_of(text) == marker


@pytest.mark.parametrize(
    ("text", "label", "kind"),
    [
        ("具体措施:根据部署", "具体措施", "measures"),
        ("推进举措:", "推进举措", "measures"),
        ("责任单位:县教育局", "责任单位", "lead"),
        ("牵头责任单位:市人社局", "牵头责任单位", "lead"),
        ("协同责任单位:市财政局", "协同责任单位", "cooperating"),
        ("【配合部门】县财政局", "配合部门", "cooperating"),
        ("完成时限:10月底前", "完成时限", "text"),
    ],
)
def test_labels(text: str, label: str, kind: str) -> None:
    found = label_of(text)
    assert found is not None
    assert (found[0], label_kind(found[0])) == (label, kind)


def test_sentences_have_no_label() -> None:
    assert label_of("新增托位300个。责任单位:区教育局") is None
    assert label_of("(牵头单位:市民政局)") is None


def test_annex_headings_and_lists() -> None:
    assert ANNEX.match("附件 1")
    assert ANNEX.match("附件")
    assert not ANNEX.match("附件1推进举措")
    assert ANNEX_LIST.match("附件:1.推进举措")
    assert not ANNEX_LIST.match("附件")


def test_declared_counts() -> None:
    found = DECLARED_COUNT.search("困难群体救助(11 项)")
    assert found is not None
    assert found.group(1) == "11"
    assert DECLARED_COUNT.search("新增164个(助餐点)") is None


@pytest.mark.parametrize("name", ["总体要求", "保障措施", "加强组织领导", "强化督查考核", "工作要求"])
def test_chapters_that_frame_the_plan(name: str) -> None:
    assert FRAME.match(name)


@pytest.mark.parametrize(
    "name", ["强化民生资金保障", "加强安全生产", "社会保障", "环境保护", "强化公共安全和社会治理", "教育惠民"]
)
def test_categories_are_no_frame(name: str) -> None:
    assert not FRAME.match(name)
