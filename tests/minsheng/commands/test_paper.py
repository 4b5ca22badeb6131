"""``minsheng paper plan``: the plan that was read, written as a notice; the three forms read alike."""

import json
import sys
from pathlib import Path

import pytest

from minsheng.cli import main
from minsheng.notices.document import Document
from minsheng.notices.reading import read_document
from minsheng.plans.compile import compile_plan

NOTICE = """亳州市2023年4项民生实事实施方案

一、就业促进（2项）

（一）城镇新增就业3.3万人以上（其中：涡阳县8300人以上，蒙城县8100人以上）。（牵头单位：市人社局）
推进措施：
1.每月调度一次，力争10月底前完成。

（二）城乡居民医保补助由每人每年610元提高至640元。（牵头单位：市医保局；配合单位：市财政局）

二、城乡建设（2项）

（三）改造老旧小区30个。（待认定）（牵头单位：市住建局）

（四）力争新建口袋公园7个。（属省级任务）
"""


@pytest.fixture
def plan(tmp_path: Path, capsys) -> Path:
    notice = tmp_path / "通知.txt"
    notice.write_text(NOTICE, encoding="utf-8")
    assert main(["read", str(notice), "--json"]) == 0
    path = tmp_path / "方案.json"
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    return path


def gist(path: Path) -> list[tuple]:
    document = read_document(path.read_bytes(), path.name)
    assert isinstance(document, Document)
    return [
        (
            p.number, p.status, p.lead_units, p.cooperating_units, len(p.measures),
            [(q.value, q.unit, q.comparator, q.role, q.region, q.aspiration) for q in p.quantities],
        )
        for p in compile_plan(document).projects
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["txt", "docx", "pdf"])
def test_the_notice_reads_as_the_plan_it_was_written_from(plan, tmp_path, capsys, form):
    out = tmp_path / f"公文.{form}"
    assert main(["paper", "plan", str(plan), "--out", str(out)]) == 0
    assert capsys.readouterr().out == f"{out}：写好了 4 个项目。\n"
    assert gist(out) == gist(tmp_path / "通知.txt")


def test_the_notice_is_in_our_own_words(plan, tmp_path):
    out = tmp_path / "公文.txt"
    main(["paper", "plan", str(plan), "--out", str(out)])
    lines = out.read_text(encoding="utf-8").splitlines()
    assert lines[4] == (
        "（一）完成城镇新增就业不少于3.3万人（其中：涡阳县不少于8300人，蒙城县不少于8100人）。（牵头单位：市人社局）"
    )
    assert lines[5:7] == ["推进措施：", "1.每月调度一次，力争10月底前完成。"]


def refusal(capsys, *arguments: str) -> str:
    assert main(["paper", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err.strip()


def test_only_three_forms_are_written(plan, tmp_path, capsys):
    sentence = refusal(capsys, "plan", str(plan), "--out", str(tmp_path / "公文.wps"))
    assert sentence.endswith("只能写 txt、docx 或 pdf 文件，请改文件名的后缀。")


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"title": 1}', "方案"])
def test_what_is_no_plan_is_refused(tmp_path, capsys, content):
    path = tmp_path / "方案.json"
    path.write_text(content, encoding="utf-8")
    assert "请用 minsheng read --json 的输出。" in refusal(
        capsys, "plan", str(path), "--out", str(tmp_path / "a.txt")
    )
    assert not (tmp_path / "a.txt").exists()


def test_a_plan_that_is_not_there_is_refused(tmp_path, capsys):
    assert "请核对路径" in refusal(capsys, "plan", str(tmp_path / "没有"), "--out", str(tmp_path / "a.txt"))


def test_a_folder_cannot_be_written_to(plan, tmp_path, capsys):
    (tmp_path / "a.txt").mkdir()
    assert "请换一个位置" in refusal(capsys, "plan", str(plan), "--out", str(tmp_path / "a.txt"))


def test_without_the_pdf_program_one_sentence_says_so(plan, tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    sentence = refusal(capsys, "plan", str(plan), "--out", str(tmp_path / "a.pdf"))
    assert sentence == "没有安装 PDF 排版程序 typst：请先安装，或改写成 docx、txt。"


def test_a_quantity_no_sentence_can_state_is_told(plan, tmp_path, capsys):
    data = json.loads(plan.read_text(encoding="utf-8"))
    data["projects"][3]["quantities"][0]["unit"] = "朵云"
    plan.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    assert main(["paper", "plan", str(plan), "--out", str(tmp_path / "a.txt")]) == 0
    assert "第4项的“7个”（第15行）没有写进公文" in capsys.readouterr().out
