"""What handing in does beside the move: "as last period" is written, checks asked, the next period told."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef

from minsheng.progress.entry import check_line
from minsheng.progress.entry_line import EntryProblem, LineContext
from minsheng.progress.figures import carry_on
from minsheng.progress.handing_in import NOTHING_BEFORE, UNTOUCHED, as_before, stopping
from minsheng_web.records.duties import verifying_units
from minsheng_web.records.models import Holding, Post, ReportLine, ReportPeriod, User
from minsheng_web.records.models.people import UNIT_ROLES
from minsheng_web.records.models.reports import LineState
from minsheng_web.records.queries.report_context import contexts, later_period, part_of
from minsheng_web.records.report_values import figures_of
from minsheng_web.records.reported import columns_of

_FIGURES = ("amount", "cumulative", "done", "stages", "edited_by", "edited_at")
_Found = tuple[EntryProblem, ...]


def is_watched(lines: Sequence[ReportLine]) -> dict[int, bool]:
    """By line: whether somebody is there to verify it. One query."""
    units = {line.pk: verifying_units(line) for line in lines}
    wanted = {unit for above in units.values() for unit in above}
    held: dict[int | None, list[Post]] = defaultdict(list)
    holds = Holding.objects.filter(post=OuterRef("pk"), until=None)
    posts = Post.objects.filter(Exists(holds), unit__in=wanted, role__in=UNIT_ROLES)
    for post in posts.select_related("region"):
        held[post.unit_id].append(post)
    return {
        line.pk: any(_reaches(post, line) for unit in units[line.pk] for post in held[unit]) for line in lines
    }


def _reaches(post: Post, line: ReportLine) -> bool:
    return (
        post.region is not None
        and post.region.contains(line.allocation.region)
        and post.programme_id in (None, line.allocation.indicator.programme_id)
    )


def make_ready(
    lines: Sequence[ReportLine], same: Collection[int], actor: User, at: datetime
) -> dict[int, _Found]:
    """What stops each line; nothing for those that may go. Lines said to be as before are written so."""
    known = contexts(lines, actor)
    return {line.pk: _ready(line, known[line.pk], line.pk in same, actor, at) for line in lines}


def _ready(line: ReportLine, context: LineContext, same: bool, actor: User, at: datetime) -> _Found:
    if same:
        figures = as_before(context.owed.kind, context.now, context.before, context.period)
        if figures is None:
            return (NOTHING_BEFORE,)
        for name, value in columns_of(figures).items():
            setattr(line, name, value)
        line.edited_by, line.edited_at = actor, at
        line.save(update_fields=list(_FIGURES))
        return ()
    if line.edited_at is None:
        return (UNTOUCHED,)
    return stopping(check_line(context), context.now)


def carry_to_next(period: ReportPeriod, lines: Sequence[ReportLine]) -> None:
    """The next period, where it is open already and nobody has typed there, starts from what is said now."""
    following = later_period(period)
    if following is None or following.shut_word or not lines:
        return
    said = {part_of(line): figures_of(line) for line in lines}
    waiting = ReportLine.objects.filter(
        period=following,
        allocation__in={line.allocation_id for line in lines},
        edited_at=None,
        state=LineState.DRAFT,
    )
    changed = []
    for line in waiting:
        figures = said.get(part_of(line))
        if figures is None:
            continue
        columns = columns_of(carry_on(figures))
        for name, value in columns.items():
            setattr(line, name, value)
        line.revision += 1
        changed.append(line)
    if changed:
        names = [*columns_of(carry_on(None)), "revision"]
        ReportLine.objects.bulk_update(changed, names, batch_size=500)
