"""Findings and corrections as lists of sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng_web.office.screens.editor import FIELD_LABELS, shown
from minsheng_web.office.words import SEVERITY_WORDS
from minsheng_web.records.actions.corrections import line_of
from minsheng_web.records.models import CorrectionRow


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding with the lines it speaks of, each once."""

    problem: Problem
    places: tuple[Source, ...]

    @property
    def severity_word(self) -> str:
        """The severity in words."""
        return SEVERITY_WORDS[self.problem.severity]

    @property
    def spans(self) -> str:
        """The places for the page's script: ``line:start:end`` parted by blanks."""
        return " ".join(f"{place.line}:{place.start}:{place.end}" for place in self.problem.sources)


def finding_rows(findings: tuple[Problem, ...]) -> tuple[FindingRow, ...]:
    """Worst first, as they come."""
    return tuple(
        FindingRow(problem, tuple({source.line: source for source in problem.sources}.values()))
        for problem in findings
    )


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """One correction told in words."""

    row: CorrectionRow
    line: int | None
    what: str
    old: str
    new: str


def correction_lines(rows: Iterable[CorrectionRow]) -> tuple[CorrectionLine, ...]:
    """The latest first."""
    return tuple(_told(row) for row in sorted(rows, key=lambda row: -row.pk))


def _told(row: CorrectionRow) -> CorrectionLine:
    line = line_of(row.anchor)
    if row.kind == "add":
        return CorrectionLine(row, line, "补标数量", "（漏读）", _quantity_words(row.value))
    if row.kind == "remove":
        return CorrectionLine(row, line, "去除误读", _quantity_words(row.old), "（不是数量）")
    where = "方案信息" if row.anchor == "head" else ""
    if row.anchor.startswith("p:"):
        where = f"第{row.anchor[2:]}项"
    label = FIELD_LABELS[row.field]
    what = f"{where} {label}".strip()
    return CorrectionLine(row, line, what, shown(row.field, row.old), shown(row.field, row.value))


def _quantity_words(value: dict[str, Any] | None) -> str:
    if not value:
        return ""
    number = shown("value", value.get("value"))
    return " ".join(part for part in (value.get("subject"), f"{number}{value.get('unit') or ''}") if part)
