"""The command line: exit codes, one sentence on stderr, no stack trace, lazy imports, cold start."""

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from minsheng.cli import COMMANDS, main
from minsheng.commands.document_file import _fault

PLAN = """淮北市2023年4项民生实事实施方案

一、就业促进（2项）

（一）城镇新增就业1.2万人以上。（牵头单位：市人社局）

（二）培训养老护理员300人次。（牵头单位：市民政局）

二、城乡建设（2项）

（三）改造老旧小区30个。（牵头单位：市住建局，配合单位：市财政局）

（四）新建口袋公园7个。（牵头单位：市城管局）
"""


@pytest.fixture
def notice(tmp_path) -> Path:
    path = tmp_path / "通知.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def call(capsys, *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def refusal(capsys, *arguments: str) -> str:
    """The one sentence of a call that is refused."""
    code, out, err = call(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.endswith("。\n")
    assert err.count("\n") == 1
    return err.strip()


# --- overview and arguments -----------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [(), ("--help",), ("-h",), ("help",)])
def test_the_overview_names_every_command(capsys, arguments):
    code, out, err = call(capsys, *arguments)
    assert (code, err) == (0, "")
    assert [command.name for command in COMMANDS if f"  {command.name} " not in out] == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("plan",), "没有“plan”这个命令：可用的命令有 "),
        (("read",), "缺少参数 FILE：用法见 minsheng read --help。"),
        (("read", "a", "b"), "不认识的参数 b：用法见 minsheng read --help。"),
        (("read", "a", "--xml"), "不认识的参数 --xml：用法见 minsheng read --help。"),
        (
            ("read", "a", "--json", "--text"),
            "参数 --text 和 --json 不能同时用：用法见 minsheng read --help。",
        ),
        (("check",), "缺少参数 FILE：用法见 minsheng check --help。"),
        (("bench", "--up-to", "-1"), "参数 --up-to 的值 '-1' 不对：用法见 minsheng bench --help。"),
        (("bench", "--up-to", "nan"), "参数 --up-to 的值 'nan' 不对：用法见 minsheng bench --help。"),
        (("bench", "write"), "参数 NAME 的值 'write' 不对，只能是 "),
    ],
)
def test_unusable_arguments_get_one_sentence(capsys, arguments, sentence):
    assert refusal(capsys, *arguments).startswith(sentence)


def test_help_of_a_command_exits_with_0(capsys):
    with pytest.raises(SystemExit) as left:
        main(["read", "--help"])
    assert left.value.code == 0
    assert "通知正文" in capsys.readouterr().out


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["read", "check"])
def test_a_missing_file_a_folder_and_a_name_that_cannot_be(capsys, tmp_path, command):
    missing = tmp_path / "无此文件.txt"
    assert refusal(capsys, command, str(missing)) == f"{missing}：没有这个文件，请核对路径和文件名。"
    assert refusal(capsys, command, str(tmp_path)) == f"{tmp_path}：这是文件夹，请给出一个文件。"
    assert "文件打不开（路径里有不能用的字符），" in refusal(capsys, command, "a\0b")
    assert "文件打不开（文件名太长），" in refusal(capsys, command, "很长" * 3000)


@pytest.mark.parametrize("command", ["read", "check"])
@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "文件是空的（0 字节）"),
        (b"%PDF-1.7\n", "这个 PDF 文件已损坏或不完整"),
        (bytes(300), "这不是文字文件"),
        (b"Hello, world. " * 9, "文件里几乎没有中文"),
    ],
)
def test_an_unreadable_file_gets_the_sentence_of_its_refusal(capsys, tmp_path, command, data, sentence):
    path = tmp_path / "通知.txt"
    path.write_bytes(data)
    assert refusal(capsys, command, str(path)).startswith(f"{path}：{sentence}")


def test_a_file_of_100_megabytes_is_refused_unread(capsys, tmp_path):
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    start = time.process_time()
    assert refusal(capsys, "read", str(path)).startswith(f"{path}：文件有 100 MB，超过上限 50 MB")
    assert time.process_time() - start < 0.5


