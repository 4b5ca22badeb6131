"""The heads of a published progress table: where its blocks are, which indicator a group of columns is."""

import re
import unicodedata
from dataclasses import dataclass

from minsheng.notices.sheet_values import Value, shown
from minsheng.papers.returned_workbook import ReturnedSheet
from minsheng.progress.model import Kind
from minsheng.progress.published_table import What

_ROLES: tuple[tuple[What, re.Pattern[str]], ...] = (
    ("target", re.compile(r"(?:全年|年度|本年)?(?:目标任务|目标|任务)(?:数|量|值)?|计划数?")),
    ("done", re.compile(r"(?:目前|累计|实际)?(?:进度|进展|完成)(?:数|量|值|情况)?")),
    ("percent", re.compile(r"(?:目标)?(?:任务)?完成(?:比例|率|目标|进度|百分比)|完成比|(?:完成)?比例")),
)
_NAME_HEAD = re.compile(r"地区|县区|区县|县\(市、?区\)|单位|单位名称|市县")
_INDICATOR_HEAD = re.compile(r"项目内容|指标(?:名称)?|项目(?:名称)?|工作内容|实事(?:项目)?(?:名称)?|内容")
_UNIT = re.compile(r"(?P<name>.+?)\((?P<unit>[^()]{1,8})\)")
_OFFICE = re.compile(r"[局委会办部院团厅队]$|中心$|公司$|[局委会办部院团厅队]、")
_CEILING = re.compile("低于|不高于|不超过|控制在|以内|以下")
_PERCENT_ENDING = re.compile(r"\((?:%|百分比)\)|%")


@dataclass(frozen=True, slots=True)
class Named:
    """What a head says an indicator is."""

    indicator: str
    unit: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Group:
    """The columns of one indicator."""

    named: Named
    columns: dict[What, int]

    @property
    def target(self) -> int:
        """The first column of the group."""
        return self.columns["target"]


@dataclass(frozen=True, slots=True)
class Block:
    """Rows under a head, from ``first`` up to ``end``. ``by_indicator``: a row is an indicator, no region."""

    first: int
    end: int
    name_column: int
    groups: tuple[Group, ...]
    by_indicator: bool


def flat(value: Value) -> str:
    """A cell's text without blanks, in half-width signs."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", shown(value)))


def named(text: str) -> Named:
    """城镇登记失业率低于(%) → 城镇登记失业率, %, kept at or below."""
    match = _UNIT.fullmatch(text)
    name, unit = (match["name"], match["unit"]) if match else (text, "")
    if _CEILING.search(name):
        return Named(_CEILING.sub("", name) if name.endswith("低于") else name, unit, "at_most")
    return Named(name, unit, "at_least" if unit == "%" else "count")


def find_blocks(sheet: ReturnedSheet) -> list[Block]:
    """Every block of a sheet, from its last head row to the head of the next."""
    grid = _unmerged(sheet)
    heads = [row for row in range(len(grid)) if len(set(_roles(grid[row]).values())) >= 2]
    # A head merged over two rows says its words twice: the lower row is the last of the head.
    heads = [row for row in heads if row + 1 not in heads]
    blocks = []
    above = 0
    for row in heads:
        following = next((one for one in heads if one > row), len(grid))
        end = _body_end(grid, row + 1, following)
        block = _block(grid, above, row, end)
        if block is not None:
            blocks.append(block)
        above = end
    return blocks


def _unmerged(sheet: ReturnedSheet) -> list[list[str]]:
    """The texts of a sheet; a merged cell's stands in every cell it covers."""
    grid = [[flat(value) for value in row] for row in sheet.rows]
    for (top, left), (bottom, right) in sheet.merged:
        text = grid[top][left] if top < len(grid) and left < len(grid[top]) else ""
        for row in range(top, min(bottom + 1, len(grid))):
            for column in range(left, min(right + 1, len(grid[row]))):
                grid[row][column] = text
    return grid


def _roles(cells: list[str]) -> dict[int, What]:
    roles: dict[int, What] = {}
    for column, text in enumerate(cells):
        bare = _PERCENT_ENDING.sub("", text)
        role = next((what for what, pattern in _ROLES if pattern.fullmatch(bare)), None)
        if role is not None:
            roles[column] = "percent" if role == "done" and bare != text else role
    return roles


def _body_end(grid: list[list[str]], first: int, following: int) -> int:
    """Where a body ends: at the name head that begins the next block's head, or at the end."""
    for row in range(first, following):
        if any(_NAME_HEAD.fullmatch(text) for text in grid[row][:3]):
            return row
    return following


def _block(grid: list[list[str]], above: int, row: int, end: int) -> Block | None:
    roles = _roles(grid[row])
    groups: list[dict[What, int]] = []
    for column, role in roles.items():
        if role == "target":
            groups.append({"target": column})
        elif groups and role not in groups[-1]:
            groups[-1][role] = column
    groups = [group for group in groups if "done" in group]
    if not groups:
        return None
    head = grid[above : row + 1]
    before = [column for column in range(groups[0]["target"]) if _has(head, column, _INDICATOR_HEAD)]
    if len(groups) == 1 and before:
        return Block(row + 1, end, min(before), (Group(Named("", "", "count"), groups[0]),), True)
    names = [column for column in range(groups[0]["target"]) if _has(head, column, _NAME_HEAD)]
    made = tuple(Group(_indicator(head[:-1], group["target"]), group) for group in groups)
    return Block(row + 1, end, names[-1] if names else 0, made, False)


def _has(head: list[list[str]], column: int, pattern: re.Pattern[str]) -> bool:
    return any(column < len(row) and pattern.fullmatch(row[column]) for row in head)


def _indicator(head: list[list[str]], column: int) -> Named:
    """A group's head: the lowest text with a unit in brackets, else the lowest that is no office's name."""
    texts = [row[column] for row in reversed(head) if column < len(row) and row[column]]
    with_unit = next((text for text in texts if _UNIT.fullmatch(text)), None)
    other = next((text for text in texts if not _OFFICE.search(text)), "")
    return named(with_unit or other)
