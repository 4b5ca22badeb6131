"""The report sheet as a value: whose it is, its lines, its columns, and what each kind of target asks for."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from minsheng.progress.model import MONEY_STAGES, MONEY_WORDS, STAGE_WORDS, STAGES, Figures, Kind, Owed
from minsheng.progress.periods import Period

FORM_VERSION = 1
"""Of the sheet's make. A sheet of another version is refused: its columns may mean something else."""
FORM_SHEET, KEY_SHEET = "填报表", "_minsheng"
FORM_MARK = "minsheng-report"
KEY_HEAD_ROW, FIRST_KEY_ROW = 6, 7
TITLE_ROW, UNIT_ROW, NOTE_ROW, HEAD_ROW, FIRST_ROW = range(5)
MONEY_UNIT = "万元"
YES, NO = "是", "否"


@dataclass(frozen=True, slots=True)
class ReportKey:
    """Whose a sheet is, by keys. Two sheets of one key are rivals."""

    programme: str
    period: str
    unit: str
    region: str


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line: the part ``key`` of the target ``target``, with the last period and this one."""

    key: str
    target: str
    project: str
    indicator: str
    owed: Owed
    before: Figures | None
    now: Figures


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """All a unit reports of one region and period."""

    programme: str
    programme_name: str
    period: Period
    unit: str
    unit_name: str
    region: str
    region_name: str
    lines: tuple[ReportLine, ...]

    @property
    def key(self) -> ReportKey:
        return ReportKey(self.programme, self.period.key, self.unit, self.region)


class KeyLine(NamedTuple):
    """What the hidden sheet keeps of a line, so that no change of the visible words changes what it means."""

    key: str
    target: str
    kind: Kind
    unit: str
    last: Decimal | None

    @property
    def text(self) -> str:
        """All of it in one cell: a workbook takes longer to read by its cells than by its letters."""
        last = "" if self.last is None else f"{self.last:f}"
        return f"{self.key}\t{self.target}\t{self.kind}\t{self.unit}\t{last}"


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column by the name of its field; it is found again by its head, wherever it was moved."""

    field: str
    head: str
    width: int


COLUMNS: tuple[FormColumn, ...] = (
    FormColumn("key", "编号（请勿改动）", 10),
    FormColumn("project", "项目", 22),
    FormColumn("indicator", "指标", 24),
    FormColumn("unit", "计量单位", 9),
    FormColumn("target", "目标任务", 11),
    FormColumn("last", "上期累计", 11),
    FormColumn("period", "本期完成", 11),
    FormColumn("cumulative", "累计完成", 11),
    FormColumn("done", "是否完成", 9),
    *(FormColumn(f"stages.{stage}", f"{STAGE_WORDS[stage]}日期", 12) for stage in STAGES),
    *(
        FormColumn(f"money.{stage}", f"{MONEY_WORDS[stage]}资金（{MONEY_UNIT}）", 13)
        for stage in MONEY_STAGES
    ),
    FormColumn("difficulty", "困难问题", 28),
    FormColumn("next_step", "下一步打算", 28),
    FormColumn("correction", "更正理由", 20),
)
HEADS: dict[str, str] = {column.field: column.head for column in COLUMNS}
WORD_FIELDS = ("project", "indicator", "unit", "target", "last")
"""Columns that are only shown; ``key`` is the one that is read and not filled in."""
TEXT_FIELDS = ("difficulty", "next_step", "correction")
MONEY_FIELDS = tuple(f"money.{stage}" for stage in MONEY_STAGES)
STAGE_FIELDS = tuple(f"stages.{stage}" for stage in STAGES)

ASKED: dict[Kind, tuple[str, ...]] = {
    "count": ("period", "cumulative"),
    "at_least": ("cumulative",),
    "at_most": ("cumulative",),
    "growth": ("cumulative",),
    "standard": ("cumulative", "done"),
    "stages": STAGE_FIELDS,
    "yes_no": ("done",),
    "full_coverage": ("period", "cumulative", "done"),
}
"""The cells of progress each kind asks for; money and texts are asked of all."""


def asked_of(kind: Kind) -> tuple[str, ...]:
    """Every cell a line of this kind may be filled in."""
    return (*ASKED[kind], *MONEY_FIELDS, *TEXT_FIELDS)


def columns_of(kinds: Iterable[Kind]) -> tuple[FormColumn, ...]:
    """The columns a sheet needs: dates of stages, and yes or no, only where a line asks for them."""
    needed = {field for kind in kinds for field in ASKED[kind]} | {"period", "cumulative"}
    optional = {"done", *STAGE_FIELDS}
    return tuple(column for column in COLUMNS if column.field not in optional or column.field in needed)


def check_word(key: ReportKey, lines: Iterable[str]) -> str:
    """A word over all the hidden sheet says: a sheet put together by hand does not have it."""
    texts = [FORM_MARK, str(FORM_VERSION), key.programme, key.period, key.unit, key.region]
    texts += lines
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:12]
