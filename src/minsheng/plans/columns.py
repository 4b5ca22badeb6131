"""The head row of a table of projects: what each column holds (序号, 实事项目, 工作举措, 责任单位, 配合单位)."""

import re
from collections.abc import Iterable
from typing import Literal

Column = Literal["number", "category", "statement", "measures", "lead", "cooperating", "other"]

_COLUMNS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    ("number", re.compile(r"^(?:序号|编号|项次|号|项目序号)$")),
    ("cooperating", re.compile(r"配合|协办|协同|协助|参与|参加")),
    ("lead", re.compile(r"(?:牵头|责任|主办|承办|实施|主管|负责)(?:责任)?(?:单位|部门|主体|科室)|^责任$")),
    ("other", re.compile(r"领导|负责人|责任人|联系|备注|电话|县长|市长|区长|分管|资金|投资|经费|来源")),
    ("category", re.compile(r"^(?:类别|领域|类型|分类|方面|板块|项目类别)$")),
    ("measures", re.compile(r"措施|举措|步骤|进度安排|工作安排|实施计划|推进计划|节点")),
    ("statement", re.compile(r"项目|内容|任务|目标|指标|名称|实事|事项|要求|时限|时间|标准|规模")),
)
_SHORT = 14


def column_of(name: str) -> Column | None:
    """What a column head says its column holds; None for a cell that is no column head."""
    text = re.sub(r"\s", "", name)
    if not text or len(text) > _SHORT:
        return None
    return next((kind for kind, pattern in _COLUMNS if pattern.search(text)), None)


def head_of(cells: Iterable[str]) -> tuple[Column, ...] | None:
    """The columns of a head row, or None if the row is none: it must name a promise and a unit."""
    kinds = [column_of(cell) if cell.strip() else "other" for cell in cells]
    if len(kinds) < 3 or None in kinds:
        return None
    columns = tuple(kind for kind in kinds if kind is not None)
    return columns if "statement" in columns and {"lead", "cooperating", "number"} & set(columns) else None


def listed_columns(lines: Iterable[str]) -> tuple[str, ...]:
    """The columns of a table whose cells stand one below the other, from its head (序号 / 项目 / 责任单位)."""
    run: list[str] = []
    for line in lines:
        text = line.strip()
        if not text:
            continue
        if column_of(text) is None:
            if run and run[0] and head_of(run) and column_of(run[0]) == "number":
                return head_of(run) or ()
            run = []
            if re.fullmatch(r"0?1[、.]?", text):
                return ()
        else:
            run.append(text)
    return ()
