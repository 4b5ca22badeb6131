"""The notice's forms: one plan from all of them, the layout of official documents, words that are kept or made anew."""

import io
import random
from dataclasses import replace
from decimal import Decimal

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from any_plan import any_plan
from minsheng.kernel.source import Source
from minsheng.notices.document import Document
from minsheng.notices.reading import read_document
from minsheng.papers.notice_amounts import amounts, number
from minsheng.papers.notice_layout import GB_T_9704, Face
from minsheng.papers.plan_notice import plan_notice
from minsheng.papers.plan_notice_docx import notice_docx
from minsheng.papers.plan_notice_pdf import notice_pdf
from minsheng.papers.plan_notice_txt import notice_lines, notice_txt
from minsheng.plans.compile import compile_plan
from minsheng.plans.model import Category, Head, Measure, Plan, Project, Quantity

WRITERS = {"txt": notice_txt, "docx": notice_docx, "pdf": notice_pdf}


def read(data: bytes) -> Plan:
    document = read_document(data, "notice")
    assert isinstance(document, Document)
    return compile_plan(document)


def gist(plan: Plan) -> list[tuple]:
    return [
        (
            p.number, p.category, p.status, p.lead_units, p.cooperating_units, [m.text for m in p.measures],
            [(q.value, q.value_hi, q.unit, q.comparator, q.role, q.region, q.aspiration) for q in p.quantities],
        )
        for p in plan.projects
    ]  # fmt: skip


def cells(plan: Plan) -> list[tuple]:
    return [
        (c.project, c.indicator, c.unit, c.region, c.value, c.comparator)
        for table in plan.tables
        for c in table.cells
        if c.text
    ]


@pytest.mark.parametrize("seed", range(6))
def test_txt_docx_and_pdf_hold_the_same_plan(seed: int) -> None:
    notice, problems = plan_notice(any_plan(random.Random(seed)))
    assert problems == ()
    plans = {form: read(write(notice)) for form, write in WRITERS.items()}
    assert gist(plans["docx"]) == gist(plans["txt"])
    assert gist(plans["pdf"]) == gist(plans["txt"])
    assert cells(plans["docx"]) == cells(plans["pdf"]) == cells(plans["txt"])


def quantity(text: str, value: str, unit: str, line: int = 10, **more) -> Quantity:
    return Quantity(Source(line), text, Decimal(value), unit, **more)


def plan_of(*projects: Project, **head) -> Plan:
    given = {"title": "亳州市2023年民生实事实施方案", "region": "亳州市", "year": 2023, **head}
    return Plan(Head(**given), (), projects)


FILLER = Project(2, None, Source(90), "改造农村公路", "", lead_units=("市交通局",))


def written(project: Project) -> list[str]:
    notice, problems = plan_notice(plan_of(project, FILLER))
    assert problems == ()
    lines = list(notice_lines(notice))
    return lines[lines.index("一、" + next(line[2:] for line in lines if line.startswith("一、"))) : -1]


def test_a_headline_with_numbers_gives_way_to_the_sentences() -> None:
    stated = quantity("164个", "164", "个", subject="城乡老年食堂")
    project = Project(1, None, Source(10), "新增164个城乡老年食堂（助餐点）", "", quantities=(stated,))
    assert written(project) == ["一、完成城乡老年食堂164个。"]


def test_a_corrected_measure_is_written_anew() -> None:
    measure = Measure(1, Source(12), "开展走访慰问，慰问老人20人")
    kept = quantity("20人", "20", "人", 12, subject="慰问老人")
    project = Project(1, None, Source(10), "走访慰问", "", measures=(measure,), quantities=(kept,))
    assert written(project)[2:] == ["1.开展走访慰问，慰问老人20人。"]
    corrected = replace(project, quantities=(replace(kept, value=Decimal(30)),))
    assert written(corrected)[2:] == ["1.开展走访慰问。完成慰问老人30人。"]


def test_a_promise_of_list_and_annex_is_stated_once() -> None:
    twice = [quantity("38个", "38", "个", line, subject="社区食堂") for line in (10, 40)]
    project = Project(1, None, Source(10), "建设社区食堂", "", quantities=tuple(twice))
    assert written(project) == ["一、建设社区食堂。完成社区食堂38个。"]


