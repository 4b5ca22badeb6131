"""Walking an HTML tree: which elements are read, which end a line, which are hidden."""

import re
from collections.abc import Iterator
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

Step = Literal["text", "open", "close"]

UNREAD = frozenset(
    "script style noscript template head select textarea button svg math iframe object embed canvas audio "
    "video map noembed noframes datalist".split()
)
"""Elements whose content is no text of the page."""

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre "
    "section summary table tbody td tfoot th thead tr ul xmp listing plaintext".split()
)
"""Elements that stand on lines of their own."""

VERBATIM = frozenset({"pre", "xmp", "listing", "plaintext"})
"""Elements whose line ends and blanks are kept."""

_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def body_of(text: str) -> LexborNode | None:
    """The body element of a page, however broken; None for a page without one (a frame set)."""
    return LexborHTMLParser(text).body


def is_hidden(node: LexborNode) -> bool:
    """Whether the element says of itself that it is not shown."""
    attributes = node.attributes
    if not attributes:
        return False
    return "hidden" in attributes or bool(_HIDING_STYLE.search(attributes.get("style") or ""))


def steps(top: LexborNode) -> Iterator[tuple[Step, str, LexborNode]]:
    """The readable content below ``top`` in order: texts, and each element as it opens and closes.

    No recursion: a page may nest a hundred thousand elements.
    """
    node = top.first_child
    depth = 0
    while node is not None:
        tag = node.tag or ""
        entered = False
        if tag == "-text":
            yield "text", tag, node
        elif node.is_element_node and tag not in UNREAD and not is_hidden(node):
            yield "open", tag, node
            child = node.first_child
            if child is not None:
                node, depth, entered = child, depth + 1, True
            else:
                yield "close", tag, node
        while not entered:
            following = node.next
            if following is not None:
                node = following
                break
            if depth == 0:
                return
            parent = node.parent
            if parent is None:
                return
            node, depth = parent, depth - 1
            yield "close", node.tag or "", node
