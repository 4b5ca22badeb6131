"""Plans of published versions, kept in memory: a version never changes, and reading one takes a while."""

from collections import OrderedDict
from functools import cached_property
from threading import Lock

from minsheng.papers.breakdown import Breakdown
from minsheng.papers.plan_breakdown import plan_breakdown
from minsheng.plans.model import Plan
from minsheng.plans.plan_json import plan_from_json
from minsheng_web.records.models import PlanVersion

MOST = 8
Key = tuple[int, str]


class KeptPlan:
    """A version's plan, the lines it was read from, and the breakdown table it states."""

    def __init__(self, plan: Plan, lines: tuple[str, ...]) -> None:
        self.plan = plan
        self.lines = lines

    @cached_property
    def breakdown(self) -> Breakdown:
        """Made when it is first asked for."""
        return plan_breakdown(self.plan)


_kept: "OrderedDict[Key, KeptPlan]" = OrderedDict()
_lock = Lock()


def kept_plan(version: PlanVersion) -> KeptPlan:
    """What is kept of the version. No query where it is there already."""
    key = (version.pk, version.published_at.isoformat())
    with _lock:
        found = _kept.get(key)
        if found is not None:
            _kept.move_to_end(key)
            return found
    found = KeptPlan(plan_from_json(version.plan), tuple(version.lines))
    with _lock:
        _kept[key] = found
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return found


def forget_plans() -> None:
    """Begin anew: for tests, whose databases use the same keys again."""
    with _lock:
        _kept.clear()
