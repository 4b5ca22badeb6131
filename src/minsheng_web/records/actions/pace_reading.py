"""What judging reads of the database: the parts, what their units said, how they stood the period before."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from minsheng.progress.frozen import FrozenLine
from minsheng.progress.model import Figures, Owed
from minsheng.progress.pace.model import Standing as Value
from minsheng_web.records.actions.freezing import Due
from minsheng_web.records.actions.pace_judging import Node
from minsheng_web.records.bulk import exact, read_rows
from minsheng_web.records.models import Allocation, Snapshot, Standing
from minsheng_web.records.pace_rows import BEFORE, before_of
from minsheng_web.records.reported import HANDED_IN_STATES


def figures_of_frozen(line: FrozenLine) -> Figures | None:
    """What a frozen line says; None where it was not handed in."""
    if line.state not in HANDED_IN_STATES:
        return None
    stages = {stage: date.fromisoformat(day) for stage, day in line.stages.items()} if line.stages else {}
    return Figures(line.amount, line.cumulative, line.done, stages, line.money)  # type: ignore[arg-type]


def leaf_figures(due: Iterable[Due]) -> dict[int, Figures]:
    """By part: what was handed in. Where two units did, that of the unit that reports it now counts."""
    found: dict[int, tuple[bool, Figures]] = {}
    for one in due:
        said = figures_of_frozen(one.line)
        if said is None:
            continue
        known = found.get(one.line.allocation)
        if known is None or one.is_current or not known[0]:
            found[one.line.allocation] = (one.is_current, said)
    return {allocation: said for allocation, (_, said) in found.items()}


def nodes_of(indicators: Collection[int], said: Mapping[int, Figures]) -> list[Node]:
    """Every part of these indicators, parts above before those below."""
    rows = Allocation.objects.filter(indicator__in=indicators, indicator__active=True, active=True).order_by(
        "indicator__position", "region__path"
    )
    columns = (
        "pk", "indicator_id", "above_id", "region_id", "indicator__kind", "indicator__unit", "share", "asked",
        "due",
    )  # fmt: skip
    return [
        Node(
            pk,
            indicator,
            above,
            region,
            Owed(kind, unit, exact(share if asked is None else asked), due),
            said.get(pk),
        )
        for pk, indicator, above, region, kind, unit, share, asked, due in read_rows(
            rows.values_list(*columns)
        )
    ]


def standings_before(snapshot: Snapshot | None, indicators: Collection[int]) -> dict[int, Value]:
    """By part: how it stood when ``snapshot`` was made."""
    if snapshot is None:
        return {}
    rows = Standing.objects.filter(snapshot=snapshot, indicator__in=indicators).order_by()
    return {row[0]: before_of(row) for row in read_rows(rows.values_list(*BEFORE))}
