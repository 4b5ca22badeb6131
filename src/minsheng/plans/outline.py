"""Paragraphs to a tree, and the tree to categories and projects.

Which style of marker means what differs from notice to notice; the structure decides. The projects are the
deepest level whose numbers run on across their headings, or else the level that names who is responsible.
"""

import re
from dataclasses import dataclass, field, replace

from minsheng.plans.draft import Block, Draft, Flow, Node
from minsheng.plans.grammar.markers import (
    ANNEX,
    ANNEX_LIST,
    DATE_LINE,
    DECLARED_COUNT,
    FRAME,
    Marker,
    label_kind,
    label_of,
)
from minsheng.plans.model import Category, Status
from minsheng.plans.project_tables import block_of_cells
from minsheng.plans.responsibility import looks_like_units, names_units

_STATES = re.compile(r"^(?:工作|年度|总体|主要|建设|实施)?(?:目标|任务|内容|目标任务|任务目标|目标要求)$")
"""A sub-heading under which the project states what it promises."""


@dataclass(slots=True)
class _Open:
    """A node still being read."""

    flow: Flow
    marker: Marker
    labelled: bool
    attached: list[Flow] = field(default_factory=list)
    children: list["_Open"] = field(default_factory=list)

    def closed(self) -> Node:
        return Node(
            self.flow,
            self.marker,
            tuple(self.attached),
            tuple(c.closed() for c in self.children),
            self.labelled,
        )


def build_tree(draft: Draft) -> Draft:
    """Nest the marked paragraphs by their styles; an annex or a restart of the top level opens a section."""
    sections: list[list[_Open]] = []
    stack: list[_Open] = []
    roots: list[_Open] = []
    measures_depth: int | None = None
    in_annex_list = False
    for flow in draft.flows:
        if ANNEX.match(flow.text):
            roots, stack, measures_depth = [], [], None
            continue
        in_annex_list = is_annex_entry(flow, follows=in_annex_list)
        if in_annex_list:
            stack = []
            continue
        if flow.marker is None:
            label = label_of(flow.text)
            if stack and DATE_LINE.fullmatch(flow.text.strip()):
                # A date on its own closes the list, and the office above it has signed the letter.
                if stack[-1].attached and looks_like_units(stack[-1].attached[-1].text):
                    stack[-1].attached.pop()
                stack, measures_depth = [], None
                continue
            if stack:
                if label and label_kind(label[0]) == "measures":
                    measures_depth = _project_depth(stack, measures_depth)
                    del stack[measures_depth:]
                stack[-1].attached.append(flow)
            continue
        depth = _depth_of(stack, flow.marker, measures_depth)
        if measures_depth is not None and depth < measures_depth:
            measures_depth = None
        del stack[depth:]
        node = _Open(flow, flow.marker, measures_depth is not None and depth >= measures_depth)
        if depth == 0:
            if not roots or (flow.marker.number == 1 and roots[-1].marker.number >= 1):
                roots = []
                sections.append(roots)
            roots.append(node)
        else:
            stack[-1].children.append(node)
        stack.append(node)
    return replace(draft, sections=tuple(tuple(n.closed() for n in section) for section in sections))


def is_annex_entry(flow: Flow, *, follows: bool) -> bool:
    """附件：1.… and the titles numbered 2., 3. … after it: a list of annexes, no part of the plan."""
    if ANNEX_LIST.match(flow.text):
        return True
    title = not re.search(r"[。;]", flow.text) and len(flow.text) <= 60
    return (
        follows and flow.marker is not None and flow.marker.style == "ar" and flow.marker.number > 1 and title
    )


def _project_depth(stack: list[_Open], measures_depth: int | None) -> int:
    """How many levels stay open under a label of measures: those above the measures."""
    return len(stack) if measures_depth is None else min(len(stack), measures_depth)


def _depth_of(stack: list[_Open], marker: Marker, measures_depth: int | None) -> int:
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth].marker.style != marker.style:
            continue
        if measures_depth is not None and depth < measures_depth and marker.number == 1:
            # Under 推进措施 a 1. in the projects' own style starts the measures.
            return len(stack)
        return depth
    return len(stack)


def find_projects(draft: Draft) -> Draft:
    """Categories (from the first section that has them) and the blocks that state each project."""
    categories: list[Category] = []
    blocks: list[Block] = []
    for index, section in enumerate(draft.sections):
        if draft.columns and section[0].marker.style == "bare":
            found: list[Category] = []
            more = [block_of_cells(node, draft.columns) for node in section]
        else:
            found, more = _read_section(section, first=not blocks)
        if blocks and not _same_list(blocks, more):
            continue
        categories = categories or found
        blocks += [replace(block, section=index) for block in more]
    return replace(draft, categories=tuple(categories), blocks=tuple(blocks))


_FRAMES_ALONE = re.compile(
    r"^(?:总体|年度|主要|工作|指导|实施)?(?:目标|任务|目标任务|任务目标|背景|意义|目的|依据|范围|时间|时间安排|资金安排|资金来源|方式)$"
)


def _frames(node: Node) -> bool:
    """A chapter that frames the list: by its name, or by its name and because nothing is listed in it."""
    name = _name(node)
    return bool(FRAME.match(name) or (not node.children and _FRAMES_ALONE.match(name)))


