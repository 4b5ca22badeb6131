"""What the newest plan of a programme states, beside the indicators that are followed."""

from decimal import Decimal

from minsheng.kernel.gazetteer import short_name
from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.plans.checks.units import plain
from minsheng.progress.followed import Followed, Matching, match
from minsheng.progress.stated_targets import StatedTarget, stated_targets
from minsheng_web.records.models import Allocation, Indicator, PlanVersion, Programme, Region
from minsheng_web.records.queries.division import regions_below
from minsheng_web.records.queries.programmes import plan_of
from minsheng_web.records.typed_parts import Typed, TypedPart


def newest_version(programme: Programme) -> PlanVersion | None:
    """The newest published version; its plan is read when it is not kept already."""
    return programme.versions.order_by("-number").defer("plan", "lines", "findings").first()


def indicators_of(programme: Programme) -> tuple[Indicator, ...]:
    """Every indicator, with what is needed to match it and to show it."""
    return tuple(
        Indicator.objects.filter(programme=programme)
        .select_related("target__project", "target__version", "lead_unit")
        .defer(*(f"target__version__{name}" for name in ("plan", "lines", "findings")))
        .order_by("position")
    )


def matched(version: PlanVersion, indicators: tuple[Indicator, ...]) -> Matching:
    """Indicators against what that version states."""
    return match([_followed(row) for row in indicators], stated_targets(plan_of(version)))


def _followed(row: Indicator) -> Followed:
    """An indicator as the plan it was taken from said it, whatever people called it since."""
    target = row.target
    if target is None:
        return Followed(
            row.pk, "", row.project_number, row.project_headline, row.name, row.unit, row.value,
            row.comparator, row.each,
        )  # fmt: skip
    return Followed(
        row.pk,
        target.anchor,
        row.project_number,
        row.project_headline,
        target.subject or target.project.headline,
        target.unit,
        target.value,
        target.comparator,
        row.each,
    )


def notice_typed(node: Allocation) -> Typed | tuple[Problem, ...]:
    """The parts the newest plan itself states for the node's indicator; a fault where it states none."""
    programme = node.indicator.programme
    version = newest_version(programme)
    pairs = matched(version, indicators_of(programme)).pairs if version else ()
    target = next((target for held, target in pairs if held.key == node.indicator_id), None)
    if target is None or not target.parts:
        return (_none(node.indicator),)
    typed, unknown = typed_of(target, regions_below(node.region))
    return typed if not unknown or typed.parts else (_unknown(unknown),)


def typed_of(target: StatedTarget, below: tuple[Region, ...]) -> tuple[Typed, tuple[str, ...]]:
    """A target's stated parts as a draft, and the names it gives that are not set up below.

    What stays with the level itself (市本级) is its reserve.
    """
    keys = {name: region.pk for region in below for name in (short_name(region.name), region.name)}
    parts, unknown, reserve = [], [], Decimal(0)
    for name, value in target.parts.items():
        key = keys.get(name) or keys.get(short_name(name))
        if key is not None:
            parts.append(TypedPart(key, share=plain(value)))
        elif name.endswith("本级"):
            reserve += value
        else:
            unknown.append(name)
    return Typed(tuple(parts), reserve), tuple(unknown)


def _none(indicator: Indicator) -> Problem:
    message = f"方案没有写明“{indicator.name}”各地的数，请用别的方式填入。"
    return Problem(code="no_regions", severity="error", message=message, sources=(Source(0),))


def _unknown(names: tuple[str, ...]) -> Problem:
    message = f"方案写明的{'、'.join(names)}还没有登记为下级地区，请先登记再填入。"
    return Problem(code="region_unknown", severity="error", message=message, sources=(Source(0),))
