"""The head row of a table of projects: what each column holds (序号, 实事项目, 工作举措, 责任单位, 配合单位)."""

import re
from collections.abc import Iterable
from typing import Literal

from minsheng.kernel import gazetteer

Column = Literal[
    "number", "category", "statement", "measures", "lead", "cooperating", "indicator", "unit", "figure",
    "target", "other",
]  # fmt: skip
"""``figure``: a number of the whole or of a region; ``target``: one of the whole, or the target in words."""

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
_TOTAL = re.compile(r"^(?:全[省市县区]|总)?(?:合计|总计|小计|共计)$|^全[省市县区]$")
_TARGET = re.compile(
    r"^(?:年度|全年|总|全[省市县区])?(?:目标(?:值|数|量)|(?:目标)?任务(?:数|量)|计划数|数量)$"
)
_REGION_SHAPE = re.compile(r"^[\u4e00-\u9fff]{1,12}(?:省|市|县|区|旗|镇|乡|街道|办事处|开发区|园区|本级)$")
_REGION_KIND = re.compile(
    r"^(?:各|分|责任|实施|所在|所属)?"
    r"(?:县[市、]*区|市[县、]*区|区县|县市|市县|地区|市州|行政区|区域|乡镇|镇街|(?:乡|镇|乡镇|镇乡)街道)$"
)
_UNIT = re.compile(r"^(?:计量|统计|数量)?单位$")
_FIGURES = frozenset({"figure", "target"})


def column_of(name: str) -> Column | None:
    """What a column head says its column holds; None for a cell that is no column head."""
    text = re.sub(r"\s", "", name)
    if not text or len(text) > _SHORT:
        return None
    return next((kind for kind, pattern in _COLUMNS if pattern.search(text)), None)


def is_total(name: str) -> bool:
    """Whether a name is that of a whole: 合计, 全市合计, 全市."""
    return bool(_TOTAL.match(name))


def names_region(name: str) -> bool:
    """Whether a name is a region's, known or by its shape; 县区 and 各乡镇 are kinds of regions, not one."""
    return gazetteer.is_region(name) or bool(_REGION_SHAPE.match(name) and not _REGION_KIND.match(name))


def head_of(cells: Iterable[str]) -> tuple[Column, ...] | None:
    """The columns of a head row, or None if the row is none: it must name a promise and a unit.

    Where it also numbers its rows, or has figures with their unit, a column of unknown name is ``other``.
    """
    names = [re.sub(r"\s", "", cell) for cell in cells]
    kinds = [column_of(name) if name else "other" for name in names]
    figures = [_figure_column(name) for name in names]
    if len(kinds) < 3 or "statement" not in kinds:
        return None
    if "number" in kinds or ("unit" in figures and _FIGURES & set(figures)):
        return _with_figures(names, kinds, figures)
    if None in kinds or not {"lead", "cooperating"} & set(kinds):
        return None
    return tuple(kind for kind in kinds if kind is not None)


def _with_figures(
    names: list[str], kinds: list[Column | None], figures: list[Column | None]
) -> tuple[Column, ...] | None:
    """The columns of a head row that may hold figures; None if a cell is too long for a head."""
    if any(kind is None and len(name) > _SHORT for kind, name in zip(kinds, names, strict=True)):
        return None
    columns: list[Column] = [own or kind or "other" for kind, own in zip(kinds, figures, strict=True)]
    if "statement" not in columns:
        return None
    if {"unit", *_FIGURES} & set(columns) and columns.count("statement") > 1:
        columns = [
            "indicator" if re.match(r"^(?:具体|主要|任务)?指标(?:名称)?$", name) else kind
            for kind, name in zip(columns, names, strict=True)
        ]
    return tuple(columns)


def _figure_column(name: str) -> Column | None:
    if _UNIT.match(name):
        return "unit"
    if _TARGET.match(name):
        return "target"
    return "figure" if is_total(name) or names_region(name) else None


def second_head(columns: tuple[Column, ...], cells: Iterable[str]) -> tuple[Column, ...] | None:
    """The columns where a head has a second row that only names regions and wholes; None if this is none."""
    names = [re.sub(r"\s", "", cell) for cell in cells]
    own = [_figure_column(name) if name else None for name in names]
    if own.count("figure") < 2 or any(name and not kind for name, kind in zip(names, own, strict=True)):
        return None
    width = max(len(columns), len(own))
    above = [*columns, *["other"] * (width - len(columns))]
    if any(kind in ("number", "lead") and name for kind, name in zip(above, names, strict=False)):
        return None
    below = [*own, *[None] * (width - len(own))]
    return tuple(kind or over for kind, over in zip(below, above, strict=True))  # type: ignore[misc]


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
