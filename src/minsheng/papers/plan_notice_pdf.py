"""A plan notice as a pdf in the layout of official documents. Needs typst, which is installed on wish."""

import json
from pathlib import Path
from typing import Any

from minsheng.papers.notice_layout import GB_T_9704, NoticeLayout
from minsheng.papers.notice_table import NoticeTable
from minsheng.papers.plan_notice import MEASURES, NoticeProject, PlanNotice

TEMPLATE = Path(__file__).with_name("plan_notice.typ")
_FACES = ("title", "body", "heading", "project", "page_number")


class PdfUnavailableError(Exception):
    """The program that sets pages is not installed. Its message is one Chinese sentence."""


def notice_pdf(notice: PlanNotice, layout: NoticeLayout = GB_T_9704, fonts: tuple[Path, ...] = ()) -> bytes:
    """The notice as the bytes of a pdf. ``fonts`` are folders searched before those of the system.

    Raises PdfUnavailableError where typst is not installed.
    """
    try:
        import typst  # noqa: PLC0415 - 85 MB that only this form of the paper needs
    except ModuleNotFoundError as missing:
        raise PdfUnavailableError("没有安装 PDF 排版程序 typst：请先安装，或改写成 docx、txt。") from missing
    compiler: Any = typst.compile  # its types say less than its documentation
    data: bytes = compiler(
        TEMPLATE.read_bytes(),
        font_paths=[str(folder) for folder in fonts],
        sys_inputs={"notice": json.dumps(_words(notice, layout)), "layout": json.dumps(_measures(layout))},
    )
    return data


def _measures(layout: NoticeLayout) -> dict[str, Any]:
    faces = {name: getattr(layout, name) for name in _FACES}
    return {
        "faces": {name: [face.name, *face.instead] for name, face in faces.items()},
        **{
            name: getattr(layout, name)
            for name in (
                "top", "bottom", "left", "right", "body_size", "title_size", "page_number_size", "line",
            )
        },
    }  # fmt: skip


def _words(notice: PlanNotice, layout: NoticeLayout) -> dict[str, Any]:
    return {
        "red_head": notice.red_head,
        "doc_number": notice.doc_number,
        "title": notice.title,
        "addressee": notice.addressee,
        "opening": notice.opening,
        "signature": notice.signature,
        "date": notice.date,
        "plan_title": notice.plan_title,
        "categories": [
            {"heading": category.heading, "projects": [_project(project) for project in category.projects]}
            for category in notice.categories
        ],
        "tables": [
            _annex(table, "附件" if len(notice.tables) == 1 else f"附件{number}", layout)
            for number, table in enumerate(notice.tables, 1)
        ],
    }


def _project(project: NoticeProject) -> dict[str, Any]:
    return {
        "lead": project.marker + project.heading,
        "rest": "".join((*project.sentences, *project.brackets)),
        "measures": [MEASURES, *project.measures] if project.measures else [],
    }


def _annex(table: NoticeTable, label: str, layout: NoticeLayout) -> dict[str, Any]:
    head = [{"text": "", "span": 1}]
    head += [{"text": name, "span": span} for name, span in zip(table.projects, table.spans, strict=True)]
    width = len(table.grid[0])
    return {
        "label": label,
        "title": table.title,
        "columns": width,
        "wide": width > layout.wide_table,
        "size": layout.size_of_table(width),
        "head": head,
        "indicators": list(table.grid[1]),
        "rows": [list(row) for row in table.rows],
    }