def test_a_file_without_permission():
    sentence = _fault(Path("通知.txt"), PermissionError(13, "Permission denied"))
    assert sentence == "通知.txt：没有读取这个文件的权限，请换一个用户或改文件权限。"


def test_no_refusal_speaks_english(capsys, tmp_path):
    missing, plan, out = tmp_path / "无.json", tmp_path / "方案.json", tmp_path / "无" / "通知.txt"
    assert refusal(capsys, "paper", "plan", str(missing), "--out", str(out)) == (
        f"{missing}：打不开（没有这个文件或文件夹），请核对路径。"
    )
    for text in ("[]", "{}", '{"projects": 3}', '"甲"'):
        plan.write_text(text, encoding="utf-8")
        assert refusal(capsys, "paper", "plan", str(plan), "--out", str(out)) == (
            f"{plan}：不是方案的 JSON（缺少内容，或内容的格式不对），请用 minsheng read --json 的输出。"
        )
    assert refusal(capsys, "bench", "read", str(missing)) == (
        f"{missing}：文件打不开（没有这个文件或文件夹），请核对后再试。"
    )


# --- read -----------------------------------------------------------------------------------------


def test_read_text_prints_the_lines(capsys, notice):
    assert call(capsys, "read", str(notice), "--text") == (0, PLAN, "")


def test_read_text_of_a_page_prints_the_lines_that_numbers_count(capsys, tmp_path):
    path = tmp_path / "页.html"
    path.write_bytes("<html><body><script>密</script><p>甲</p><p>乙</p></body></html>".encode("gbk"))
    assert call(capsys, "read", str(path), "--text") == (0, "甲\n乙\n", "")


def test_read_json_prints_one_value_of_the_contract(capsys, notice):
    code, out, err = call(capsys, "read", str(notice), "--json")
    assert (code, err) == (0, "")
    plan = json.loads(out)
    assert (plan["title"], plan["region"], plan["year"]) == (
        "淮北市2023年4项民生实事实施方案",
        "淮北市",
        2023,
    )
    assert [(c["name"], c["declared_count"], c["line"]) for c in plan["categories"]] == [
        ("就业促进", 2, 3),
        ("城乡建设", 2, 9),
    ]
    assert [(p["number"], p["line"], p["lead_units"]) for p in plan["projects"]] == [
        (1, 5, ["市人社局"]),
        (2, 7, ["市民政局"]),
        (3, 11, ["市住建局"]),
        (4, 13, ["市城管局"]),
    ]
    (first,) = plan["projects"][0]["quantities"]
    assert (first["text"], first["value"], first["unit"], first["line"]) == ("1.2万人以上", 12000, "人", 5)


def test_read_prints_a_tree_with_line_numbers(capsys, notice):
    code, out, err = call(capsys, "read", str(notice))
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "淮北市2023年4项民生实事实施方案"
    assert "1. 就业促进（读出 2 项，标明 2 项） 第 3 行" in lines
    assert "├─ [3] 改造老旧小区30个 第 11 行" in lines
    assert "│    牵头：市住建局" in lines
    assert "│    配合：市财政局" in lines
    assert any(line.startswith("│    目标 ") and line.endswith("“1.2万人以上” 第 5 行") for line in lines)


def test_a_notice_without_a_plan_is_a_result_with_a_problem(capsys, tmp_path):
    path = tmp_path / "通知.txt"
    path.write_text("关于召开会议的通知\n请各单位按时参加。\n", encoding="utf-8")
    code, out, err = call(capsys, "read", str(path), "--json")
    assert (code, err) == (0, "")
    plan = json.loads(out)
    assert plan["projects"] == []
    assert "no_plan" in [problem["code"] for problem in plan["problems"]]


def test_a_cut_file_is_read_and_says_so(capsys, tmp_path):
    path = tmp_path / "通知.txt"
    path.write_bytes((PLAN + "（五）新建").encode()[:-1])
    code, out, _ = call(capsys, "read", str(path), "--json")
    assert code == 0
    problems = [(problem["code"], problem["line"]) for problem in json.loads(out)["problems"]]
    assert problems.count(("truncated_file", 14)) == 1


