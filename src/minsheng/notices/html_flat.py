"""Pages that nest elements by the thousand, as no site does and damage may: read without a tree.

The time a parser takes for them grows with the square of their depth.
"""

import re
from html import unescape

from minsheng.notices.tidying import tidy

MOST_DEPTH = 2000
_LEAST_TAGS = 2 * MOST_DEPTH
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>?")
_UNREAD = re.compile(
    r"<(script|style|template|noscript|title|select|textarea|button|svg|iframe)\b.*?(?:</\1\s*>|\Z)"
    r"|<!--.*?(?:-->|\Z)",
    re.DOTALL | re.IGNORECASE,
)
# Elements without an end, or whose end may be left out: however many there are, they do not nest.
_FLAT = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd td th tr option thead "
    "tbody tfoot html head body".split()
)
_INLINE = re.compile(
    r"</?(?:a|b|i|u|s|em|strong|span|font|sub|sup|small|big|label|ins|mark)\b[^<>]*>", re.IGNORECASE
)


def nests_too_deeply(text: str) -> bool:
    """Whether more elements are open at once than any page has."""
    if text.count("<") < _LEAST_TAGS:
        return False
    depth = deepest = 0
    for tag in _TAG.finditer(text):
        if tag[2].lower() not in _FLAT:
            depth = max(0, depth - 1) if tag[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest > MOST_DEPTH


def flat_lines(text: str) -> tuple[str, ...]:
    """The text between the tags, each piece a line; tags within a line part nothing."""
    pieces = _INLINE.sub("", _UNREAD.sub("\n", text))
    lines = (tidy(unescape(piece)) for piece in re.split(r"<[/!a-zA-Z][^<>]*>?", pieces))
    return tuple(line for line in lines if line)
