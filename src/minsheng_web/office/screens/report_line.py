"""One report line as its page shows it: its figures, what was done with it, its evidence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from minsheng_web.office.screens.report_grid import label_of
from minsheng_web.records.actions.evidence import evidence_lock, has_hand
from minsheng_web.records.models import AuditEvent, Evidence, ReportLine, User
from minsheng_web.records.queries.checking import percent_of
from minsheng_web.records.queries.evidence import Elsewhere, elsewhere, evidence_of
from minsheng_web.records.queries.line_history import history_of
from minsheng_web.records.report_values import (
    FIELD_WORDS,
    FIELDS,
    MONEY_FIELDS,
    OF_KIND,
    TEXTS,
    figures_of,
    is_untouched,
    kind_of,
    owed_of,
    shown,
    value_of,
)

TYPED = ("report.type", "report.sheet", "report.merge")
"""Events that are figures typed: those in a row of one person are one sitting."""
WORDS: dict[str, str] = {
    "report.type": "填报",
    "report.sheet": "从交回的 Excel 读入",
    "report.merge": "合并配合单位填报",
    "report.submit": "提交",
    "report.submit_for": "代为提交",
    "report.take_back": "撤回",
    "report.verify": "审核通过",
    "report.accept": "接收",
    "report.send_back": "退回",
    "report.reopen": "重新打开",
    "report.correct_late": "关闭后更正",
    "evidence.add": "添加佐证",
    "evidence.withdraw": "撤下佐证",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing the line says; ``text`` empty where nothing was reported."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done with the line: ``who`` empty for the program itself."""

    at: datetime
    who: str
    word: str
    detail: str


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """A file of the line; ``elsewhere``: where the very same file is used besides."""

    evidence: Evidence
    elsewhere: Elsewhere | None


@dataclass(frozen=True, slots=True)
class LinePage:
    """The line; ``lock``: why a person who has a hand in its evidence cannot change it now."""

    line: ReportLine
    owed: Decimal | None
    percent: Decimal | None
    figures: tuple[Figure, ...]
    texts: tuple[Figure, ...]
    evidence: tuple[EvidenceItem, ...]
    standing: int
    deeds: tuple[Deed, ...]
    lock: str
    writes: bool

    @property
    def is_late(self) -> bool:
        """Whether what is done now comes after the period has closed, and so asks for a reason."""
        return self.writes and self.line.period.closed_at is not None


def line_page(line: ReportLine, person: User) -> LinePage:
    """Everything of a line in reach that comes ``with_all``. As many queries whatever it holds."""
    rows = evidence_of(person, [line], withdrawn=True)[line.pk]
    used = elsewhere(person, [row for row in rows if row.withdrawn_at is None])
    hand = has_hand(person, line)
    lock = evidence_lock(person, line) if hand else ""
    owed = owed_of(line.allocation).value
    known = None if is_untouched(line) else line.cumulative
    return LinePage(
        line=line,
        owed=owed,
        percent=percent_of(known, owed),
        figures=_figures(line),
        texts=_texts(line),
        evidence=tuple(EvidenceItem(row, _used(row, used)) for row in rows),
        standing=sum(row.withdrawn_at is None for row in rows),
        deeds=deeds(history_of(line)),
        lock=lock,
        writes=hand and not lock,
    )


def _used(row: Evidence, used: Mapping[str, Elsewhere]) -> Elsewhere | None:
    return used.get(row.sha256) if row.withdrawn_at is None else None


def _figures(line: ReportLine) -> tuple[Figure, ...]:
    """What tells of the progress, reported or not, and the money that was reported."""
    if is_untouched(line):
        return ()
    now, kind = figures_of(line), kind_of(line)
    own = [_figure(kind, field, value_of(now, field)) for field in OF_KIND[kind]]
    money = [_figure(kind, field, value_of(now, field)) for field in MONEY_FIELDS]
    return (*own, *(figure for figure in money if figure.text))


def _figure(kind: str, field: str, value: Any) -> Figure:
    unit = "（万元）" if field in MONEY_FIELDS else ""
    return Figure(f"{label_of(kind, field)}{unit}", shown(value, field))


def _texts(line: ReportLine) -> tuple[Figure, ...]:
    if is_untouched(line):
        return ()
    now = figures_of(line)
    found = [Figure(FIELD_WORDS[field], value_of(now, field)) for field in TEXTS]
    return tuple(text for text in found if text.text)


def deeds(events: Sequence[AuditEvent]) -> tuple[Deed, ...]:
    """Events, newest first, in words; what one person typed at one sitting is told once."""
    told: list[Deed] = []
    for run in _runs([event for event in events if event.action in WORDS]):
        last = run[0]
        who = "" if last.actor is None else str(last.actor)
        told.append(Deed(last.at, who, WORDS[last.action], _detail(run)))
    return tuple(told)


def _runs(events: Iterable[AuditEvent]) -> list[list[AuditEvent]]:
    runs: list[list[AuditEvent]] = []
    for event in events:
        last = runs[-1][-1] if runs else None
        same = last is not None and (last.action, last.actor_id) == (event.action, event.actor_id)
        if same and event.action in TYPED:
            runs[-1].append(event)
        else:
            runs.append([event])
    return runs


def _detail(run: Sequence[AuditEvent]) -> str:
    """What was typed last into each field; else the reason, the file, or the figure handed in."""
    event = run[0]
    if event.action in TYPED:
        typed: dict[str, Any] = {}
        for one in reversed(run):
            typed |= _dict(one.new)
        return "，".join(
            f"{FIELD_WORDS[field]}：{_value(typed[field])}" for field in FIELDS if field in typed
        )
    new, old = _dict(event.new), _dict(event.old)
    name = new.get("name", "") or (old.get("name", "") if event.action == "evidence.withdraw" else "")
    figure = ""
    if event.action in ("report.submit", "report.submit_for", "report.correct_late"):
        figure = f"累计完成：{new['cumulative']}" if new.get("cumulative") else ""
    reason = f"理由：{new['reason']}" if new.get("reason") else ""
    return "，".join(part for part in (name, figure, reason) if part)


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _value(text: Any) -> str:
    return f"“{text[:40]}…”" if isinstance(text, str) and len(text) > 40 else str(text or "（空）")
