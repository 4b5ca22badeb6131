"""The rows of a Word table to lines. Merged cells stand once; the places they cover are blank."""

from dataclasses import dataclass

# A cell may claim a span of a billion columns. No table has more than this.
_MOST_ACROSS = 200


@dataclass(frozen=True, slots=True)
class Cell:
    """The lines of a cell, and how many columns it covers."""

    lines: tuple[str, ...]
    across: int = 1

    @property
    def text(self) -> str:
        return " ".join(line.replace("\t", " ") for line in self.lines if line)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, and how many columns stand empty before them."""

    before: int
    cells: tuple[Cell, ...]


def row_lines(rows: list[Row]) -> list[str]:
    """Each row as one line, cells parted by tabs; rows without any text are left out."""
    lines = []
    for row in rows:
        texts = [""] * min(row.before, _MOST_ACROSS)
        for cell in row.cells:
            texts.append(cell.text)
            texts += [""] * (min(cell.across, _MOST_ACROSS) - 1)
        if any(texts):
            lines.append("\t".join(texts))
    return lines
