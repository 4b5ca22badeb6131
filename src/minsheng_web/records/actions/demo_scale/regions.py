"""The regions of a demo and their units: rows in bulk, kept in memory as keys only."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from minsheng_web.records.actions.demo_scale.figures import chance
from minsheng_web.records.actions.demo_scale.names import DEPARTMENTS, GENERAL, Tree, unit_name
from minsheng_web.records.actions.demo_scale.tables import count_on, next_key, write_rows
from minsheng_web.records.models import Region, Unit

SOURCE = "演示数据，自拟"
_REGION = (
    "id", "name", "full_name", "code", "code_origin", "level", "parent_id", "path", "population",
    "population_source",
)  # fmt: skip
_UNIT = ("id", "region_id", "name", "above_id", "active")
_LEVELS = ("province", "prefecture", "county", "town")
_DEPARTMENTS = (*DEPARTMENTS, GENERAL)


@dataclass(slots=True)
class Place:
    """A region by its key, with the key of each department's unit; a town has one unit for all."""

    key: int
    name: str
    level: str
    path: str
    above: "Place | None"
    people: int = 0
    below: list["Place"] = field(default_factory=list)
    units: dict[str, int] = field(default_factory=dict)

    def unit(self, department: str) -> int:
        return self.units[department if department in self.units else GENERAL]

    def all(self) -> Iterator["Place"]:
        yield self
        for place in self.below:
            yield from place.all()


def write_regions(names: Tree, *, of_city: bool, seed: int) -> Place:
    """Make the regions and their units; the top of them."""
    top = _places(names, of_city=of_city, seed=seed)
    write_rows(Region, _REGION, map(_region_row, top.all()))
    units = list(_units(top))
    write_rows(Unit, _UNIT, units)
    count_on(Region, Unit)
    return top


def _places(names: Tree, *, of_city: bool, seed: int) -> Place:
    key = next_key(Region)
    top_name, cities = names

    def place(name: str, above: Place | None) -> Place:
        nonlocal key
        depth = int(of_city) if above is None else _LEVELS.index(above.level) + 1
        path = f"{above.path if above else '/'}{name}/"
        made = Place(key, name, _LEVELS[depth], path, above)
        key += 1
        if above:
            above.below.append(made)
        return made

    top = place(top_name, None)
    for city_name, counties in cities:
        city = top if of_city else place(city_name, top)
        for county_name, towns in counties:
            county = place(county_name, city)
            for town_name in towns:
                place(town_name, county)
    _people(top, seed)
    return top


def _people(place: Place, seed: int) -> int:
    """A region's people are those of the regions below it."""
    own = 9_000 + chance(seed, 11, place.key) % 52_000
    place.people = sum(_people(part, seed) for part in place.below) or own
    return place.people


def _region_row(place: Place) -> tuple[object, ...]:
    above = place.above.key if place.above else None
    full = place.path.replace("/", "")
    return (place.key, place.name, full, None, "", place.level, above, place.path, place.people, SOURCE)


def _units(top: Place) -> Iterator[tuple[object, ...]]:
    """Above come first: a row names the key of one that is there."""
    key = next_key(Unit)
    for place in sorted(top.all(), key=lambda one: _LEVELS.index(one.level)):
        departments = (GENERAL,) if place.level == "town" else _DEPARTMENTS
        for department in departments:
            name = (
                f"{place.name}{'办事处' if place.name.endswith('街道') else '人民政府'}"
                if place.level == "town"
                else unit_name(department, "province" if place.level == "province" else "", place.name)
            )
            above = place.above.unit(department) if place.above else None
            place.units[department] = key
            yield key, place.key, name, above, True
            key += 1
