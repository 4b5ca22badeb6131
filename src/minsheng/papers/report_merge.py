"""A hundred returned report sheets to one table, file after file; bad cells and files not taken are told.

Nothing is guessed: of two files for one unit and region that differ neither counts, and both are told.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from minsheng.papers.report_cells import CellProblem
from minsheng.papers.report_form import ReportKey
from minsheng.papers.report_open import ReportRefusal, refusal
from minsheng.papers.report_read import ReportFile, ReportRow, period_name, read_report
from minsheng.progress.figures import RolledUp, roll_up
from minsheng.progress.model import Figures, Kind

Place = tuple[str, str]
"""A unit and a region, by their keys."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What is being gathered: one programme and period, from these units and regions with their names."""

    programme: str
    period: str
    places: Mapping[Place, str]


@dataclass(frozen=True, slots=True)
class MergedRow:
    """A line of the merged table, with the file and row it came from."""

    file: str
    unit: str
    region: str
    line: ReportRow


@dataclass(frozen=True, slots=True)
class Merged:
    """All that was read. ``missing`` are the expected units and regions no file counts for."""

    rows: tuple[MergedRow, ...]
    problems: tuple[CellProblem, ...]
    refusals: tuple[ReportRefusal, ...]
    missing: tuple[Place, ...]
    files: int
    is_cancelled: bool = False

    def totals(self) -> dict[str, RolledUp]:
        """Each target over all rows, by its key; ``missing`` in it counts the rows without a figure."""
        parts: dict[str, list[Figures]] = {}
        kinds: dict[str, Kind] = {}
        for row in self.rows:
            parts.setdefault(row.line.target, []).append(row.line.figures)
            kinds.setdefault(row.line.target, row.line.kind)
        return {target: roll_up(kinds[target], figures) for target, figures in parts.items()}


def _say_nothing(_done: int, _file: str) -> None:
    return


def _go_on() -> bool:
    return False


def merge(
    files: Iterable[tuple[str, bytes]],
    expected: Expected,
    *,
    progress: Callable[[int, str], None] = _say_nothing,
    cancelled: Callable[[], bool] = _go_on,
) -> Merged:
    """Read ``files``, as (name, bytes), one at a time; only their figures are kept.

    ``progress`` hears how many are done and the name of the last; ``cancelled`` is asked before each file,
    and what was read until then is given.
    """
    gathered = _Gathered(expected)
    for count, (name, data) in enumerate(files, start=1):
        if cancelled():
            return gathered.merged(is_cancelled=True)
        gathered.take(name, data)
        progress(count, name)
    return gathered.merged()


@dataclass(slots=True)
class _Gathered:
    """What has been read so far: the first file of each unit and region, and those that stand against it."""

    expected: Expected
    count: int = 0
    reports: dict[Place, ReportFile] = field(default_factory=dict)
    rivals: dict[Place, list[str]] = field(default_factory=dict)
    refusals: list[ReportRefusal] = field(default_factory=list)
    seen: dict[bytes, str] = field(default_factory=dict)

    def take(self, name: str, data: bytes) -> None:
        self.count += 1
        mark = hashlib.sha256(data).digest()
        if data and mark in self.seen:
            self.refusals.append(refusal(name, "same_file_twice", other=self.seen[mark]))
            return
        self.seen[mark] = name
        report = read_report(data, name)
        if isinstance(report, ReportFile):
            report = self._stranger(name, report.key) or report
        if isinstance(report, ReportRefusal):
            self.refusals.append(report)
            return
        place = (report.key.unit, report.key.region)
        first = self.reports.get(place)
        if first is not None and _figures(first) == _figures(report):
            self.refusals.append(refusal(name, "same_file_twice", other=first.file))
        elif first is not None:
            self.rivals.setdefault(place, [first.file]).append(name)
        else:
            self.reports[place] = report

    def merged(self, *, is_cancelled: bool = False) -> Merged:
        counted = {place: report for place, report in self.reports.items() if place not in self.rivals}
        return Merged(
            rows=tuple(
                MergedRow(report.file, *place, line)
                for place, report in counted.items()
                for line in report.rows
            ),
            problems=tuple(problem for report in counted.values() for problem in report.problems),
            refusals=(*self.refusals, *self._rival_refusals()),
            missing=tuple(place for place in self.expected.places if place not in counted),
            files=self.count,
            is_cancelled=is_cancelled,
        )

    def _stranger(self, name: str, key: ReportKey) -> ReportRefusal | None:
        """Why a report does not belong to what is gathered."""
        expected = self.expected
        if key.programme != expected.programme:
            return refusal(name, "other_programme")
        if key.period != expected.period:
            wanted = ReportKey(expected.programme, expected.period, "", "")
            return refusal(name, "other_period", found=period_name(key), expected=period_name(wanted))
        if (key.unit, key.region) not in expected.places:
            return refusal(name, "other_unit", found=f"{key.unit}，{key.region}")
        return None

    def _rival_refusals(self) -> Iterator[ReportRefusal]:
        for files in self.rivals.values():
            for file in files:
                others = "”“".join(other for other in files if other != file)
                yield refusal(file, "two_for_one", other=others)


def _figures(report: ReportFile) -> dict[str, Figures]:
    """What a file says; saving it again changes its bytes, not this."""
    return {row.key: row.figures for row in report.rows}
