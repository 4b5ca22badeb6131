"""Word documents: what a reader sees with all changes accepted, in its order, with the numbers Word computes."""

import pytest

from made_files import (
    NAMESPACES,
    cell,
    docx,
    level,
    numbered,
    numbering,
    paragraph,
    run,
    table,
    zipped,
)
from minsheng.notices.document import Document, Refusal
from minsheng.notices.docx_numerals import numeral
from minsheng.notices.reading import read_document


def lines(data: bytes) -> tuple[str, ...]:
    document = read_document(data, "通知.docx")
    assert isinstance(document, Document), document
    assert (document.format, document.encoding, document.warnings) == ("docx", "", ())
    return document.lines


def test_paragraphs_and_tables_stand_in_their_order():
    body = (
        paragraph("样例市民生实事")
        + table([["项目", "数量"], ["新增就业", "1.2万人"]])
        + paragraph("以上任务。")
    )
    assert lines(docx(body)) == ("样例市民生实事", "", "项目\t数量", "新增就业\t1.2万人", "", "以上任务。")


def test_content_controls_are_transparent():
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    row = f"<w:tr>{cell('就业')}{control.format(cell('3万人'))}</w:tr>"
    body = control.format(paragraph("一、就业") + control.format(paragraph("二、教育")))
    body += f"<w:p>{run('三、')}{control.format(run('养老'))}</w:p>"
    body += f"<w:tbl>{row}{control.format(row)}</w:tbl>"
    assert lines(docx(body)) == ("一、就业", "二、教育", "三、养老", "", "就业\t3万人", "就业\t3万人")


def test_line_breaks_part_lines_and_a_tab_is_a_gap():
    body = f"<w:p>{run('一、就业')}<w:r><w:br/></w:r>{run('二、教育')}<w:r><w:tab/></w:r>{run('3所')}</w:p>"
    assert lines(docx(body)) == ("一、就业", "二、教育 3所")


def test_tabs_that_part_columns_stay():
    parts = "<w:r><w:tab/></w:r>".join(run(text) for text in ("县区", "任务数", "完成数"))
    assert lines(docx(f"<w:p>{parts}</w:p>")) == ("县区\t任务数\t完成数",)


def test_headers_footers_fields_and_hidden_text_are_left_out():
    header = f"<w:hdr {NAMESPACES}>{paragraph('页眉文字')}</w:hdr>"
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    shown = run("可见", '<w:vanish w:val="0"/>')
    body = f"<w:p>{run('正文')}{field}{run('隐藏', '<w:vanish/>')}{shown}</w:p>"
    assert lines(docx(body, header1=header)) == ("正文可见",)


# --- tracked changes ------------------------------------------------------------------------------


def test_tracked_changes_are_taken_as_accepted():
    old = "<w:del><w:r><w:delText>2万人</w:delText></w:r></w:del>"
    new = f"<w:ins>{run('3万人')}</w:ins>"
    moved = f"<w:moveFrom>{run('（旧处）')}</w:moveFrom><w:moveTo>{run('（新处）')}</w:moveTo>"
    body = f"<w:p>{run('新增就业')}{old}{new}{moved}</w:p>"
    assert lines(docx(body)) == ("新增就业3万人（新处）",)


def test_a_deleted_paragraph_end_joins_two_paragraphs():
    first = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('新增就业')}</w:p>"
    assert lines(docx(first + paragraph("3万人。") + paragraph("二、教育"))) == (
        "新增就业3万人。",
        "二、教育",
    )


def test_a_deleted_row_is_gone_and_an_inserted_one_stays():
    rows = f"<w:tr><w:trPr><w:ins/></w:trPr>{cell('甲县')}{cell('3')}</w:tr>"
    rows += f"<w:tr><w:trPr><w:del/></w:trPr>{cell('乙县')}{cell('4')}</w:tr>"
    assert lines(docx(f"<w:tbl>{rows}{rows}</w:tbl>")) == ("甲县\t3", "甲县\t3")


# --- text boxes and notes -------------------------------------------------------------------------


def test_a_text_box_is_read_once_though_it_stands_twice():
    box = f"<w:txbxContent>{paragraph('民生〔2024〕3号')}</w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert lines(docx(f"<w:p>{run('红头')}<w:r>{both}</w:r></w:p>")) == ("红头", "民生〔2024〕3号")


def test_an_old_text_box_is_read_too():
    box = f"<w:txbxContent>{paragraph('附件1')}</w:txbxContent>"
    body = (
        f"<w:p><w:r><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r>{run('正文')}</w:p>"
    )
    assert lines(docx(body)) == ("正文", "附件1")


