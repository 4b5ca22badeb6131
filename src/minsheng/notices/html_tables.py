"""HTML tables to rows of text. Merged cells stand once; the places they cover are blank."""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from minsheng.notices.html_tree import BLOCKS, steps
from minsheng.notices.tidying import plain, run_together

# A page may claim a span of a million columns. What covers more than this is not blanked.
_MOST_BLANKS = 200_000
# A <br> stands as a null character until it is known what is on both sides of it.
_BREAK = re.compile(" ?\0[ \0]*")
_WRAPPED = re.compile("(?<=[\u4e00-\u9fff])\0(?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class _Cell:
    paragraphs: tuple[str, ...]
    across: int
    down: int

    @property
    def text(self) -> str:
        return " ".join(self.paragraphs)


def is_data_table(table: LexborNode) -> bool:
    """Whether a table holds data. Old pages use tables to place whole articles: those are read as blocks."""
    if any(inner.mem_id != table.mem_id for inner in table.css("table")):
        return False
    rows = _rows(table)
    if max((len(row) for row in rows), default=0) < 2:
        return False
    filled = sum(sum(bool(cell.paragraphs) for cell in row) > 1 for row in rows)
    return filled > 1 or all(len(cell.paragraphs) <= 1 for row in rows for cell in row)


def table_rows(table: LexborNode) -> list[str]:
    """Each row as one line, cells parted by tabs; rows without any text are left out."""
    rows = _rows(table)
    width = max((len(row) for row in rows), default=0)
    grid = _Grid(width)
    lines = [*_captions(table)]
    for row in rows:
        cells = grid.place(row)
        if any(cells):
            lines.append("\t".join(cells))
    return lines


@dataclass(slots=True)
class _Grid:
    """Places the cells of row after row; remembers the columns that a cell above still covers."""

    width: int
    covered: dict[int, int] = field(default_factory=dict)
    blanks: int = 0

    def place(self, row: list[_Cell]) -> list[str]:
        placed: list[str] = []
        starting: dict[int, int] = {}
        for cell in row:
            self._skip_covered(placed)
            across = self._allowed(min(cell.across, self.width))
            for column in range(len(placed), len(placed) + across):
                if cell.down > 1:
                    starting[column] = cell.down - 1
            placed.append(cell.text)
            placed.extend([""] * (across - 1))
        self._skip_covered(placed)
        self.covered = {column: rows - 1 for column, rows in self.covered.items() if rows > 1} | starting
        return placed

    def _skip_covered(self, placed: list[str]) -> None:
        while len(placed) in self.covered:
            placed.append("")

    def _allowed(self, across: int) -> int:
        if across > 1:
            self.blanks += across
        return across if self.blanks <= _MOST_BLANKS else 1


def _captions(table: LexborNode) -> list[str]:
    """The lines of the table's caption, which stand before its rows."""
    return [line for child in table.iter() if child.tag == "caption" for line in _paragraphs(child)]


def _rows(table: LexborNode) -> list[list[_Cell]]:
    rows: list[list[_Cell]] = []
    for step, tag, node in steps(table):
        if step != "open":
            continue
        if tag == "tr":
            rows.append([])
        elif tag in {"td", "th"} and rows:
            rows[-1].append(_Cell(_paragraphs(node), _span(node, "colspan"), _span(node, "rowspan")))
    return rows


def _span(node: LexborNode, name: str) -> int:
    digits = (node.attributes.get(name) or "").strip()
    return max(1, int(digits)) if digits.isascii() and digits.isdigit() and len(digits) < 7 else 1


def _paragraphs(cell: LexborNode) -> tuple[str, ...]:
    """The blocks of a cell. A <br> between two Chinese characters only wraps a narrow column."""
    blocks: list[list[str]] = [[]]
    for step, tag, node in steps(cell):
        if step == "text":
            blocks[-1].append((node.text_content or "").replace("\0", ""))
        elif tag == "br" and step == "open":
            blocks[-1].append("\0")
        elif tag in BLOCKS:
            blocks.append([])
    return tuple(line for block in blocks if (line := _unwrap("".join(block))))


def _unwrap(text: str) -> str:
    text = _BREAK.sub("\0", run_together(text))
    return plain(_WRAPPED.sub("", text).replace("\0", " ")).strip()
