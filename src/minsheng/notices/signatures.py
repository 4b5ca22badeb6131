"""Formats that are known by their bytes and refused by name, whatever the file is called."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")

# The first bytes of a file and the code of its refusal.
_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf_file"),
    (b"{\\rtf", "rtf_file"),
    (b"\x89PNG\r\n\x1a\n", "image_file"),
    (b"\xff\xd8\xff", "image_file"),
    (b"GIF87a", "image_file"),
    (b"GIF89a", "image_file"),
    (b"II*\x00", "image_file"),
    (b"MM\x00*", "image_file"),
    (b"Rar!\x1a\x07", "archive_file"),
    (b"7z\xbc\xaf\x27\x1c", "archive_file"),
    (b"\x1f\x8b\x08", "archive_file"),
    (b"BZh", "archive_file"),
    (b"\xfd7zXZ\x00", "archive_file"),
    (b"\x28\xb5\x2f\xfd", "archive_file"),
    (b"\x7fELF", "binary_file"),
    (b"SQLite format 3\x00", "binary_file"),
)

# Names that stand in a zip package and in an OLE file (there as UTF-16), and what they make of it.
_ZIP_PARTS: tuple[tuple[bytes, str], ...] = (
    (b"word/", "word_file"),
    (b"xl/", "excel_file"),
    (b"ppt/", "slides_file"),
    (b"OFD.xml", "ofd_file"),
    (b"opendocument.text", "word_file"),
    (b"opendocument.spreadsheet", "excel_file"),
)
_OLE_STREAMS: tuple[tuple[bytes, str], ...] = (
    ("WordDocument".encode("utf-16-le"), "word_file"),
    ("Workbook".encode("utf-16-le"), "excel_file"),
    ("PowerPoint Document".encode("utf-16-le"), "slides_file"),
)
_WORD_XML = (b"<w:wordDocument", b"schemas.microsoft.com/office/word/2003/wordml", b'progid="Word.Document"')


def known_format(data: bytes) -> str | None:
    """The refusal code of a file whose bytes tell what it is, or None for what may be text."""
    for start, code in _STARTS:
        if data.startswith(start):
            return code
    if data.startswith(_ZIP):
        return _first_of(_ZIP_PARTS, data) or "archive_file"
    if data.startswith(_OLE):
        return _first_of(_OLE_STREAMS, data) or "word_file"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image_file"
    if data.startswith(b"BM") and int.from_bytes(data[2:6], "little") == len(data):
        return "image_file"
    return _known_text_format(data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n"))


def _known_text_format(start: bytes) -> str | None:
    """Formats that are text but hold no plain document: Word's own XML, a web archive, a late PDF mark."""
    if start.startswith(b"%PDF-"):
        return "pdf_file"
    if start.startswith(b"<?xml") and any(mark in start for mark in _WORD_XML):
        return "word_file"
    lowered = start.lower()
    if lowered.startswith((b"mime-version:", b"from: <saved by")) and b"multipart/related" in lowered:
        return "mhtml_file"
    return None


def _first_of(parts: tuple[tuple[bytes, str], ...], data: bytes) -> str | None:
    return next((code for mark, code in parts if mark in data), None)
