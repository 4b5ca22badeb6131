"""A list of towns and villages to rows that can be set up, or a sentence for every row that cannot."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from minsheng.kernel.region_levels import HEIGHT, level_of

LEVEL_NAMES: dict[str, tuple[str, ...]] = {
    "county": ("县级", "县区", "县", "区"),
    "zone": ("功能区", "开发区"),
    "town": ("乡级", "乡镇", "乡镇街道", "镇", "乡", "街道"),
    "village": ("村级", "村居", "村", "社区", "行政村"),
}
_LEVEL_OF_WORD = {word: level for level, words in LEVEL_NAMES.items() for word in words}
_HEADS = {
    "name": ("名称", "地区", "地区名称", "行政区划名称", "单位名称", "乡镇", "村居"),
    "code": ("代码", "区划代码", "行政区划代码", "统计用区划代码"),
    "level": ("级别", "层级", "类型"),
    "above": ("上级", "所属", "所属乡镇", "上级地区"),
}
_OLD_ORDER = ("name", "code", "level", "above")
LONGEST_NAME = 50
LONGEST_PATH = 250
MOST_ROWS = 3_000


@dataclass(frozen=True, slots=True)
class Known:
    """A region that is there: its level, code and path."""

    level: str
    code: str | None
    path: str


@dataclass(frozen=True, slots=True)
class NewRegion:
    """A region to set up below ``above`` (a path). ``row`` is its row in the list, from 1."""

    row: int
    name: str
    code: str | None
    level: str
    above: str

    @property
    def path(self) -> str:
        """Where it will stand."""
        return f"{self.above}{self.name}/"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with a row and what to do."""

    row: int
    column: str
    message: str


@dataclass(slots=True)
class _Reading:
    under: Known
    places: dict[str, Known]
    codes: set[str]
    found: list[NewRegion] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)


