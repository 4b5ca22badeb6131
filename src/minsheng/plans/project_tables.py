"""Plans that are a table: one row a project, columns for what is promised, done and by whom.

The head row names the columns; ``columns`` says how. Where a page has lost its table, each cell is a line.
"""

import re
from dataclasses import replace

from minsheng.plans.columns import Column, head_of, second_head
from minsheng.plans.draft import Block, Draft, Flow, Node, Piece
from minsheng.plans.grammar.markers import Marker, marker_of
from minsheng.plans.grammar.numerals import ordinal_value
from minsheng.plans.grammar.rows import cells_of
from minsheng.plans.list_rows import is_worded
from minsheng.plans.model import Category
from minsheng.plans.responsibility import looks_like_units
from minsheng.plans.tables import is_row_name

_FEWEST = 2


def block_of_cells(node: Node, columns: tuple[str, ...]) -> Block:
    """A project from a number and the cells below it, as the columns say what they are."""
    by_kind: dict[Column, list[Flow]] = {}
    cells = (node.flow, *node.attached)
    for position, flow in enumerate(cells):
        kind = columns[position + 1] if position + 1 < len(columns) else columns[-1]
        if position and looks_like_units(flow.text) and kind == "statement":
            kind = "lead"
        by_kind.setdefault(kind, []).append(flow)  # type: ignore[arg-type]  # the columns are of that set
    statement = tuple(by_kind.get("statement", [])) or (node.flow,)
    measures = tuple(part for flow in by_kind.get("measures", []) for part in measures_in(flow))
    return Block(node.marker.number, None, statement, measures, "assigned", responsible_lines(by_kind))


def read_project_tables(draft: Draft) -> Draft:
    """Projects from tables whose rows are projects, where the text itself lists none."""
    if draft.blocks:
        return draft
    blocks: list[Block] = []
    categories: list[Category] = []
    columns: tuple[Column, ...] | None = None
    for rows in draft.table_lines:
        columns = _read_rows(draft, rows, columns, blocks, categories)
    if len(blocks) < _FEWEST:
        blocks, categories = _from_heads(draft)
    if len(blocks) < _FEWEST:
        return draft
    return replace(draft, blocks=tuple(blocks), categories=tuple(categories))


def _from_heads(draft: Draft) -> tuple[list[Block], list[Category]]:
    """Projects of a document that is only a breakdown: they stand numbered in the heads of its columns."""
    blocks: dict[int, Block] = {}
    categories: list[Category] = []
    for rows in draft.table_lines:
        places: list[tuple[int, int]] = []
        numbered = False
        for line in rows:
            cells = cells_of(draft.lines[line - 1])
            if is_row_name(cells[0][1], draft.head.region):
                break
            if not numbered and not any(_marked(text) for _, text in cells):
                places = _unnumbered_categories(cells, line, categories)
                continue
            numbered = True
            for column, (start, text) in enumerate(cells):
                marker = _marked(text)
                if marker is None:
                    continue
                flow = Flow(text, (Piece(line, start, len(text), 0),), marker)
                if marker.style == "cn":
                    name = text[marker.length :].strip()
                    categories.append(Category(marker.number, name, None, flow.whole()))
                    places.append((column, marker.number))
                elif marker.style == "ar":
                    above = [number for at, number in places if at <= column]
                    blocks.setdefault(
                        marker.number, Block(marker.number, above[-1] if above else None, (flow,))
                    )
    return list(blocks.values()), categories


def _marked(text: str) -> Marker | None:
    return marker_of(text) or _spaced_number(text)


def _unnumbered_categories(
    cells: list[tuple[int, str]], line: int, categories: list[Category]
) -> list[tuple[int, int]]:
    """Add the categories of a head row that does not number them; the columns they begin at."""
    places = []
    for column, (start, text) in enumerate(cells):
        if column and re.search(r"[\u4e00-\u9fff]", text):
            number = len(categories) + 1
            categories.append(
                Category(number, text, None, Flow(text, (Piece(line, start, len(text), 0),)).whole())
            )
            places.append((column, number))
    return places


