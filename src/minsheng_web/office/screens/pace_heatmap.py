"""The heat map: projects down, regions across, the worst light of each cell with how many there are of it."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from urllib.parse import urlencode

from minsheng.progress.pace.model import SHOWN_WORDS, Shown
from minsheng_web.office.screens.pace_table import NOTHING, SHORT_WORDS, Cell, Head, Row, Table
from minsheng_web.records.models import Region
from minsheng_web.records.queries.pace_cells import SHOWN, Summed, Tally, added, worst_of
from minsheng_web.records.queries.pace_cells import Cell as Counted
from minsheng_web.records.queries.pace_scope import Choices, Place

OF_CELL = "of-cell"
NOT_HERE = Cell(NOTHING)
"""A project this region has no part in: an empty cell, which is neither a light nor a missing report."""


def counts_in_words(counts: Iterable[int]) -> str:
    """红灯1　黄灯2: the worst first, what there is none of left out."""
    numbers = dict(zip(SHOWN, counts, strict=True))
    order: tuple[Shown, ...] = ("red", "orange", "yellow", "missing", "green", "blue", "none")
    return "　".join(f"{SHOWN_WORDS[light]}{numbers[light]}" for light in order if numbers[light])


def tally_cell(tally: Tally | None, link: str, name: str = "") -> Cell:
    """A tally as one cell: 红 2/8, with all of it on hover."""
    if tally is None or (light := worst_of(tally.counts)) is None:
        return NOT_HERE
    total = tally.total
    few = f"{tally.count(light)}/{total}" if total > 1 else ""
    more = name + counts_in_words(tally.counts)
    if tally.missing_parts:
        more += f"　下级未报{tally.missing_parts}处"
    return Cell(SHORT_WORDS[light], light=light, small=few, link=link, more=more)


def heat_map(
    *,
    title: str,
    place: Place,
    choices: Choices,
    rows: Iterable[Counted],
    keep: Mapping[str, str],
    addresses: tuple[str, str, str],
) -> Table:
    """``addresses``: of this page, of the list of targets, and of a project with its number left open (%d)."""
    here, targets, project = addresses
    table = added(rows, "region", "project")
    kept = dict(keep)
    regions = (place.region, *place.below)
    first = Head("项目", 34)
    heads = [first, *(_head(region.pk, region.name, place, here, kept) for region in regions)]
    links = [targets + "?" + urlencode({**kept, "region": region.pk}) + "&project=" for region in regions]
    keys = [region.pk for region in regions]
    shown = {key[1] for key in table}
    lines: list[Row] = []
    for category, group in groupby(choices.projects, key=lambda item: item[2]):
        inside = [item for item in group if item[0] in shown]
        if inside and category:
            lines.append(Row((Cell(category),), group=True))
        for number, headline, _ in inside:
            name = f"{number}．{headline}"
            cells = [Cell(name, link=project % number)]
            cells += [
                tally_cell(table.get((key, number)), f"{link}{number}")
                for key, link in zip(keys, links, strict=True)
            ]
            lines.append(Row(cells))
    return Table(title, heads, lines, chart="heatmap", marks={"view": "table"}, style="heat-map")


def _head(key: int, name: str, place: Place, here: str, kept: Mapping[str, str]) -> Head:
    """A column's head leads one level down; the region's own column stays."""
    if key == place.region.pk:
        return Head(f"{name}合计" if place.below else name, 12, marks={"column": ""})
    return Head(name, 12, link=f"{here}?{urlencode({**kept, 'region': key})}", marks={"column": ""})


def region_rows(
    *, title: str, place: Place, rows: Iterable[Summed], keep: Mapping[str, str], deeper: str, shapes: str
) -> Table:
    """Regions down, counts of lights across: what the map is drawn from. ``deeper`` leads one level down."""
    by_region = {row.key[0]: row for row in rows}
    heads = (
        Head("地区", 16),
        Head("最差", 8),
        *(Head(SHOWN_WORDS[light], 8, number=True) for light in SHOWN),
        Head("目标合计", 10, number=True),
        Head("下级未报", 10, number=True),
    )
    regions = [region for region in place.below or (place.region,) if region.pk in by_region]
    lines = [_region(region, by_region[region.pk], keep, deeper) for region in regions]
    marks = {"shapes": shapes} if shapes else {}
    return Table(title, heads, [line for line in lines if line], chart="map", marks=marks)


def _region(region: Region, summed: Summed, keep: Mapping[str, str], deeper: str) -> Row:
    light = summed.worst or "none"
    says = f"{SHORT_WORDS[light]}{summed.count(light)}/{summed.total}"
    cells = (
        Cell(region.name, link=deeper + "?" + urlencode({**keep, "region": region.pk})),
        Cell(SHORT_WORDS[light], light=light),
        *(Cell(number=number) for number in summed.counts),
        Cell(number=summed.total),
        Cell(number=summed.missing_parts),
    )
    return Row(cells, marks={"light": light, "code": region.code or "", "says": says})
