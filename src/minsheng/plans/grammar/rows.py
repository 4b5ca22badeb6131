"""Rows of a table in plain text: cells parted by tabs, or by upright strokes as web pages print them."""

import re

ROW = re.compile(r"\t[^\t]*\t|^\t|\t$|(?:\|[^|]*){3}|^[^|]{1,40}\|[^|]*\|")


def separator(line: str) -> str:
    """The character that parts the cells of this row."""
    return "\t" if "\t" in line else "|"


def cells_of(line: str) -> list[tuple[int, str]]:
    """Each cell with the offset it starts at, outer blanks cut; a closing stroke opens no cell."""
    mark = separator(line)
    cells, offset = [], 0
    parts = line.split(mark)
    if mark == "|" and parts and not parts[-1].strip():
        parts.pop()
    for part in parts:
        text = part.strip()
        cells.append((offset + part.find(text) if text else offset, text))
        offset += len(part) + 1
    return cells
