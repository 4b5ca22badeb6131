"""Plans of published versions, kept in memory: a version never changes, and reading one takes a while."""

from collections import OrderedDict
from threading import Lock

from minsheng.plans.model import Plan
from minsheng.plans.plan_json import plan_from_json
from minsheng_web.records.models import PlanVersion

MOST = 8
Key = tuple[int, str]
_kept: "OrderedDict[Key, tuple[Plan, tuple[str, ...]]]" = OrderedDict()
_lock = Lock()


def plan_and_lines(version: PlanVersion) -> tuple[Plan, tuple[str, ...]]:
    """The version's plan and the lines it was read from. No query where they are kept already."""
    key = (version.pk, version.published_at.isoformat())
    with _lock:
        found = _kept.get(key)
        if found is not None:
            _kept.move_to_end(key)
            return found
    found = plan_from_json(version.plan), tuple(version.lines)
    with _lock:
        _kept[key] = found
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return found


def forget_plans() -> None:
    """Begin anew: for tests, whose databases use the same keys again."""
    with _lock:
        _kept.clear()
