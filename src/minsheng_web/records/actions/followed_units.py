"""The units a plan names, among those of the programme's region; one that is missing is set up."""

from collections.abc import Iterable

from minsheng_web.records.audit import record
from minsheng_web.records.models import Region, Unit, UnitName, User

MOST_NAME = 100


class UnitsByName:
    """Units of one region by what they are or were called. Inside a transaction of an action."""

    def __init__(self, actor: User, region: Region) -> None:
        self._actor, self._region = actor, region
        former = UnitName.objects.filter(unit__region=region).select_related("unit").order_by("id")
        self._units = {name.name: name.unit for name in former}
        self._units |= {unit.name: unit for unit in Unit.objects.filter(region=region)}

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
            unit = Unit.objects.create(region=self._region, name=name)
            self._units[name] = unit
            record(
                actor=self._actor,
                action="unit.add",
                row=unit,
                new={"region": self._region.path, "name": name},
            )
        return unit
