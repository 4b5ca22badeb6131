"""Bytes to a Document or a Refusal: formats, encodings, and what each bad file is told."""

import time
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.notices.document import Document, Refusal
from minsheng.notices.reading import judge_size, read_document
from minsheng.notices.refusals import REFUSAL_CODES

NOTICE = (
    "样例市2023年2项民生实事实施方案\n"
    "\n"
    "一、就业促进（2项）\n"
    "（一）城镇新增就业1.2万人以上。（牵头单位：市人社局）\n"
    "（二）改造老旧小区30个，惠及居民4500户。（牵头单位：市住建局）\n"
)
LINES = tuple(NOTICE.split("\n")[:-1])


def read(data: bytes, name: str = "通知.txt", **more: int) -> Document:
    document = read_document(data, name, **more)
    assert isinstance(document, Document), document
    return document


def refused(data: bytes, name: str = "通知.txt", **more: int) -> Refusal:
    refusal = read_document(data, name, **more)
    assert isinstance(refusal, Refusal), refusal
    return refusal


@pytest.mark.parametrize(
    ("codec", "mark", "encoding"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8"),
        ("gbk", b"", "gb18030"),
        ("gb18030", b"", "gb18030"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-32-le", b"\xff\xfe\x00\x00", "utf-32-le"),
    ],
)
def test_encoding_is_found_by_content(codec, mark, encoding):
    document = read(mark + NOTICE.encode(codec))
    assert (document.format, document.encoding, document.lines) == ("txt", encoding, LINES)
    assert document.warnings == ()


def test_gb18030_characters_of_four_bytes_are_read():
    assert read((NOTICE + "联系人：㐂䶮𠮷").encode("gb18030")).lines[-1] == "联系人：㐂䶮𠮷"


def test_short_gbk_text_that_is_valid_utf8_too_is_read_as_chinese():
    assert read("联通".encode("gbk")).lines == ("联通",)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_counts_once(end):
    assert read(end.join(LINES).encode()).lines == LINES
    assert read((end.join(LINES) + end).encode()).lines == LINES


def test_what_an_editor_does_not_count_as_a_line_end_is_none_here():
    text = "第一页的字\x0c第二页的字\u2028同一行\x85也同一行\n下一行"
    assert read(text.encode()).lines == ("第一页的字 第二页的字 同一行 也同一行", "下一行")


def test_blank_lines_and_indents_of_a_text_stay():
    assert read("　　一、就业\n\n \n二、教育\t3\n\n".encode()).lines == (
        "　　一、就业",
        "",
        " ",
        "二、教育\t3",
        "",
    )


@pytest.mark.parametrize("name", ["通知.doc", "x.pdf", "图.png", "no-suffix", ""])
def test_the_name_decides_nothing(name):
    document = read(NOTICE.encode(), name)
    assert (document.name, document.format, document.lines) == (name, "txt", LINES)


# --- cut files ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("codec", "cut"), [("utf-8", 1), ("utf-8", 2), ("gb18030", 1)])
def test_a_file_cut_inside_a_character_is_read_as_far_as_it_goes(codec, cut):
    document = read((NOTICE + "附件：目标任务分解表").encode(codec)[:-cut])
    assert document.lines == (*LINES, "附件：目标任务分解")
    (problem,) = document.warnings
    assert (problem.code, problem.severity, problem.found) == (
        "truncated_file",
        "warning",
        "最后一个字只有一半",
    )
    assert (problem.sources[0].line, problem.sources[0].end) == (6, 9)
    assert "第 6 行" in problem.message


def test_a_page_that_never_ends_is_read_with_a_warning():
    page = f"<html><body><p>{LINES[2]}</p><p>{LINES[3]}</p><td wid"
    document = read(page.encode())
    assert document.lines == (LINES[2], LINES[3])
    assert [(problem.code, problem.found) for problem in document.warnings] == [
        ("truncated_file", "网页没有结束标记")
    ]


def test_whole_files_and_fragments_carry_no_warning():
    assert read(f"<html><body><p>{LINES[2]}</p></body></html>".encode()).warnings == ()
    assert read(f"<html><body><p>{LINES[2]}</p></body>".encode()).warnings == ()
    assert read(f"<p>{LINES[2]}</p>".encode()).warnings == ()


# --- refusals -------------------------------------------------------------------------------------


def package(*names: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "内容")
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
TWICE_READ = (NOTICE * 3).encode().decode("gb18030", "ignore").encode()

BAD_FILES = {
    "empty": (b"", "empty_file"),
    "blank": (" \n\t\r\n　\n".encode(), "no_text"),
    "blank with a mark": (b"\xef\xbb\xbf\n\n", "no_text"),
    "page without text": (b"<html><body><div></div></body></html>", "no_text"),
    "page nested for ever": ("<html><body>通知".encode() + b"<div>" * 600, "tangled_page"),
    "page of script": (b"<html><body><script>var a = 1</script></body></html>", "no_text"),
    "docx without end": (package("[Content_Types].xml", "word/document.xml")[:-30], "damaged_file"),
    "docx that is none": (package("[Content_Types].xml", "word/document.xml"), "damaged_file"),
    "xlsx that is none": (package("[Content_Types].xml", "xl/workbook.xml"), "damaged_file"),
    "xls cut short": (OLE + "Workbook".encode("utf-16-le"), "damaged_file"),
    "docx with a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted_file"),
    "pptx": (package("[Content_Types].xml", "ppt/presentation.xml"), "slides_file"),
    "pdf cut short": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "damaged_file"),
    "pdf after blanks": (b"\r\n%PDF-1.4\n", "damaged_file"),
    "ofd": (package("OFD.xml", "Doc_0/Document.xml"), "ofd_file"),
    "zip": (package("通知.txt"), "archive_file"),
    "rar": (b"Rar!\x1a\x07\x01\x00", "archive_file"),
    "7z": (b"7z\xbc\xaf\x27\x1c\x00\x04", "archive_file"),
    "gz": (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", "archive_file"),
    "web archive": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n", "mhtml_file"),
    "database": (b"SQLite format 3\x00" + bytes(80), "binary_file"),
    "every byte": (bytes(range(256)) * 8, "binary_file"),
    "zeros": (bytes(4000), "binary_file"),
    "text with zeros": (NOTICE.encode() + bytes(50), "binary_file"),
    "broken bytes": (NOTICE.encode() + b"\n\xff\xff\xfe\n" + NOTICE.encode(), "undecodable_text"),
    "read with the wrong codec and saved": (TWICE_READ, "garbled_text"),
    "read as Latin-1 and saved": (NOTICE.encode("gbk").decode("latin-1").encode(), "garbled_text"),
    "replaced characters": ((NOTICE + "\ufffd" * 40).encode(), "garbled_text"),
    "english": (b"Dear all, this is the notice of the year.\n" * 20, "no_chinese_text"),
    "numbers": (b"1,2,3,4\n5,6,7,8\n", "no_chinese_text"),
    "english page": (b"<html><body><p>Page not found</p></body></html>", "no_chinese_text"),
    "french": ("Déjà vu à Besançon, où l'été s'achève.".encode("latin-1"), "undecodable_text"),
}


