"""A Word document (docx) to lines: paragraphs and tables in order, as they read with all changes accepted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from posixpath import join, normpath
from xml.etree.ElementTree import Element

from minsheng.notices.docx_inline import Inline, choice, line_pieces, read_inline
from minsheng.notices.docx_numbering import Numbering, joined
from minsheng.notices.docx_tables import Cell, Row, row_lines
from minsheng.notices.package import Package, PackageError
from minsheng.notices.tidying import tidy
from minsheng.notices.xml_tree import at, is_on, number_of, relations, value_of, xml_tree

_TRANSPARENT = frozenset({"w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo"})
_NOTES = {"footnote": "脚注", "endnote": "尾注"}


def docx_lines(package: Package) -> tuple[str, ...]:
    """The lines of a document. Tables stand between blank lines; a row is one line, its cells parted by tabs.

    Raises PackageError when the package holds no readable document.
    """
    parts = _Parts.of(package)
    reader = _Reader(parts.numbering())
    body = parts.document.find("w:body")
    if body is None:
        raise PackageError("damaged_file")
    reader.blocks(body)
    lines = reader.finished()
    return (*lines, *_note_lines(parts, reader))


@dataclass(frozen=True, slots=True)
class _Parts:
    package: Package
    document: Element
    related: dict[str, str]

    @classmethod
    def of(cls, package: Package) -> "_Parts":
        """The main document and the parts it is related to, by kind."""
        top = package.part("_rels/.rels")
        named = dict(relations(xml_tree(top))) if top else {}
        name = normpath(named.get("officeDocument", "word/document.xml").lstrip("/"))
        data = package.part(name)
        if data is None:
            raise PackageError("archive_file")
        folder, _, file = name.rpartition("/")
        own = package.part(join(folder, "_rels", f"{file}.rels"))
        related = {
            kind: target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
            for kind, target in (relations(xml_tree(own)) if own else ())
        }
        return cls(package, xml_tree(data), related)

    def tree(self, kind: str) -> Element | None:
        """The part of this kind; None when there is none or it is broken: the text can be read without."""
        data = self.package.part(self.related.get(kind, f"word/{kind}.xml"))
        try:
            return xml_tree(data) if data else None
        except PackageError:
            return None

    def numbering(self) -> Numbering:
        return Numbering.of(self.tree("numbering"), self.tree("styles"))


@dataclass(slots=True)
class _Reader:
    numbering: Numbering
    lines: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    carried: str = ""

    def finished(self) -> tuple[str, ...]:
        if self.carried:
            self.lines += line_pieces(self.carried, tidy)
            self.carried = ""
        while self.lines and not self.lines[-1]:
            self.lines.pop()
        return tuple(self.lines)

    def blocks(self, parent: Element) -> None:
        """The paragraphs and tables that ``parent`` holds."""
        for child in parent:
            if child.tag == "w:p":
                self._paragraph(child)
            elif child.tag == "w:tbl":
                self._table(child)
            elif child.tag == "mc:AlternateContent":
                self.blocks(choice(child))
            elif child.tag in _TRANSPARENT:
                self.blocks(child)

    def _paragraph(self, paragraph: Element) -> None:
        inline = Inline()
        read_inline(paragraph, inline)
        properties = paragraph.find("w:pPr")
        text = self.carried + inline.text
        self.carried = ""
        if at(properties, "w:rPr/w:del") is not None:
            # The end of the paragraph was deleted: it goes on in the next one.
            self.carried = text
        elif text.strip():
            self.lines += line_pieces(joined(self.numbering.mark(properties), text.strip()), tidy)
        self.notes += inline.notes
        for box in inline.boxes:
            self.blocks(box)

    def _table(self, table: Element) -> None:
        rows = [self._row(row) for row in _children(table, "w:tr") if not _is_deleted(row)]
        if max((len(row.cells) for row in rows), default=0) < 2:
            # A frame around text, no table.
            self.lines += [line for row in rows for cell in row.cells for line in cell.lines]
            return
        self._blank()
        self.lines += row_lines(rows)
        self._blank()

    def _row(self, row: Element) -> Row:
        before = number_of(row, "w:trPr/w:gridBefore") or 0
        cells = [self._cell(cell) for cell in _children(row, "w:tc") if at(cell, "w:tcPr/w:cellDel") is None]
        return Row(before, tuple(cells))

    def _cell(self, cell: Element) -> Cell:
        inner = _Reader(self.numbering, notes=self.notes)
        inner.blocks(cell)
        properties = cell.find("w:tcPr")
        goes_on = any(value_of(properties, name) in {"", "continue"} for name in ("w:vMerge", "w:hMerge"))
        lines = () if goes_on else inner.finished()
        return Cell(lines, max(1, number_of(properties, "w:gridSpan") or 1))

    def _blank(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")


def _children(parent: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those in content controls and tracked insertions."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _children(child, tag)
        elif child.tag == "mc:AlternateContent":
            yield from _children(choice(child), tag)


def _is_deleted(row: Element) -> bool:
    return at(row, "w:trPr/w:del") is not None or is_on(row, "w:trPr/w:hidden")


def _note_lines(parts: _Parts, reader: _Reader) -> list[str]:
    """The notes that the text refers to, each on a line at the end."""
    lines: list[str] = []
    for kind, group in groupby(sorted(reader.notes, key=lambda note: note[0] != "footnote"), lambda n: n[0]):
        tree = parts.tree(f"{kind}s")
        notes = {note.get("w:id"): note for note in tree.iter(f"w:{kind}")} if tree is not None else {}
        for number, (_, name) in enumerate(group, 1):
            note = notes.get(name)
            if note is not None:
                inner = _Reader(reader.numbering)
                inner.blocks(note)
                text = " ".join(line for line in inner.finished() if line)
                lines += [f"{_NOTES[kind]}{number}：{text}"] if text else []
    return lines
