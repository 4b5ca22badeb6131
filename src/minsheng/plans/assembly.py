"""Blocks to projects: the list and its annex put together under one number."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.plans.draft import Block, Draft, Flow
from minsheng.plans.grammar.markers import label_kind, label_of
from minsheng.plans.model import Citation, Measure, Project
from minsheng.plans.quantities import block_quantities
from minsheng.plans.responsibility import cut_responsibility, responsibility

_CITED = re.compile(
    r"《[^《》]{4,60}》(?:\s*\([^()]{0,20}〔20\d\d〕\s*\d+\s*号\))?|GB/?T?\s*\d+(?:\.\d+)?-\d{4}"
    r"|[\u4e00-\u9fff]{1,8}〔20\d\d〕\s*\d+\s*号"
)
_CLAUSE_END = ",，;；。:：\n"
_YEAR_FIRST = re.compile(r"\s*(?:20\d\d\s*年度?|今年|年内)\s*[,，]\s*")
_PART_BRACKET = re.compile(
    r"\s*[（(]\s*(?:其中|牵头|责任)[^()（）]*(?:[（(][^()（）]*[)）][^()（）]*)*[)）]?"
)


def assemble_projects(draft: Draft) -> Draft:
    """One project per number: the first block leads, later ones add measures and repeated quantities."""
    by_number: dict[tuple[int, int], list[Block]] = {}
    printed: Counter[tuple[int, int]] = Counter()
    for block in draft.blocks:
        # The second 2. of one list is another project; the 2. of the annex is the same again.
        printed[block.section, block.number] += 1
        by_number.setdefault((block.number, printed[block.section, block.number]), []).append(block)
    projects = tuple(_project(blocks, draft) for blocks in by_number.values())
    return replace(draft, projects=projects)


def _project(blocks: list[Block], draft: Draft) -> Project:
    lines = draft.document.lines
    first = blocks[0]
    statement = "\n".join(
        _printed(flow, lines, unmarked=index == 0) for index, flow in enumerate(first.statement)
    )
    who = [
        responsibility((*(flow.text for flow in block.statement), *block.responsible), block.category_status)
        for block in blocks
    ]
    assigned = who[0].status in ("assigned", "local")
    flows = [flow for block in blocks for flow in _flows_of(block)]
    return Project(
        number=first.number,
        category=first.category,
        source=first.statement[0].whole(),
        headline=headline_of(statement),
        statement=statement.strip(),
        status=who[0].status,
        lead_units=_first_named(one.lead_units for one in who[: None if assigned else 1]),
        cooperating_units=_first_named(one.cooperating_units for one in who[: None if assigned else 1]),
        measures=max((_measures(block, lines) for block in blocks), key=len),
        quantities=tuple(q for block in blocks for q in block_quantities(block, draft.head.region, lines)),
        citations=tuple(_citations(flows)),
        lines=tuple(sorted({piece.line for flow in flows for piece in flow.pieces})),
    )


def _first_named(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return next((units for units in lists if units), ())


def _flows_of(block: Block) -> tuple[Flow, ...]:
    return (*block.statement, *(flow for measure in block.measures for flow in measure))


def _printed(flow: Flow, lines: tuple[str, ...], *, unmarked: bool) -> str:
    """The paragraph as the document prints it."""
    text = "".join(lines[p.line - 1][p.start : p.start + p.length] for p in flow.pieces)
    return text[flow.marker.length :] if unmarked and flow.marker else text


def headline_of(statement: str) -> str:
    """The first clause of a statement: up to the first comma, semicolon or stop outside brackets.

    >>> headline_of("2023年，新增164个食堂（其中甲县38个）。（牵头单位：市民政局）")
    '新增164个食堂'
    """
    text = _YEAR_FIRST.sub("", statement, count=1) if _YEAR_FIRST.match(statement) else statement
    depth = 0
    for index, char in enumerate(text):
        if char in "(（":
            depth += 1
        elif char in ")）":
            depth = max(0, depth - 1)
        elif char in _CLAUSE_END and depth == 0 and not _inside_number(text, index):
            text = text[:index]
            break
    return cut_responsibility(_PART_BRACKET.sub("", text)).strip()


def _inside_number(text: str, index: int) -> bool:
    """The comma of 1,200 ends no clause."""
    return (
        text[index] in ",，" and text[index - 1 : index].isdigit() and text[index + 1 : index + 4].isdigit()
    )


def _measures(block: Block, lines: tuple[str, ...]) -> tuple[Measure, ...]:
    measures = []
    for index, flows in enumerate(block.measures):
        lead = flows[0]
        number = lead.marker.number if lead.marker else index + 1
        text = "".join(_printed(flow, lines, unmarked=position == 0) for position, flow in enumerate(flows))
        label = label_of(lead.text)
        if label and label_kind(label[0]) == "measures":
            text = text[label[1] :]
        measures.append(Measure(number, lead.whole(), text.strip()))
    return tuple(measures)


def _citations(flows: Iterable[Flow]) -> Iterable[Citation]:
    seen: set[str] = set()
    for flow in flows:
        for match in _CITED.finditer(flow.text):
            source = flow.source(match.start(), match.end())
            text = re.sub(r"\s", "", match.group())
            if text not in seen:
                seen.add(text)
                yield Citation(source, text)


def note_what_is_missing(draft: Draft) -> Draft:
    """Problems of the reading as a whole: no plan found, or a head that names no region or year."""
    problems = [*draft.document.warnings, *draft.problems]
    if not draft.projects:
        problems.append(
            Problem(
                code="no_plan",
                severity="error",
                message="没有在文件中找到编号的民生实事项目，请确认上传的是民生实事方案或目标任务分解文件。",
                sources=(Source(1),),
                expected="按序号列出的项目",
                found="0 个项目",
            )
        )
    for name, word in (("region", "地区"), ("year", "年度")):
        if draft.projects and getattr(draft.head, name) is None:
            problems.append(
                Problem(
                    code=f"no_{name}",
                    severity="warning",
                    message=f"没有读出方案的{word}，请在校对页面的文件信息中填写。",
                    sources=(Source(draft.head.title_line),),
                )
            )
    return replace(draft, problems=tuple(problems))