def test_footnotes_stand_at_the_end():
    notes = (
        f'<w:footnotes {NAMESPACES}><w:footnote w:id="2">{paragraph("含农村。")}</w:footnote></w:footnotes>'
    )
    body = f'<w:p>{run("新增就业")}<w:r><w:footnoteReference w:id="2"/></w:r>{run("3万人。")}</w:p>'
    assert lines(docx(body + paragraph("完"), footnotes=notes)) == (
        "新增就业3万人。",
        "完",
        "脚注1：含农村。",
    )


# --- tables ---------------------------------------------------------------------------------------


def test_merged_cells_stand_once_and_leave_blanks():
    rows = [
        [cell("县区", '<w:vMerge w:val="restart"/>'), cell("一、就业", '<w:gridSpan w:val="2"/>')],
        [cell("", "<w:vMerge/>"), "1、岗位", "2、培训"],
        ["甲县", "30", "40"],
    ]
    assert lines(docx(table(rows))) == ("县区\t一、就业\t", "\t1、岗位\t2、培训", "甲县\t30\t40")


def test_a_row_may_begin_further_right():
    short = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("30")}{cell("40")}</w:tr>'
    long = f"<w:tr>{cell('甲县')}{cell('1')}{cell('2')}</w:tr>"
    assert lines(docx(f"<w:tbl>{long}{short}</w:tbl>")) == ("甲县\t1\t2", "\t30\t40")


def test_paragraphs_of_a_cell_become_one_text_and_an_inner_table_too():
    inner = f"<w:tc><w:tcPr/>{paragraph('其中')}{table([['甲', '1'], ['乙', '2']])}<w:p/></w:tc>"
    assert (
        lines(docx(table([["牵头单位：\n市民政局", inner], ["a", "通知"]])))[0]
        == "牵头单位： 市民政局\t其中 甲 1 乙 2"
    )


def test_a_frame_of_one_cell_is_no_table():
    assert lines(docx(table([["一、就业\n二、教育"]]))) == ("一、就业", "二、教育")


def test_numbers_go_on_through_the_cells_of_a_table():
    rows = [[f"<w:tc>{numbered('就业')}</w:tc>", "3万人"], [f"<w:tc>{numbered('教育')}</w:tc>", "2所"]]
    assert lines(docx(table(rows), numbering=numbering(level(0, "decimal", "%1.")))) == (
        "1.就业\t3万人",
        "2.教育\t2所",
    )


# --- numbers that Word computes -------------------------------------------------------------------

NUMERALS = {
    "decimal": (1, "1", 12, "12"),
    "decimalZero": (7, "07", 12, "12"),
    "decimalFullWidth": (1, "１", 12, "１２"),
    "chineseCounting": (10, "十", 21, "二十一"),
    "chineseCountingThousand": (105, "一百零五", 1010, "一千零一十"),
    "japaneseCounting": (110, "一百一十", 20, "二十"),
    "ideographDigital": (10, "一〇", 21, "二一"),
    "chineseLegalSimplified": (3, "叁", 11, "壹拾壹"),
    "ideographTraditional": (1, "甲", 10, "癸"),
    "decimalEnclosedCircle": (1, "①", 21, "㉑"),
    "decimalEnclosedCircleChinese": (20, "⑳", 51, "51"),
    "upperLetter": (2, "B", 28, "BB"),
    "lowerLetter": (1, "a", 26, "z"),
    "upperRoman": (4, "IV", 19, "XIX"),
    "lowerRoman": (9, "ix", 40, "xl"),
    "ideographEnclosedCircle": (1, "㊀", 10, "㊉"),
    "thisIsNone": (3, "3", 4, "4"),
}


@pytest.mark.parametrize(("form", "samples"), NUMERALS.items(), ids=NUMERALS)
def test_numerals(form, samples):
    assert (numeral(samples[0], form), numeral(samples[2], form)) == (samples[1], samples[3])


def test_levels_count_and_restart():
    parts = numbering(
        level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%3.")
    )
    body = "".join(
        numbered(text, level=depth)
        for depth, text in [
            (0, "就业"),
            (1, "岗位"),
            (2, "开发"),
            (2, "发布"),
            (1, "培训"),
            (2, "组织"),
            (0, "教育"),
            (1, "学校"),
        ]
    )
    assert lines(docx(body, numbering=parts)) == (
        "一、就业", "（一）岗位", "1.开发", "2.发布", "（二）培训", "1.组织", "二、教育", "（一）学校",
    )  # fmt: skip


