"""Routes of pace: lights, maps, targets, months, places, files, the rules of the lights."""

from minsheng.progress.pace.presets import default_rules
from minsheng_web.office.screens.light_rules import parts_of
from permissions.flow import closed
from permissions.rows import EVERYBODY, FORBIDDEN, HIDDEN, MOVED, OK, Row, each

# Whoever has a part in the programme sees how it goes, by their own reach; by what it is judged is open to them.
SEE = each(others=OK, outsider=HIDDEN, sister=HIDDEN)
# The whole of the city is shown to nobody of a county.
SEE_ROOT = each(others=OK, outsider=HIDDEN, sister=HIDDEN, county=HIDDEN, local=HIDDEN)
ADOPT = each(others=FORBIDDEN, outsider=HIDDEN, sister=HIDDEN, own=MOVED)


def part(delivery):
    return {"allocation": delivery.root.pk}


def adopting(delivery):
    """The default rules as the form sends them."""
    form = {"act": "adopt", "base": "plain", "name": "本市规则", "reason": "会议纪要〔2023〕2号", "seen": "0"}
    for one in parts_of(default_rules()):
        form[f"use.{one.name}"] = "1"
        form |= {field.name: field.value for field in one.fields if field.value}
    return form


def curve(delivery):
    """A straight line, with a reason."""
    return {"act": "set", "way": "line", "reason": "会议纪要〔2023〕2号", "seen": "0"}


PERMISSIONS: dict[str, Row] = {
    "pace": Row(SEE, prepare=closed),
    "pace-map": Row(SEE, prepare=closed),
    "pace-trend": Row(SEE, prepare=closed),
    "pace-target": Row(SEE_ROOT, kwargs=part, prepare=closed),
    "pace-curve": Row(
        SEE, ADOPT, curve, kwargs=lambda delivery: {"indicator": delivery.indicator.pk}, prepare=closed
    ),
    "pace-lights": Row(SEE, prepare=closed),
    "pace-compare": Row(SEE, prepare=closed),
    "pace-unmoved": Row(SEE, prepare=closed),
    "pace-places": Row(SEE, prepare=closed),
    "pace-leader": Row(SEE, prepare=closed),
    "light-rules": Row(SEE, ADOPT, adopting, prepare=closed),
    "pace-xlsx": Row(SEE, kwargs=lambda _: {"table": "heat-map"}, prepare=closed),
    # Outlines of regions are the same for all who work here.
    "map-shapes": Row(EVERYBODY, kwargs=lambda _: {"code": "341600"}),
}
