"""Old Word files through LibreOffice, scans through the recognition of characters: present, absent, failing."""

import os
import shutil
import stat
import time
from importlib.util import find_spec
from pathlib import Path

import pytest
from made_files import docx_of, set_by_typst

from minsheng.notices import office_text, scan_file
from minsheng.notices.document import Body, Document, Refusal
from minsheng.notices.office_text import read_office
from minsheng.notices.reading import read_document
from minsheng.notices.watch import Watch

NOTICE = [
    "样例市2023年2项民生实事实施方案",
    "一、就业促进（2项）",
    "（一）城镇新增就业1.2万人以上。（牵头单位：市人社局）",
    "（二）改造老旧小区30个，惠及居民4500户。（牵头单位：市住建局）",
]
TABLE = ["县区\t就业\t小区", "甲县\t7000\t18", "乙县\t5000\t12"]
RTF = "{\\rtf1\\ansi\\ansicpg936 " + "".join(f"\\u{ord(char)}?" for char in NOTICE[2]) + "\\par}"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "WordDocument".encode("utf-16-le")

with_office = pytest.mark.skipif(office_text.office_program() is None, reason="LibreOffice is not installed")
with_recognition = pytest.mark.skipif(
    find_spec("rapidocr") is None, reason="requirements/ocr.txt is not installed"
)


def refused(data: bytes) -> Refusal:
    refusal = read_document(data, "x")
    assert isinstance(refusal, Refusal), refusal
    assert "请" in refusal.message
    return refusal


# --- absent ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [OLE, RTF.encode(), b'<?xml version="1.0"?><w:wordDocument>'])
def test_without_libreoffice_one_sentence_says_so(monkeypatch, data):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    refusal = refused(data)
    assert refusal.code == "office_missing"
    assert "没有安装" in refusal.message


def test_without_recognition_one_sentence_says_so(monkeypatch):
    monkeypatch.setattr(scan_file, "find_spec", lambda _: None)
    scan = set_by_typst(f"#image(bytes({tuple(_png())}), width: 10cm)")
    assert refused(_png()).code == refused(scan).code == "ocr_missing"
    assert refused(_png()).message.startswith("这是图片，")
    assert refused(scan).message.startswith("这是扫描的 PDF，")


def _png() -> bytes:
    import zlib

    def chunk(kind: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4)

    head = (9).to_bytes(4) + (9).to_bytes(4) + bytes((8, 0, 0, 0, 0))
    rows = zlib.compress((b"\0" + b"\xff" * 9) * 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


# --- failing --------------------------------------------------------------------------------------


def program(tmp_path: Path, text: str) -> str:
    path = tmp_path / "soffice"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_a_conversion_without_end_is_stopped_with_all_it_started(monkeypatch, tmp_path):
    note = tmp_path / "pid"
    slow = program(tmp_path, f"sleep 60 & echo $! > {note}; wait")
    monkeypatch.setattr(office_text, "office_program", lambda: slow)
    start = time.monotonic()
    result = read_office(OLE, "doc", Watch(), seconds=1.0)
    assert time.monotonic() - start < 15
    assert isinstance(result, Refusal)
    assert result.code == "office_failed"
    for _ in range(50):
        if not Path(f"/proc/{note.read_text().strip()}").exists():
            break
        time.sleep(0.1)
    else:
        state = Path(f"/proc/{note.read_text().strip()}/stat").read_text().split()[2]
        assert state == "Z"


@pytest.mark.parametrize("text", ["exit 1", "exit 0"])
def test_a_conversion_that_gives_nothing_is_told_of(monkeypatch, tmp_path, text):
    monkeypatch.setattr(office_text, "office_program", lambda: program(tmp_path, text))
    assert refused(OLE).code == "office_failed"


def test_a_lost_table_is_warned_of(monkeypatch, tmp_path):
    docx = tmp_path / "made.docx"
    docx.write_bytes(docx_of(NOTICE))
    html = tmp_path / "made.html"
    html.write_text("<html><table><tr><td>县区</td></tr></table></html>")
    # The words of the command: … --convert-to FORM --outdir FOLDER SOURCE
    text = f'for last; do :; done\nd=$(dirname "$last")\ncase "$*" in *docx*) cp {docx} $d/source.docx;; *) cp {html} $d/source.html;; esac'
    monkeypatch.setattr(office_text, "office_program", lambda: program(tmp_path, text))
    document = read_document(OLE, "通知.doc")
    assert isinstance(document, Document)
    assert (document.format, document.lines) == ("doc", tuple(NOTICE))
    assert [(p.code, p.expected, p.found) for p in document.warnings] == [("table_lost", "1 张表", "0 张表")]


# --- present --------------------------------------------------------------------------------------


def convert(data: bytes, form: str, folder: Path) -> bytes:
    """Our docx as LibreOffice writes it in another format."""
    source = folder / "source.docx"
    source.write_bytes(data)
    made = office_text._converted(office_text.office_program() or "", source, form, 60)
    assert made is not None
    return made


@with_office
@pytest.mark.parametrize("form", ["doc", "rtf", "odt"])
def test_old_word_files_are_read(tmp_path, form):
    document = read_document(convert(docx_of([*NOTICE, *TABLE, "特此通知。"]), form, tmp_path), "通知.wps")
    assert isinstance(document, Document), document
    assert (document.format, document.warnings) == (form, ())
    assert document.lines == (*NOTICE, "", *TABLE, "", "特此通知。")


@with_office
def test_a_damaged_doc_is_read_or_refused(tmp_path):
    data = convert(docx_of(NOTICE), "doc", tmp_path)
    result = read_document(data[: len(data) // 2], "x")
    assert isinstance(result, Document) or result.code in {"office_failed", "no_text", "no_chinese_text"}
    assert not [name for name in os.listdir(tmp_path) if name.startswith("minsheng-")]


@pytest.mark.recognition
@with_recognition
def test_a_scan_is_recognised():
    import pypdfium2

    setting = '#set page(paper: "a4")\n#set text(font: "Noto Serif CJK SC", size: 14pt)\n'
    picture = pypdfium2.PdfDocument(set_by_typst(setting + "\n\n".join(NOTICE)))[0].render(scale=2.8).to_pil()
    path = Path(os.environ.get("TMPDIR", "/tmp")) / f"minsheng-scan-{os.getpid()}.png"
    try:
        picture.save(path)
        document = read_document(path.read_bytes(), "照片.png")
    finally:
        path.unlink(missing_ok=True)
    assert isinstance(document, Document), document
    assert [problem.code for problem in document.warnings] == ["recognised_text"]
    plain = str.maketrans("（），：", "(),:")
    assert [line.translate(plain) for line in document.lines] == [line.translate(plain) for line in NOTICE]
    assert isinstance(scan_file.recognise(path.name.encode(), "图片", Watch()), Body | Refusal)
