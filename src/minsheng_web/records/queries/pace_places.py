"""Places among the others: a county sees its own as a number, others' figures only where it reaches them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Sum

from minsheng.progress.pace.ranking import places, score
from minsheng_web.records.access import posts_of, regions_for
from minsheng_web.records.duties import unit_posts
from minsheng_web.records.models import PaceCell, Region
from minsheng_web.records.queries.pace_cells import SHOWN, HeatCell, RegionLights, unit_lights
from minsheng_web.records.queries.pace_scope import PaceView

BASIS = "按亮蓝灯和绿灯的指标占比从高到低排，未报的算在内，占比相同的并列；全部未报的不参加排名。"
"""How places are found, for the page to tell."""


@dataclass(frozen=True, slots=True)
class Place:
    """A region or unit and its place; None: nothing reported. ``cell`` None: not the person's to read."""

    key: int
    name: str
    place: int | None
    tied: int
    mine: bool
    cell: HeatCell | None


@dataclass(frozen=True, slots=True)
class Places:
    """Whose places the person may know, their own first; ``total`` have a place."""

    rows: tuple[Place, ...]
    total: int
    basis: str = BASIS


def region_places(view: PaceView) -> Places:
    """The regions below where the person reaches all of the region, else its own place among its siblings.

    Three queries.
    """
    if view.counted and view.region.pk == view.programme.region_id:
        return _region_places(view, view.region.pk, frozenset())
    if view.region.parent_id is None:
        return Places((), 0)
    return _region_places(view, view.region.parent_id, frozenset({view.region.pk}))


def _region_places(view: PaceView, parent: int, own: frozenset[int]) -> Places:
    # Read past access on purpose: of others' cells only the place of one's own comes out.
    names = dict(
        Region.objects.filter(parent=parent, path__startswith=view.programme.region.path)
        .order_by("path")
        .values_list("pk", "name")
    )
    cells = _region_cells(view, list(names))
    readable = set(regions_for(view.person).filter(pk__in=list(names)).values_list("pk", flat=True))
    if not view.counted:
        readable = set()
    mine = own or {post.region_id for post in posts_of(view.person)}
    return _placed({key: cells[key] for key in names if key in cells}, names, readable, mine, own)


def unit_places(view: PaceView) -> Places:
    """The lead units of the region; of a unit's people only their own unit's place. Three queries."""
    own = {post.unit_id for post in unit_posts(view.person) if post.unit_id is not None}
    if view.counted:
        lights = unit_lights(view)
        names = {one.region: one.name for one in lights}
        return _placed(_by_key(lights), names, set(names), own, frozenset())
    cells = _unit_cells(view)
    names = {post.unit_id: str(post.unit) for post in unit_posts(view.person) if post.unit_id in cells}
    return _placed(cells, names, set(names), own, frozenset(names))


def _by_key(lights: Iterable[RegionLights]) -> dict[int, HeatCell]:
    return {one.region: one.cell for one in lights}


def _region_cells(view: PaceView, regions: list[int]) -> dict[int, HeatCell]:
    rows = PaceCell.objects.filter(view.indicator_filter(""), snapshot=view.snapshot, region__in=regions)
    return _summed(rows.order_by().values("region").annotate(**_SUMS), "region")


def _unit_cells(view: PaceView) -> dict[int, HeatCell]:
    rows = PaceCell.objects.filter(
        snapshot=view.snapshot, region=view.programme.region_id, lead_unit__isnull=False
    )
    return _summed(rows.order_by().values("lead_unit").annotate(**_SUMS), "lead_unit")


_SUMS = {f"sum_{name}": Sum(name) for name in (*SHOWN, "nodes", "parts", "missing_parts")}


def _summed(rows: Iterable[Mapping[str, int]], key: str) -> dict[int, HeatCell]:
    return {
        row[key]: HeatCell(
            {light: row[f"sum_{light}"] for light in SHOWN},
            row["sum_nodes"],
            row["sum_parts"],
            row["sum_missing_parts"],
        )
        for row in rows
    }


def _placed(
    cells: Mapping[int, HeatCell],
    names: Mapping[int, str],
    readable: Iterable[int],
    mine: Iterable[int | None],
    only: frozenset[int],
) -> Places:
    """Places of those in ``cells``; rows for ``only`` these, where it names any."""
    found = places({key: score(cell.counts) for key, cell in cells.items()})  # type: ignore[arg-type]
    ranked = [place for place in found.values() if place is not None]
    own, open_to = set(mine), set(readable)
    rows = [
        Place(
            key,
            names[key],
            found[key],
            ranked.count(found[key] or 0),
            key in own,
            cell if key in open_to or key in only else None,
        )
        for key, cell in cells.items()
        if key in names and (not only or key in only)
    ]
    return Places(
        tuple(sorted(rows, key=lambda row: (not row.mine, row.place or len(found) + 1))), len(ranked)
    )
