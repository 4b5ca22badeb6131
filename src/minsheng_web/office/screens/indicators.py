"""What the page of followed targets shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.core.paginator import Page, Paginator

from minsheng.progress.followed import Difference, differences
from minsheng.progress.stated_targets import StatedTarget
from minsheng_web.records.models import Allocation, Indicator, Programme
from minsheng_web.records.queries.stated import indicators_of, matched, newest_version

ROWS_A_PAGE = 100
"""Indicators shown at a time: a city follows fewer, a province's page is turned."""


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator, what the newest plan says otherwise, and whether it names it at all."""

    indicator: Indicator
    due: date | None
    helpers: tuple[str, ...]
    differences: tuple[Difference, ...]
    gone: bool

    @property
    def value(self) -> Decimal | None:
        """What the plan states."""
        return self.indicator.value


@dataclass(frozen=True, slots=True)
class IndicatorsScreen:
    """Indicators by category, those that changed, those the plan dropped, and targets not followed yet."""

    groups: tuple[tuple[str, tuple[IndicatorRow, ...]], ...]
    page: Page[IndicatorRow]
    total: int
    active: int
    changed: tuple[IndicatorRow, ...]
    gone: tuple[IndicatorRow, ...]
    new: tuple[StatedTarget, ...]
    number: int


def indicators_screen(programme: Programme, page: str | None, *, writes: bool) -> IndicatorsScreen:
    """One page of the indicators. The plan is matched for who may act on it; others see what is followed."""
    indicators = indicators_of(programme)
    version = newest_version(programme) if writes else None
    matching = matched(version, indicators) if version else None
    said = {held.key: differences(held, target) for held, target in matching.pairs} if matching else {}
    gone = {held.key for held in matching.gone} if matching else set()
    due = dict(
        Allocation.objects.filter(indicator__programme=programme, above=None).values_list("indicator", "due")
    )
    helpers = _helpers(programme)
    rows = [
        IndicatorRow(
            row, due.get(row.pk), tuple(helpers.get(row.pk, ())), said.get(row.pk, ()), row.pk in gone
        )
        for row in indicators
    ]
    listed = rows if writes else [row for row in rows if row.indicator.active]
    found = Paginator(listed, ROWS_A_PAGE).get_page(page)
    return IndicatorsScreen(
        groups=_by_category(list(found)),
        page=found,
        total=len(rows),
        active=sum(row.indicator.active for row in rows),
        changed=tuple(row for row in rows if row.differences),
        gone=tuple(row for row in rows if row.gone and row.indicator.active),
        new=matching.new if matching else (),
        number=version.number if version else 0,
    )


def _helpers(programme: Programme) -> dict[int, list[str]]:
    through = Indicator.cooperating_units.through.objects.filter(indicator__programme=programme)
    found: dict[int, list[str]] = {}
    for key, name in through.order_by("unit__name").values_list("indicator", "unit__name"):
        found.setdefault(key, []).append(name)
    return found


def _by_category(rows: Sequence[IndicatorRow]) -> tuple[tuple[str, tuple[IndicatorRow, ...]], ...]:
    grouped = groupby(rows, key=lambda row: row.indicator.category_name)
    return tuple((name, tuple(group)) for name, group in grouped)
