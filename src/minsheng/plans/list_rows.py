"""Rows of a table whose rows are projects and whose columns are wholes and regions (全市合计, 甲县, 乙区).

A project may have several rows, one an indicator; its number and name then may stand in the first alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from minsheng.plans.columns import Column, head_of, names_region, second_head
from minsheng.plans.draft import Draft
from minsheng.plans.grammar.numerals import ordinal_value
from minsheng.plans.grammar.rows import cells_of


@dataclass(frozen=True, slots=True)
class ListHead:
    """What each column holds and is called."""

    columns: tuple[Column, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row: ``figures`` are region, offset in the line and text; one of them at least is not empty."""

    head: ListHead
    line: int
    number: int
    name: str
    indicator: str
    unit: str | None
    figures: tuple[tuple[str, int, str], ...]


def list_rows(draft: Draft, rows: tuple[int, ...], head: ListHead | None) -> Iterator[ListRow]:
    """The rows that have figures. ``head`` is that of the run before, which goes on where none is printed."""
    number: int | None = None
    name = ""
    for line in rows:
        cells = cells_of(draft.lines[line - 1])
        own = _head(cells, head)
        if own is not None:
            head, number = own, None
            continue
        if head is None:
            continue
        by_kind: dict[Column, str] = {}
        for kind, (_, text) in zip(head.columns, cells, strict=False):
            if text:
                by_kind.setdefault(kind, re.sub(r"\s", "", text))
        said = ordinal_value(by_kind.get("number", "").rstrip(".、"))
        number, name = said or number, by_kind.get("statement", "" if said else name)
        figures = tuple(_figures(head, cells, _whole(draft.head.region)))
        if number is not None and name and any(text for _, _, text in figures):
            indicator = by_kind.get("indicator", name)
            yield ListRow(head, line, number, name, indicator, by_kind.get("unit"), figures)


def _head(cells: list[tuple[int, str]], above: ListHead | None) -> ListHead | None:
    texts = [re.sub(r"\s", "", text) for _, text in cells]
    columns = head_of(texts)
    if columns is not None:
        return ListHead(columns, tuple(texts))
    lower = second_head(above.columns, texts) if above else None
    if above is None or lower is None:
        return None
    texts += [""] * (len(lower) - len(texts))
    names = [*above.names, *[""] * (len(lower) - len(above.names))]
    return ListHead(lower, tuple(text or name for text, name in zip(texts, names, strict=True)))


def _figures(head: ListHead, cells: list[tuple[int, str]], whole: str) -> Iterator[tuple[str, int, str]]:
    for kind, name, (start, text) in zip(head.columns, head.names, cells, strict=False):
        if kind == "figure" or (kind == "target" and not is_worded(text)):
            plain = kind == "target" or not (names_region(name) or name.startswith("全"))
            yield whole if plain else name, start, text


def is_worded(text: str) -> bool:
    """Whether the target is told in words (改造12个以上), not by its number alone."""
    return (
        len(re.findall(r"[\u4e00-\u9fff]", re.sub(r"不少于|不低于|不超过|约|以上|以内|左右", "", text))) > 0
    )


def _whole(region: str | None) -> str:
    """What the whole is called where the head only says 合计: 全市合计."""
    last = (region or "")[-1:]
    return f"全{last}合计" if last and last in "省市县区" else "合计"
