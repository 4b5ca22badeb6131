"""Reads a published progress table from a workbook: 目标任务, 进度 and 完成比例 by indicator and region.

Two forms are in use. By region: a row a region, a group of columns an indicator, heads over several merged
rows, the next indicators in a new block below. By indicator: a row an indicator, one group of columns.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.notices.sheet_values import shown
from minsheng.papers.cell_figures import cell_figure
from minsheng.papers.progress_heads import Block, Group, Named, find_blocks, flat, named
from minsheng.papers.returned_workbook import ReturnedSheet, cell_name, open_workbook
from minsheng.progress.published_table import WHAT_WORDS, Printed, PublishedFigure, What

WHOLE_NAME = re.compile(r"全[市县区省州盟旗]|合计|总计|全[市县区省州盟旗]合计")
_NO_REGION = re.compile(r"注[:：]|备注|说明|附件|填报|[（(]")
_LONGEST_NAME = 16
_FULL_COVERAGE = re.compile(r"应.尽.")


@dataclass(frozen=True, slots=True)
class ProgressTable:
    """The figures in the order they stand, and the cells that are none."""

    figures: tuple[PublishedFigure, ...]
    problems: tuple[Problem, ...]


def read_progress_table(data: bytes) -> ProgressTable:
    """Every sheet of a workbook that can be seen and holds such a table."""
    sheets = open_workbook(data)
    if isinstance(sheets, Problem):
        return ProgressTable((), (sheets,))
    figures: list[PublishedFigure] = []
    problems: list[Problem] = []
    for read in _all(sheets):
        if isinstance(read, Problem):
            problems.append(read)
        else:
            figures.append(read)
    if not figures:
        message = (
            "没有找到进度表：表头里要有“目标任务”和“进度”（或“完成数”），"
            "可以再有“完成比例(%)”，请核对后再导入。"
        )
        problems.append(_problem("progress_table_missing", message, Source(0)))
    return ProgressTable(tuple(figures), tuple(problems))


def _problem(code: str, message: str, source: Source) -> Problem:
    return Problem(code=code, severity="error", message=message, sources=(source,))


def _all(sheets: Iterable[ReturnedSheet]) -> Iterator[PublishedFigure | Problem]:
    """Every figure and every bad cell; each group of columns, or row of its own, gets a number."""
    numbers = count()
    for sheet in (sheet for sheet in sheets if not sheet.hidden):
        for block in find_blocks(sheet):
            if block.by_indicator:
                yield from _rows_of_indicators(sheet, block, numbers)
                continue
            for group in block.groups:
                number = next(numbers)
                for row in range(block.first, block.end):
                    region = flat(sheet.value(row, block.name_column))
                    if _is_region(region):
                        yield from _figure(sheet, (row, group), group.named, region, number)


def _is_region(name: str) -> bool:
    return bool(name) and len(name) <= _LONGEST_NAME and not _NO_REGION.match(name)


def _rows_of_indicators(
    sheet: ReturnedSheet, block: Block, numbers: Iterator[int]
) -> Iterator[PublishedFigure | Problem]:
    """The name is the last text before the figures: 项目内容 often takes two columns."""
    (group,) = block.groups
    for row in range(block.first, block.end):
        texts = [flat(sheet.value(row, column)) for column in range(block.name_column, group.target)]
        words = [text for text in texts if text and not text.rstrip("*").isdecimal()]
        if words and any(shown(sheet.value(row, column)) for column in group.columns.values()):
            yield from _figure(sheet, (row, group), named(words[-1]), "", next(numbers))


def _figure(
    sheet: ReturnedSheet, place: tuple[int, Group], name: Named, region: str, number: int
) -> Iterator[PublishedFigure | Problem]:
    row, group = place
    whole = not region or bool(WHOLE_NAME.fullmatch(region))
    about = (number, region, whole, name.indicator, name.unit)
    if _FULL_COVERAGE.search(flat(sheet.value(row, group.target))):
        yield PublishedFigure(*about, "full_coverage", None, None, None)
        return
    cells: dict[What, Printed | None] = {}
    for what, column in group.columns.items():
        read = _printed(sheet, (row, column), "%" if what == "percent" else name.unit)
        if isinstance(read, str):
            said = "，".join(word for word in (region, name.indicator, WHAT_WORDS[what]) if word)
            source = sheet.source(row, column)
            message = f"《{sheet.name}》{cell_name(source)}（{said}）：{read}。"
            yield _problem("cell_unreadable", message, source)
        else:
            cells[what] = read
    figures = (cells.get("target"), cells.get("done"), cells.get("percent"))
    yield PublishedFigure(*about, name.kind, *figures)


def _printed(sheet: ReturnedSheet, place: tuple[int, int], unit: str) -> Printed | str | None:
    """The figure of a cell with the digits a reader sees; None of a blank or a dash; text: why it is none."""
    value, form = sheet.value(*place), sheet.form(*place)
    figure = cell_figure(value, unit, form, fault=sheet.faults.get(place, ""))
    if figure.state == "bad":
        return figure.fault
    if figure.value is None:
        return None
    exact = max(0, -int(figure.value.as_tuple().exponent))
    decimals = exact if form is None or form[1] is None else form[1]
    return Printed(round(figure.value, decimals), decimals, sheet.source(*place))
