"""The monthly grid: one row a report line, each cell with what stands, what carries on and what is odd."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from minsheng.papers.breakdown import COMPARATOR_SIGNS
from minsheng.progress.entry import EntryProblem, LineContext, check_line
from minsheng.progress.figures import format_amount, needed_pace, needed_per_period
from minsheng.progress.model import STAGE_WORDS, STAGES, Figures
from minsheng_web.records.access import Person
from minsheng_web.records.duties import may_fill
from minsheng_web.records.models import ReportLine
from minsheng_web.records.models.reports import LineState
from minsheng_web.records.queries.evidence import counts_of
from minsheng_web.records.queries.report_context import Past, contexts, pasts
from minsheng_web.records.queries.report_lines import contributions
from minsheng_web.records.report_locks import lock_of
from minsheng_web.records.report_values import (
    FIELD_WORDS,
    MONEY_FIELDS,
    OF_KIND,
    figures_of,
    is_untouched,
    kind_of,
    shown,
    value_of,
)

LEVEL_WORD = "现在达到"
"""What the figure of a kind that does not add up is called."""
LABELS: dict[str, dict[str, str]] = {
    "full_coverage": {"done": "是否应补尽补", "amount": "本期人（户）数", "cumulative": "累计人（户）数"},
    "standard": {"done": "是否达到标准", "cumulative": LEVEL_WORD},
}
_COLUMNS = {"amount": 0, "cumulative": 1, "done": 0} | {
    field: 2 + place for place, field in enumerate((*MONEY_FIELDS, "difficulty", "next_step", "correction"))
}
STATE_CHIPS = {
    LineState.DRAFT: "chip-grey",
    LineState.SUBMITTED: "chip-blue",
    LineState.RETURNED: "chip-red",
    LineState.VERIFIED: "chip-blue",
    LineState.ACCEPTED: "chip-green",
}
_SUMS = ("cumulative_fell", "money_order", "month_and_cumulative_disagree")
"""Findings that a reason for a correction may answer."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """One field: ``text`` stands, ``carried`` is the last period's, in grey until something is typed."""

    field: str
    label: str
    text: str
    carried: str
    shape: str
    column: int
    level: str = ""

    @property
    def html_id(self) -> str:
        return self.field.replace(".", "-")


@dataclass(frozen=True, slots=True)
class GridRow:
    """One line as the page shows it. ``writes``: the person may type into it now."""

    line: ReportLine
    progress: tuple[GridCell, ...]
    money: tuple[GridCell, ...]
    difficulty: GridCell
    next_step: GridCell
    correction: GridCell
    target: str
    last: str
    last_waits: bool
    pace: str
    each: str
    gap: str
    lock: str
    writes: bool
    problems: tuple[EntryProblem, ...]
    may_repeat: bool
    helpers: tuple[ReportLine, ...]
    evidence: int

    @property
    def is_count(self) -> bool:
        return kind_of(self.line) == "count"

    @property
    def chip(self) -> str:
        return STATE_CHIPS[LineState(self.line.state)]

    @property
    def asks_reason(self) -> bool:
        """Whether the reason for a correction is asked for or given."""
        return bool(self.line.correction) or any(p.code in _SUMS for p in self.problems)

    @property
    def reported_helpers(self) -> int:
        return sum(line.state not in (LineState.DRAFT, LineState.RETURNED) for line in self.helpers)

    @property
    def is_filled(self) -> bool:
        """Whether something of its kind is told."""
        if is_untouched(self.line):
            return False
        now = figures_of(self.line)
        return any(value_of(now, field) is not None for field in OF_KIND[kind_of(self.line)])


@dataclass(frozen=True, slots=True)
class GridGroup:
    """The rows of one project."""

    number: int
    headline: str
    rows: tuple[GridRow, ...]


def grid_rows(lines: Sequence[ReportLine], person: Person) -> tuple[GridRow, ...]:
    """The lines as rows, in their order. As many queries for one as for three hundred."""
    past = pasts(lines)
    known = contexts(lines, person, past)
    helpers, evidence = contributions(lines), counts_of(lines)
    return tuple(
        _row(
            line,
            known[line.pk],
            (past[line.pk], helpers.get(line.pk, ()), evidence[line.pk]),
            writes=may_fill(person, line),
        )
        for line in lines
    )


def grid_groups(rows: Sequence[GridRow]) -> tuple[GridGroup, ...]:
    """Rows by project, in the plan's order."""

    def project(row: GridRow) -> tuple[int, str]:
        indicator = row.line.allocation.indicator
        return indicator.project_number, indicator.project_headline

    return tuple(
        GridGroup(number, headline, tuple(some)) for (number, headline), some in groupby(rows, key=project)
    )