def test_a_level_that_never_restarts_runs_on():
    parts = numbering(
        level(0, "chineseCounting", "%1、"), level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')
    )
    body = "".join(numbered(t, level=d) for d, t in [(0, "就业"), (1, "岗位"), (0, "教育"), (1, "学校")])
    assert lines(docx(body, numbering=parts)) == ("一、就业", "1.岗位", "二、教育", "2.学校")


def test_numbers_of_several_levels_and_in_decimal():
    parts = numbering(level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    body = "".join(numbered(t, level=d) for d, t in [(0, "就业"), (1, "岗位"), (1, "培训")])
    assert lines(docx(body, numbering=parts)) == ("一、就业", "1.1 岗位", "1.2 培训")


def test_two_lists_of_one_form_count_on_unless_one_starts_anew():
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    lists = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/>{more}</w:num>'
        for n, more in ((1, ""), (2, ""), (3, start))
    )
    parts = numbering(level(0, "decimal", "%1、"), lists=lists)
    body = numbered("甲", 1) + numbered("乙", 2) + numbered("丙", 3) + numbered("丁", 3)
    assert lines(docx(body, numbering=parts)) == ("1、甲", "2、乙", "1、丙", "2、丁")


def test_a_style_numbers_its_paragraphs():
    style = (
        f'<w:styles {NAMESPACES}><w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        '</w:pPr></w:style><w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/></w:style></w:styles>'
    )
    parts = numbering(
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="H1"/>'),
        level(1, "decimal", "%2.", '<w:pStyle w:val="H2"/>'),
    )
    body = "".join(
        paragraph(t, f'<w:pStyle w:val="{s}"/>') for s, t in [("H1", "就业"), ("H2", "岗位"), ("H2", "培训")]
    )
    off = paragraph("不编号", '<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert lines(docx(body + off, numbering=parts, styles=style)) == (
        "一、就业",
        "1.岗位",
        "2.培训",
        "不编号",
    )


def test_a_number_does_not_run_into_the_digits_after_it():
    parts = numbering(level(0, "decimal", "%1."))
    assert lines(docx(numbered("2万人就业") + numbered("就业"), numbering=parts)) == (
        "1. 2万人就业",
        "2.就业",
    )


def test_bullets_and_empty_paragraphs_take_no_number():
    parts = numbering(level(0, "bullet", "\uf06c"), level(1, "decimal", "%2."))
    body = numbered("岗位") + numbered("", level=1) + numbered("培训", level=1)
    assert lines(docx(body, numbering=parts)) == ("岗位", "1.培训")


# --- broken and hostile ---------------------------------------------------------------------------


def refused(data: bytes) -> str:
    refusal = read_document(data, "通知.docx")
    assert isinstance(refusal, Refusal), refusal
    assert "请" in refusal.message
    return refusal.code


def test_a_cut_file_is_refused():
    data = docx(paragraph("新增就业3万人。"))
    codes = [refused(data[: len(data) * part // 10]) for part in range(1, 10)]
    assert set(codes) == {"damaged_file"}
    assert codes[-1] == "damaged_file"


def test_an_entity_bomb_is_refused():
    bomb = '<!DOCTYPE b [<!ENTITY a "民生民生"><!ENTITY b "&a;&a;&a;&a;">]>'
    document = (
        f"{bomb}<w:document {NAMESPACES}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
    )
    assert refused(zipped({"word/document.xml": document})) == "damaged_file"


def test_a_zip_bomb_is_refused():
    data = zipped({"word/document.xml": b"<w:document>" + b" " * (200 << 20)})
    assert len(data) < 300_000
    assert refused(data) == "unpacks_too_large"


def test_a_tree_without_end_is_refused():
    deep = f"<w:document {NAMESPACES}><w:body>" + "<w:sdt><w:sdtContent>" * 50_000
    assert refused(zipped({"word/document.xml": deep})) == "unpacks_too_large"


def test_a_package_within_a_package_is_an_archive():
    assert refused(zipped({"通知.docx": docx(paragraph("就业"))}, compression=0)) == "archive_file"


def test_a_span_without_end_is_held():
    wide = cell("县区", '<w:gridSpan w:val="999999999"/>')
    assert lines(docx(table([[wide, "数量"], ["甲县", "3"]])))[0].count("\t") == 200


def test_broken_numbering_leaves_the_text():
    parts = "<w:numbering><w:abstractNum"
    assert lines(docx(numbered("新增就业"), numbering=parts)) == ("新增就业",)