def _spaced_number(text: str) -> Marker | None:
    """20 实施…: a number and a blank, as heads of narrow columns have it."""
    match = re.match(r"(\d{1,3})\s+(?=[\u4e00-\u9fff])", text)
    return Marker("ar", int(match.group(1)), match.end()) if match else None


def _read_rows(
    draft: Draft,
    rows: tuple[int, ...],
    columns: tuple[Column, ...] | None,
    blocks: list[Block],
    categories: list[Category],
) -> tuple[Column, ...] | None:
    """Add the rows' projects; the head of one run of rows holds for the next that has none."""
    for line in rows:
        cells = cells_of(draft.lines[line - 1])
        texts = [text for _, text in cells]
        head = head_of(texts) or (second_head(columns, texts) if columns else None)
        if head is not None:
            columns = head
            continue
        if columns is None:
            continue
        by_kind: dict[Column, list[Flow]] = {}
        for kind, (start, text) in zip(columns, cells, strict=False):
            if kind == "target" and is_worded(text):
                kind = "statement"  # noqa: PLW2901 - the target is told in words
            if text:
                by_kind.setdefault(kind, []).append(Flow(text, (Piece(line, start, len(text), 0),)))
        _add_row(by_kind, blocks, categories)
    return columns


def _add_row(by_kind: dict[Column, list[Flow]], blocks: list[Block], categories: list[Category]) -> None:
    for flow in by_kind.get("category", []):
        if not categories or categories[-1].name != flow.text:
            categories.append(Category(len(categories) + 1, flow.text, None, flow.whole()))
    statement = tuple(by_kind.get("statement", []))
    measures = tuple(part for flow in by_kind.get("measures", []) for part in measures_in(flow))
    units = responsible_lines(by_kind)
    number = next((ordinal_value(flow.text.rstrip(".、")) for flow in by_kind.get("number", [])), None)
    if blocks and number == blocks[-1].number and _says_again(blocks[-1], statement):
        return
    if statement and (number is not None or ("number" not in by_kind and units)):
        category = categories[-1].number if categories else None
        blocks.append(Block(number or len(blocks) + 1, category, statement, measures, "assigned", units))
    elif blocks and (statement or measures or units):
        # A row without a number goes on with the project above it.
        last = blocks[-1]
        blocks[-1] = replace(
            last,
            statement=(*last.statement, *statement),
            measures=(*last.measures, *measures),
            responsible=(*last.responsible, *units),
        )


def _says_again(block: Block, statement: tuple[Flow, ...]) -> bool:
    """Whether a row repeats the project above it, as lists do that have a row for each indicator."""
    return [flow.text for flow in block.statement] == [flow.text for flow in statement]


def responsible_lines(by_kind: dict[Column, list[Flow]]) -> tuple[str, ...]:
    """The unit columns as lines a responsibility is read from: 牵头单位:甲局."""
    lead = [f"牵头单位:{flow.text}" for flow in by_kind.get("lead", [])]
    return (*lead, *(f"配合单位:{flow.text}" for flow in by_kind.get("cooperating", [])))


_ITEM = re.compile(r"(?:(?<=^)|(?<=[。;\s]))(?:\d{1,2}[.、](?=\D|\d{1,2}\s*月)|\(\d{1,2}\)|[①-⑳])")


def measures_in(flow: Flow) -> tuple[tuple[Flow, ...], ...]:
    """A cell of measures, parted where it numbers them; one measure where it does not."""
    starts = [match.start() for match in _ITEM.finditer(flow.text)]
    if not starts or starts[0] > 0:
        starts = [0, *starts]
    parts = []
    for start, end in zip(starts, [*starts[1:], len(flow.text)], strict=True):
        text = flow.text[start:end].rstrip()
        if not text:
            continue
        source = flow.source(start, start + len(text))
        piece = Piece(source.line, source.start, len(text), 0)
        marker: Marker | None = marker_of(text)
        parts.append((Flow(text, (piece,), marker),))
    return tuple(parts)
