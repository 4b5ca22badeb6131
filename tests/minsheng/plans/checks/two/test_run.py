"""The list of pair checks is whole and documented; the command runs them on files."""

import importlib
import json
import re
from pathlib import Path

import pytest

from minsheng.cli import main
from minsheng.plans.checks.two import run
from minsheng.plans.checks.two.run import PAIR_CHECKS

FOLDER = Path(run.__file__).parent
ROOT = Path(__file__).resolve().parents[5]

CITY = """亳州市2023年3项民生实事实施方案

一、为老服务（2项）

（一）新增城乡老年食堂164个（其中涡阳县38个，蒙城县40个，利辛县41个，谯城区45个）。（牵头单位：市民政局）

（二）改造老旧小区30个（其中涡阳县12个，谯城区18个）。（牵头单位：市住建局）

二、就业促进（1项）

（三）城镇新增就业3.3万人以上。（牵头单位：市人社局）
"""
COUNTY = """涡阳县2023年2项民生实事实施方案

（一）新增城乡老年食堂50个。（牵头单位：县民政局）

（二）城镇新增就业8000人以上。（牵头单位：县人社局）
"""


def test_every_check_is_run_once() -> None:
    files = {
        path.stem
        for path in FOLDER.glob("*.py")
        if re.search(r"^def check\(", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert sorted(check.__module__.rsplit(".", 1)[-1] for check in PAIR_CHECKS) == sorted(files)


def test_every_code_is_given_and_documented() -> None:
    written = re.findall(
        r"^\| `(\w+)` \| `(\w+)` \|", (ROOT / "docs" / "checks.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    for check in PAIR_CHECKS:
        module = importlib.import_module(check.__module__)
        name = check.__module__.rsplit(".", 1)[-1]
        assert {code for file, code in written if file == name} == set(module.CODES)


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    for name, text in (("city.txt", CITY), ("county.txt", COUNTY)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return str(tmp_path / "city.txt"), str(tmp_path / "county.txt")


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_command_compares_a_county_with_its_city(files, capsys, order) -> None:
    given = [files[index] for index in order]
    assert main(["check", *given, "--json"]) == 0
    found = [f for f in json.loads(capsys.readouterr().out) if f["code"].startswith("county_")]
    assert [(f["code"], f["line"], f["expected"], f["found"]) for f in found] == [
        ("county_task_missing", 7, "12个", "没有"),
        ("county_task_inflated", 3, "38个", "50个"),
    ]
    assert found[1]["sources"] == [
        {"file": files[1], "line": 3, "text": "50个"},
        {"file": files[0], "line": 5, "text": "38个"},
    ]


def test_each_file_is_checked_by_itself_too(files, capsys) -> None:
    assert main(["check", *files, "--json"]) == 0
    together = json.loads(capsys.readouterr().out)
    alone = []
    for file in files:
        assert main(["check", file, "--json"]) == 0
        alone += json.loads(capsys.readouterr().out)
    assert [f for f in together if not f["code"].startswith("county_")] == alone


def test_for_a_person_the_comparison_has_its_own_heading(files, capsys) -> None:
    assert main(["check", *files]) == 0
    assert "几份方案对照：发现 2 处疑点。" in capsys.readouterr().out