def _same_list(blocks: list[Block], more: list[Block]) -> bool:
    """Whether a later section restates the same projects (an annex), not another list."""
    known = {block.number for block in blocks}
    numbers = {block.number for block in more}
    return len(numbers) >= 3 and len(known & numbers) >= 0.6 * len(numbers)


def _read_section(section: tuple[Node, ...], *, first: bool) -> tuple[list[Category], list[Block]]:
    roots = tuple(node for node in section if not _frames(node))
    if first and len(roots) == 1 and roots[0].children:
        if _declared(roots[0]) == len(roots[0].children):
            return _two_levels(roots)
        if len(roots[0].children) >= 2:
            # One chapter (重点任务) holds the whole list.
            roots = roots[0].children
    if _children_are_projects(roots):
        return _two_levels(roots)
    blocks = [_block(node, node.marker.number, None, "assigned") for node in roots]
    return [], blocks if len(blocks) >= 2 else []


def _two_levels(roots: tuple[Node, ...]) -> tuple[list[Category], list[Block]]:
    categories: list[Category] = []
    blocks: list[Block] = []
    runs_on = len(roots) == 1 or _numbers_run_on(roots)
    for root in roots:
        number = root.marker.number
        name = _name(root)
        categories.append(Category(number, name, _declared(root), root.flow.whole()))
        status: Status = "no_task" if name.endswith("无任务") else "local" if "自定" in name else "assigned"
        for child in root.children:
            if child.labelled:
                continue
            block_number = child.marker.number if runs_on else len(blocks) + 1
            blocks.append(_block(child, block_number, number, status))
    return categories, blocks


def _children_are_projects(roots: tuple[Node, ...]) -> bool:
    parents = [root for root in roots if any(not child.labelled for child in root.children)]
    if len(parents) < 2 or len(parents) < 0.5 * len(roots):
        return False
    if _numbers_run_on(parents):
        return True
    if any(_declared(root) == len(root.children) for root in parents):
        return True
    own = sum(names_units(_own_text(root)) for root in roots)
    below = sum(names_units(_own_text(child)) for root in roots for child in root.children)
    if own or below:
        return below > own
    return sum(len(_name(root)) <= 24 for root in roots) > 0.7 * len(roots) and any(
        root.children and root.children[0].children for root in roots
    )


def _numbers_run_on(parents: tuple[Node, ...] | list[Node]) -> bool:
    """Whether the children's numbers go on from one heading to the next instead of starting again."""
    last, runs, restarts = 0, 0, 0
    for parent in parents:
        children = [child for child in parent.children if not child.labelled]
        if not children:
            continue
        first = children[0].marker.number
        if last:
            # A copy may have lost an item: going on is enough, the next number is not needed.
            runs += first > last
            restarts += first == 1
        last = children[-1].marker.number
    return runs > restarts


def _block(node: Node, number: int, category: int | None, status: Status) -> Block:
    statement: list[Flow] = [node.flow]
    measures: list[tuple[Flow, ...]] = []
    units: list[str] = []
    in_measures = False
    for flow in node.attached:
        label = label_of(flow.text)
        if label and label_kind(label[0]) == "measures":
            in_measures = True
            if flow.text[label[1] :].strip():
                measures.append((flow,))
            continue
        if in_measures:
            if _is_prose(flow):
                measures.append((flow,))
        elif looks_like_units(flow.text):
            units.append(f"责任单位:{flow.text}")
        elif _belongs(statement[-1], flow):
            statement.append(flow)
    for child in node.children:
        kind = label_kind(_name(child).rstrip(":"))
        if kind in ("lead", "cooperating"):
            units += [f"{_name(child).rstrip(':')}:{flow.text}" for flow in child.attached]
        elif _STATES.match(_name(child)) and child.attached:
            statement += child.attached
        elif kind == "measures" and (child.children or child.attached):
            measures += [(flow,) for flow in child.attached if _is_prose(flow)]
            measures += [_with_descendants(below) for below in child.children]
        else:
            measures.append(_with_descendants(child))
    return Block(number, category, tuple(statement), tuple(measures), status, tuple(units))


def _with_descendants(node: Node) -> tuple[Flow, ...]:
    flows = [node.flow, *(flow for flow in node.attached if _is_prose(flow))]
    for child in node.children:
        flows += _with_descendants(child)
    return tuple(flows)


def _belongs(last: Flow, flow: Flow) -> bool:
    """Whether an unmarked paragraph still speaks of the project before it."""
    if names_units(flow.text) or label_of(flow.text):
        return True
    return not names_units(last.text) and _is_prose(flow)


def _is_prose(flow: Flow) -> bool:
    """A sentence, not page furniture: it ends like one, or is long and has marks inside."""
    text = flow.text.rstrip()
    return text.endswith(("。", ";", ")")) or (len(text) >= 30 and "," in text)


def _own_text(node: Node) -> str:
    return "".join((node.flow.text, *(flow.text for flow in node.attached)))


def _name(node: Node) -> str:
    return DECLARED_COUNT.sub("", node.body).strip().rstrip("。")


def _declared(node: Node) -> int | None:
    match = DECLARED_COUNT.search(node.body)
    return int(match.group(1)) if match else None
