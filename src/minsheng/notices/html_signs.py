"""Does a text look like a web page, and like one that can be parsed?"""

import re
from collections.abc import Iterator

_TAGS = (
    "html|head|body|meta|title|div|p|table|tr|td|span|section|article|h[1-6]|br|ul|ol|a|center|font"
    "|script|style"
)
_BEGINS_AS_PAGE = re.compile(
    rf"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|(?:{_TAGS})[\s/>])",
    re.IGNORECASE | re.DOTALL,
)
_OPENS_PAGE = re.compile(r"<!doctype\s+html|<(?:html|body)[\s>]", re.IGNORECASE)


def looks_like_html(text: str) -> bool:
    """Whether the text begins like a page or a piece of one, or soon opens a page and closes an element."""
    start = text[:4096]
    return bool(_BEGINS_AS_PAGE.match(start)) or bool(_OPENS_PAGE.search(start) and "</" in text)


DEEPEST = 512
"""Levels of elements a page may have: where browsers stop too. Parsing takes time by the square of them."""

# Elements that never hold others, or that the next of their kind closes: not closing them nests nothing.
_FLAT = frozenset(
    "area base br col colgroup dd dt embed hr img input li link meta option p param source tbody td th tr "
    "wbr".split()
)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9:-]*)[^<>]*?(/?)>")
# What is no mark-up inside, and what ends it: a script may compare with < as it likes.
_OPAQUE = re.compile(r"<(?:script|style|!--)")
_ENDS = {"<script": "</script", "<style": "</style", "<!--": "-->"}


def is_tangled(text: str) -> bool:
    """Whether elements are opened inside each other deeper than any page needs."""
    if text.count("<") <= DEEPEST:
        return False
    depth = 0
    for part in _markup(text.lower()):
        for closing, name, self_closing in _TAG.findall(part):
            if self_closing or name in _FLAT:
                continue
            depth = max(0, depth - 1) if closing else depth + 1
            if depth > DEEPEST:
                return True
    return False


def _markup(lowered: str) -> Iterator[str]:
    """The parts of a page outside scripts, styles and comments. Each character is looked at once."""
    place = 0
    while found := _OPAQUE.search(lowered, place):
        yield lowered[place : found.start()]
        end = lowered.find(_ENDS[found[0]], found.end())
        if end < 0:
            return
        place = end
    yield lowered[place:]
