"""The units a plan names, and the units there are under any name they ever had."""

from collections.abc import Iterable

from minsheng_web.records.models import Programme, PublishedUnit, Region, Unit, UnitName


def names_of_plan(programme: Programme) -> tuple[str, ...]:
    """The lead and cooperating units of the newest version, in the order of the plan."""
    newest = programme.versions.order_by("-number").values_list("pk", flat=True).first()
    names = PublishedUnit.objects.filter(version=newest).order_by("project__position", "pk")
    return tuple(dict.fromkeys(names.values_list("name", flat=True)))


def units_by_any_name(regions: Iterable[Region]) -> dict[tuple[int, str], Unit]:
    """(region key, name) → unit, by the names of now and before; that of now counts first. Two queries."""
    keys = [region.pk for region in regions]
    former = UnitName.objects.filter(unit__region__in=keys).select_related("unit__region")
    known = {(one.unit.region_id, one.name): one.unit for one in former}
    for unit in Unit.objects.filter(region__in=keys).select_related("region"):
        known[unit.region_id, unit.name] = unit
    return known
