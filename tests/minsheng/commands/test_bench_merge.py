"""bench merge: made-up files are the same for a seed, both ways come to the same totals, no pandas is told."""

from importlib.util import find_spec

import pytest

from minsheng import cli
from minsheng.commands import bench_merge as merging
from minsheng.commands.bench_reports import expected_places, returned_sheets
from minsheng.commands.refused import CommandRefused
from minsheng.papers.report_merge import merge

needs_pandas = pytest.mark.skipif(
    find_spec("pandas") is None or find_spec("openpyxl") is None,
    reason="requirements/bench.txt is not installed",
)


def test_made_up_sheets_are_whole_and_the_same_for_a_seed():
    one = merge(returned_sheets(3, 14, 7), expected_places(3))
    again = merge(returned_sheets(3, 14, 7), expected_places(3))
    other = merge(returned_sheets(3, 14, 8), expected_places(3))
    assert one.rows == again.rows
    assert one.rows != other.rows
    assert (len(one.rows), one.problems, one.refusals, one.missing) == (42, (), (), ())
    assert {row.line.kind for row in one.rows} == {"count", "at_least", "yes_no", "stages"}


def test_units_and_regions_are_those_that_were_asked():
    places = expected_places(104).places
    assert len(places) == 104
    assert ("u13", "r8") in places


def absent(name):
    raise ModuleNotFoundError(name)


def test_without_pandas_it_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setattr(merging, "import_module", absent)
    assert cli.main(["bench", "merge"]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err) == (
        "",
        "bench merge 要拿 pandas 和 openpyxl 作对照，这里没有安装：请先安装 requirements/bench.txt。\n",
    )


@needs_pandas
def test_both_ways_come_to_the_same_totals():
    (figure,) = merging.bench_merge(files=4, targets=21, seed=3)
    assert (figure.name, figure.unit, figure.yardstick) == ("汇总填报表", "份/秒", "pandas 脚本")
    assert figure.about.startswith("4 份，每份 21 个指标，种子 3，")
    assert figure.about.endswith("个进程，2 轮取最快，合计逐项相同")


def test_totals_that_differ_are_no_figure(monkeypatch):
    monkeypatch.setattr(merging, "import_module", lambda _: None)
    monkeypatch.setattr(merging, "_office_script", lambda *_: {})
    with pytest.raises(CommandRefused, match="合计不一致"):
        merging.bench_merge(files=1, targets=7)
