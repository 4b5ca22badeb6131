"""Evidence of a report line (佐证材料): what a file is by its bytes, whether it can stand, how it is named.

The name only tells people; what a file is, is told by its content alone.
"""

import unicodedata
from dataclasses import dataclass

from minsheng.notices.signatures import known_kind

MEGABYTE = 1024 * 1024
LONGEST_NAME = 120
NAMELESS = "未命名文件"
_OPEN = "application/vnd.openxmlformats-officedocument."

CONTENT_TYPES: dict[str, str] = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "pdf": "application/pdf",
    "docx": f"{_OPEN}wordprocessingml.document",
    "xlsx": f"{_OPEN}spreadsheetml.sheet",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
}
"""The kinds that may be evidence, and what a browser is told they are."""

KIND_WORDS: dict[str, str] = {
    "jpg": "照片",
    "png": "图片",
    "pdf": "PDF",
    "docx": "Word",
    "doc": "Word",
    "xlsx": "Excel",
    "xls": "Excel",
}
IMAGES = frozenset({"jpg", "png"})
SUFFIXES: dict[str, tuple[str, ...]] = {
    "jpg": ("jpg", "jpeg"),
    "png": ("png",),
    "pdf": ("pdf",),
    "docx": ("docx", "wps"),
    "xlsx": ("xlsx", "et"),
    "doc": ("doc", "wps"),
    "xls": ("xls", "et"),
}
"""What files of each kind are called; the first is added to a name that says something else."""

ALLOWED = "照片（jpg、png）、PDF、Word 或 WPS 文字（docx、doc、wps）、Excel 或 WPS 表格（xlsx、xls、et）"

_WORD_STREAM = "WordDocument".encode("utf-16-le")
_OLE = b"\xd0\xcf\x11\xe0"
_ADVICE: dict[str, str] = {
    "image": "这种图片格式不能作佐证：请转成 jpg 或 png 后再添加。",
    "archive_file": "这是压缩包：请解压后把里面的文件分别添加。",
    "encrypted_file": "文件加了密码，别人打不开：请去掉密码后再添加。",
    "ofd_file": "OFD 文件请转成 PDF 后再添加。",
    "slides_file": "幻灯片请转成 PDF 后再添加。",
    "video": "视频不能作佐证：请截取照片后再添加。",
    "heic": "这是 HEIC 照片：请转成 jpg 后再添加（苹果手机可在“设置－相机－格式”里选“兼容性最佳”）。",
    "cut": "文件不完整，打不开：请重新取得原件后再添加。",
}


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file that can be evidence: its kind and the name it is kept under."""

    kind: str
    name: str

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.kind]


@dataclass(frozen=True, slots=True)
class NotEvidence:
    """Why a file is not taken and what to do, as a sentence that names it."""

    message: str


def judge_file(data: bytes, name: str, limit_mb: int) -> EvidenceFile | NotEvidence:
    """What the file is by its bytes, or why it is not taken."""
    called = clean_name(name)
    if not data:
        return NotEvidence(f"“{called}”是空文件，没有添加：请核对原件后重新选择。")
    if len(data) > limit_mb * MEGABYTE:
        return too_large(called, len(data), limit_mb)
    kind = _kind(data)
    if kind not in CONTENT_TYPES:
        advice = _ADVICE.get(kind, f"内容不是可以作佐证的文件：可以添加{ALLOWED}。")
        return NotEvidence(f"“{called}”没有添加。{advice}")
    return EvidenceFile(kind, _named(called, kind))


def too_large(name: str, size: int, limit_mb: int) -> NotEvidence:
    """Of a file that is larger than the limit, whose bytes need not be at hand."""
    return NotEvidence(
        f"“{clean_name(name)}”有 {size / MEGABYTE:.1f} MB，超过每个 {limit_mb} MB 的上限，没有添加："
        "照片请用较小的尺寸，扫描件请降低分辨率或分成几个文件。"
    )


def clean_name(name: str) -> str:
    """The name without path and without marks that no eye sees, cut in front so that its ending stays."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(mark for mark in last if unicodedata.category(mark)[0] != "C")
    return seen.strip()[-LONGEST_NAME:] or NAMELESS


def _named(name: str, kind: str) -> str:
    """The name with an ending that fits: what opens as something else than it is called is a trap."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return name if ending in SUFFIXES[kind] else f"{name}.{SUFFIXES[kind][0]}"


def _kind(data: bytes) -> str:
    if data[4:8] == b"ftyp":
        return "heic" if data[8:12] in (b"heic", b"heix", b"mif1", b"hevc") else "video"
    kind = known_kind(data)
    if kind == "image":
        return _image_kind(data)
    if kind in ("docx", "xlsx"):
        return _package_kind(data, kind)
    if kind == "doc" and data.startswith(_OLE) and _WORD_STREAM not in data:
        return "unknown"
    return kind or "unknown"


def _image_kind(data: bytes) -> str:
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    return "png" if data.startswith(b"\x89PNG") else "image"


def _package_kind(data: bytes, kind: str) -> str:
    """A package of Office has its list of parts; one that lost its end has none a program finds."""
    if b"PK\x05\x06" not in data:
        return "cut"
    return kind if b"[Content_Types].xml" in data else "archive_file"
