"""Adopting rules for the lights, and setting an indicator's own curve: by its office, with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from minsheng.progress.pace.curves import Curve, check_curve
from minsheng.progress.pace.rules_check import read_rules
from minsheng_web.records.audit import record
from minsheng_web.records.duties import may_write
from minsheng_web.records.models import Indicator, LightRuleSet, OwnCurve, Programme, User

MOST_NAME = 100
MOST_REASON = 500


@dataclass(frozen=True, slots=True)
class NotAdopted:
    """Why nothing was adopted or set, as sentences."""

    messages: tuple[str, ...]


def adopt_rules(
    *,
    actor: User,
    programme: Programme,
    rules: object,
    reason: str,
    at: datetime,
    seen: int | None = None,
) -> LightRuleSet | NotAdopted:
    """The next rule set of the programme, in force from the next closing; what is closed stays as it is.

    ``rules`` is what somebody made, as JSON; ``seen`` the number of the set in force when they looked (0:
    none). Raises PermissionDenied for who is not of the programme's office.
    """
    if not may_write(actor, programme.region, programme.pk):
        raise PermissionDenied
    found, problems = read_rules(rules)
    reason = reason.strip()[:MOST_REASON]
    if not reason:
        problems = (*problems, "没有采用：请写明采用或修改规则的理由和依据。")
    if found is None or problems:
        return NotAdopted(problems)
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        last = LightRuleSet.objects.filter(programme=programme).order_by("-number").first()
        number = last.number if last is not None else 0
        if seen is not None and seen != number:
            return NotAdopted((f"您查看期间已采用第{number}套规则，没有重复采用。请核对后再采用。",))
        made = LightRuleSet(
            programme=programme,
            number=number + 1,
            name=found.name[:MOST_NAME],
            rules=found.to_json(),
            reason=reason,
            made_by=actor,
            made_at=at,
        )
        made.save()
        new = {"number": made.number, "name": made.name, "rules": made.rules, "reason": reason}
        record(actor=actor, action="light_rules.adopt", row=made, new=new)
    return made


def set_curve(
    *,
    actor: User,
    indicator: Indicator,
    curve: Mapping[str, Any] | None,
    reason: str,
    at: datetime,
    seen: int | None = None,
) -> OwnCurve | NotAdopted:
    """What the indicator is expected to reach by when, from the next closing on; None: what its notice says.

    ``seen``: how many had been set when they looked. Raises PermissionDenied for who is not of the
    programme's office.
    """
    programme = indicator.programme
    if not may_write(actor, programme.region, programme.pk):
        raise PermissionDenied
    value = None if curve is None else _read(curve)
    problems = ("自定进度的格式不对，请重新填写。",) if value is None and curve is not None else ()
    problems = (*problems, *(check_curve(value) if value is not None else ()))
    reason = reason.strip()[:MOST_REASON]
    if not reason:
        problems = (*problems, "没有设置：请写明调整进度安排的理由和依据。")
    if problems:
        return NotAdopted(problems)
    with transaction.atomic():
        Indicator.objects.select_for_update().get(pk=indicator.pk)
        number = OwnCurve.objects.filter(indicator=indicator).count() + 1
        if seen is not None and seen != number - 1:
            return NotAdopted((f"您查看期间已设置第{number - 1}次进度安排，没有重复设置。请核对后再设置。",))
        stored = None if value is None else value.to_json()
        made = OwnCurve(
            indicator=indicator, number=number, curve=stored, reason=reason, made_by=actor, made_at=at
        )
        made.save()
        record(actor=actor, action="indicator.curve", row=indicator, new={"curve": stored, "reason": reason})
    return made


def _read(curve: Mapping[str, Any]) -> Curve | None:
    try:
        return Curve.from_json(curve)
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError):
        return None
