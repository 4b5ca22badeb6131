"""PDF files: paragraphs made whole over lines and pages, page furniture out, ruled tables as rows."""

import subprocess
import sys

import pytest

from made_files import pdf_of, set_by_typst
from minsheng.notices.document import Document, Refusal
from minsheng.notices.pdf_layout import Page, text_lines
from minsheng.notices.pdf_page import Line, printed_lines
from minsheng.notices.pdf_tables import RuledTable
from minsheng.notices.reading import read_document
from minsheng.notices.watch import Watch


def read(data: bytes, **more) -> Document:
    document = read_document(data, "通知.pdf", **more)
    assert isinstance(document, Document), document
    assert (document.format, document.encoding) == ("pdf", "")
    return document


def refused(data: bytes, **more) -> Refusal:
    refusal = read_document(data, "通知.pdf", **more)
    assert isinstance(refusal, Refusal), refusal
    return refusal


PLAN = [
    "样例市2023年民生实事实施方案",
    "一、就业促进（2项）",
    *(
        f"（{numeral}）城镇新增就业1.{number}2万人以上，其中：东山县3500人、南河县4200人、西湖区{number}500人；开展职业技能培训"
        f"2.{number}5万人次，培训合格率达到9{number}%以上，力争年底前全部完成并组织验收。（牵头单位：市人社局，配合单位：市财政局）"
        for number, numeral in enumerate("一二三四五六七八九", 1)
    ),
]
TABLE = [
    "县区\t一、就业\t\n\t1、岗位（个）\t2、培训（人）",
    *(f"{name}县\t{20 + n}\t{300 + n}" for n, name in enumerate("甲乙丙丁戊己庚辛壬癸" * 4)),
]
ROWS = "\n".join(TABLE).split("\n")


@pytest.fixture(scope="module")
def whole() -> Document:
    return read(pdf_of([*PLAN, *ROWS, "以上任务于年底前完成。"]))


def test_wrapped_lines_and_pages_are_made_whole(whole):
    assert whole.lines[: len(PLAN)] == tuple(PLAN)
    assert whole.warnings == ()


def test_header_and_page_numbers_are_gone(whole):
    assert not [line for line in whole.lines if "公报" in line or "—" in line]


def test_a_ruled_table_goes_on_over_pages(whole):
    assert whole.lines[len(PLAN) :] == ("", *ROWS, "", "以上任务于年底前完成。")


def test_merged_cells_are_blank_where_they_go_on():
    cells = "[县区], table.cell(colspan: 2)[一、就业], [], [1、岗位], [2、培训], table.cell(rowspan: 2)[甲县], [30], [40], [31], [41]"
    data = set_by_typst(f'#set text(font: "Noto Serif CJK SC")\n任务分解\n#table(columns: 3, {cells})')
    assert read(data).lines == (
        "任务分解",
        "",
        "县区\t一、就业\t",
        "\t1、岗位\t2、培训",
        "甲县\t30\t40",
        "\t31\t41",
    )


def test_a_page_on_its_side_is_read_as_it_is_shown():
    data = set_by_typst(
        '#set page(flipped: true)\n#set text(font: "Noto Serif CJK SC")\n新增就业3万人。\n\n改造小区30个。'
    )
    turned = data.replace(b"/MediaBox", b"/Rotate 0/MediaBox", 1)
    assert read(turned).lines == ("新增就业3万人。", "改造小区30个。")


def test_progress_is_told_page_by_page_and_reading_can_be_cancelled():
    data = set_by_typst(
        '#set text(font: "Noto Serif CJK SC")\n'
        + "#pagebreak()\n".join(f"#v({n}cm)第{n}项：就业\n" for n in range(1, 6))
    )
    seen: list[tuple[int, int]] = []
    read(data, watch=Watch(progress=lambda done, total: seen.append((done, total))))
    assert seen == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]
    assert refused(data, watch=Watch(cancelled=lambda: True)).code == "reading_cancelled"


# --- layout ---------------------------------------------------------------------------------------


def line(text: str, top: float, left: float = 100, right: float | None = None) -> Line:
    return Line(text, left, top, left + 16 * len(text) if right is None else right, top + 16, 16, 16)


def laid_out(*pages: list) -> list[str]:
    return list(text_lines([Page(600, 800, tuple(items)) for items in pages]))


LONG = "城镇新增就业一万人以上其中东山县三千人南河县四"


def test_a_short_line_ends_its_paragraph():
    full = LONG[1:] + "。"
    assert laid_out([line(full, 200), line("推进措施：", 230), line("千人。", 260)]) == [
        full,
        "推进措施：",
        "千人。",
    ]


def test_an_indented_line_begins_a_paragraph():
    items = [
        line(LONG[2:], 200, left=132),
        line(LONG, 230),
        line(LONG[2:], 260, left=132),
        line("千人。", 290),
    ]
    assert laid_out(items) == [LONG[2:] + LONG, LONG[2:] + "千人。"]