@pytest.mark.parametrize(("data", "code"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_is_refused_with_its_code(data, code):
    refusal = refused(data, "通知.txt")
    assert refusal.code == code
    assert refusal.message.endswith("。")
    assert "请" in refusal.message


def test_a_large_file_is_refused_by_its_size_alone():
    refusal = judge_size(100 * 1024 * 1024)
    assert refusal is not None
    assert refusal.code == "too_large"
    assert refusal.message.startswith("文件有 100 MB，超过上限 50 MB：")
    assert refused(NOTICE.encode(), limit=10).code == "too_large"


def test_a_file_of_just_the_limit_is_read():
    assert judge_size(50 * 1024 * 1024) is None
    assert read(NOTICE.encode(), limit=len(NOTICE.encode())).lines == LINES


TRIED_ELSEWHERE = {
    "too_large",  # below
    "unpacks_too_large",  # with each format
    "reader_stopped", "reading_cancelled",  # test_child_process.py
    "office_missing", "office_failed", "ocr_missing", "ocr_no_text",  # test_extras.py
    "pdf_without_codes",  # test_pdf.py
}  # fmt: skip


def test_every_refusal_there_is_is_tried():
    assert {code for _, code in BAD_FILES.values()} | TRIED_ELSEWHERE == set(REFUSAL_CODES)


def test_undecodable_text_names_the_line():
    assert refused(NOTICE.encode() + b"\n\xff\xff\xfe\n").message.startswith("第 7 行附近有认不出的字节")


def test_garbled_text_shows_a_piece():
    assert TWICE_READ.decode()[:4] in refused(TWICE_READ).message


# --- must not be refused --------------------------------------------------------------------------

GOOD_TEXTS = {
    "one clause": "城镇新增就业3.3万人",
    "mostly figures": "合计\t12\t340\t5600\t78\t90.5\n某区\t1\t2\t3\t4\t5",
    "names of western Europe": "与德国 München、Köln、Düsseldorf 和法国 Besançon、Orléans 结为友好城市。",
    "rare names": "联系人：㵘堃、玥珺、璟湉、䶮昇。" * 3,
    "traditional": "為民辦實事項目實施方案，請認真貫徹執行。" * 5,
    "mention of formats": "请将 %PDF- 或 <html> 格式的附件发至邮箱，文件名为 Rar! 的不受理。",
    "angle brackets": "投资<5亿元的项目，且面积>300平方米",
}


@pytest.mark.parametrize("text", GOOD_TEXTS.values(), ids=GOOD_TEXTS)
@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_good_text_is_read_as_it_stands(text, codec):
    document = read(text.encode(codec))
    assert (document.format, document.lines) == ("txt", tuple(text.split("\n")))


# --- whatever comes -------------------------------------------------------------------------------


@given(st.binary(max_size=600))
def test_random_bytes_never_raise(data):
    result = read_document(data, "x")
    assert isinstance(result, Document | Refusal)


@given(st.binary(max_size=60), st.integers(0, 40))
def test_a_damaged_notice_never_raises(noise, place):
    data = NOTICE.encode()
    result = read_document(data[: place * 5] + noise + data[place * 5 :], "x")
    assert isinstance(result, Document | Refusal)


@given(st.text(st.characters(blacklist_categories=["Cs"]), max_size=200))
def test_random_text_never_raises_and_lines_have_no_line_ends(text):
    result = read_document(("通知" * 40 + text).encode(), "x")
    if isinstance(result, Document):
        assert all(len(line.splitlines()) <= 1 for line in result.lines)


@given(st.text("就业人数万个、，。（）0123456789 \n", min_size=1, max_size=300))
def test_every_encoding_gives_the_same_lines(text):
    text = "目标任务" * 10 + text
    expected = read(text.encode()).lines
    assert read(text.encode("gb18030")).lines == expected
    assert read(b"\xff\xfe" + text.encode("utf-16-le")).lines == expected


def test_a_notice_is_read_in_milliseconds():
    data = (NOTICE * 250).encode("gb18030")
    read(data)
    start = time.process_time()
    read(data)
    assert time.process_time() - start < 0.2  # some 3 ms; room for a busy machine
