"""Plans of published versions, kept in memory: a version never changes, and reading one takes a while."""

from functools import cached_property

from minsheng.papers.breakdown import Breakdown
from minsheng.papers.plan_breakdown import plan_breakdown
from minsheng.plans.model import Plan
from minsheng.plans.plan_json import plan_from_json
from minsheng_web.records.kept_in_memory import KeptInMemory
from minsheng_web.records.models import PlanVersion

MOST = 8


class KeptPlan:
    """A version's plan, the lines it was read from, and the breakdown table it states."""

    def __init__(self, plan: Plan, lines: tuple[str, ...]) -> None:
        self.plan = plan
        self.lines = lines

    @cached_property
    def breakdown(self) -> Breakdown:
        """Made when it is first asked for."""
        return plan_breakdown(self.plan)


_kept = KeptInMemory[tuple[int, str], KeptPlan](MOST)


def kept_plan(version: PlanVersion) -> KeptPlan:
    """What is kept of the version. No query where it is there already."""
    key = (version.pk, version.published_at.isoformat())
    return _kept.get(key, lambda: KeptPlan(plan_from_json(version.plan), tuple(version.lines)))
