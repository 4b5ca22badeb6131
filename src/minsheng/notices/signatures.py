"""What kind of file the bytes are, whatever the file is called."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")

# The first bytes of a file and its kind. A kind that ends in _file is the code of a refusal.
_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
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
    (b"word/", "docx"),
    (b"xl/workbook.bin", "xlsb"),
    (b"xl/", "xlsx"),
    (b"ppt/", "slides_file"),
    (b"OFD.xml", "ofd_file"),
    (b"opendocument.text", "odt"),
    (b"opendocument.spreadsheet", "ods"),
)
_OLE_STREAMS: tuple[tuple[bytes, str], ...] = (
    ("EncryptedPackage".encode("utf-16-le"), "encrypted_file"),
    ("WordDocument".encode("utf-16-le"), "doc"),
    ("Workbook".encode("utf-16-le"), "xls"),
    ("Book\0".encode("utf-16-le"), "xls"),
    ("PowerPoint Document".encode("utf-16-le"), "slides_file"),
)
_WORD_XML = (b"<w:wordDocument", b"schemas.microsoft.com/office/word/2003/wordml", b'progid="Word.Document"')
_BIFF = (b"\x09\x08\x10\x00\x00\x06", b"\x09\x08\x08\x00\x00\x05", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00")


def known_kind(data: bytes) -> str | None:
    """The kind of a file whose bytes tell what it is, or None for what may be text or a page."""
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data.startswith(_ZIP):
        return _zip_kind(data)
    if data.startswith(_OLE):
        return _first_of(_OLE_STREAMS, data) or "doc"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image"
    if data.startswith(b"BM") and int.from_bytes(data[2:6], "little") == len(data):
        return "image"
    if data.startswith(_BIFF):
        return "xls"
    return _known_text_kind(data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n"))


def _known_text_kind(start: bytes) -> str | None:
    """Formats that are text but hold no plain document: Word's own XML, a web archive, a late PDF mark."""
    if start.startswith(b"%PDF-"):
        return "pdf"
    if start.startswith(b"<?xml") and any(mark in start for mark in _WORD_XML):
        return "wordxml"
    lowered = start.lower()
    if lowered.startswith((b"mime-version:", b"from: <saved by")) and b"multipart/related" in lowered:
        return "mhtml_file"
    return None


def _zip_kind(data: bytes) -> str:
    """By the names of its parts. The directory at the end is asked first: a part may be a package itself."""
    size = int.from_bytes(data[-10:-6], "little") + 22 if data[-22:-18] == b"PK\x05\x06" else 0
    listed = _first_of(_ZIP_PARTS, data[-size:]) if size else None
    return listed or _first_of(_ZIP_PARTS, data) or "archive_file"


def cut_office_kind(data: bytes, name: str) -> str | None:
    """The office kind of a package that has lost its end, by its name or its first part; None for others."""
    if not data.startswith(_ZIP) or b"PK\x05\x06" in data:
        return None
    suffix = name.lower().rpartition(".")[2]
    if suffix in {"docx", "xlsx"}:
        return suffix
    return "office" if b"[Content_Types].xml" in data else None


def _first_of(parts: tuple[tuple[bytes, str], ...], data: bytes) -> str | None:
    return next((kind for mark, kind in parts if mark in data), None)
