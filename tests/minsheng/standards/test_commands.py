"""``minsheng explain``, ``standards show`` and ``standards lint`` say what officials can act on."""

import json
import shutil

import pytest

from minsheng.cli import main

LIVING = "bozhou-2023.p04.extreme-poverty-basic-living"
ROW = {"hardship_kind": "extreme_poverty", "hukou": "rural", "month_from": "2023-06", "month_to": "2023-07"}
FIGURES = f"""name,region,from,value,standard
low_income_line_rural_fen_per_month,涡阳县,2022-07-01,60500,
low_income_line_rural_fen_per_month,涡阳县,2023-07-01,64011,
low_income_line_rural_fen_per_month,,2020-01-01,1,
local_standard_fen,涡阳县,2022-07-01,80000,{LIVING}
local_standard_fen,涡阳县,2022-07-01,99999,bozhou-2023.p06.orphan-scattered
"""


@pytest.fixture
def figures(tmp_path):
    file = tmp_path / "figures.csv"
    file.write_text(FIGURES, encoding="utf-8")
    return str(file)


def explain(*more, standard=LIVING, row=ROW):
    return main(["explain", "--standard", standard, "--as-of", "2023-10-08", "--row", json.dumps(row), *more])


def test_every_step_is_told_with_its_values_and_lines(figures, capsys):
    assert explain("--region", "涡阳县", "--parameters", figures) == 0
    told = capsys.readouterr().out
    assert "特困人员基本生活标准" in told
    assert "依据：通知bozhou-2023第52行" in told
    assert "条件：困难类别是特困【困难类别：特困】 → 是" in told
    assert told.splitlines()[7:14] == [
        "4. 金额：逐月相加：本地自定标准（不低于按户口取的低保标准的1.3倍，进一取整到分） → 1632.15元",
        "   · 2023年6月：本地自定标准（不低于按户口取的低保标准的1.3倍，进一取整到分）【本地自定标准：800元】 → 800元",
        "      · 按户口取的低保标准的1.3倍，进一取整到分 → 786.50元",
        "         · 按户口取的低保标准【户口性质：农村，农村低保标准（每月）：605元】 → 605元",
        "   · 2023年7月：本地自定标准（不低于按户口取的低保标准的1.3倍，进一取整到分）【本地自定标准：800元】 → 832.15元",
        "      · 按户口取的低保标准的1.3倍，进一取整到分 → 832.15元",
        "         · 按户口取的低保标准【户口性质：农村，农村低保标准（每月）：640.11元】 → 640.11元",
    ]
    assert told.endswith("结论：符合条件，应发1632.15元。注意：低于通知规定的下限。\n")


