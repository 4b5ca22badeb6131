"""A notice against its own earlier version: promises that went down, changed, vanished or appeared, and new leads.

Versions are two plans of one region and year; projects and numbers are paired by meaning (``compare``).
"""

from collections.abc import Iterator

from minsheng.kernel.problem import Problem, Severity
from minsheng.plans.checks.two.pair_problem import at, where
from minsheng.plans.checks.two.relation import Related
from minsheng.plans.checks.units import say
from minsheng.plans.compare import Difference, compare_plans, pair_projects
from minsheng.plans.model import Project, Quantity

CODES = (
    "version_project_gone",
    "version_project_new",
    "version_value_lower",
    "version_value_changed",
    "version_value_gone",
    "version_value_new",
    "version_lead_changed",
)

_PROMISES = ("target", "standard", "budget")


def check(related: Related) -> tuple[Problem, ...]:
    """A problem for each thing the later version says otherwise."""
    if related.kind != "earlier":
        return ()
    return (*_projects(related), *_values(related))


def _projects(related: Related) -> Iterator[Problem]:
    for pairing in pair_projects(related.first.plan, related.second.plan, {}):
        old, new = pairing.project_a, pairing.project_b
        if old is None and new is not None:
            yield _one_sided(related, new, code="version_project_new", later=True)
        elif new is None and old is not None:
            yield _one_sided(related, old, code="version_project_gone", later=False)
        elif old is not None and new is not None and _lead_changed(old, new):
            yield _lead(related, old, new)


def _lead_changed(old: Project, new: Project) -> bool:
    """A version without its table of units says nothing of who leads."""
    return bool(old.lead_units and new.lead_units) and set(old.lead_units) != set(new.lead_units)


def _one_sided(related: Related, project: Project, *, code: str, later: bool) -> Problem:
    read = related.second if later else related.first
    what = "是新增的，旧版没有" if later else "在新版里没有了"
    return Problem(
        code=code,
        severity="notice" if later else "warning",
        message=f"{where(read, project.source)}：第{project.number}项“{project.headline}”{what}。请核对是否有意增减。",
        sources=(at(read, project.source),),
        project=project.number,
        expected=None if later else project.headline,
        found=project.headline if later else "没有",
    )


def _lead(related: Related, old: Project, new: Project) -> Problem:
    before, after = "、".join(old.lead_units), "、".join(new.lead_units)
    return Problem(
        code="version_lead_changed",
        severity="notice",
        message=f"第{new.number}项“{new.headline}”的牵头单位由{before}改为{after}。请核对是否已与有关单位商定。",
        sources=(at(related.second, new.source), at(related.first, old.source)),
        project=new.number,
        expected=before,
        found=after,
    )


def _values(related: Related) -> Iterator[Problem]:
    for row in compare_plans(related.first.plan, related.second.plan):
        if row.project_a is None or row.project_b is None:
            continue
        old, new = row.quantity_a, row.quantity_b
        if old is not None and new is not None:
            if row.change == "changed" and new.role in _PROMISES:
                yield _changed(related, row, old, new)
        elif old is not None and old.role in _PROMISES:
            yield _value_of_one(related, row, old, later=False)
        elif new is not None and new.role in _PROMISES:
            yield _value_of_one(related, row, new, later=True)


def _changed(related: Related, row: Difference, old: Quantity, new: Quantity) -> Problem:
    lower = new.value < old.value and old.comparator not in ("le", "lt")
    severity: Severity = "warning" if lower else "notice"
    return Problem(
        code=_LOWER if lower else _CHANGED,
        severity=severity,
        message=(
            f"第{row.project_b}项“{row.subject}”由“{old.text}”改为“{new.text}”"
            f"（旧版第{old.source.line}行，新版第{new.source.line}行）。{'目标降低，' if lower else ''}请核对是否有意修改。"
        ),
        sources=(at(related.second, new.source), at(related.first, old.source)),
        project=row.project_b,
        expected=say(old),
        found=say(new),
    )


def _value_of_one(related: Related, row: Difference, quantity: Quantity, *, later: bool) -> Problem:
    read = related.second if later else related.first
    what = "是新版加上的" if later else "在新版里没有了"
    return Problem(
        code=_NEW if later else _GONE,
        severity="notice" if later else "warning",
        message=f"第{row.project_b}项“{row.subject}”的“{quantity.text}”{what}（第{quantity.source.line}行）。请核对。",
        sources=(at(read, quantity.source),),
        project=row.project_b,
        expected=None if later else say(quantity),
        found=say(quantity) if later else "没有",
    )


_LOWER, _CHANGED, _GONE, _NEW = CODES[2:6]
