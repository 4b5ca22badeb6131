"""A hundred returned report sheets to one table, in their order; bad cells and files not taken are told.

Nothing is guessed: of two files for one unit and region that differ neither counts, and both are told.
"""

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import NamedTuple

from minsheng.papers.report_cells import CellProblem
from minsheng.papers.report_form import ReportKey
from minsheng.papers.report_open import ReportRefusal, refusal
from minsheng.papers.report_read import ReportFile, ReportRow, period_name, read_report
from minsheng.progress.figures import RolledUp, roll_up
from minsheng.progress.model import Figures, Kind

Place = tuple[str, str]
"""A unit and a region, by their keys."""
_AHEAD = 2
"""Files that wait in memory for each reader, so that none of them idles."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What is being gathered: one programme and period, from these units and regions with their names."""

    programme: str
    period: str
    places: Mapping[Place, str]


class MergedRow(NamedTuple):
    """A line of the merged table, with the file and row it came from."""

    file: str
    unit: str
    region: str
    line: ReportRow


@dataclass(frozen=True, slots=True)
class Merged:
    """All that was read. ``missing`` are the expected units and regions no file counts for."""

    reports: tuple[ReportFile, ...]
    problems: tuple[CellProblem, ...]
    refusals: tuple[ReportRefusal, ...]
    missing: tuple[Place, ...]
    files: int
    is_cancelled: bool = False

    @property
    def rows(self) -> tuple[MergedRow, ...]:
        """Every line of every file that counts."""
        return tuple(
            MergedRow(report.file, report.key.unit, report.key.region, line)
            for report in self.reports
            for line in report.rows
        )

    def totals(self) -> dict[str, RolledUp]:
        """Each target over all rows, by its key; ``missing`` in it counts the rows without a figure."""
        parts: dict[str, list[Figures]] = {}
        kinds: dict[str, Kind] = {}
        for report in self.reports:
            for line in report.rows:
                parts.setdefault(line.target, []).append(line.figures)
                kinds[line.target] = line.kind
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
    readers: int = 1,
) -> Merged:
    """Read ``files``, as (name, bytes), in their order; only their figures are kept.

    ``progress`` hears how many are done and the name of the last; ``cancelled`` is asked before each file,
    and what was read until then is given. ``readers`` above one read side by side, each a process of its own;
    what comes out is the same.
    """
    gathered = _Gathered(expected)
    for count, (name, mark, report) in enumerate(_read_all(files, readers), start=1):
        if cancelled():
            return gathered.merged(is_cancelled=True)
        gathered.take(name, mark, report)
        progress(count, name)
    return gathered.merged()


_Read = tuple[str, bytes, ReportFile | ReportRefusal]
"""A file's name, the mark of its bytes (none where it is empty), and what it says."""


def _read_one(name: str, data: bytes) -> _Read:
    return name, hashlib.sha256(data).digest() if data else b"", read_report(data, name)


def _read_all(files: Iterable[tuple[str, bytes]], readers: int) -> Iterator[_Read]:
    """Every file read, in order; no more than a few lie in memory at once."""
    if readers < 2:
        yield from (_read_one(name, data) for name, data in files)
        return
    waiting: deque[Future[_Read]] = deque()
    # Spawned, not forked: the caller may hold threads and database connections.
    with ProcessPoolExecutor(readers, mp_context=get_context("spawn")) as pool:
        try:
            for name, data in files:
                waiting.append(pool.submit(_read_one, name, data))
                if len(waiting) > _AHEAD * readers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


@dataclass(slots=True)
class _Gathered:
    """What has been read so far: the first file of each unit and region, and those that stand against it."""

    expected: Expected
    count: int = 0
    reports: dict[Place, ReportFile] = field(default_factory=dict)
    rivals: dict[Place, list[str]] = field(default_factory=dict)
    refusals: list[ReportRefusal] = field(default_factory=list)
    seen: dict[bytes, str] = field(default_factory=dict)

    def take(self, name: str, mark: bytes, report: ReportFile | ReportRefusal) -> None:
        self.count += 1
        if mark and mark in self.seen:
            self.refusals.append(refusal(name, "same_file_twice", other=self.seen[mark]))
            return
        self.seen[mark] = name
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
            reports=tuple(counted.values()),
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
