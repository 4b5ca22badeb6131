"""Worked examples, answered by the command as by hand."""

import json
from datetime import date

import pytest

from minsheng.cli import main
from minsheng.standards.asked import Question
from minsheng.standards.parameters import read_series

RURAL = [{"from": "2022-07-01", "value": 60500}, {"from": "2023-07-01", "value": 64011}]
AGES = {"working_age_min_years": 16, "working_age_max_years_male": 59, "working_age_max_years_female": 54}


def due(amount, check="ok", shares=None):
    return {"eligible": True, "amount_fen": amount, "shares_fen": shares, "check": check, "problem": None}


def problem(code):
    return {"eligible": None, "amount_fen": None, "shares_fen": None, "check": None, "problem": code}


NOT_ELIGIBLE = {"eligible": False, "amount_fen": 0, "shares_fen": None, "check": None, "problem": None}
# (standard, day, region, parameters, row, answer)
EXAMPLES = {
    "flat and once": ("hefei-2024.p02.job-seeking-grant", "2024-09-30", "庐江县", {}, {"graduation_year": 2025, "enrolled_level": "special_secondary", "hardship_kind": "hardship_disabled_family", "has_student_loan": False, "disability_grade": 0, "paid_before_count": 0}, due(150000)),
    "each month its own line": ("bozhou-2023.p04.extreme-poverty-basic-living", "2023-10-08", "涡阳县", {"low_income_line_rural_fen_per_month": RURAL, "local_standard_fen": [{"from": "2022-07-01", "value": 80000}]}, {"hardship_kind": "extreme_poverty", "hukou": "rural", "month_from": "2023-06-01", "month_to": "2023-09-01"}, due(329645, "below_floor")),
    "tiers added up": ("lieshan-2023.p06.worker-medical-aid", "2023-11-30", "烈山区", {}, {"worker_kind": "relative", "self_paid_fen": 4200050, "paid_before_count": 0}, due(960015)),
    "no more than was spent": ("lieshan-2023.p05.elder-canteen-build", "2023-12-01", "烈山区", {}, {"facility_kind": "elder_canteen", "certified": True, "paid_before_count": 0, "actual_cost_fen": 6666666}, due(6666666)),
    "own figure below the range": ("hefei-2024.p10.child-rehab-training", "2024-03-15", "巢湖市", {"child_age_below_years": 15, "local_standard_fen": 1700000}, {"disability_kind": "autism", "birth_date": "2016-10-01"}, due(1800000, "below_floor")),
    "seven to three": ("lieshan-2023.p24.two-cancer-screening", "2023-05-05", "烈山区", {"screening_age_min_years": 35, "screening_age_max_years": 64, "local_standard_fen": 25003}, {"hardship_kind": "low_income", "hukou": "urban", "sex": "female", "birth_date": "1970-02-02"}, due(25003, "ok", {"province": 17502, "city": 7501})),
    "growth over two years": ("bozhou-2023.p04.low-income-line-urban-growth", "2023-08-01", "利辛县", {}, {"set_standard_fen": 72000, "base_standard_fen": 63000, "base_years_ago": 2}, due(72129, "below_floor")),
    "a further degree": ("bozhou-2023.p10.adult-degree-further", "2023-07-15", "谯城区", {}, {"disability_grade": 1, "study_mode": "adult", "degree_level": "postgraduate", "prior_adult_degree_level": "junior_college", "paid_before_count": 0}, due(100000)),
    "a test not recorded": ("bozhou-2023.p23.newborn-screening-other", "2023-06-18", "蒙城县", {}, {"pku_screened": True, "ch_screened": True, "hearing_screened": None}, problem("missing:hearing_screened")),
    "not eligible": ("bozhou-2023.p16.care-day", "2023-06-18", "蒙城县", {**AGES, "local_standard_fen": 450000}, {"disability_kind": "limb", "disability_grade": 3, "birth_date": "1990-09-09", "sex": "male", "care_form": "day_care"}, NOT_ELIGIBLE),
    # Further ones: order of decision, ends of domains, birthdays, dated figures.
    "day before the start": ("bozhou-2023.p06.orphan-scattered", "2022-12-31", "谯城区", {}, {"child_kind": "nonsense", "months_eligible": 99}, NOT_ELIGIBLE),
    "unsound before not eligible": ("bozhou-2023.p06.orphan-scattered", "2023-01-01", "谯城区", {}, {"child_kind": "none", "months_eligible": 13}, problem("domain:months_eligible")),
    "not eligible before missing": ("bozhou-2023.p06.orphan-scattered", "2023-01-01", "谯城区", {}, {"child_kind": "none"}, NOT_ELIGIBLE),
    "no months": ("bozhou-2023.p06.orphan-scattered", "2023-01-01", "谯城区", {}, {"child_kind": "orphan_scattered", "months_eligible": 0}, due(0)),
    "own figure just above the floor": ("bozhou-2023.p06.orphan-scattered", "2023-01-01", "谯城区", {"local_standard_fen": 110001}, {"child_kind": "orphan_scattered", "months_eligible": 1}, due(110001)),
    "own figure just below the floor": ("bozhou-2023.p06.orphan-scattered", "2023-01-01", "谯城区", {"local_standard_fen": 109999}, {"child_kind": "orphan_scattered", "months_eligible": 1}, due(110000, "below_floor")),
    "negative parameter": ("bozhou-2023.p06.orphan-scattered", "2023-01-01", "谯城区", {"local_standard_fen": -1}, {"child_kind": "none"}, problem("domain:local_standard_fen")),
    "parameter that starts later": ("bozhou-2023.p16.care-central", "2023-01-01", "谯城区", {"local_standard_fen": -1}, {"headcount": 3}, due(450000)),
    "ceiling without own figure": ("bozhou-2023.p16.care-home", "2023-06-18", "蒙城县", AGES, {"disability_kind": "mental", "disability_grade": 4, "birth_date": "1990-09-09", "sex": "male", "care_form": "home"}, problem("parameter:local_standard_fen")),
    "ceiling": ("bozhou-2023.p16.care-home", "2023-06-18", "蒙城县", {**AGES, "local_standard_fen": 200001}, {"disability_kind": "mental", "disability_grade": 4, "birth_date": "1990-09-09", "sex": "male", "care_form": "home"}, due(200000, "above_ceiling")),
    "first day of working age": ("bozhou-2023.p16.care-home", "2023-06-18", "蒙城县", {**AGES, "local_standard_fen": 5}, {"disability_kind": "mental", "disability_grade": 4, "birth_date": "2007-06-18", "sex": "female", "care_form": "home"}, due(5)),
    "day before working age": ("bozhou-2023.p16.care-home", "2023-06-17", "蒙城县", {**AGES, "local_standard_fen": 5}, {"disability_kind": "mental", "disability_grade": 4, "birth_date": "2007-06-18", "sex": "female", "care_form": "home"}, NOT_ELIGIBLE),
    "born on a leap day, 28 February": ("bozhou-2023.p07.child-rehab-training", "2023-02-28", "蒙城县", {"child_age_below_years": 15}, {"disability_kind": "limb", "birth_date": "2008-02-29"}, due(1500000)),
    "born on a leap day, 1 March": ("bozhou-2023.p07.child-rehab-training", "2023-03-01", "蒙城县", {"child_age_below_years": 15}, {"disability_kind": "limb", "birth_date": "2008-02-29"}, NOT_ELIGIBLE),
    "born tomorrow": ("bozhou-2023.p07.child-rehab-training", "2023-03-01", "蒙城县", {"child_age_below_years": 15}, {"disability_kind": "limb", "birth_date": "2023-03-02"}, problem("domain:birth_date")),
    "month without a line": ("bozhou-2023.p04.low-income-line-in-force", "2023-10-08", "涡阳县", {"low_income_line_rural_fen_per_month": RURAL}, {"hardship_kind": "low_income", "hukou": "rural", "month_from": "2022-06-01", "month_to": "2022-07-01"}, problem("parameter:low_income_line_rural_fen_per_month")),
    "months that run backwards": ("bozhou-2023.p04.low-income-line-in-force", "2023-10-08", "涡阳县", {"low_income_line_rural_fen_per_month": RURAL}, {"hardship_kind": "low_income", "hukou": "rural", "month_from": "2023-07-01", "month_to": "2023-06-01"}, problem("domain:month_to")),
    "half a fen upwards": ("linyi-2021.p01.low-income-rise", "2021-01-01", "兰山区", {"previous_standard_fen_per_month": 60505}, {"hardship_kind": "low_income", "months_eligible": 2}, due(133112)),
    "just under half a fen": ("linyi-2021.p01.low-income-rise", "2021-01-01", "兰山区", {"previous_standard_fen_per_month": 60504}, {"hardship_kind": "low_income", "months_eligible": 1}, due(66554)),
    "tier reached exactly": ("lieshan-2023.p06.worker-medical-aid", "2023-11-30", "烈山区", {}, {"worker_kind": "deep", "self_paid_fen": 500000, "paid_before_count": 0}, due(100000)),
    "a fen short of the tier": ("lieshan-2023.p06.worker-medical-aid", "2023-11-30", "烈山区", {}, {"worker_kind": "deep", "self_paid_fen": 499999, "paid_before_count": 0}, NOT_ELIGIBLE),
    "capped": ("lieshan-2023.p06.worker-medical-aid", "2023-11-30", "烈山区", {}, {"worker_kind": "deep", "self_paid_fen": 20000000, "paid_before_count": 0}, due(5000000, "above_ceiling")),
    "county pays all": ("hefei-2024.p11.care-cost-split", "2024-06-18", "肥东县", {**AGES, "local_standard_fen": 240001}, {"disability_kind": "mental", "disability_grade": 4, "birth_date": "1990-09-09", "sex": "male", "care_form": "home", "region_kind": "county"}, due(240001, "ok", {"city": 0, "county": 240001})),
    "odd fen to the last": ("hefei-2024.p11.care-cost-split", "2024-06-18", "蜀山区", {**AGES, "local_standard_fen": 240001}, {"disability_kind": "mental", "disability_grade": 4, "birth_date": "1990-09-09", "sex": "male", "care_form": "home", "region_kind": "district"}, due(240001, "ok", {"city": 120000, "county": 120001})),
    "share that cannot be worked out": ("hefei-2024.p11.care-cost-split", "2024-06-18", "蜀山区", {**AGES, "local_standard_fen": 240001}, {"disability_kind": "mental", "disability_grade": 4, "birth_date": "1990-09-09", "sex": "male", "care_form": "home"}, problem("missing:region_kind")),
    "a region unknown": ("bozhou-2023.p20.school-meal", "2023-06-18", None, {}, {"enrolled_level": "rural_compulsory", "days_served": 3}, problem("missing:region")),
    "fraction where a whole number belongs": ("bozhou-2023.p20.school-meal", "2023-06-18", "利辛县", {}, {"enrolled_level": "rural_compulsory", "days_served": 3.0}, problem("domain:days_served")),
    "a ratio over all": ("hefei-2024.p19.medical-aid-low-income", "2024-06-18", "蜀山区", {"local_ratio_bp": 10001}, {"hardship_kind": "low_income", "self_paid_fen": 1}, problem("domain:local_ratio_bp")),
    "a ratio rounded up": ("hefei-2024.p19.medical-aid-low-income", "2024-06-18", "蜀山区", {"local_ratio_bp": 7501}, {"hardship_kind": "low_income", "self_paid_fen": 3}, due(3)),
    "out of force after the last day": ("hefei-2024.p20.child-base-range", "2026-01-01", "蜀山区", {}, {}, NOT_ELIGIBLE),
}  # fmt: skip