def test_the_same_steps_as_json(figures, capsys):
    assert explain("--region", "涡阳县", "--parameters", figures, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert {key: found[key] for key in ("eligible", "amount_fen", "check", "problem")} == {
        "eligible": True,
        "amount_fen": 163215,
        "check": "below_floor",
        "problem": None,
    }
    assert [step["step"] for step in found["steps"]] == ["执行期", "数值", "条件", "金额", "上下限"]
    months = found["steps"][3]["steps"]
    assert [month["result"] for month in months] == [80000, 83215]
    assert months[0]["reads"][0] == {
        "name": "hukou",
        "chinese": "户口性质",
        "value": "rural",
        "shown": "农村",
    }


def test_another_region_has_the_general_figures(figures, capsys):
    assert explain("--region", "谯城区", "--parameters", figures, "--json") == 0
    assert json.loads(capsys.readouterr().out)["amount_fen"] == 4


def test_what_is_missing_is_named(capsys):
    assert explain() == 0
    told = capsys.readouterr().out
    assert told.endswith(
        "结论：没有当时有效的参数“农村低保标准（每月）”（low_income_line_rural_fen_per_month），不能算：请补登这一参数。\n"
    )


def test_a_day_outside_the_dates_is_said(capsys):
    assert main(["explain", "--standard", LIVING, "--as-of", "2022-12-31", "--row", "{}"]) == 0
    told = capsys.readouterr().out
    assert "2022年12月31日这项标准不在执行期内（2023年1月1日起执行） → 否" in told
    assert told.endswith("结论：不符合条件，应发0元。\n")


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--standard", "nothing"), "没有编号为“nothing”的标准"),
        (("--standard", LIVING[:-1]), f"没有编号为“{LIVING[:-1]}”的标准：是不是“{LIVING}”？"),
        (("--as-of", "2023-02-30"), "计算日“2023-02-30”不是日历上的一天"),
        (("--row", "[1]"), "参数 --row 不是JSON"),
        (("--row", '{"hardship": 1}'), "参数 --row 里有不认识的列“hardship”：是不是“hardship_kind”？"),
        (("--row", '{"低保": 1}'), "参数 --row 里有不认识的列“低保”：列名见 vocabulary.yaml。"),
        (("--parameters", "nowhere.csv"), "参数文件读不出来"),
        (("--standards", "nowhere"), "没有找到标准"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(more, sentence, capsys):
    assert explain(*more) == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("low_income_line,涡阳县,2022-07-01,60500,", "不认识的参数“low_income_line”"),
        ("child_age_below_years,涡阳县,2022年,15,", "起始日期读不懂"),
        ("child_age_below_years,涡阳县,2022-07-01,15.5,", "的值“15.5”不能用"),
        ("local_ratio_bp,涡阳县,2022-07-01,10001,x", "的值“10001”不能用"),
        ("local_standard_fen,涡阳县,2022-07-01,5,", "没有写明是哪一项标准的"),
    ],
)
def test_a_parameter_file_with_a_fault_is_refused_with_its_line(line, sentence, tmp_path, capsys):
    file = tmp_path / "figures.csv"
    file.write_text(f"name,region,from,value,standard\n{line}\n", encoding="utf-8")
    assert explain("--parameters", str(file)) == 2
    said = capsys.readouterr().err
    assert said.startswith("参数文件有错：figures.csv:2：")
    assert sentence in said


def test_parameters_may_be_yaml(tmp_path, capsys):
    file = tmp_path / "figures.yaml"
    file.write_text(
        "- {name: low_income_line_rural_fen_per_month, from: 2020-01-01, value: 10}\n", encoding="utf-8"
    )
    assert explain("--parameters", str(file), "--json") == 0
    assert json.loads(capsys.readouterr().out)["amount_fen"] == 26


def test_a_standard_is_shown_in_words(capsys):
    assert main(["standards", "show", "bozhou-2023.p13.hardship-disabled-living"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "困难残疾人生活补贴（bozhou-2023.p13.hardship-disabled-living）"
    assert "金额：本地自定标准（不低于80元）×保障月数" in told
    assert "分担：基础部分：80元×保障月数；县级：其余" in told


def test_what_the_lint_finds_is_its_result(tmp_path, capsys, request):
    folder = tmp_path / "standards"
    (folder / "maanshan-2020").mkdir(parents=True)
    source = request.config.rootpath / "standards"
    shutil.copy(source / "vocabulary.yaml", folder)
    shutil.copy(source / "maanshan-2020" / "notice.yaml", folder / "maanshan-2020")
    text = (source / "maanshan-2020" / "p18.yaml").read_text(encoding="utf-8")
    (folder / "maanshan-2020" / "p18.yaml").write_text(
        text.replace("ratio_at_least(", "ratio_at_last("), encoding="utf-8"
    )
    assert main(["standards", "lint", str(folder)]) == 0
    told = capsys.readouterr().out
    assert "maanshan-2020/p18.yaml:" in told
    assert "不认识的函数“ratio_at_last”。改法：是不是“ratio_at_least”，改成它。" in told
    assert told.endswith("1处要改。\n")
    assert main(["standards", "lint", str(folder), "--json"]) == 0
    assert [fault["code"] for fault in json.loads(capsys.readouterr().out)] == ["unknown_function"]
