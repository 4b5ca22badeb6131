"""What people type, as the value a plan holds: wrong texts first."""

import pytest

from minsheng_web.records.actions.correction_values import Unusable, fields_of, parse_field, parse_for

WRONG = [
    ("value", ""),
    ("value", "三千"),
    ("value", "12人"),
    ("value", "1.2.3"),
    ("value", "1e5"),
    ("value", "NaN"),
    ("value", "inf"),
    ("value", "0.1234567"),
    ("value", "999999亿"),
    ("value_hi", "x"),
    ("unit", ""),
    ("unit", "很" * 51),
    ("comparator", "≥"),
    ("comparator", ""),
    ("role", "目标"),
    ("project", "0"),
    ("project", ""),
    ("project", "一"),
    ("status", "done"),
    ("headline", " "),
    ("year", "23"),
    ("year", ""),
    ("issued_on", "2023年9月14日"),
    ("issued_on", "2023-02-30"),
    ("declared_total", "五十"),
    ("declared_total", "-1"),
    ("title", ""),
    ("lead_units", "市" * 101),
    ("category", "x"),
]
RIGHT = [
    ("value", "33000", 33000),
    ("value", " 3.3万 ", 33000),
    ("value", "3.3 万", 33000),
    ("value", "33,000", 33000),
    ("value", "３３０００", 33000),
    ("value", "12.50", 12.5),
    ("value", "0", 0),
    ("value", "3.5亿", 350000000),
    ("value_hi", "", None),
    ("value_hi", "64", 64),
    ("unit", " 元/人/月 ", "元/人/月"),
    ("comparator", "ge", "ge"),
    ("role", "standard", "standard"),
    ("aspiration", "", False),
    ("aspiration", "1", True),
    ("subject", "", None),
    ("subject", "城镇  新增就业", "城镇 新增就业"),
    ("region", "", None),
    ("region", "各县区", "each"),
    ("region", "每个地区", "each"),
    ("region", "涡阳县", "涡阳县"),
    ("project", "12", 12),
    ("status", "no_task", "no_task"),
    ("lead_units", "市民政局、市财政局，市民政局\n市残联", ["市民政局", "市财政局", "市残联"]),
    ("cooperating_units", "", []),
    ("category", "", None),
    ("category", "3", 3),
    ("year", "2023", 2023),
    ("issued_on", "2023-09-14", "2023-09-14"),
    ("issued_on", "", None),
    ("declared_total", "", None),
    ("declared_total", "50", 50),
]


@pytest.mark.parametrize(("field", "text"), WRONG)
def test_an_unusable_text_gets_a_sentence(field, text):
    value = parse_field(field, text)
    assert isinstance(value, Unusable)
    assert value.message.endswith("。")


@pytest.mark.parametrize(("field", "text", "value"), RIGHT)
def test_a_usable_text_is_read(field, text, value):
    assert parse_field(field, text) == value


def test_the_head_has_a_region_of_its_own_that_is_never_each():
    assert parse_for("head", "region", "各县区") == "各县区"
    assert isinstance(parse_for("head", "region", ""), Unusable)
    assert parse_for("q:1:0:1:0", "region", "各县区") == "each"


def test_every_field_that_can_be_corrected_can_be_typed():
    for anchor in ("head", "p:1", "q:1:0:1:0"):
        for field in fields_of(anchor):
            parse_field(field, "1")
