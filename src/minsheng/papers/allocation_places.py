"""Where the cells of a returned annex form are: its columns by hidden key, its rows by name or hidden key."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from minsheng.kernel.problem import Problem, Severity
from minsheng.kernel.source import Source
from minsheng.notices.sheet_values import shown
from minsheng.papers.allocation_form import (
    HEAD_KEY,
    MARK,
    NAME_HEAD,
    NAME_KEY,
    RESERVE_KEY,
    RESERVE_NAME,
    SUM_KEY,
    WHOLE_KEY,
    AllocationForm,
)
from minsheng.papers.returned_workbook import ReturnedSheet, cell_name


@dataclass(frozen=True, slots=True)
class Layout:
    """``columns``: key to sheet column. ``rows``: region key (None: the reserve) and sheet row, in order."""

    sheet: ReturnedSheet
    columns: dict[str, int]
    rows: tuple[tuple[str | None, int], ...]
    whole_row: int | None
    name_column: int

    def name(self, row: int) -> str:
        """The name a clerk sees before a row."""
        return _flat(self.sheet, row, self.name_column)


def find_layout(
    sheets: tuple[ReturnedSheet, ...], form: AllocationForm, name_key: str = NAME_KEY
) -> tuple[Layout | None, list[Problem]]:
    """The places of a form's cells, and what is missing, unknown or there twice.

    ``name_key`` says which sheet: that of the shares, which must be there, or that of what is asked.
    """
    keyed = tuple(_key_rows(sheets, name_key))
    if len(keyed) > 1:
        names = "、".join(f"《{sheet.name}》" for sheet, _, _ in keyed)
        message = f"文件里有 {len(keyed)} 张同样的表（{names}），不知道该读哪一张：请只留一张再上传。"
        return None, [_problem("form_unknown", message, Source(0))]
    if not keyed and name_key != NAME_KEY:
        return None, []
    if not keyed:
        message = "表头上方隐藏的一行标记不见了，认不出各列是哪个指标：请重新下载这张表，把数字填进去再上传。"
        return None, [_problem("form_unknown", message, Source(0))]
    sheet, key_row, key_column = keyed[0]
    columns, name_column, problems = _columns(sheet, (key_row, key_column), form, name_key)
    rows, whole_row, row_problems = _rows(_Lines(sheet, key_row, key_column, name_column, columns), form)
    return Layout(sheet, columns, rows, whole_row, name_column), problems + row_problems


def _problem(code: str, message: str, source: Source, severity: Severity = "error") -> Problem:
    return Problem(code=code, severity=severity, message=message, sources=(source,))


def _flat(sheet: ReturnedSheet, row: int, column: int) -> str:
    return re.sub(r"\s", "", shown(sheet.value(row, column)))


def _key_rows(sheets: tuple[ReturnedSheet, ...], name_key: str) -> Iterator[tuple[ReturnedSheet, int, int]]:
    """Rows with the mark and the key of the names: on the sheet out of sight the mark stands alone."""
    for sheet in sheets:
        for row, values in enumerate(sheet.rows):
            for column, value in enumerate(values):
                if isinstance(value, str) and value.startswith(MARK) and name_key in values:
                    yield sheet, row, column


def _columns(
    sheet: ReturnedSheet, key_place: tuple[int, int], form: AllocationForm, name_key: str
) -> tuple[dict[str, int], int, list[Problem]]:
    key_row, key_column = key_place
    keys = [_flat(sheet, key_row, column) for column in range(len(sheet.rows[key_row]))]
    counted = Counter(keys)
    known = {column.key: column for column in form.columns}
    problems = []
    columns = {key: at for at, key in enumerate(keys) if key in known and counted[key] == 1}
    for key, column in known.items():
        if counted[key] == 0:
            message = f"缺少《{column.indicator}》一列，这个指标没有读；请不要删列，不需要看的列可以隐藏。"
            problems.append(_problem("form_column_missing", message, Source(0)))
        elif counted[key] > 1:
            message = f"《{column.indicator}》有 {counted[key]} 列，不知道该用哪一列，都没有读；请只留一列。"
            problems.append(_problem("form_column_repeated", message, sheet.source(key_row, keys.index(key))))
    extra = [(at, key) for at, key in enumerate(keys) if key and at != key_column and key not in known]
    for position, key in extra:
        if key != name_key:
            source = sheet.source(key_row, position)
            message = f"{cell_name(source)} 所在的列不是这张表的指标，没有读；请核对是否用错了表。"
            problems.append(_problem("form_column_unknown", message, source, "warning"))
    return columns, keys.index(name_key), problems


@dataclass(frozen=True, slots=True)
class _Lines:
    """The rows under the keys."""

    sheet: ReturnedSheet
    key_row: int
    key_column: int
    name_column: int
    columns: dict[str, int]

    def each(self) -> Iterator[tuple[int, str, str]]:
        """Sheet row, name and key."""
        for row in range(self.key_row + 1, len(self.sheet.rows)):
            yield row, _flat(self.sheet, row, self.name_column), _flat(self.sheet, row, self.key_column)

    def holds_figures(self, row: int) -> bool:
        """Whether a digit stands in one of the form's columns."""
        cells = (shown(self.sheet.value(row, column)) for column in self.columns.values())
        return any(re.search(r"\d", cell) for cell in cells)

    def source(self, row: int) -> Source:
        """The place of a row's name."""
        return self.sheet.source(row, self.name_column)