def _row(
    line: ReportLine,
    context: LineContext,
    beside: tuple[Past, tuple[ReportLine, ...], int],
    *,
    writes: bool,
) -> GridRow:
    past, helpers, evidence = beside
    before = past.before
    problems = () if is_untouched(line) else check_line(context)
    cells = {cell.field: cell for cell in _cells(line, context, problems, past)}
    period, owed = context.period, context.owed
    pace = needed_pace(owed, period, period.cadence)
    each = needed_per_period(owed, context.last_cumulative, period)
    lock = lock_of(line)
    return GridRow(
        line=line,
        progress=tuple(cells[field] for field in OF_KIND[kind_of(line)]),
        money=tuple(cells[field] for field in MONEY_FIELDS),
        difficulty=cells["difficulty"],
        next_step=cells["next_step"],
        correction=cells["correction"],
        target=_target(context, line.allocation.indicator.comparator),
        last=last_words(context.before),
        last_waits=before is not None and before.state != LineState.ACCEPTED,
        pace="" if pace is None else format_amount(pace),
        each="" if each is None else format_amount(each),
        gap=gap_words(context, is_new=is_untouched(line)),
        lock=lock,
        writes=writes and not lock,
        problems=problems,
        may_repeat=writes and not lock and before is not None,
        helpers=helpers,
        evidence=evidence,
    )


def _target(context: LineContext, comparator: str) -> str:
    value = context.owed.value
    if value is None:
        return "应补尽补" if context.owed.kind == "full_coverage" else "—"
    signs: Mapping[str, str] = dict(COMPARATOR_SIGNS)  # type: ignore[arg-type]  # keys are the comparators
    return f"{signs.get(comparator, '')}{format_amount(value)}"


def last_words(before: Figures | None) -> str:
    """What stood at the end of the last period, in a few words; a dash where it is not known."""
    if before is None:
        return "—"
    reached = [stage for stage in STAGES if stage in before.stages]
    if reached:
        return f"{STAGE_WORDS[reached[-1]]} {before.stages[reached[-1]]:%m-%d}"
    said = [shown(before.done, "done"), shown(before.cumulative, "cumulative")]
    return "，".join(word for word in said if word) or "—"


def gap_words(context: LineContext, *, is_new: bool) -> str:
    """How the cumulative figure stands to the straight line of the year; empty where it cannot be told."""
    pace = needed_pace(context.owed, context.period, context.period.cadence)
    done = context.now.cumulative
    if pace is None or done is None or is_new:
        return ""
    if done == pace:
        return "持平"
    return f"{'超' if done > pace else '差'} {format_amount(abs(done - pace))}"


def field_of(problem: EntryProblem) -> str:
    """The cell a finding speaks of."""
    return "amount" if problem.field == "period" else problem.field


def _either(stored: Figures, carried: Figures) -> Figures:
    """What an untouched line starts with: what was put into it when it was opened, else what carries on."""
    return carried if stored == Figures() else stored


def _cells(
    line: ReportLine, context: LineContext, problems: Sequence[EntryProblem], past: Past
) -> list[GridCell]:
    kind = kind_of(line)
    now, carried = context.now, Figures()
    if is_untouched(line):
        now, carried = Figures(), _either(context.now, past.carried)
    worst = {field_of(problem): problem.severity for problem in reversed(_by_weight(problems))}
    fields = (*OF_KIND[kind], *MONEY_FIELDS, "difficulty", "next_step", "correction")
    return [
        GridCell(
            field=field,
            label=label_of(kind, field),
            text=shown(value_of(now, field), field),
            carried=shown(value_of(carried, field), field),
            shape=_shape(field),
            column=_COLUMNS.get(field, 0),
            level=worst.get(field, ""),
        )
        for field in fields
    ]


def _by_weight(problems: Sequence[EntryProblem]) -> list[EntryProblem]:
    order = ("error", "warning", "notice")
    return sorted(problems, key=lambda problem: order.index(problem.severity))


def label_of(kind: str, field: str) -> str:
    """What a field is called in a row of the kind."""
    own = LABELS.get(kind, {}).get(field)
    if own is None and field == "cumulative" and kind != "count":
        own = LEVEL_WORD
    return own or FIELD_WORDS[field]


def _shape(field: str) -> str:
    group = field.partition(".")[0]
    if group in ("amount", "cumulative", "money"):
        return "number"
    return {"stages": "date", "done": "choice"}.get(group, "text")


def cells_json(row: GridRow) -> dict[str, Any]:
    """A row as the page's script puts it into the cells."""
    cells = (*row.progress, *row.money, row.difficulty, row.next_step, row.correction)
    return {
        "line": row.line.pk,
        "values": {cell.field: cell.text for cell in cells},
        "carried": {cell.field: cell.carried for cell in cells},
        "levels": {cell.field: cell.level for cell in cells if cell.level},
        "problems": [
            {"field": field_of(problem), "severity": problem.severity, "message": problem.message}
            for problem in _by_weight(row.problems)
        ],
        "gap": row.gap,
        "lock": row.lock,
        "asks_reason": row.asks_reason,
        "filled": row.is_filled,
    }