def test_what_cannot_be_stated_is_a_problem() -> None:
    odd = quantity("3朵", "3", "朵云", subject="云")
    notice, problems = plan_notice(
        plan_of(Project(1, None, Source(10), "看云", "", quantities=(odd,)), FILLER)
    )
    assert [(p.code, p.project, p.found, p.sources) for p in problems] == [
        ("quantity_not_stated", 1, "3朵", (Source(10),))
    ]
    assert notice.categories[0].projects[0].paragraph == "一、看云。"


def test_a_letter_that_issues_a_plan_keeps_both_titles() -> None:
    title = "亳州市人民政府办公室关于印发《亳州市2023年民生实事实施方案》的通知"
    notice, _ = plan_notice(
        plan_of(FILLER, title=title, issuer="亳州市人民政府办公室", issued_on="2023-09-04")
    )
    assert (notice.title, notice.plan_title) == (title, "亳州市2023年民生实事实施方案")
    assert (notice.signature, notice.date) == ("亳州市人民政府办公室", "2023年9月4日")


@pytest.mark.parametrize(
    ("value", "printed"),
    [("1", "1"), ("9999", "9999"), ("10000", "1万"), ("33000", "3.3万"), ("44812", "4.4812万"), ("12345678", "1234.5678万"),
     ("350000000", "3.5亿"), ("24.807", "24.807"), ("0.5", "0.5")],
)  # fmt: skip
def test_numbers_as_they_are_printed(value: str, printed: str) -> None:
    assert number(Decimal(value)) == printed


def test_both_ends_of_a_range_are_in_one_scale() -> None:
    assert next(amounts(quantity("", "9000", "人", value_hi=Decimal(12000)))) == "9000—12000人"
    assert next(amounts(quantity("", "30000", "人", value_hi=Decimal(50000)))) == "3万—5万人"


# --- layout -----------------------------------------------------------------------------------------


def paper(layout=GB_T_9704):
    project = Project(1, 1, Source(10), "新建社区食堂", "", measures=(Measure(1, Source(11), "建立台账"),))
    plan = Plan(
        Head(title="亳州市2023年民生实事实施方案", region="亳州市"),
        (Category(1, "为老服务", 1, Source(9)),),
        (project,),
    )
    return docx.Document(io.BytesIO(notice_docx(plan_notice(plan)[0], layout)))


def faces(paragraph) -> list[str]:
    return [run._r.rPr.rFonts.get(qn("w:eastAsia")) for run in paragraph.runs if run.text]


def test_the_docx_has_the_page_of_official_documents() -> None:
    made = paper()
    section = made.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin / Mm(1)) for margin in margins] == [37, 35, 28, 26]
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == (210, 297)
    normal = made.styles["Normal"]
    assert (normal.font.size, normal.paragraph_format.line_spacing) == (Pt(16), Pt(28))
    pitch = int(section._sectPr.find(qn("w:docGrid")).get(qn("w:linePitch")))
    assert (297 - 37 - 35) / 25.4 * 1440 // pitch == 22
    assert section.footer.paragraphs[0].text == "—  —"


def test_the_docx_has_the_faces_of_official_documents() -> None:
    found = {paragraph.text: faces(paragraph) for paragraph in paper().paragraphs}
    assert found["亳州市2023年民生实事实施方案"] == ["方正小标宋简体"]
    assert found["一、为老服务（1项）"] == ["黑体"]
    assert found["（一）新建社区食堂。"] == ["楷体_GB2312"]
    assert found["1.建立台账。"] == ["仿宋_GB2312"]


def test_another_office_may_have_other_faces() -> None:
    layout = replace(GB_T_9704, heading=Face("思源黑体", ("黑体",)))
    found = {paragraph.text: faces(paragraph) for paragraph in paper(layout).paragraphs}
    assert found["一、为老服务（1项）"] == ["思源黑体"]


def test_the_same_notice_gives_the_same_pdf() -> None:
    notice, _ = plan_notice(any_plan(random.Random(5)))
    assert notice_pdf(notice) == notice_pdf(notice)
