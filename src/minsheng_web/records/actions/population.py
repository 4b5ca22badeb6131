"""Stating how many people live in a region."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from minsheng_web.records.audit import record
from minsheng_web.records.duties import may_write
from minsheng_web.records.models import Region, User

MOST_PEOPLE = 2_000_000_000


@dataclass(frozen=True, slots=True)
class NotStated:
    """Why nothing was written, as a sentence."""

    message: str


def state_population(
    *, actor: User, region: Region, population: int | None, source: str, seen: int | None
) -> Region | NotStated:
    """Write the region's population with its source; None takes it back.

    ``seen`` is the figure the person was shown: where another stands by now nothing is written. Raises
    PermissionDenied for a region the person's office does not answer for.
    """
    if not may_write(actor, region):
        raise PermissionDenied
    source = source.strip()[:200] if population is not None else ""
    if population is not None and not 0 < population <= MOST_PEOPLE:
        return NotStated("人口数应为大于 0 的整数，请核对。")
    if population is not None and not source:
        return NotStated("请写明人口数的来源和时点，例如“第七次全国人口普查，2020年11月1日”。")
    with transaction.atomic():
        held = Region.objects.select_for_update().get(pk=region.pk)
        if (held.population, held.population_source) == (population, source):
            return held
        if held.population != seen:
            return NotStated(
                f"没有保存：在您填写期间，同事已改为 {held.population or '未填写'}。请核对后再保存。"
            )
        old = {"population": held.population, "source": held.population_source}
        held.population, held.population_source = population, source
        held.save(update_fields=["population", "population_source"])
        record(
            actor=actor,
            action="region.population",
            row=held,
            old=old,
            new={"population": population, "source": source},
        )
    return held
