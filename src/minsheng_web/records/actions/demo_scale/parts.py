"""Breaking the targets of a demo down, exact to the last unit, with the versions that set the parts."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial

from minsheng.progress.allocation import ADDS_UP
from minsheng.progress.apportion import by_weights
from minsheng.progress.handing_in import LEVELS
from minsheng_web.records.actions.demo_scale.regions import Place
from minsheng_web.records.actions.demo_scale.tables import as_json, count_on, moment, next_key, write_rows
from minsheng_web.records.actions.demo_scale.targets import (
    Wanted,
    category_of,
    department_of,
    headline_of,
)
from minsheng_web.records.models import (
    Allocation,
    DivisionVersion,
    Indicator,
    Programme,
    PublishedTarget,
    User,
)

_INDICATOR = (
    "id", "programme_id", "target_id", "project_number", "project_headline", "category_name", "name", "unit",
    "kind", "comparator", "value", "each", "lead_unit_id", "position", "active",
)  # fmt: skip
_ALLOCATION = (
    "id", "indicator_id", "region_id", "above_id", "reporting_unit_id", "share", "asked", "reserve",
    "last_year", "due", "version", "active",
)  # fmt: skip
_VERSION = (
    "node_id", "number", "whole", "parts", "reserve", "reason", "document_number", "proposed_by_id",
    "approved_by_id", "issued_at",
)  # fmt: skip
Node = tuple[int, Place, Decimal | None, int | None, bool]
"""Key, region, share, key of the part above, whether it is broken down."""


def write_indicators(programme: Programme, wanted: Sequence[Wanted], top: Place) -> dict[int, int]:
    """The targets as indicators; their keys by position."""
    published = PublishedTarget.objects.filter(version__programme=programme).order_by("pk")
    stated = dict(published.values_list("subject", "pk"))
    first = next_key(Indicator)
    keys = {one.position: first + place for place, one in enumerate(wanted)}
    write_rows(
        Indicator,
        _INDICATOR,
        (
            (
                keys[one.position], programme.pk, stated.get(one.name), one.project + 1,
                headline_of(one.project), category_of(one.project), one.name, one.unit, one.kind,
                one.comparator, _stored(one.value), False,
                top.unit(department_of(one.project)), one.position, True,
            )
            for one in wanted
        ),
    )  # fmt: skip
    count_on(Indicator)
    return keys


def write_parts(
    wanted: Sequence[Wanted], keys: dict[int, int], top: Place, issuer: User, at: datetime
) -> int:
    """Every part of every indicator with the versions that set them; how many parts."""
    key = next_key(Allocation)
    for one in wanted:
        nodes = list(_nodes(one, top, key))
        key += len(nodes)
        write_rows(Allocation, _ALLOCATION, map(partial(_row, one, keys[one.position]), nodes))
        write_rows(DivisionVersion, _VERSION, _versions(one, nodes, issuer, at))
    count_on(Allocation, DivisionVersion)
    return key - 1


def _nodes(one: Wanted, top: Place, key: int) -> Iterator[Node]:
    """From the top down, level by level: a part comes after the one above it."""
    level: list[tuple[Place, Decimal | None, int | None]] = [(top, one.value, None)]
    while level:
        below: list[tuple[Place, Decimal | None, int | None]] = []
        for place, share, above in level:
            divided = bool(place.below) and (place.level != "county" or one.deep)
            yield key, place, share, above, divided
            if divided:
                shares = _shares(one, place, share)
                below += [(part, shares[part.name], key) for part in place.below]
            key += 1
        level = below


def _shares(one: Wanted, place: Place, whole: Decimal | None) -> dict[str, Decimal | None]:
    """What adds up is divided by people; a level holds for each; works and deeds have no number."""
    if whole is None or one.kind not in ADDS_UP:
        return {part.name: whole for part in place.below}
    weights = ((part.name, Decimal(part.people)) for part in place.below)
    return {part.region: part.share for part in by_weights(whole, weights, Decimal(1)).parts}


def _row(one: Wanted, indicator: int, node: Node) -> tuple[object, ...]:
    key, place, share, above, divided = node
    # Of a kind whose parts make no whole only the lowest regions are asked: no unit above reports.
    unit = None if divided and one.kind in LEVELS else place.unit(department_of(one.project))
    return (key, indicator, place.key, above, unit, _stored(share), None, "0", None, None, int(divided), True)


def _versions(one: Wanted, nodes: Sequence[Node], issuer: User, at: datetime) -> Iterator[tuple[object, ...]]:
    department, issued = department_of(one.project), moment(at)
    below: dict[int | None, list[Node]] = {}
    for node in nodes:
        below.setdefault(node[3], []).append(node)
    for key, _, share, _, divided in nodes:
        if divided:
            parts = [
                {
                    "region": part[1].key, "name": part[1].name, "share": _stored(part[2]), "asked": None,
                    "unit": part[1].unit(department), "unit_name": "", "last_year": None,
                }
                for part in below[key]
            ]  # fmt: skip
            yield key, 1, _stored(share), as_json(parts), "0", "", "", issuer.pk, None, issued


def _stored(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
