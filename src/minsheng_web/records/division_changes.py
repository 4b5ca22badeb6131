"""What one breakdown of a node changes against another, in words: figures, tasks without a number, units."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from minsheng.kernel.problem import Problem
from minsheng.plans.checks.units import plain
from minsheng.progress.allocation_changes import CHANGED_WORDS, Change, change_problems, changes
from minsheng_web.records.models import Allocation, Region, Unit
from minsheng_web.records.typed_parts import Typed, as_division

NONE = "—"


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """One thing that is no longer as it was. ``region`` is empty for what the node itself keeps."""

    region: str
    what: str
    old: str
    new: str


def figures_changed(
    node: Allocation, old: Typed, new: Typed, regions: Sequence[Region]
) -> tuple[Change, ...]:
    """Every figure that differs, as the rules tell it."""
    return changes(as_division(node, old, regions)[0], as_division(node, new, regions)[0])


def changed_values(
    node: Allocation, old: Typed, new: Typed, regions: Sequence[Region]
) -> tuple[ChangedValue, ...]:
    """Everything that differs, in the order of the regions."""
    unit = node.indicator.unit
    found = [
        ChangedValue(
            change.region or "",
            CHANGED_WORDS[change.what],
            _said(change.old, unit),
            _said(change.new, unit),
        )
        for change in figures_changed(node, old, new, regions)
    ]
    return (*found, *_others(old, new, regions))


def _said(value: Decimal | None, unit: str) -> str:
    return NONE if value is None else f"{plain(value)}{unit}"


def _others(old: Typed, new: Typed, regions: Sequence[Region]) -> tuple[ChangedValue, ...]:
    keys = {part.unit for typed in (old, new) for part in typed.parts if part.unit is not None}
    names = dict(Unit.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}
    found = []
    for region in regions:
        was, now = old.of(region.pk), new.of(region.pk)
        if was.takes != now.takes:
            found.append(ChangedValue(region.name, "承担任务", _yes(was.takes), _yes(now.takes)))
        if was.unit != now.unit and was.has_task and now.has_task:
            found.append(
                ChangedValue(
                    region.name, "填报单位", names.get(was.unit or 0, NONE), names.get(now.unit or 0, NONE)
                )
            )
    return tuple(found)


def _yes(takes: bool) -> str:
    return "是" if takes else NONE


def lacking(
    node: Allocation,
    old: Typed,
    new: Typed,
    regions: Sequence[Region],
    *,
    reason: str,
    document_number: str,
) -> tuple[Problem, ...]:
    """What a change of an issued breakdown lacks: something that changed, a reason, a document."""
    found = figures_changed(node, old, new, regions)
    problems = change_problems(found, reason=reason, document_number=document_number)
    if found or not _others(old, new, regions):
        return problems
    return tuple(problem for problem in problems if problem.code != "change_empty")


def version_parts(new: Typed, regions: Sequence[Region], units: dict[int, Unit]) -> list[dict[str, Any]]:
    """The parts as a version keeps them for ever: with the names of their day. ``units`` by region."""
    return [
        {
            "region": region.pk,
            "name": region.name,
            "share": part.share or None,
            "asked": part.asked or None,
            "unit": units[region.pk].pk if region.pk in units else None,
            "unit_name": units[region.pk].name if region.pk in units else "",
            "last_year": part.last_year or None,
        }
        for region in regions
        if (part := new.of(region.pk)).has_task
    ]