def test_a_larger_gap_begins_a_paragraph():
    tops = [200, 230, 260, 320]
    assert laid_out([line(LONG, top) for top in tops]) == [LONG * 3, LONG]


def test_without_indents_a_number_begins_a_paragraph():
    items = [line(LONG, 200), line("（二）" + LONG[3:], 230), line("千人。", 260)]
    assert laid_out(items) == [LONG, "（二）" + LONG[3:] + "千人。"]


def test_a_paragraph_goes_on_over_a_page():
    first = [line("市人民政府公报", 30), line(LONG, 700), line("- 1 -", 770)]
    second = [line("市人民政府公报", 30), line("千人。", 120), line("- 2 -", 770)]
    assert laid_out(first, second) == [LONG + "千人。"]


def test_numbers_in_the_text_are_no_page_numbers():
    assert laid_out([line("12", 400), line("第3页", 400), line("3", 790)]) == ["12", "第3页"]


def test_what_repeats_in_the_text_is_no_header():
    pages = [[line("责任单位：市教育局", 300 + page)] for page in range(8)]
    assert laid_out(*pages) == ["责任单位：市教育局"] * 8


def test_the_head_of_a_table_printed_again_is_left_out():
    one = RuledTable((100, 200, 500, 700), 2, ("县区\t任务", "甲县\t3"))
    two = RuledTable((100, 100, 500, 300), 2, ("县区\t任务", "乙县\t4"))
    other = RuledTable((100, 400, 500, 600), 3, ("县区\t任务\t备注", "乙县\t4\t无"))
    assert laid_out([one], [two, other]) == [
        "",
        "县区\t任务",
        "甲县\t3",
        "乙县\t4",
        "",
        "县区\t任务\t备注",
        "乙县\t4\t无",
    ]


# --- refusals -------------------------------------------------------------------------------------


def test_a_cut_pdf_is_read_or_refused():
    data = pdf_of(PLAN)
    for part in (3, 6, 9):
        result = read_document(data[: len(data) * part // 10], "x")
        assert isinstance(result, Document) or result.code in {"damaged_file", "no_text", "pdf_without_codes"}


LOCKED = b"""%%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj
3 0 obj<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>endobj
trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]>>
%%%%EOF""" % (b"11" * 32, b"22" * 32)


def test_a_locked_pdf_is_refused():
    assert refused(LOCKED).code == "encrypted_file"


def test_an_empty_page_is_refused():
    assert refused(set_by_typst("#page[]")).code == "no_text"


@pytest.mark.slow
def test_a_thousand_pages_are_read_in_bounded_memory(tmp_path):
    text = "".join(f"（{n}）城镇新增就业{n}人以上，培训{n}人次。\n\n" for n in range(1, 13))
    pages = (f"#v({page % 40 * 4}pt)\n{text}" for page in range(1000))
    source = '#set text(font: "Noto Serif CJK SC", size: 16pt)\n' + "#pagebreak()\n".join(pages)
    path = tmp_path / "thousand.pdf"
    path.write_bytes(set_by_typst(source))
    program = (
        "import resource, sys; from pathlib import Path; from minsheng.notices.reading import read_document; "
        "d = read_document(Path(sys.argv[1]).read_bytes(), 'x'); "
        "print(len(d.lines), *(resource.getrusage(w).ru_maxrss // 1024 for w in "
        "(resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))"
    )
    # Through a shell of its own: a process inherits the largest memory of the one it is forked from.
    command = ["sh", "-c", '"$0" -c "$1" "$2"; exit $?', sys.executable, program, str(path)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    lines, own, child = map(int, run.stdout.split())
    assert lines == 12_000
    assert own < 300
    assert child < 500


def test_signs_with_a_box_of_their_own_stand_in_their_line():
    chars = [
        (100.0 + 16 * place, 190.0 if char == "“" else 197.0 if char == "一" else 188.0, 115.0 + 16 * place,
         194.0 if char == "“" else 198.0 if char == "一" else 204.0, char, 202.0)
        for place, char in enumerate("一、“就业")
    ]  # fmt: skip
    below = [(100.0, 210.0, 115.0, 226.0, "下", 224.0)]
    assert [line.text for line in printed_lines([*below, *chars])] == ["一、“就业", "下"]


def test_without_indents_a_label_begins_a_paragraph_and_an_open_bracket_does_not_end_one():
    full = LONG[1:] + "）"
    assert laid_out([line(full, 200), line("推进举措：", 230), line("千人。", 260)]) == [
        full,
        "推进举措：",
        "千人。",
    ]
    opened = LONG[:-6] + "（牵头单位："
    assert laid_out([line(opened, 200), line("市民政局）", 230)]) == [opened + "市民政局）"]
    assert laid_out([line(LONG[1:] + "。", 200), line("；其余", 230)]) == [LONG[1:] + "。；其余"]
