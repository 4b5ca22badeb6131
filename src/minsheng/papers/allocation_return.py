"""Reads the annex form that came back: every figure that can be used, a sentence for each that cannot.

Columns are known by the hidden keys of the first row, rows by the name a clerk sees and, where that was
changed, by the hidden key beside it. A blank cell changes nothing, a dash means no task, 0 means nought.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from minsheng.kernel.problem import Problem, Severity
from minsheng.kernel.source import Source
from minsheng.papers.allocation_form import (
    ASKED_KEY,
    MARK,
    AllocationCell,
    AllocationForm,
    FormColumn,
    FormIdentity,
    read_mark,
)
from minsheng.papers.allocation_places import Layout, find_layout
from minsheng.papers.allocation_sums import sum_problems
from minsheng.papers.cell_figures import cell_figure
from minsheng.papers.returned_workbook import ReturnedSheet, cell_name, open_workbook

_ROWS_LOST = frozenset({"form_region_unknown", "form_region_repeated"})
"""Where a row was not read, no sum can be told wrong."""

_WRONG = "请重新下载这张表，把数字填进去再上传。"


@dataclass(frozen=True, slots=True)
class ReturnedForm:
    """The cells that can be used, in the order they stand, beside what is wrong with the rest."""

    cells: tuple[AllocationCell, ...]
    problems: tuple[Problem, ...]


def identity_of(data: bytes) -> FormIdentity | Problem:
    """Which form a returned file is, before anything in it is read."""
    sheets = open_workbook(data)
    return sheets if isinstance(sheets, Problem) else _identity(sheets)


def read_allocation(data: bytes, form: AllocationForm) -> ReturnedForm:
    """Read a returned file against the form it was made from."""
    sheets = open_workbook(data)
    if isinstance(sheets, Problem):
        return ReturnedForm((), (sheets,))
    identity = _identity(sheets)
    if isinstance(identity, Problem):
        return ReturnedForm((), (identity,))
    other = _other_form(identity, form.identity)
    if other:
        return ReturnedForm((), (_problem("form_of_other", f"{other}{_WRONG}", Source(0)),))
    layout, problems = find_layout(sheets, form)
    if layout is None:
        return ReturnedForm((), tuple(problems))
    stale = tuple(_stale(identity, form.identity))
    cells, faults, spoilt = _cells(layout, form)
    asked_layout, asked_problems = find_layout(sheets, form, ASKED_KEY)
    problems += asked_problems
    if asked_layout is not None:
        asked, asked_faults, asked_spoilt = _cells(asked_layout, form, asked=True)
        cells, faults, spoilt = cells + asked, faults + asked_faults, spoilt | asked_spoilt
    changed = () if stale else _wholes_changed(layout, form)
    lost = any(problem.code in _ROWS_LOST for problem in problems)
    sums = () if lost else sum_problems(layout, form, cells, spoilt)
    return ReturnedForm(tuple(cells), (*problems, *stale, *faults, *changed, *sums))


def _problem(code: str, message: str, source: Source, severity: Severity = "error") -> Problem:
    return Problem(code=code, severity=severity, message=message, sources=(source,))


def _identity(sheets: tuple[ReturnedSheet, ...]) -> FormIdentity | Problem:
    marks = [
        value
        for sheet in sheets
        for row in sheet.rows
        for value in row
        if isinstance(value, str) and value.startswith(MARK)
    ]
    if not marks:
        return _problem(
            "form_unknown",
            f"认不出这张表：里面没有本系统下载时写入的标记，可能是另外做的表，或只复制了部分内容。{_WRONG}",
            Source(0),
        )
    identities = [identity for identity in map(read_mark, marks) if identity is not None]
    if not identities:
        return _problem("form_unknown", f"表里的标记被改动过，认不出是哪一张表。{_WRONG}", Source(0))
    if len(set(identities)) > 1:
        return _problem("form_unknown", f"一个文件里有几张不同的表，不知道该读哪一张。{_WRONG}", Source(0))
    return identities[0]


def _other_form(found: FormIdentity, expected: FormIdentity) -> str:
    """In what a file is another form than the one it is sent for; an older version of it is no other."""
    if found.year != expected.year:
        return f"这是 {found.year} 年的表，现在要的是 {expected.year} 年的。"
    if found.programme != expected.programme:
        return "这是另一个方案的表。"
    return "这是另一个地区的表。" if found.node != expected.node else ""


def _stale(found: FormIdentity, expected: FormIdentity) -> Iterator[Problem]:
    if found.version != expected.version:
        yield _problem(
            "form_stale",
            f"这张表是按第 {found.version} 版下载的，现行的是第 {expected.version} 版："
            "目标可能已经调整，数字已读出，请逐项核对后再保存。",
            Source(0),
            "warning",
        )


def _cells(
    layout: Layout, form: AllocationForm, *, asked: bool = False
) -> tuple[list[AllocationCell], list[Problem], set[str]]:
    """The figures, the faults by cell, and the columns with a fault: their sums say nothing."""
    cells: list[AllocationCell] = []
    problems: list[Problem] = []
    spoilt: set[str] = set()
    for column in form.columns:
        position = layout.columns.get(column.key)
        if position is None:
            continue
        for region, row in layout.rows:
            read = _cell(layout, column, region, (row, position))
            if isinstance(read, AllocationCell):
                cells.append(replace(read, asked=asked))
            elif read is not None:
                problems.append(read)
                spoilt.add(column.key)
    return cells, problems, spoilt


def _cell(
    layout: Layout, column: FormColumn, region: str | None, place: tuple[int, int]
) -> AllocationCell | Problem | None:
    sheet = layout.sheet
    source = sheet.source(*place)
    figure = cell_figure(
        sheet.value(*place),
        column.unit,
        sheet.form(*place),
        fault=sheet.faults.get(place, ""),
        below_nought=column.kind == "growth",
    )
    if figure.state == "bad":
        where = f"《{sheet.name}》{cell_name(source)}（{layout.name(place[0])}，{column.indicator}）"
        return _problem("cell_unreadable", f"{where}：{figure.fault}。", source)
    if figure.state == "blank":
        return None
    if region is None and figure.value is None:
        return None  # a dash for the reserve says nothing
    return AllocationCell(column.key, region, figure.value, source)


def _wholes_changed(layout: Layout, form: AllocationForm) -> Iterator[Problem]:
    for column in form.columns:
        position = layout.columns.get(column.key)
        changed = None if position is None else _whole_changed(layout, column, position)
        if changed:
            yield changed


def _whole_changed(layout: Layout, column: FormColumn, position: int) -> Problem | None:
    """The whole is not changed here: it stands in the plan, or was given by the level above."""
    if layout.whole_row is None:
        return None
    place = (layout.whole_row, position)
    figure = cell_figure(layout.sheet.value(*place), column.unit, layout.sheet.form(*place))
    if figure.state == "blank" or figure.value == column.whole:
        return None
    source = layout.sheet.source(*place)
    stands = "没有写明数字" if column.whole is None else f"是 {column.whole:f}"
    return _problem(
        "form_whole_changed",
        f"《{layout.sheet.name}》{cell_name(source)}：《{column.indicator}》的本级目标{stands}，"
        "在这张表里不能改；本级目标要改，请走目标调整。",
        source,
    )
