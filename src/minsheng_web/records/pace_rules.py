"""The rules of the lights and the curves that are in force for a programme."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from minsheng.progress.pace.curves import LINE, Curve
from minsheng.progress.pace.rules import Bound, LightRules, ProgressRule
from minsheng_web.records.models import LightRuleSet, OwnCurve


def rules_in_force(programme: int) -> LightRuleSet | None:
    """The set that was adopted last; None where the programme has chosen none."""
    found: LightRuleSet | None = LightRuleSet.objects.filter(programme=programme).order_by("-number").first()
    return found


def default_rules() -> LightRules:
    """What holds where nothing was chosen."""
    return _PLAIN


def curves_of(indicators: Collection[int], until: datetime | None = None) -> dict[int, Curve]:
    """By indicator: its own curve where its office set one, else what its notice says, else a straight line.

    ``until``: as it was at that moment.
    """
    rows = OwnCurve.objects.filter(indicator__in=indicators).order_by("number")
    if until is not None:
        rows = rows.filter(made_at__lte=until)
    own = dict(rows.values_list("indicator_id", "curve"))
    return {key: Curve.from_json(own[key]) if own.get(key) else LINE for key in indicators}


_PLAIN = LightRules(
    name="按时间进度",
    progress=ProgressRule("points", (Bound("red", Decimal(30)), Bound("yellow", Decimal(10)))),
)
