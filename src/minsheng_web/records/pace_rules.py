"""The rules of the lights and the curves that are in force for a programme."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from minsheng.progress.model import Kind
from minsheng.progress.pace.curves import LINE, Curve
from minsheng.progress.pace.milestones import read_curve
from minsheng_web.records.models import Indicator, LightRuleSet, OwnCurve


def rules_in_force(programme: int) -> LightRuleSet | None:
    """The set that was adopted last; None where the programme has chosen none."""
    found: LightRuleSet | None = LightRuleSet.objects.filter(programme=programme).order_by("-number").first()
    return found


def curves_of(indicators: Collection[int], until: datetime | None = None) -> dict[int, Curve]:
    """By indicator: its own curve where its office set one, else what its notice says, else a straight line.

    ``until``: as it was at that moment. One query.
    """
    own = OwnCurve.objects.filter(indicator=OuterRef("pk"))
    if until is not None:
        own = own.filter(made_at__lte=until)
    newest = Subquery(own.order_by("-number").values("curve")[:1])
    columns = ("pk", "kind", "unit", "target__sentence", "programme__year")
    rows = Indicator.objects.filter(pk__in=indicators).annotate(own=newest).values_list(*columns, "own")
    return {key: _curve(own, kind, unit, sentence, year) for key, kind, unit, sentence, year, own in rows}


def notice_curve(indicator: Indicator) -> Curve | None:
    """What the indicator's notice says; None where it states no milestone."""
    kind: Kind = indicator.kind  # type: ignore[assignment]  # the column's choices are the kinds
    said = indicator.target.sentence if indicator.target else ""
    return read_curve(said, indicator.programme.year, kind, indicator.unit)


def _curve(own: dict[str, Any] | None, kind: Kind, unit: str, sentence: str | None, year: int) -> Curve:
    if own:
        return Curve.from_json(own)
    return read_curve(sentence or "", year, kind, unit) or LINE
