"""A row of the monthly grid: each cell with what stands, what carries on and what is odd of it.

A row is made from values alone (``GridLine``): of a grid that is looked at again only what changed is made,
reckoned and checked anew (grid_lines.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from minsheng.papers.breakdown import COMPARATOR_SIGNS
from minsheng.progress.entry import EntryProblem, LineContext, check_line
from minsheng.progress.figures import format_amount, needed_pace, needed_per_period
from minsheng.progress.model import STAGE_WORDS, STAGES, Figures, Owed
from minsheng.progress.periods import Period
from minsheng_web.records.bulk import Row
from minsheng_web.records.models.reports import LineState
from minsheng_web.records.queries.elsewhere import figures_beside
from minsheng_web.records.queries.report_context import Past
from minsheng_web.records.queries.said_rows import said_in
from minsheng_web.records.report_values import FIELD_WORDS, MONEY_FIELDS, OF_KIND, shown, value_of

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
class GridLine:
    """All that a row is made from. ``region`` and ``lock`` are empty where the row does not tell them.

    ``said`` and ``beside``: columns of SAID, of the line and of the same target elsewhere; ``helpers``: how
    many units help and how many of them handed in; ``returned``: by whom and when.
    """

    key: int
    period: Period
    name: str
    owed: Owed
    comparator: str
    region: str
    cooperating: bool
    state: str
    touched: bool
    said: Row
    past: Past
    beside: tuple[Row, ...]
    lock: str
    writes: bool
    return_reason: str
    returned: tuple[str, datetime | None]
    helpers: tuple[int, int]
    evidence: int
    project: tuple[int, str] = (0, "")
    """Number and headline of the project it belongs to."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One line as the page shows it. ``writes``: the person may type into it now."""

    line: GridLine
    progress: tuple[GridCell, ...]
    money: tuple[GridCell, ...]
    difficulty: GridCell
    next_step: GridCell
    correction: GridCell
    target: str
    last: str
    pace: str
    each: str
    gap: str
    problems: tuple[EntryProblem, ...]
    is_filled: bool
    """Whether something of its kind is told."""
    drawn: dict[bool, str] = field(default_factory=dict, compare=False)
    """The row as HTML, with the lock told in the page's head or in the row; made when it is first shown."""

    @property
    def last_waits(self) -> bool:
        """Whether what stood last was not accepted yet."""
        return self.line.past.state not in ("", LineState.ACCEPTED)

    @property
    def writes(self) -> bool:
        return self.line.writes

    @property
    def may_repeat(self) -> bool:
        return self.line.writes and bool(self.line.past.state)

    @property
    def is_faulty(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)

    @property
    def asks_reason(self) -> bool:
        """Whether the reason for a correction is asked for or given."""
        return bool(self.correction.text) or any(p.code in _SUMS for p in self.problems)


def grid_row(line: GridLine) -> GridRow:
    """The row of a line."""
    past, owed, period = line.past, line.owed, line.period
    context = LineContext(
        owed=owed,
        now=said_in(line.said),
        before=past.figures,
        history=past.history,
        period=period,
        siblings=figures_beside(line.beside),
    )
    problems = check_line(context) if line.touched else ()
    cells = {cell.field: cell for cell in _cells(line, context.now, problems)}
    pace = needed_pace(owed, period, period.cadence)
    each = needed_per_period(owed, context.last_cumulative, period)
    kind = owed.kind
    return GridRow(
        line=line,
        progress=tuple(cells[field] for field in OF_KIND[kind]),
        money=tuple(cells[field] for field in MONEY_FIELDS),
        difficulty=cells["difficulty"],
        next_step=cells["next_step"],
        correction=cells["correction"],
        target=_target(context, line.comparator),
        last=last_words(context.before),
        pace="" if pace is None else format_amount(pace),
        each="" if each is None else format_amount(each),
        gap=gap_words(context, is_new=not line.touched),
        problems=problems,
        is_filled=line.touched and any(value_of(context.now, field) is not None for field in OF_KIND[kind]),
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


def _cells(line: GridLine, said: Figures, problems: Sequence[EntryProblem]) -> list[GridCell]:
    kind = line.owed.kind
    now, carried = said, Figures()
    if not line.touched:
        now, carried = Figures(), _either(said, line.past.carried)
    worst = {field_of(problem): problem.severity for problem in reversed(by_weight(problems))}
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


def by_weight(problems: Sequence[EntryProblem]) -> list[EntryProblem]:
    """The worst first."""
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