def cells_of(text: str) -> tuple[tuple[str, ...], ...]:
    """The rows of pasted text: cells parted by tabs, commas or blanks. Row n is line n."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple(_cells(line) if line.strip() else () for line in lines)


def _cells(line: str) -> tuple[str, ...]:
    """A tab or a comma parts cells where there is one: between two of them may be nothing."""
    mark = next((mark for mark in ("\t", ",", "，") if mark in line), r"[ 　]+")
    return tuple(cell.strip() for cell in re.split(mark, line.strip(" 　")))


def read_region_rows(
    rows: Sequence[Sequence[str]], under: Known, below: Mapping[str, Known], codes: frozenset[str]
) -> tuple[tuple[NewRegion, ...], tuple[RowProblem, ...]]:
    """The regions to set up under one, and the problems of the rows. With problems nothing should be set up.

    ``below`` are the regions straight below ``under`` by name, ``codes`` those in use anywhere. Regions that
    are there already with the same code are left out.
    """
    reading = _Reading(under, dict(below), set(codes))
    columns = dict(enumerate(_OLD_ORDER))
    for number, row in enumerate(rows, 1):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        head = _head(cells)
        if head:
            columns = head
            continue
        if len(reading.found) >= MOST_ROWS:
            reading.problems.append(
                RowProblem(number, "", f"一次最多添加 {MOST_ROWS} 个地区，请分几次添加。")
            )
            break
        _take(reading, number, {columns[at]: cell for at, cell in enumerate(cells) if at in columns})
    return tuple(reading.found), tuple(reading.problems)


def _head(cells: Sequence[str]) -> dict[int, str]:
    named = {at: key for at, cell in enumerate(cells) for key, words in _HEADS.items() if cell in words}
    return named if "name" in named.values() and (len(named) > 1 or len(cells) == 1) else {}


def _take(reading: _Reading, row: int, cells: Mapping[str, str]) -> None:
    name = cells.get("name", "")
    above = _above(reading, row, cells.get("above", ""))
    if above is None or not _name_fits(reading, row, name, above):
        return
    level = _level(reading, row, cells, above)
    if level is None:
        return
    code, fault = read_code(cells.get("code", ""), level, above)
    if fault:
        reading.problems.append(RowProblem(row, "代码", f"{name}：{fault}"))
        return
    path = f"{above.path}{name}/"
    if any(one.path == path for one in reading.found):
        reading.problems.append(RowProblem(row, "名称", f"“{name}”在名单里出现了两次，请删去一行。"))
        return
    there = reading.places.get(name)
    if there is not None and there.path == path and code in (None, there.code):
        return
    if code is not None and code in reading.codes:
        reading.problems.append(RowProblem(row, "代码", f"{name}：代码 {code} 已被别的地区使用，请核对。"))
        return
    reading.found.append(NewRegion(row, name, code, level, above.path))
    reading.places.setdefault(name, Known(level, code, path))
    reading.codes |= {code} if code else set()


def _above(reading: _Reading, row: int, name: str) -> Known | None:
    if not name or reading.under.path.endswith(f"/{name}/"):
        return reading.under
    above = reading.places.get(name)
    if above is None:
        message = f"没有找到上级“{name}”，请先添加它，或把它放在这一行前面。"
        reading.problems.append(RowProblem(row, "上级", message))
    return above


def _name_fits(reading: _Reading, row: int, name: str, above: Known) -> bool:
    fault = ""
    if not name:
        fault = "没有填写名称。"
    elif not re.fullmatch(r"[\u3400-\u9fff·（）()〇○0-9A-Za-z\-]+", name) or not re.search(
        r"[\u3400-\u9fff]", name
    ):
        fault = f"名称“{name[:20]}”里有不该有的字符，应是中文名称。"
    elif len(name) > LONGEST_NAME or len(above.path) + len(name) + 1 > LONGEST_PATH:
        fault = f"名称“{name[:20]}…”太长，最多 {LONGEST_NAME} 个字。"
    if fault:
        reading.problems.append(RowProblem(row, "名称", fault))
    return not fault


def _level(reading: _Reading, row: int, cells: Mapping[str, str], above: Known) -> str | None:
    name, word = cells["name"], cells.get("level", "")
    if word and word not in _LEVEL_OF_WORD:
        message = f"{name}：级别“{word}”不认识，请填 县级、功能区、乡级 或 村级。"
        reading.problems.append(RowProblem(row, "级别", message))
        return None
    level = _LEVEL_OF_WORD[word] if word else level_of((*above.path.strip("/").split("/"), name), above.level)
    if level is None or HEIGHT[level] <= HEIGHT.get(above.level, -1):
        message = f"{name}：级别不能等于或高于上级地区，请核对级别或上级。"
        reading.problems.append(RowProblem(row, "级别", message))
        return None
    return level


def read_code(text: str, level: str, above: Known) -> tuple[str | None, str]:
    """A code as it is kept (6 digits of a county, 9 of a town, 12 of a village), and its fault."""
    if not text:
        return None, ""
    code = text.removesuffix(".0")
    if not (code.isascii() and code.isdecimal()):
        return None, f"代码“{text[:20]}”应全是数字。"
    length = {"county": 6, "zone": 6, "town": 9, "village": 12}.get(level, 6)
    if len(code) != length and (len(code) != 12 or code[length:].strip("0")):
        return None, f"代码 {code} 应为 {length} 位（或后面补 0 到 12 位），现有 {len(code)} 位。"
    code = code[:length]
    prefix = _prefix(above)
    if prefix and not code.startswith(prefix):
        return None, f"代码 {code} 不以上级的 {prefix} 开头，请核对代码或上级。"
    if code == above.code:
        return None, f"代码 {code} 与上级相同，请核对。"
    return code, ""


def _prefix(above: Known) -> str:
    """What codes below begin with; "" where the region above has none."""
    length = {"province": 2, "prefecture": 4, "county": 6, "zone": 6, "town": 9}.get(above.level, 0)
    return (above.code or "")[:length]
