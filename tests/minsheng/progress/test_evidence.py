"""What a file of evidence is by its bytes, whatever it is called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.progress.evidence import (
    CONTENT_TYPES,
    KIND_WORDS,
    NAMELESS,
    SUFFIXES,
    EvidenceFile,
    NotEvidence,
    clean_name,
    judge_file,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
END = b"PK\x05\x06" + bytes(18)
PACKAGE = b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml"
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(20)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le")


TAKEN = {
    "照片.jpg": (JPG, "jpg"),
    "照片.JPEG": (JPG, "jpg"),
    "截图.png": (PNG, "png"),
    "验收单.pdf": (b"%PDF-1.7\n", "pdf"),
    "报告.docx": (PACKAGE + b"word/document.xml" + END, "docx"),
    "名单.xlsx": (PACKAGE + b"xl/workbook.xml" + END, "xlsx"),
    "报告.doc": (stream("WordDocument"), "doc"),
    "报告.wps": (stream("WordDocument"), "doc"),
    "名单.xls": (stream("Workbook"), "xls"),
    "名单.et": (stream("Workbook"), "xls"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_taken_keeps_its_name(name):
    data, kind = TAKEN[name]
    assert judge_file(data, name, 1) == EvidenceFile(kind, name)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("照片.exe", "照片.exe.jpg"),
        ("照片.html", "照片.html.jpg"),
        ("照片", "照片.jpg"),
        ("照片.pdf", "照片.pdf.jpg"),
        ("C:\\桌面\\照片.jpg", "照片.jpg"),
        ("../../etc/照片.jpg", "照片.jpg"),
        ("照片\u202egpj.exe", "照片gpj.exe.jpg"),
        ("照\r\n片.jpg", "照片.jpg"),
        ("", f"{NAMELESS}.jpg"),
    ],
)
def test_the_name_is_told_by_the_content(name, kept):
    judged = judge_file(JPG, name, 1)
    assert judged == EvidenceFile("jpg", kept)
    assert judged.content_type == "image/jpeg"


REFUSED = {
    "空.jpg": (b"", "是空文件"),
    "大.jpg": (JPG + bytes(1024 * 1024), "超过每个 1 MB 的上限"),
    "字.jpg": (b"<html><script>alert(1)</script>", "不是可以作佐证的文件"),
    "画.svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "不是可以作佐证的文件"),
    "程序.pdf": (b"\x7fELF" + bytes(40), "不是可以作佐证的文件"),
    "动.gif": (b"GIF89a" + bytes(20), "请转成 jpg 或 png"),
    "包.zip": (b"PK\x03\x04" + bytes(26) + b"a.txt" + END, "这是压缩包"),
    "像.docx": (b"PK\x03\x04" + bytes(26) + b"word/a.txt" + END, "这是压缩包"),
    "断.docx": (PACKAGE + b"word/document.xml", "文件不完整"),
    "密.docx": (stream("EncryptedPackage"), "加了密码"),
    "邮件.msg": (OLE + "__properties".encode("utf-16-le"), "不是可以作佐证的文件"),
    "手机.heic": (b"\x00\x00\x00\x18ftypheic" + bytes(20), "HEIC"),
    "录像.mp4": (b"\x00\x00\x00\x18ftypisom" + bytes(20), "视频不能作佐证"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_taken_is_named_with_what_to_do(name):
    data, words = REFUSED[name]
    judged = judge_file(data, name, 1)
    assert isinstance(judged, NotEvidence)
    assert judged.message.startswith(f"“{name}”")
    assert words in judged.message
    assert "没有添加" in judged.message


def test_a_file_of_just_the_limit_is_taken():
    data = JPG + bytes(1024 * 1024 - len(JPG))
    assert judge_file(data, "照片.jpg", 1) == EvidenceFile("jpg", "照片.jpg")


def test_every_kind_has_its_words_and_endings():
    assert set(CONTENT_TYPES) == set(KIND_WORDS) == set(SUFFIXES)


@given(st.text(max_size=300))
def test_a_name_is_one_that_can_be_shown_and_sent(name):
    cleaned = clean_name(name)
    assert 0 < len(cleaned) <= 120
    assert not set(cleaned) & set("/\\\r\n\0\u202e")


@given(st.binary(max_size=300), st.text(max_size=20))
def test_no_bytes_raise(data, name):
    judged = judge_file(data, name, 1)
    assert isinstance(judged, EvidenceFile | NotEvidence)
