"""A plan notice as a docx in the layout of official documents, to be opened and signed off in Word or WPS."""

import io
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from minsheng.papers.notice_layout import GB_T_9704, Face, NoticeLayout
from minsheng.papers.notice_table import NoticeTable
from minsheng.papers.plan_notice import MEASURES, NoticeProject, PlanNotice

_FONT_TABLE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable"
_WORDPROCESSING = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def notice_docx(notice: PlanNotice, layout: NoticeLayout = GB_T_9704) -> bytes:
    """The notice as the bytes of a docx file."""
    paper = _Paper(layout)
    paper.opening(notice)
    for category in notice.categories:
        if category.heading is not None:
            paper.paragraph([(category.heading, layout.heading)])
        for project in category.projects:
            paper.project(project)
    for number, table in enumerate(notice.tables, 1):
        paper.annex("附件" if len(notice.tables) == 1 else f"附件{number}", table)
    return paper.saved()


class _Paper:
    """A docx being written, from top to bottom."""

    def __init__(self, layout: NoticeLayout) -> None:
        self.layout = layout
        self.document: Any = docx.Document()
        self._set_page(self.document.sections[0])
        self._set_style()
        self._name_fonts()
        self._number_pages()

    def _set_page(self, section: Any) -> None:
        layout = self.layout
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(layout.top), Mm(layout.bottom)
        section.left_margin, section.right_margin = Mm(layout.left), Mm(layout.right)
        section.footer_distance = Mm(layout.bottom - 10)
        grid = section._sectPr.find(qn("w:docGrid"))  # noqa: SLF001 - python-docx has no word for the grid
        if grid is None:
            grid = OxmlElement("w:docGrid")
            section._sectPr.append(grid)  # noqa: SLF001
        height = (297 - layout.top - layout.bottom) / 25.4 * 1440
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:linePitch"), str(int(height / layout.lines_a_page)))

    def _set_style(self) -> None:
        style = self.document.styles["Normal"]
        _set_face(style.element.get_or_add_rPr(), self.layout.body)
        style.font.size = Pt(self.layout.body_size)
        form = style.paragraph_format
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(self.layout.line)
        form.space_before = form.space_after = Pt(0)

    def _name_fonts(self) -> None:
        """What stands in for a face that is not installed (w:altName)."""
        layout = self.layout
        faces = {f.name: f for f in (layout.title, layout.body, layout.heading, layout.project)}
        fonts = "".join(
            f'<w:font w:name="{face.name}"><w:altName w:val="{",".join(face.instead)}"/></w:font>'
            for face in faces.values()
        )
        for relation in self.document.part.rels.values():
            if relation.reltype == _FONT_TABLE:
                xml = f'<w:fonts xmlns:w="{_WORDPROCESSING}">{fonts}</w:fonts>'
                # python-docx keeps the part as bytes and offers no way to replace them.
                relation.target_part._blob = f'<?xml version="1.0" encoding="UTF-8"?>{xml}'.encode()  # noqa: SLF001

    def _number_pages(self) -> None:
        """— 1 —, on the outer side of the page."""
        self.document.settings.odd_and_even_pages_header_footer = True
        section = self.document.sections[0]
        for footer, side in (
            (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
            (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
        ):
            paragraph = footer.paragraphs[0]
            paragraph.alignment = side
            for text in ("— ", None, " —"):
                run = paragraph.add_run(text)
                run.font.size = Pt(self.layout.page_number_size)
                _set_face(run._r.get_or_add_rPr(), self.layout.page_number)  # noqa: SLF001
                if text is None:
                    _add_field(run, "PAGE")

    def paragraph(
        self,
        runs: list[tuple[str, Face]],
        *,
        size: float | None = None,
        align: Any = None,
        indent: bool = True,
    ) -> None:
        paragraph = self.document.add_paragraph()
        for text, face in runs:
            run = paragraph.add_run(text)
            run.font.size = Pt(size or self.layout.body_size)
            _set_face(run._r.get_or_add_rPr(), face)  # noqa: SLF001
        if align is not None:
            paragraph.alignment = align
        elif indent:
            two = paragraph._p.get_or_add_pPr().get_or_add_ind()  # noqa: SLF001 - indent in characters
            two.set(qn("w:firstLineChars"), "200")
            two.set(qn("w:firstLine"), str(int(self.layout.body_size * 2 * 20)))

    def opening(self, notice: PlanNotice) -> None:
        layout, centre, right = self.layout, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
        for text, align, face, size in (
            (notice.red_head, centre, layout.title, layout.title_size),
            (notice.doc_number, centre, layout.body, layout.body_size),
            (notice.title, centre, layout.title, layout.title_size),
        ):
            if text is not None:
                self.paragraph([(text, face)], size=size, align=align)
        self.paragraph([(notice.addressee, layout.body)], indent=False)
        self.paragraph([(notice.opening, layout.body)])
        for text in (notice.signature, notice.date):
            if text is not None:
                self.paragraph([(text, layout.body)], align=right)
        if notice.plan_title is not None:
            self.document.add_page_break()
            self.paragraph([(notice.plan_title, layout.title)], size=layout.title_size, align=centre)

    def project(self, project: NoticeProject) -> None:
        layout = self.layout
        rest = "".join((*project.sentences, *project.brackets))
        self.paragraph([(project.marker + project.heading, layout.project), (rest, layout.body)])
        if project.measures:
            self.paragraph([(MEASURES, layout.body)])
            for measure in project.measures:
                self.paragraph([(measure, layout.body)])

    def annex(self, label: str, table: NoticeTable) -> None:
        section = self.document.add_section()
        self._set_page(section)
        if len(table.grid[0]) > self.layout.wide_table:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Mm(297), Mm(210)
        else:
            section.orientation = WD_ORIENT.PORTRAIT
        self.paragraph([(label, self.layout.heading)], indent=False)
        self.paragraph(
            [(table.title, self.layout.title)], size=self.layout.title_size, align=WD_ALIGN_PARAGRAPH.CENTER
        )
        self._grid(table)

    def _grid(self, table: NoticeTable) -> None:
        rows = table.grid
        grid = self.document.add_table(len(rows), len(rows[0]), style="Table Grid")
        column = 1
        for span in table.spans:
            if span > 1:
                grid.cell(0, column).merge(grid.cell(0, column + span - 1))
            column += span
        for row, cells in zip(grid.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                if text or not cell.text:
                    _fill(cell, text, self.layout.size_of_table(len(rows[0])))

    def saved(self) -> bytes:
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()


def _fill(cell: Any, text: str, size: float) -> None:
    for extra in cell.paragraphs[1:]:
        cell._tc.remove(extra._p)  # noqa: SLF001 - what merging left behind
    paragraph = cell.paragraphs[0]
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(size * 1.4)
    if text:
        paragraph.add_run(text).font.size = Pt(size)


def _set_face(properties: Any, face: Face) -> None:
    """The face for Chinese (w:eastAsia) and for what stands between: digits and marks."""
    fonts = properties.get_or_add_rFonts()
    for part in ("w:eastAsia", "w:ascii", "w:hAnsi"):
        fonts.set(qn(part), face.name)


def _add_field(run: Any, code: str) -> None:
    for kind in ("begin", None, "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = code
        run._r.append(element)  # noqa: SLF001 - python-docx has no word for fields
