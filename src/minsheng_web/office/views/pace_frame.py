"""What every page of pace begins with: programme, period, region and filters as the address has them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from minsheng_web.office.screens.pace_table import query
from minsheng_web.office.views.programme_frame import frame
from minsheng_web.office.views.report_scope import is_key
from minsheng_web.records.models import Programme
from minsheng_web.records.queries.pace_scope import (
    Choices,
    Closed,
    Filters,
    Place,
    choices_of,
    closed_periods,
    place_of,
)

TABS: tuple[tuple[str, str], ...] = (
    ("pace", "热力图"),
    ("pace-map", "地图"),
    ("pace-trend", "目标趋势"),
    ("pace-lights", "亮灯变化"),
    ("pace-compare", "本期与上期"),
    ("pace-unmoved", "没有进展"),
    ("pace-places", "位次"),
    ("pace-leader", "领导一页纸"),
    ("light-rules", "亮灯规则"),
)
_KEYS = ("unit", "region", "project")


@dataclass(frozen=True, slots=True)
class PaceFrame:
    """``shown`` is the closed period of the page, ``before`` the one closed before it; None: none yet."""

    request: HttpRequest
    programme: Programme
    place: Place
    periods: tuple[Closed, ...]
    shown: Closed | None
    choices: Choices
    filters: Filters
    asked: Mapping[str, str]
    context: dict[str, Any] = field(repr=False)

    @property
    def before(self) -> Closed | None:
        if self.shown is None:
            return None
        return next((period for period in self.periods if period.start < self.shown.start), None)

    def query(self, **changes: str | int | None) -> str:
        """The address's own filters with some of them changed."""
        return query({**self.asked, **changes})

    def link(self, name: str, *, part: int | None = None, **changes: str | int | None) -> str:
        """Another page of pace with the same filters; ``part`` where it is of one allocation."""
        place = [self.programme.pk] if part is None else [self.programme.pk, part]
        return reverse(f"office:{name}", args=place) + self.query(**changes)

    @property
    def title(self) -> str:
        """What a table or a picture of this page is of."""
        period = self.shown.name if self.shown else ""
        return f"{self.place.region.name}{period}"

    @property
    def note(self) -> str:
        """The filters and the snapshot in words, for the head of a file."""
        shown = self.shown
        parts = [f"{shown.name}第{shown.number}次快照" if shown else "还没有关闭的填报期", *self.narrowed]
        return "　".join(parts)

    @property
    def narrowed(self) -> tuple[str, ...]:
        """The filters in words."""
        said = (
            f"类别：{self.filters.category}" if self.filters.category else "",
            f"牵头单位：{self.choices.unit_name(self.filters.unit)}" if self.filters.unit else "",
            f"项目：第{self.filters.project}项" if self.filters.project is not None else "",
        )
        return tuple(filter(None, said))


def pace_frame(request: HttpRequest, programme: int, page: str) -> PaceFrame:
    """The frame of a page. Raises Http404 where programme, region or period are out of reach."""
    base = frame(request, programme, "pace")
    owner = base.version.programme
    asked = {
        name: request.GET.get(name, "").strip()[:100] for name in ("period", "category", *_KEYS)
    }
    place = place_of(request.user, owner, _key(asked["region"]))
    if place is None:
        raise Http404
    periods = closed_periods(request.user, programme)
    shown = _shown(periods, asked["period"])
    filters = Filters(asked["category"], _key(asked["unit"]), _key(asked["project"]))
    choices = choices_of(request.user, programme)
    kept = {name: text for name, text in asked.items() if text}
    made = PaceFrame(request, owner, place, periods, shown, choices, filters, kept, base.context)
    base.context.update(_context(made, page))
    return made


def _key(text: str) -> int | None:
    """A key of the address; None where it has none. What is no key is no address."""
    if not text:
        return None
    if not is_key(text):
        raise Http404
    return int(text)


def _shown(periods: tuple[Closed, ...], key: str) -> Closed | None:
    if not key:
        return periods[0] if periods else None
    found = next((period for period in periods if period.key == key), None)
    if found is None:
        raise Http404
    return found


def _context(made: PaceFrame, page: str) -> dict[str, Any]:
    base = made.place.trail
    trail = tuple((region.name, made.link(page, region=region.pk)) for region in base)
    return {
        "pace": made,
        "page": page,
        "pages": tuple((name, word, made.link(name)) for name, word in TABS),
        "shown": made.shown,
        "place": made.place,
        "regions": _regions(made),
        "way": trail,
        "choices": made.choices,
        "filters": made.filters,
        "filtered": bool(made.filters != Filters()),
    }


def _regions(made: PaceFrame) -> tuple[tuple[int, str, bool], ...]:
    """What the region's drop-down offers: the way down, here, and what lies straight below."""
    place = made.place
    here = (*place.trail, place.region)
    steps = tuple((region.pk, "　" * depth + region.name) for depth, region in enumerate(here))
    below = tuple((region.pk, "　" * len(here) + region.name) for region in place.below)
    return tuple((key, words, key == place.region.pk) for key, words in (*steps, *below))
