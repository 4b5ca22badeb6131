"""The units a plan names, among those of the programme's region; one that is missing is set up."""

from collections.abc import Iterable

from minsheng_web.records.audit import record
from minsheng_web.records.models import Region, Unit, User
from minsheng_web.records.queries.plan_units import units_by_any_name

MOST_NAME = 100


def make_unit(actor: User, region: Region, name: str, above: Unit | None) -> Unit:
    """The region's unit of that name, set up where there is none. Inside a transaction of an action."""
    unit, created = Unit.objects.get_or_create(region=region, name=name, defaults={"above": above})
    if created:
        new = {"region": region.path, "name": name, "above": above.name if above else None}
        record(actor=actor, action="unit.add", row=unit, new=new)
    return unit


class UnitsByName:
    """Units of one region by what they are or were called. Inside a transaction of an action."""

    def __init__(self, actor: User, region: Region) -> None:
        self._actor, self._region = actor, region
        self._units = {name: unit for (_, name), unit in units_by_any_name((region,)).items()}

    def first_of(self, names: Iterable[str]) -> Unit | None:
        """The unit of the first name; None without one."""
        return next(iter(self.all_of(tuple(names)[:1])), None)

    def all_of(self, names: Iterable[str]) -> list[Unit]:
        """The units of the names, each once."""
        found = [self._of(name.strip()[:MOST_NAME]) for name in names if name.strip()]
        return list({unit.pk: unit for unit in found}.values())

    def _of(self, name: str) -> Unit:
        unit = self._units.get(name)
        if unit is None:
            unit = self._units[name] = make_unit(self._actor, self._region, name, None)
        return unit
