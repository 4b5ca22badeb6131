"""XML of office files to a tree: no entities, no outside references, bounded depth and number of elements.

Names get the short prefix they have in every specification (``w:p``), whatever prefix the file declares.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from minsheng.notices.package import PackageError

MOST_ELEMENTS = 2_000_000
MOST_DEPTH = 200

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "s",
    "http://purl.oclc.org/ooxml/spreadsheetml/main": "s",
}


def xml_tree(data: bytes) -> Element:
    """The root of an XML part. Raises PackageError: it is broken, too deep, or declares a document type."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reader.refuse_type
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.builder.data
    try:
        parser.Parse(data, True)
        return reader.builder.close()
    except (expat.ExpatError, AssertionError, ValueError, LookupError) as fault:
        raise PackageError("damaged_file") from fault


class _Reader:
    """Hands what the parser finds to the tree builder, and counts."""

    def __init__(self) -> None:
        self.builder: TreeBuilder = TreeBuilder()
        self.names: dict[str, str] = {}
        self.depth = 0
        self.elements = 0

    def refuse_type(self, *_: object) -> None:
        raise PackageError("damaged_file")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > MOST_DEPTH or self.elements > MOST_ELEMENTS:
            raise PackageError("unpacks_too_large")
        named = {self.short(key): value for key, value in attributes.items()} if attributes else {}
        self.builder.start(self.short(name), named)

    def end(self, name: str) -> None:
        self.depth -= 1
        self.builder.end(self.short(name))

    def short(self, name: str) -> str:
        known = self.names.get(name)
        if known is None:
            space, _, local = name.rpartition(" ")
            known = f"{_PREFIXES.get(space, '?')}:{local}" if space else local
            if len(self.names) < 10_000:
                self.names[name] = known
        return known


def at(element: Element | None, path: str) -> Element | None:
    """The first element at a path of names, or None."""
    for name in path.split("/"):
        if element is None:
            return None
        element = element.find(name)
    return element


def value_of(element: Element | None, path: str) -> str | None:
    """The ``w:val`` of the element at ``path``; "" where the element has none, None where it is missing."""
    found = at(element, path)
    return None if found is None else found.get("w:val", "")


def is_on(element: Element | None, path: str) -> bool:
    """Whether a property that is switched on by standing there stands there, and is not switched off."""
    return value_of(element, path) not in {None, "0", "false", "off", "none"}


def number_of(element: Element | None, path: str) -> int | None:
    """The ``w:val`` at ``path`` as a whole number of at most nine digits, or None."""
    return whole(value_of(element, path))


def whole(text: str | None) -> int | None:
    """A whole number of at most nine digits, or None."""
    text = (text or "").strip()
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else None


def relations(root: Element) -> Iterator[tuple[str, str]]:
    """Type (its last word) and target of each relationship in a ``.rels`` part; outside targets left out."""
    for relation in root.iter("rel:Relationship"):
        if relation.get("TargetMode") != "External":
            yield relation.get("Type", "").rpartition("/")[2], relation.get("Target", "")
