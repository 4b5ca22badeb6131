"""Three standards as somebody would write them in Python by hand: the yardstick of the evaluator of one row.

Each gives eligible, amount, shares, check and problem, and keeps no step.
"""

from collections.abc import Callable, Mapping
from typing import Any

from minsheng.standards.evaluate import Answer
from minsheng.standards.parameters import Figures

Hand = Callable[[Mapping[str, Any], Figures], Answer]
_NOT_ELIGIBLE = Answer(eligible=False, amount_fen=0)
_KINDS = {"none", "orphan_scattered", "orphan_institution", "unattended", "key_difficult"}
_LARGEST_FEN, _LARGEST_COUNT, _LARGEST_PARAMETER = 10**14, 10**9, 10**12


def _is_outside(value: Any, most: int) -> bool:
    return value is not None and (type(value) is not int or not 0 <= value <= most)


def _cannot(code: str) -> Answer:
    return Answer(eligible=None, problem=code)


def orphan_scattered(row: Mapping[str, Any], figures: Figures) -> Answer:
    kind, months, own = row.get("child_kind"), row.get("months_eligible"), figures["local_standard_fen"]
    if kind is not None and kind not in _KINDS:
        return _cannot("domain:child_kind")
    if _is_outside(months, 12):
        return _cannot("domain:months_eligible")
    if _is_outside(own, _LARGEST_PARAMETER):
        return _cannot("domain:local_standard_fen")
    if kind is None:
        return _cannot("missing:child_kind")
    if kind != "orphan_scattered":
        return _NOT_ELIGIBLE
    if months is None:
        return _cannot("missing:months_eligible")
    floor = 110000
    amount = (floor if own is None or own < floor else own) * months
    return Answer(True, amount, None, "below_floor" if own is not None and own < floor else "ok")


def severe_disabled_nursing(row: Mapping[str, Any], figures: Figures) -> Answer:
    grade, months, own = (
        row.get("disability_grade"),
        row.get("months_eligible"),
        figures["local_standard_fen"],
    )
    if _is_outside(grade, 4):
        return _cannot("domain:disability_grade")
    if _is_outside(months, 12):
        return _cannot("domain:months_eligible")
    if _is_outside(own, _LARGEST_PARAMETER):
        return _cannot("domain:local_standard_fen")
    if grade is None:
        return _cannot("missing:disability_grade")
    if grade not in {1, 2}:
        return _NOT_ELIGIBLE
    if months is None:
        return _cannot("missing:months_eligible")
    floor = 8000
    amount, base = (floor if own is None or own < floor else own) * months, floor * months
    shares = {"base": base, "county": amount - base}
    return Answer(True, amount, shares, "below_floor" if own is not None and own < floor else "ok")


def fissure_sealant(row: Mapping[str, Any], _figures: Figures) -> Answer:
    teeth, paid, upper = row.get("teeth_sealed"), row.get("paid_before_count"), row.get("upper_paid_fen")
    if _is_outside(teeth, 4):
        return _cannot("domain:teeth_sealed")
    if _is_outside(paid, _LARGEST_COUNT):
        return _cannot("domain:paid_before_count")
    if _is_outside(upper, _LARGEST_FEN):
        return _cannot("domain:upper_paid_fen")
    if teeth == 0 or (paid is not None and paid > 0):
        return _NOT_ELIGIBLE
    if teeth is None or paid is None:
        return _cannot("missing:teeth_sealed" if teeth is None else "missing:paid_before_count")
    if upper is None:
        return _cannot("missing:upper_paid_fen")
    central = min(upper, 16000)
    return Answer(True, 16000, {"central": central, "county": 16000 - central}, "ok")


HANDS: Mapping[str, Hand] = {
    "bozhou-2023.p06.orphan-scattered": orphan_scattered,
    "bozhou-2023.p13.severe-disabled-nursing": severe_disabled_nursing,
    "bozhou-2023.p22.fissure-sealant": fissure_sealant,
}