def _rows(
    lines: _Lines, form: AllocationForm
) -> tuple[tuple[tuple[str | None, int], ...], int | None, list[Problem]]:
    names = {re.sub(r"\s", "", region.name): region.key for region in form.regions}
    keys = {region.key: region.name for region in form.regions}
    rows: list[tuple[str | None, int]] = []
    problems: list[Problem] = []
    whole_row = None
    for row, name, key in lines.each():
        if name in names:
            rows.append((names[name], row))
        elif name == RESERVE_NAME or key == RESERVE_KEY:
            rows.append((None, row))
        elif key == WHOLE_KEY:
            whole_row = row
        elif key in {SUM_KEY, HEAD_KEY} or name == NAME_HEAD or not lines.holds_figures(row):
            continue
        elif key in keys:
            rows.append((key, row))
            problems.append(_renamed(lines, row, name, keys[key]))
        else:
            problems.append(_unknown(lines, row, name))
    kept, repeated = _once(lines, rows, keys)
    return kept, whole_row, [*problems, *repeated, *_missing(kept, keys)]


def _renamed(lines: _Lines, row: int, name: str, known: str) -> Problem:
    source = lines.source(row)
    message = (
        f"《{lines.sheet.name}》{cell_name(source)}：地区名称写的是“{name}”，下载时是“{known}”，"
        f"已按{known}读取；请核对。"
    )
    return _problem("form_region_renamed", message, source, "warning")


def _unknown(lines: _Lines, row: int, name: str) -> Problem:
    source = lines.source(row)
    said = f"“{name}”不是这张表里的地区" if name else "这一行没有地区名称"
    message = f"《{lines.sheet.name}》{cell_name(source)}：{said}，这一行没有读；请改成表里原有的地区名称。"
    return _problem("form_region_unknown", message, source)


def _once(
    lines: _Lines, rows: list[tuple[str | None, int]], keys: dict[str, str]
) -> tuple[tuple[tuple[str | None, int], ...], list[Problem]]:
    """Regions that stand once. Of one that stands twice nobody knows which row counts."""
    counted = Counter(region for region, _ in rows)
    problems = []
    for region, count in counted.items():
        if count > 1:
            places = [lines.source(row) for one, row in rows if one == region]
            name = RESERVE_NAME if region is None else keys[region]
            said = "、".join(cell_name(place) for place in places)
            message = f"《{lines.sheet.name}》{said}：{name}列了 {count} 次，都没有读；请合并成一行。"
            problems.append(_problem("form_region_repeated", message, places[0]))
    return tuple((region, row) for region, row in rows if counted[region] == 1), problems


def _missing(rows: tuple[tuple[str | None, int], ...], keys: dict[str, str]) -> Iterator[Problem]:
    there = {region for region, _ in rows}
    gone = [name for key, name in keys.items() if key not in there]
    if gone and len(gone) < len(keys):
        message = f"表里没有{'、'.join(gone)}的数，这些地区保持原数不变；如果是误删，请补上。"
        yield _problem("form_region_missing", message, Source(0), "warning")
    elif gone:
        message = "表里没有读到任何一个地区的数：请重新下载这张表，把数字填进去再上传。"
        yield _problem("form_region_missing", message, Source(0))
