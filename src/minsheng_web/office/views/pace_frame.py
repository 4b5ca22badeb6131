"""What every page of pace begins with: programme, period, region and filters as the address has them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, TypeVar

from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from minsheng_web.office.addresses import address
from minsheng_web.office.screens.pace_table import query
from minsheng_web.office.views.programme_frame import frame
from minsheng_web.office.views.report_scope import is_key
from minsheng_web.records.access import Person
from minsheng_web.records.models import Programme, Snapshot
from minsheng_web.records.queries.pace_kept import kept
from minsheng_web.records.queries.pace_scope import (
    PaceAsked,
    PaceChoices,
    PaceView,
    find_view,
    latest_snapshots,
    pace_choices,
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
class PacePage:
    """A page of pace. ``view`` is what is looked at; None while nothing was ever closed."""

    request: HttpRequest
    programme: Programme
    view: PaceView | None
    asked: Mapping[str, str]
    context: dict[str, Any] = field(repr=False)

    @property
    def query(self) -> str:
        """The address's own filters."""
        return query(self.asked)

    def link(self, name: str, *, part: int | None = None, **changes: str | int | None) -> str:
        """Another page of pace with the same filters; ``part`` where it is of one allocation."""
        place = [self.programme.pk] if part is None else [self.programme.pk, part]
        return address(name, *place) + query({**self.asked, **changes})


def title_of(view: PaceView) -> str:
    """What a table or a picture is of."""
    return f"{view.region.name}{view.period.name}"


def note_of(view: PaceView, choices: PaceChoices) -> str:
    """The snapshot and the filters in words, for the head of a file."""
    return "　".join((f"{view.period.name}第{view.snapshot.number}次快照", *narrowed(view, choices)))


def narrowed(view: PaceView, choices: PaceChoices) -> tuple[str, ...]:
    """The filters in words."""
    asked = view.asked
    units = {unit.key: unit.name for unit in choices.units}
    said = (
        f"类别：{asked.category}" if asked.category else "",
        f"牵头单位：{units.get(asked.unit, '')}" if asked.unit is not None else "",
        f"项目：第{asked.project}项" if asked.project is not None else "",
    )
    return tuple(filter(None, said))


def pace_page(request: HttpRequest, programme: int, page: str) -> PacePage:
    """The beginning of a page. Raises Http404 where programme, region or period are out of reach."""
    base = frame(request, programme, "pace")
    texts = {name: request.GET.get(name, "").strip()[:100] for name in ("period", "category", *_KEYS)}
    asked = PaceAsked(
        category=texts["category"], period=texts["period"], **{key: _key(texts[key]) for key in _KEYS}
    )
    view = find_view(request.user, base.version.programme, asked)
    if view is None and latest_snapshots(request.user, programme):
        raise Http404
    kept = {name: text for name, text in texts.items() if text}
    made = PacePage(request, base.version.programme, view, kept, base.context)
    base.context.update(_context(made, page))
    return made


def _key(text: str) -> int | None:
    """A key of the address; None where it has none. What is no key is no address."""
    if not text:
        return None
    if not is_key(text):
        raise Http404
    return int(text)


def _context(made: PacePage, page: str) -> dict[str, Any]:
    view = made.view
    context: dict[str, Any] = {
        "pace": made,
        "view": view,
        "page": page,
        "pages": lambda: _pages(made, page),
    }
    if view is None:
        return context
    context["pages"] = lambda: kept(view, f"pages {page}", made.asked, lambda: _pages(made, page))
    choices = kept(view, "choices", {}, lambda: pace_choices(view))
    context |= {
        "choices": choices,
        "asked": view.asked,
        "narrowed": narrowed(view, choices),
        "cleared": query({name: made.asked.get(name) for name in ("period", "region")}) or "?",
        "above": made.link(page, region=choices.above.key) if choices.above else "",
    }
    form = dict(context)
    # Called by the template, where the page has the form: a province has a hundred things to choose from.
    context["filters"] = lambda: kept(
        view, f"filters {page}", made.asked, lambda: render_to_string("office/pace/_filters.html", form)
    )
    return context


def _pages(made: PacePage, page: str) -> SafeString:
    """The way to the other pages, with the same filters."""
    links = tuple((name, word, made.link(name)) for name, word in TABS)
    return render_to_string("office/pace/_pages.html", {"pages": links, "page": page})


def until(person: Person, view: PaceView) -> tuple[Snapshot, ...]:
    """The newest snapshots of the year up to the period looked at, in order of time. One query."""
    return tuple(
        one for one in latest_snapshots(person, view.programme.pk) if one.period.start <= view.period.start
    )


@dataclass(frozen=True, slots=True)
class Pager:
    """Where one is in a long list, and the addresses beside it; empty where there is none."""

    number: int
    pages: int
    total: int
    previous: str
    next: str


class Some(Protocol):
    """A page of a list: where it begins, and how many there are in all."""

    @property
    def total(self) -> int: ...
    @property
    def offset(self) -> int: ...


def page_asked(request: HttpRequest) -> int:
    """The page of a list the address asks for, from 0."""
    text = request.GET.get("page", "")
    return max(int(text) - 1, 0) if is_key(text) and len(text) < 7 else 0


Found = TypeVar("Found", bound=Some)


def page_or_last(request: HttpRequest, ask: Callable[[int], Found], a_page: int) -> Found:
    """The page that the address asks for, beyond the end the last one; ``ask`` takes where it begins."""
    offset = page_asked(request) * a_page
    found = ask(offset)
    return found if offset < found.total or not found.total else ask((found.total - 1) // a_page * a_page)


def pager(page: PacePage, found: Some, a_page: int) -> Pager:
    """Of a list with this many a page."""
    number, pages = found.offset // a_page + 1, -(-found.total // a_page)
    before = query({**page.asked, "page": number - 1}) if number > 1 else ""
    after = query({**page.asked, "page": number + 1}) if number < pages else ""
    return Pager(number, pages, found.total, before, after)


def view_before(person: Person, view: PaceView) -> PaceView | None:
    """The same at the closing before; None where there is none. One query."""
    earlier = [one for one in until(person, view) if one.period.start < view.period.start]
    if not earlier:
        return None
    return replace(view, snapshot=earlier[-1], period=earlier[-1].period)