def line(standard, as_of, region, parameters, row, _answer):
    return json.dumps(
        {"standard": standard, "as_of": as_of, "region": region, "parameters": parameters, "row": row}
    )


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """All examples through the command at once."""
    file = tmp_path_factory.mktemp("cases") / "cases.jsonl"
    file.write_text("\n".join(line(*example) for example in EXAMPLES.values()), encoding="utf-8")
    return file


def test_every_example_comes_out_as_by_hand(answers, capsys):
    assert main(["entitle", "--cases", str(answers), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert dict(zip(EXAMPLES, found, strict=True)) == {
        name: example[-1] for name, example in EXAMPLES.items()
    }


def test_the_answers_are_told_in_words(answers, capsys):
    assert main(["entitle", "--cases", str(answers)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[5] == "6. 应发250.03元（省级175.02元，市级75.01元）。"
    assert told[6] == "7. 应发721.29元，低于下限。"
    assert (
        told[8]
        == "9. 不能算（missing:hearing_screened）：“已做听力初筛”（hearing_screened）没有填，不能算：请补填。"
    )
    assert told[9] == "10. 不符合条件，应发0元。"


UNREADABLE = {
    "{": "unreadable:line",
    "[1]": "unreadable:line",
    '{"standard": "x", "as_of": "2023-01-01"}': "unknown:standard",
    '{"standard": ["x"], "as_of": "2023-01-01"}': "unknown:standard",
    '{"standard": "bozhou-2023.p16.care-central"}': "missing:as_of",
    '{"standard": "bozhou-2023.p16.care-central", "as_of": "2023-02-30"}': "domain:as_of",
    '{"standard": "bozhou-2023.p16.care-central", "as_of": "2023-02-03", "row": 3}': "unreadable:row",
    '{"standard": "bozhou-2023.p16.care-central", "as_of": "2023-02-03", "parameters": 3}': "unreadable:parameters",
    '{"standard": "bozhou-2023.p16.care-central", "as_of": "2023-02-03", "row": null}': "missing:headcount",
}


def test_a_case_that_cannot_be_read_is_a_problem_of_its_own(tmp_path, capsys):
    file = tmp_path / "cases.jsonl"
    right = line(*EXAMPLES["tier reached exactly"])
    file.write_text("\n\n".join([*UNREADABLE, right]), encoding="utf-8")
    assert main(["entitle", "--cases", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [*map(problem, UNREADABLE.values()), due(100000)]


@pytest.mark.parametrize("value", ["3", True, 3.5, [3], {"from": 1}, float("inf")])
def test_a_value_of_another_type_is_a_problem(value, bench):
    kinds = {"hardship_kind": value, "disability_kind": value, "days_served": 3}
    asked = [
        ("bozhou-2023.p16.care-central", {}, {"headcount": value}),
        ("bozhou-2023.p07.psychiatric-medicine", {}, kinds),
        ("bozhou-2023.p06.orphan-scattered", {"local_standard_fen": value}, {"child_kind": "none"}),
    ]
    answers = [
        bench.answer(
            Question(standard, date(2023, 1, 1), None, {k: read_series(v) for k, v in given.items()}, row)
        )
        for standard, given, row in asked
    ]
    found = [answer.problem for answer in answers]
    assert found == ["domain:headcount", "domain:hardship_kind", "domain:local_standard_fen"]
