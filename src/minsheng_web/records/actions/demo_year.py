"""What the units of the demo's made-up city say in each month: every way a year can go, dealt out by a table.

No dice: who goes at which gait follows from the county and the project, so that a month can be told by hand.
"""

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from minsheng.progress.model import Stage
from minsheng_web.records.actions.report_lines import Cell
from minsheng_web.records.models import ReportLine

Gait = Literal["steady", "ahead", "behind", "catching_up", "stuck", "late"]
GAITS: tuple[Gait, ...] = ("steady", "behind", "catching_up", "ahead", "late", "stuck")

_DONE: dict[Gait, tuple[int, ...]] = {
    "steady": (8, 16, 25, 33, 41, 50, 58, 66, 75, 84, 92, 100),
    "ahead": (10, 21, 33, 46, 58, 68, 78, 88, 95, 100, 100, 100),
    "behind": (6, 12, 18, 24, 29, 35, 40, 46, 52, 58, 66, 76),
    "catching_up": (5, 8, 10, 12, 14, 17, 24, 45, 68, 83, 92, 100),
    "stuck": (7, 13, 18, 20, 20, 20, 20, 20, 20, 20, 20, 20),
    "late": (8, 16, 24, 32, 41, 49, 57, 65, 74, 82, 91, 100),
}
"""Percent of the year's task done by the end of each month."""
_SILENT: dict[Gait, frozenset[int]] = {"late": frozenset({3, 4, 8}), "stuck": frozenset({6})}
"""Months in which nothing is handed in."""
_STAGES: dict[Gait, dict[Stage, int]] = {
    "steady": {"preparation": 1, "started": 3, "completed": 10, "accepted": 11, "in_use": 12},
    "ahead": {"preparation": 1, "started": 2, "completed": 8, "accepted": 9, "in_use": 10},
    "behind": {"preparation": 2, "started": 6, "completed": 12},
    "catching_up": {"preparation": 2, "started": 7, "completed": 10, "accepted": 12},
    "stuck": {"preparation": 3, "started": 4},
    "late": {"preparation": 1, "started": 4, "completed": 11},
}
"""The month in which works reach each stage."""
_LEVEL: dict[Gait, tuple[int, ...]] = {
    "catching_up": (96, 95, 96, 97, 98, 98, 100, 101, 102, 102, 103, 103),
    "behind": (101, 100, 99, 98, 98, 100, 101, 99, 101, 101, 102, 102),
}
"""A level that is to hold, in percent of it; the others hold it."""
_WORDS: dict[Gait, tuple[str, str]] = {
    "behind": ("部分点位选址未定，前期手续办理较慢。", "倒排工期，每旬调度一次。"),
    "catching_up": ("", "增加人手，按周补上前期欠账。"),
    "stuck": ("建设资金未到位，项目停滞。", "已报领导小组协调解决。"),
}
_NEEDED = Decimal(1200)
"""万元 that each of the projects below needs."""
_COUNTIES = ("东原县", "西坪县", "南浦区")
_QUARTER = 3
_MOST = 80
_MONEY_PROJECTS = frozenset({3, 4, 10, 11})


def gait_of(line: ReportLine) -> Gait:
    """The gait of a region in a project: neighbours in the table go different ways."""
    indicator, region = line.allocation.indicator, line.allocation.region
    place = _COUNTIES.index(region.name) + 1 if region.name in _COUNTIES else 0
    return GAITS[(2 * indicator.project_number + indicator.position + place) % len(GAITS)]


def reports(line: ReportLine, month: int) -> bool:
    """Whether the unit hands this line in."""
    return month not in _SILENT.get(gait_of(line), ())


def typed(line: ReportLine) -> Iterator[Cell]:
    """What the unit types in the line's month."""
    gait, month = gait_of(line), line.period.start.month
    indicator = line.allocation.indicator
    yield from _figures(line, gait, month)
    if indicator.project_number in _MONEY_PROJECTS:
        done = _DONE[gait][month - 1]
        # It arrives a little ahead of the work, is spent with it and paid after it.
        sums = {"needed": 100, "arrived": min(100, done + 10), "spent": done, "paid": max(0, done - 5)}
        for stage, percent in sums.items():
            yield Cell(line.pk, f"money.{stage}", "", str(_NEEDED * percent / 100))
    if month > _QUARTER:
        for field, text in zip(("difficulty", "next_step"), _WORDS.get(gait, ()), strict=False):
            yield Cell(line.pk, field, "", text)


def _figures(line: ReportLine, gait: Gait, month: int) -> Iterator[Cell]:
    kind, share = line.allocation.indicator.kind, line.allocation.share
    if kind == "count":
        whole = Decimal(12) if share is None else share
        done, before = _done(whole, gait, month), _done(whole, gait, _last(gait, month))
        yield Cell(line.pk, "amount", "", str(done - before))
        yield Cell(line.pk, "cumulative", "", str(done))
    elif kind == "stages":
        for stage, reached in _STAGES[gait].items():
            if reached <= month:
                day = date(line.period.start.year, reached, 20)
                yield Cell(line.pk, f"stages.{stage}", "", day.isoformat())
    elif kind in ("yes_no", "full_coverage"):
        yield Cell(line.pk, "done", "", "是" if _DONE[gait][month - 1] > _MOST else "否")
    else:
        percent = _LEVEL.get(gait, (101,) * 12)[month - 1]
        level = (Decimal(90) if share is None else share) * percent / 100
        yield Cell(line.pk, "cumulative", "", str(level.quantize(Decimal("0.1"))))


def _last(gait: Gait, month: int) -> int:
    """The month of the last report before this one; 0: there is none."""
    silent = _SILENT.get(gait, frozenset())
    return next((one for one in range(month - 1, 0, -1) if one not in silent), 0)


def _done(whole: Decimal, gait: Gait, month: int) -> Decimal:
    """Done by the month's end: whole pieces where the task is."""
    if month == 0:
        return Decimal(0)
    step = Decimal(1) if whole == whole.to_integral_value() else Decimal("0.01")
    return (whole * _DONE[gait][month - 1] / 100).quantize(step, ROUND_HALF_UP)