# --- check ----------------------------------------------------------------------------------------


def test_check_json_is_a_list_with_the_lines_each_finding_speaks_of(capsys, tmp_path):
    path = tmp_path / "通知.txt"
    path.write_text(PLAN.replace("就业促进（2项）", "就业促进（3项）"), encoding="utf-8")
    code, out, err = call(capsys, "check", str(path), "--json")
    assert (code, err) == (0, "")
    (finding,) = json.loads(out)
    assert list(finding) == ["code", "severity", "project", "line", "message", "expected", "found", "sources"]
    assert (finding["code"], finding["severity"], finding["line"]) == ("category_count_differs", "error", 3)
    assert (finding["expected"], finding["found"]) == ("3项", "2项")
    assert [(source["file"], source["line"], source["text"][:6]) for source in finding["sources"]] == [
        (str(path), 3, "一、就业促进"),
        (str(path), 5, "（一）城镇新"),
        (str(path), 7, "（二）培训养"),
    ]


def test_check_of_a_sound_notice_finds_nothing(capsys, notice):
    assert call(capsys, "check", str(notice), "--json") == (0, "[]\n", "")
    assert call(capsys, "check", str(notice)) == (0, "通知.txt：没有发现疑点。\n", "")


# --- bench ----------------------------------------------------------------------------------------


def test_bench_prints_each_figure_beside_its_yardstick(capsys, notice):
    code, out, err = call(capsys, "bench", "read", str(notice), "--json")
    assert (code, err) == (0, "")
    figures = json.loads(out)
    assert [figure["unit"] for figure in figures] == ["行/秒", "秒"]
    for figure in figures:
        assert figure["ratio"] == pytest.approx(figure["figure"] / figure["yardstick_figure"], rel=0.01)


def test_bench_of_a_file_that_is_no_notice_is_refused(capsys, tmp_path):
    path = tmp_path / "x.txt"
    path.write_bytes(b"")
    assert refusal(capsys, "bench", "read", str(path)).startswith(f"{path}：文件是空的")


# --- the process ----------------------------------------------------------------------------------


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "minsheng.cli", *arguments]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, **environment})


def test_output_is_utf8_whatever_the_locale(notice):
    run_ = run("read", str(notice), "--text", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (run_.returncode, run_.stdout.decode()) == (0, PLAN)


def test_the_package_is_the_command():
    run_ = subprocess.run([sys.executable, "-m", "minsheng", "plan"], capture_output=True, check=False)
    assert (run_.returncode, run_.stdout) == (2, b"")
    assert run_.stderr.decode().startswith("没有“plan”这个命令：可用的命令有 ")


def test_a_reader_that_leaves_early_is_no_fault(notice):
    script = f'"{sys.executable}" -m minsheng.cli read "{notice}" | true'
    run_ = subprocess.run(["bash", "-o", "pipefail", "-c", script], capture_output=True, check=False)
    assert (run_.returncode, run_.stderr) == (0, b"")


def test_reading_imports_neither_django_nor_the_web():
    program = (
        "import sys, minsheng.cli, minsheng.commands.read, minsheng.plans.compile; "
        "print([name for name in ('django', 'minsheng_web', 'xlsxwriter', 'selectolax') if name in sys.modules])"
    )
    run_ = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run_.stdout == "[]\n"


def processor_seconds(*command: str) -> float:
    """What a command takes of one processor: its duration where nothing else runs, as it does one thing at a time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *command], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.notices
def test_the_largest_notice_is_read_from_a_cold_start_in_under_600_ms(notices_folder):
    largest = max(notices_folder.glob("*.txt"), key=lambda path: path.stat().st_size)
    command = ("-m", "minsheng.cli", "read", str(largest), "--json")
    assert min(processor_seconds(*command) for _ in range(5)) < 0.6
