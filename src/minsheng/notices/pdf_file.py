"""The bytes of a PDF to its lines; a scan goes on to the recognition of its characters."""

from dataclasses import replace

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.notices.child_process import read_in_child
from minsheng.notices.document import Body, Refusal
from minsheng.notices.plausibility import TextStatistics
from minsheng.notices.refusals import KIND_NAMES, refuse
from minsheng.notices.scan_file import recognise
from minsheng.notices.watch import Watch


def read_pdf(data: bytes, kind: str, watch: Watch) -> Body | Refusal:
    """The lines of a PDF, or why it cannot be read. Tables are given up before the text is."""
    name = KIND_NAMES[kind]
    body = read_in_child("pdf", data, name, watch)
    if isinstance(body, Refusal) and body.code == "reader_stopped":
        body = read_in_child("pdf_without_tables", data, name, watch)
        if isinstance(body, Body) and body.lines:
            body = replace(body, warnings=(*body.warnings, _without_tables(body)))
    if isinstance(body, Refusal):
        return recognise(data, "扫描的 PDF", watch) if body.code == "ocr_missing" else body
    text = "".join(body.lines[:2000])
    if TextStatistics.of(text).is_garbled:
        return refuse("pdf_without_codes", sample=text[:8])
    return body


def _without_tables(body: Body) -> Problem:
    return Problem(
        code="tables_unread",
        severity="warning",
        message="PDF 里的线条过于复杂，表格没有按格线读出："
        "请对照原件核对表格，必要时改用 Word 或 Excel 原文件。",
        sources=(Source(1, 0, len(body.lines[0])),),
    )
