"""What the counter reads: the way one row went, one step a line, in the words of the field."""

import json
import re

import pytest

from minsheng.cli import main

FIGURES = """name,region,from,value,standard
low_income_line_rural_fen_per_month,,2022-07-01,60500,
low_income_line_rural_fen_per_month,,2023-07-01,64011,
working_age_min_years,,2020-01-01,16,
working_age_max_years_male,,2020-01-01,59,
working_age_max_years_female,,2020-01-01,54,
local_standard_fen,,2022-07-01,8123,bozhou-2023.p13.hardship-disabled-living
local_standard_fen,,2022-07-01,1199000,bozhou-2023.p16.care-residential
"""


@pytest.fixture
def told(tmp_path, capsys):
    file = tmp_path / "figures.csv"
    file.write_text(FIGURES, encoding="utf-8")

    def lines(standard, as_of, **row):
        arguments = ["--standard", standard, "--as-of", as_of, "--row", json.dumps(row)]
        assert main(["explain", *arguments, "--parameters", str(file)]) == 0
        return capsys.readouterr().out.splitlines()

    return lines


def test_of_alternatives_the_one_that_was_taken(told):
    found = told(
        "maanshan-2020.p14.poor-patient-backstop", "2020-06-01",
        hospital_level="city", hardship_kind="registered_poor", self_paid_fen=1234567,
    )  # fmt: skip
    assert found[-4:] == [
        "4. 金额：个人负担－5000元，不足0的按0 → 7345.67元",
        "   · 个人负担－5000元【个人负担：12345.67元】 → 7345.67元",
        "      · 医院级别是市级的，用5000元【医院级别：市级】 → 5000元",
        "结论：符合条件，应发7345.67元。",
    ]


def test_months_that_are_alike_are_told_once(told):
    found = told(
        "bozhou-2023.p04.extreme-poverty-basic-living", "2023-10-08",
        hardship_kind="extreme_poverty", hukou="rural", month_from="2023-06", month_to="2023-12",
    )  # fmt: skip
    months = [line for line in found if re.match(r"   · ", line)]
    own = "本地自定标准（不低于按户口取的低保标准的1.3倍，进一取整到分）【本地自定标准：未定】"
    assert months == [
        f"   · 2023年6月：{own} → 786.50元",
        f"   · 2023年7月至12月，每月：{own} → 832.15元",
    ]
    assert found[-2].endswith("【本地自定标准：未定】 → 没有登记本地自定的数，不用核对")
    assert found[-1] == "结论：符合条件，应发5779.40元。"


def test_growth_is_told_as_growth(told):
    found = told(
        "bozhou-2023.p04.low-income-line-rural-growth", "2023-10-08",
        set_standard_fen=63222, base_standard_fen=60500, base_years_ago=1,
    )  # fmt: skip
    growth = "基期标准每年增长4.5%，共（基期距今年数）年，进一取整到分"
    reads = "【基期标准：605元，基期距今年数：1】"
    assert found[-5:] == [
        "3. 条件：不另设条件 → 是",
        f"4. 金额：{growth}{reads} → 632.23元",
        f"5. 上下限：本地所定标准不低于（{growth}）【本地所定标准：632.22元】 → 否",
        f"   · {growth}{reads} → 632.23元",
        "结论：符合条件，应发632.23元。注意：低于通知规定的下限。",
    ]


def test_shares_and_sources_have_a_line_each(told):
    found = told(
        "bozhou-2023.p13.hardship-disabled-living", "2023-10-08",
        hardship_kind="low_income", disability_grade=2, months_eligible=12,
    )  # fmt: skip
    assert found[2:4] == [
        "依据：通知bozhou-2023第156行（80元/人·月）",
        "依据：通知bozhou-2023第162行（80元/人·月；提标资金由县区承担）",
    ]
    assert found[-4:-2] == [
        "6. 分担：基础部分负担：80元×保障月数【保障月数：12】 → 960元",
        "7. 分担：县级负担：其余部分 → 14.76元",
    ]


def test_of_conditions_put_together_those_that_settled_it_with_the_age(told):
    row = {"sex": "female", "disability_kind": "limb", "disability_grade": 2, "care_form": "residential"}
    found = told("bozhou-2023.p16.care-residential", "2023-10-08", birth_date="1968-10-08", **row)
    assert found[8:13] == [
        "4. 条件：处于就业年龄段 → 否",
        "   · 性别是男【性别：女】 → 否",
        "   · 按出生日期算的周岁不超过就业年龄上限（女）【出生日期：1968年10月8日，周岁：55周岁，就业年龄上限（女）：54周岁】 → 否",
        "5. 条件：托养形式是寄宿制【托养形式：寄宿制】 → 是",
        "结论：不符合条件（“处于就业年龄段”不成立），应发0元。",
    ]
    found = told("bozhou-2023.p16.care-residential", "2023-10-08", birth_date="1968-10-09", **row)
    assert found[-1] == "结论：符合条件，应发11990元。"


def test_a_value_outside_its_domain_is_told_with_what_may_stand_there(told):
    row = {"hardship_kind": "extreme_poverty", "hukou": "rural", "month_from": "1923-01"}
    found = told("bozhou-2023.p04.extreme-poverty-basic-living", "2023-10-08", month_to="2023-01", **row)
    assert found[-1].startswith("结论：“截止月份”（month_to）的值超出允许范围，不能算：")
    assert "连头带尾最多1200个月" in found[-1]
    found = told("bozhou-2023.p13.hardship-disabled-living", "2023-10-08", disability_grade=5)
    assert found[-1].endswith("请核对改正，只能是0至4的整数。")
