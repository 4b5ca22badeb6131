"""How an indicator is followed: whether at all, its kind, name, unit, who leads and helps, by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from minsheng.progress.model import KIND_WORDS
from minsheng_web.records.actions.division_states import Refused
from minsheng_web.records.actions.indicators import MOST_NAME, require_programme
from minsheng_web.records.audit import record
from minsheng_web.records.models import Allocation, Indicator, Programme, Unit, User
from minsheng_web.records.queries.division import regions_below, standing
from minsheng_web.records.typed_parts import all_problems, errors


@dataclass(frozen=True, slots=True)
class IndicatorWords:
    """What an office says of an indicator; the value itself is the plan's."""

    kind: str
    name: str
    unit: str
    lead_unit: int | None
    cooperating: tuple[int, ...]
    due: date | None


def words_of(row: Indicator) -> IndicatorWords:
    """What stands."""
    root = Allocation.objects.filter(indicator=row, above=None).first()
    helping = row.cooperating_units.order_by("pk").values_list("pk", flat=True)
    return IndicatorWords(
        row.kind, row.name, row.unit, row.lead_unit_id, tuple(helping), root.due if root else None
    )


def follow(
    *, actor: User, programme: Programme, shown: Iterable[int], ticked: Iterable[int]
) -> tuple[int, int]:
    """Of the indicators shown, follow those ticked and no others; how many began and how many rest.

    One that rests keeps its parts and reports. Raises PermissionDenied outside the person's office.
    """
    require_programme(actor, programme)
    wanted, seen = set(ticked), set(shown)
    with transaction.atomic():
        rows = list(Indicator.objects.select_for_update().filter(programme=programme, pk__in=seen))
        changed = [row for row in rows if row.active is not (row.pk in wanted)]
        for row in changed:
            row.active = not row.active
            row.save(update_fields=["active"])
            record(
                actor=actor,
                action="indicator.follow",
                row=row,
                old={"active": not row.active},
                new={"active": row.active},
            )
    begun = sum(row.active for row in changed)
    return begun, len(changed) - begun


def set_words(
    *, actor: User, indicator: Indicator, words: IndicatorWords, seen: IndicatorWords
) -> Indicator | Refused:
    """Write what the office says of an indicator. ``seen`` is what the person was shown.

    Raises PermissionDenied outside the person's office, ValueError for units of another region.
    """
    programme = indicator.programme
    require_programme(actor, programme)
    fault = _fault(words)
    if fault:
        return Refused(fault)
    _require_units(programme, words)
    with transaction.atomic():
        row = Indicator.objects.select_for_update().get(pk=indicator.pk)
        now = words_of(row)
        if now == words:
            return row
        if now != seen:
            return Refused("没有保存：同事刚改过这个指标，页面已换成现在的内容，请核对后再改。")
        broken = _broken_by(row, words)
        if broken:
            return broken
        _write(row, words, now)
        record(actor=actor, action="indicator.words", row=row, old=_values(now), new=_values(words))
    return row


def _fault(words: IndicatorWords) -> str:
    if words.kind not in KIND_WORDS:
        return "请选择指标类型。"
    if not words.name.strip():
        return "请填写指标名称。"
    if len(words.name) > MOST_NAME:
        return f"指标名称不能超过{MOST_NAME}个字。"
    return "计量单位不能超过50个字。" if len(words.unit) > 50 else ""


def _require_units(programme: Programme, words: IndicatorWords) -> None:
    keys = {key for key in (words.lead_unit, *words.cooperating) if key is not None}
    if Unit.objects.filter(pk__in=keys, region=programme.region_id).count() != len(keys):
        raise ValueError("a unit of another region")


def _broken_by(row: Indicator, words: IndicatorWords) -> Refused | None:
    """A kind or unit under which what is issued could not stand."""
    if (row.kind, row.unit) == (words.kind, words.unit):
        return None
    issued = Allocation.objects.filter(indicator=row, version__gt=0, active=True)
    for node in issued.select_related("indicator__programme__region", "region"):
        node.indicator.kind, node.indicator.unit = words.kind, words.unit
        found = errors(all_problems(node, standing(node), regions_below(node.region)))
        if found:
            return Refused(
                f"没有保存：{node.region}已下达的分解不符合这样的类型或单位，请先调整分解。", found
            )
    return None


def _write(row: Indicator, words: IndicatorWords, now: IndicatorWords) -> None:
    row.kind, row.name, row.unit = words.kind, words.name.strip(), words.unit.strip()
    row.lead_unit_id = words.lead_unit
    row.save(update_fields=["kind", "name", "unit", "lead_unit"])
    row.cooperating_units.set([key for key in words.cooperating if key != words.lead_unit])
    root = Allocation.objects.filter(indicator=row, above=None)
    if now.lead_unit != words.lead_unit:
        root.filter(reporting_unit=now.lead_unit).update(reporting_unit=words.lead_unit)
    if now.due != words.due:
        # Parts that were given no date of their own go by that of the whole.
        Allocation.objects.filter(indicator=row, due=now.due).update(due=words.due)


def _values(words: IndicatorWords) -> dict[str, Any]:
    return {
        "kind": words.kind,
        "name": words.name,
        "unit": words.unit,
        "lead_unit": words.lead_unit,
        "cooperating": list(words.cooperating),
        "due": words.due.isoformat() if words.due else None,
    }
