"""The heat map: projects down, regions across, the worst light of each cell with how many there are of it."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from urllib.parse import urlencode

from minsheng.progress.pace.model import SHOWN_WORDS, Shown
from minsheng_web.office.screens.pace_table import NOTHING, SHORT_WORDS, Cell, Head, Row, Table
from minsheng_web.records.models import Region
from minsheng_web.records.queries.pace_cells import HeatCell, HeatMap

WORST_FIRST: tuple[Shown, ...] = ("red", "orange", "yellow", "missing", "green", "blue", "none")
NOT_HERE = Cell(NOTHING)
"""A project this region has no part in: an empty cell, which is neither a light nor a missing report."""


def worst(cell: HeatCell) -> Shown:
    light: Shown = cell.worst  # type: ignore[assignment]  # one of the lights
    return light


def counts_in_words(cell: HeatCell) -> str:
    """红灯1　黄灯2: the worst first, what there is none of left out."""
    words = [f"{SHOWN_WORDS[light]}{cell.counts[light]}" for light in WORST_FIRST if cell.counts.get(light)]
    if cell.missing_parts:
        words.append(f"下级未报{cell.missing_parts}处")
    return "　".join(words)


def tally(cell: HeatCell | None, link: str = "") -> Cell:
    """A tally as one cell: 红 2/8, with all of it on hover."""
    if cell is None or not cell.nodes:
        return NOT_HERE
    light = worst(cell)
    few = f"{cell.counts[light]}/{cell.nodes}" if cell.nodes > 1 else ""
    return Cell(SHORT_WORDS[light], light=light, small=few, link=link, more=counts_in_words(cell))


def heat_table(
    *, title: str, region: Region, found: HeatMap, keep: Mapping[str, str], addresses: tuple[str, str, str]
) -> Table:
    """``addresses``: of this page, of the list of targets, of a project with its number left open (%d)."""
    here, targets, project = addresses
    kept = {name: text for name, text in keep.items() if name not in {"region", "project"}}
    heads = [
        Head("项目", 34),
        Head("合计" if found.columns else region.name, 9, marks={"column": ""}),
        *(
            Head(
                column.name,
                9,
                link=f"{here}?{urlencode({**keep, 'region': column.key})}",
                marks={"column": ""},
            )
            for column in found.columns
        ),
    ]
    keys = (region.pk, *(column.key for column in found.columns))
    links = [f"{targets}?{urlencode({**kept, 'region': key})}&project=" for key in keys]
    lines: list[Row] = []
    for category, rows in groupby(found.rows, key=lambda row: row.category):
        if category:
            lines.append(Row((Cell(category),), group=True))
        for row in rows:
            cells = [Cell(f"{row.project}．{row.headline}", link=project % row.project)]
            cells += [
                tally(cell, f"{link}{row.project}")
                for cell, link in zip((row.whole, *row.cells), links, strict=True)
            ]
            lines.append(Row(cells))
    return Table(title, heads, lines, chart="heatmap", marks={"view": "table"}, style="heat-map")


def region_table(
    *,
    title: str,
    rows: Iterable[tuple[int, str, str, HeatCell]],
    link: str,
    keep: Mapping[str, str],
    shapes: str,
) -> Table:
    """Regions (key, name, code, lights) down, counts across: what the map is drawn from."""
    heads = (
        Head("地区", 16),
        Head("最差", 8),
        *(Head(word, 8, number=True) for word in SHOWN_WORDS.values()),
        Head("目标合计", 10, number=True),
        Head("下级未报", 10, number=True),
    )
    lines = []
    for key, name, code, cell in rows:
        light = worst(cell)
        says = f"{SHORT_WORDS[light]}{cell.counts[light]}/{cell.nodes}"
        cells = (
            Cell(name, link=f"{link}?{urlencode({**keep, 'region': key})}"),
            Cell(SHORT_WORDS[light], light=light),
            *(Cell(number=cell.counts.get(shown, 0)) for shown in SHOWN_WORDS),
            Cell(number=cell.nodes),
            Cell(number=cell.missing_parts),
        )
        lines.append(Row(cells, marks={"light": light, "code": code, "says": says}))
    return Table(title, heads, lines, chart="map", marks={"shapes": shapes} if shapes else {})
