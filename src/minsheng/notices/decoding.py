"""Bytes to text. The codec is found by trying, not by believing a label; a cut tail is kept apart."""

import codecs
import re
from dataclasses import dataclass

from minsheng.notices.document import Refusal
from minsheng.notices.plausibility import TextStatistics
from minsheng.notices.refusals import refuse

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,20})""", re.IGNORECASE)
_HONOURED = frozenset({"big5", "big5hkscs", "cp950", "utf_16", "utf_16_le", "utf_16_be"})


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the codec it was read with. ``cut`` says that the bytes end inside a character."""

    text: str
    encoding: str
    cut: bool
    statistics: TextStatistics


def decode(data: bytes) -> Decoded | Refusal:
    """Text of a file in UTF-8, GBK/GB18030, UTF-16 or UTF-32, or in what a web page says of itself.

    Whether the text is Chinese enough is judged later, on the lines: a page may be mostly mark-up.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            decoded = _try(data[len(mark) :], codec)
            return (
                _judge(decoded) if decoded else refuse("undecodable_text", line=str(_bad_line(data, codec)))
            )
    tried: list[Decoded] = []
    for codec in _candidates(data):
        decoded = _try(data, codec)
        if decoded and (_is_convincing(decoded) or _is_certain(decoded)):
            return _judge(decoded)
        if decoded:
            tried.append(decoded)
    return _explain(data, tried)


def _candidates(data: bytes) -> tuple[str, ...]:
    """The codecs to try. What the page declares comes first unless it is tried anyway."""
    found = _CHARSET.search(data[:4096])
    if not found:
        return _UNMARKED
    try:
        declared = codecs.lookup(found[1].decode("ascii")).name.replace("-", "_")
    except LookupError:
        return _UNMARKED
    return ("utf-8", declared, *_UNMARKED[1:]) if declared in _HONOURED else _UNMARKED


def _try(data: bytes, codec: str) -> Decoded | None:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        text = decoder.decode(data)
    except UnicodeDecodeError:
        return None
    left_over = decoder.getstate()[0]
    if len(left_over) == len(data):
        return None
    return Decoded(text, codec, bool(left_over), TextStatistics.of(text))


def _is_convincing(decoded: Decoded) -> bool:
    """Whether no other codec need be tried. Two of them read almost any bytes, so they must give more."""
    statistics = decoded.statistics
    if statistics.is_binary or statistics.is_garbled:
        return False
    if decoded.encoding == "utf-8":
        return statistics.hanzi > 0 or decoded.text.isascii()
    if decoded.encoding == "gb18030":
        return statistics.hanzi > 0
    return statistics.hanzi >= 20 and statistics.is_chinese


def _is_certain(decoded: Decoded) -> bool:
    """Whether the codec is right though the text is not: nothing else happens to be UTF-8 for long."""
    return decoded.encoding == "utf-8" and decoded.statistics.latin >= 20


def _judge(decoded: Decoded) -> Decoded | Refusal:
    """A text whose codec is certain: refused only when it is no text."""
    if decoded.statistics.is_binary:
        return refuse("binary_file")
    if decoded.statistics.is_garbled:
        return refuse("garbled_text", sample=_sample(decoded.text))
    return decoded


def _explain(data: bytes, tried: list[Decoded]) -> Decoded | Refusal:
    """Why none of the codecs convinced. What UTF-8 or GB18030 read without fault is taken at its word."""
    if _looks_binary(data):
        return refuse("binary_file")
    if tried and tried[0].encoding in {"utf-8", "gb18030"}:
        return _judge(tried[0])
    return refuse("undecodable_text", line=str(_bad_line(data, "utf-8")))


def _looks_binary(data: bytes) -> bool:
    sample = data[:65536]
    controls = len(sample) - len(sample.translate(None, bytes(range(9)) + bytes(range(14, 32))))
    return controls * 100 > len(sample)


def _bad_line(data: bytes, codec: str) -> int:
    """The line of the first byte the codec cannot read; the first line when it can read them all."""
    try:
        data.decode(codec)
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return 1


def _sample(text: str) -> str:
    """A few visible characters to show what is meant by garbled."""
    visible = "".join(char for char in text[:2000] if char.isprintable() and ord(char) > 0xA0)
    return visible[:8] or "□□"
