"""Old Word, WPS, RTF and ODT: LibreOffice turns them into docx, in a process with a time limit."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.notices.child_process import stop
from minsheng.notices.document import Body, Refusal
from minsheng.notices.refusals import KIND_NAMES, refuse
from minsheng.notices.watch import Watch

PROGRAMS = ("soffice", "libreoffice")
SECONDS = 28.0
"""The time one conversion may take. A notice takes one to three seconds."""

_SUFFIXES = {"wordxml": "xml"}
_TABLE = re.compile(rb"<table\b", re.IGNORECASE)


def office_program() -> str | None:
    """The path of LibreOffice, or None where it is not installed."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def read_office(data: bytes, kind: str, watch: Watch, seconds: float = SECONDS) -> Body | Refusal:
    """The lines of the document, with a warning when a table got lost on the way."""
    from minsheng.notices.docx_file import read_docx  # noqa: PLC0415 - only after a conversion

    program = office_program()
    if program is None:
        return refuse("office_missing", kind=KIND_NAMES[kind])
    with tempfile.TemporaryDirectory(prefix="minsheng-") as folder:
        source = Path(folder) / f"source.{_SUFFIXES.get(kind, kind)}"
        source.write_bytes(data)
        docx = _converted(program, source, "docx", seconds)
        if docx is None:
            return refuse("office_failed", kind=KIND_NAMES[kind])
        if watch.cancelled():
            return refuse("reading_cancelled")
        page = _converted(program, source, "html", seconds) or b""
    read = read_docx(docx, kind, watch)
    return read if isinstance(read, Refusal) else _with_count(read, docx, page)


def _converted(program: str, source: Path, form: str, seconds: float) -> bytes | None:
    """The file in another format; None when LibreOffice fails or takes too long. Its profile is not kept."""
    command = [
        program,
        f"-env:UserInstallation={(source.parent / 'profile').as_uri()}",
        "--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault",
        "--convert-to", form, "--outdir", str(source.parent), str(source),
    ]  # fmt: skip
    try:
        process = subprocess.Popen(  # noqa: S603 - a fixed program, on a file we wrote and named
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, "HOME": str(source.parent)},
        )
    except OSError:
        return None
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        stop(process)
    made = source.with_suffix(f".{form}")
    return made.read_bytes() if made.is_file() else None


def _with_count(read: Body, docx: bytes, page: bytes) -> Body:
    """The body, warned of when the document shows more tables as a page than it kept as docx."""
    from minsheng.notices.docx_file import count_tables  # noqa: PLC0415 - only after a conversion

    expected, found = len(_TABLE.findall(page)), count_tables(docx)
    if found >= expected or not read.lines:
        return read
    problem = Problem(
        code="table_lost",
        severity="warning",
        message=f"原文件有 {expected} 张表，转换后只读到 {found} 张："
        "请用 Word 或 WPS “另存为”docx 后重新导入，或对照原件核对表格。",
        sources=(Source(len(read.lines), 0, len(read.lines[-1])),),
        expected=f"{expected} 张表",
        found=f"{found} 张表",
    )
    return Body(read.lines, (*read.warnings, problem))
