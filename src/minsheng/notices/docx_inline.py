"""A Word paragraph to text: runs in their order, tracked changes as accepted, what floats in it set apart."""

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from minsheng.notices.xml_tree import is_on

GONE = frozenset(
    {"w:del", "w:moveFrom", "w:rt", "w:instrText", "w:delText", "w:delInstrText", "w:pPr", "w:rPr"}
)
"""Elements whose content is not in the text: what a tracked change removed, field codes, readings of ruby."""

_SIGNS = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:br": "\n",
    "w:cr": "\n",
    "w:noBreakHyphen": "-",
}
_FLOATING = frozenset({"w:drawing", "w:pict", "w:object"})


@dataclass(slots=True)
class Inline:
    """The text of a paragraph as it grows; boxes that float in it and the notes it refers to, in order."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)


def read_inline(parent: Element, inline: Inline) -> None:
    """Add what ``parent`` holds to ``inline``."""
    for child in parent:
        tag = child.tag
        if tag in GONE:
            continue
        if tag == "w:r":
            if not is_on(child, "w:rPr/w:vanish"):
                read_inline(child, inline)
        elif tag in {"w:t", "m:t"}:
            inline.pieces.append((child.text or "").replace("\n", " "))
        elif tag in _SIGNS:
            inline.pieces.append(_SIGNS[tag])
        elif tag == "w:sym":
            inline.pieces.append(_symbol(child))
        elif tag in {"w:footnoteReference", "w:endnoteReference"}:
            inline.notes.append((tag[2:].removesuffix("Reference"), child.get("w:id", "")))
        elif tag in _FLOATING:
            inline.boxes += _boxes(child)
        elif tag == "mc:AlternateContent":
            read_inline(choice(child), inline)
        else:
            read_inline(child, inline)


def choice(alternatives: Element) -> Element:
    """The one branch to read: the first that holds text, so that a box in both is read once."""
    branches = [branch for branch in alternatives if branch.tag in {"mc:Choice", "mc:Fallback"}]
    with_text = (branch for branch in branches if next(branch.iter("w:t"), None) is not None)
    return next(with_text, branches[0] if branches else alternatives)


def _boxes(floating: Element) -> list[Element]:
    """The text boxes in a drawing, those inside them left to the reading of the box."""
    found: list[Element] = []
    waiting = [floating]
    while waiting:
        element = waiting.pop()
        if element.tag == "w:txbxContent":
            found.append(element)
        elif element.tag == "mc:AlternateContent":
            waiting.append(choice(element))
        elif element.tag not in GONE:
            waiting.extend(reversed(element))
    return found


def _symbol(element: Element) -> str:
    """A sign by its code; those of symbol fonts are private and say nothing without the font."""
    try:
        code = int(element.get("w:char", ""), 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code < 0xD800 else ""


def line_pieces(text: str, tidy: Callable[[str], str]) -> list[str]:
    """The lines of a paragraph. One tab in a line is a gap; two or more part columns and stay."""
    lines = []
    for line in text.split("\n"):
        columns = [tidy(column) for column in line.strip("\t ").split("\t")]
        filled = [column for column in columns if column]
        lines.append("\t".join(columns) if len(filled) > 2 else " ".join(filled))
    return [line for line in lines if line]
