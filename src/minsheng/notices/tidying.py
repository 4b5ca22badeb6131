"""One line of a page's text as a reader sees it."""

import re
from collections.abc import Iterable

BLANKS = " \t\n\r\f"
"""The characters HTML counts as blanks."""

_RUN = re.compile(f"[{BLANKS}]+")
# A line end in the source between two Chinese characters is the wrap of an editor, not a space.
_HAN = "[\u3000-\u9fff\uff00-\uffef]"
_WRAP = re.compile(rf"(?<={_HAN})[ \t\r\f]*\n[{BLANKS}]*(?={_HAN})")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad\0\ufffe]")
_ODD_BLANK = re.compile("[\xa0\f\v\x1c\x1d\x1e\x85\u2028\u2029]")


def tidy(text: str) -> str:
    """Blanks run together as a browser does, invisible characters gone, ends trimmed."""
    return plain(run_together(text)).strip()


def run_together(text: str) -> str:
    """Blanks run together as a browser does."""
    if "\n" in text:
        text = _WRAP.sub("", text)
    return _RUN.sub(" ", text)


def plain(text: str) -> str:
    """Text without invisible characters; every odd blank is a space, so no line parts where none is meant."""
    return _ODD_BLANK.sub(" ", _INVISIBLE.sub("", text))


def glued(pieces: Iterable[str]) -> str:
    """The pieces of a wrapped paragraph in one: a blank only between two words of Latin letters or digits."""
    text = ""
    for piece in pieces:
        if text and piece and text[-1].isascii() and piece[0].isascii() and _parted(text[-1], piece[0]):
            text += " "
        text += piece
    return text


def _parted(one: str, two: str) -> bool:
    return one.isalnum() and two.isalnum() and not (one.isdigit() and two.isdigit())
