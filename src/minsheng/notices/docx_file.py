"""The bytes of a docx file to its lines."""

from minsheng.notices.document import Body, Refusal
from minsheng.notices.docx_text import docx_lines
from minsheng.notices.package import PackageError, open_package
from minsheng.notices.refusals import KIND_NAMES, refuse
from minsheng.notices.watch import Watch


def read_docx(data: bytes, kind: str, watch: Watch) -> Body | Refusal:
    """The lines of a Word document, or why it cannot be read."""
    try:
        lines = docx_lines(open_package(data))
    except PackageError as fault:
        facts = {} if fault.code == "archive_file" else {"kind": KIND_NAMES[kind]}
        return refuse(fault.code, **facts)
    watch.progress(1, 1)
    return Body(lines)


def count_tables(data: bytes) -> int:
    """The tables in the main part of a docx; 0 when it cannot be read."""
    try:
        part = open_package(data).part("word/document.xml")
    except PackageError:
        return 0
    return (part or b"").count(b"<w:tbl>")
