"""Places among one's like. Only numbers leave this file: whose figures they were compared with does not."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from django.db.models import Q, Sum

from minsheng.progress.places import Lit, Placed, places
from minsheng_web.records.access import Person, indicators_for
from minsheng_web.records.duties import unit_posts
from minsheng_web.records.models import PaceCell, Region, Unit
from minsheng_web.records.queries.pace_scope import PaceView

Among = Literal["region", "lead_unit"]
ALL = ""
"""The key of the place over all categories."""


def region_places(view: PaceView) -> dict[str, Placed]:
    """The region's place among those under the same parent: over all and by category. One query.

    Cells of regions the person may not see are read here, and nothing of them is given out but the number.
    """
    if view.region.parent_id is None:
        return {}
    among = Q(region__parent=view.region.parent_id) & view.indicator_filter("")
    return _places(among, view.snapshot.pk, "region").get(view.region.pk, {})


def unit_places(view: PaceView, unit: int) -> dict[str, Placed]:
    """A lead unit's place among the lead units of the programme, by the programme's own region. One query."""
    return places_of_units(view).get(unit, {})


def places_below(view: PaceView) -> dict[int, dict[str, Placed]]:
    """The places of the regions straight below, for who sees them all. One query."""
    among = Q(region__parent=view.region) & view.indicator_filter("")
    return _places(among, view.snapshot.pk, "region")


def places_of_units(view: PaceView) -> dict[int, dict[str, Placed]]:
    """The places of all lead units, for who sees them all. One query."""
    all_units = replace(view, asked=replace(view.asked, unit=None))
    among = Q(region=view.programme.region_id) & all_units.indicator_filter("")
    return _places(among, view.snapshot.pk, "lead_unit")


def _places(among: Q, snapshot: int, by: Among) -> dict[int, dict[str, Placed]]:
    rows = (
        PaceCell.objects.filter(among, snapshot=snapshot)
        .exclude(**{by: None})
        .order_by()
        .values_list(by, "category_name")
        .annotate(
            good=Sum("green") + Sum("blue"),
            bad=Sum("red"),
            unheard=Sum("missing"),
            rated=Sum("nodes") - Sum("none"),
        )
    )
    by_category: dict[str, dict[int, Lit]] = {ALL: {}}
    for key, category, *counts in rows:
        one = Lit(*counts)
        if category:
            by_category.setdefault(category, {})[key] = one
        by_category[ALL][key] = _add(by_category[ALL].get(key), one)
    return _by_key({category: places(lit) for category, lit in by_category.items()})


def _add(a: Lit | None, b: Lit) -> Lit:
    if a is None:
        return b
    return Lit(a.good + b.good, a.red + b.red, a.missing + b.missing, a.rated + b.rated)


def _by_key(placed: Mapping[str, Mapping[int, Placed]]) -> dict[int, dict[str, Placed]]:
    found: dict[int, dict[str, Placed]] = {}
    for category, by_key in placed.items():
        for key, one in by_key.items():
            found.setdefault(key, {})[category] = one
    return found


def own_units(person: Person, programme_region: Region) -> tuple[Unit, ...]:
    """The lead units the person works for in the programme's own region."""
    units = {post.unit for post in unit_posts(person) if post.region_id == programme_region.pk and post.unit}
    return tuple(sorted(units, key=lambda unit: unit.pk))


def lead_units(view: PaceView) -> dict[int, str]:
    """The lead units of the programme by key. One query."""
    rows = indicators_for(view.person).filter(programme=view.programme, lead_unit__isnull=False)
    return dict(rows.order_by("position").values_list("lead_unit", "lead_unit__name"))
