"""A plan as a formal notice in our own words: one frozen value that every form of it is written from.

The sentences are built from the plan's quantities, not copied from the document it was read from; each is
read back before it is kept (``notice_sentences``). What cannot be stated is told as a problem, never dropped.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.papers.notice_sentences import is_free_of_numbers, key, sentences
from minsheng.papers.notice_table import NoticeTable, notice_table
from minsheng.plans.grammar.numerals import chinese_ordinal
from minsheng.plans.model import Category, Head, Plan, Project, Quantity, Status
from minsheng.plans.responsibility import cut_responsibility, names_units
from minsheng.plans.sentences import read_sentence

MEASURES = "推进措施："

_STATUS_WORDS: dict[Status, str] = {
    "assigned": "",
    "upper_level": "（属上级任务）",
    "no_task": "（本地无任务）",
    "pending": "（待认定）",
    "local": "（自定项目）",
}
_ABOUT = re.compile(r"关于印发《?(?P<plan>[^《》]+)》?的通知$")
_STOPS = "。！？；"


@dataclass(frozen=True, slots=True)
class NoticeProject:
    """One project: its heading phrase, sentences, who is responsible, and measures, each a paragraph."""

    marker: str
    heading: str
    sentences: tuple[str, ...]
    brackets: tuple[str, ...]
    measures: tuple[str, ...]

    @property
    def paragraph(self) -> str:
        """The project's own paragraph, without its measures."""
        return "".join((self.marker, self.heading, *self.sentences, *self.brackets))


@dataclass(frozen=True, slots=True)
class NoticeCategory:
    """A heading with its projects; a plan without categories has one that has no heading."""

    heading: str | None
    projects: tuple[NoticeProject, ...]


@dataclass(frozen=True, slots=True)
class PlanNotice:
    """The notice from its red head to its annexes. What a plan does not say is None."""

    red_head: str | None
    doc_number: str | None
    title: str
    addressee: str
    opening: str
    signature: str | None
    date: str | None
    plan_title: str | None
    categories: tuple[NoticeCategory, ...]
    tables: tuple[NoticeTable, ...]


def plan_notice(plan: Plan) -> tuple[PlanNotice, tuple[Problem, ...]]:
    """The notice of a plan, and a problem for each quantity that no sentence of ours can state."""
    head = plan.head
    title = head.title or _made_title(head)
    about = _ABOUT.search(title)
    problems: list[Problem] = []
    notice = PlanNotice(
        red_head=f"{head.issuer}文件" if head.issuer and head.doc_number else None,
        doc_number=head.doc_number,
        title=title,
        addressee=_addressee(head.region),
        opening=_opening(head, about["plan"] if about else None),
        signature=head.issuer,
        date=_date(head.issued_on),
        plan_title=about["plan"] if about else None,
        categories=_categories(plan, problems),
        tables=tuple(notice_table(table, plan.projects) for table in plan.tables),
    )
    return notice, tuple(problems)


def _made_title(head: Head) -> str:
    year = f"{head.year}年" if head.year else ""
    count = f"{head.declared_total}项" if head.declared_total else ""
    return f"{head.region or ''}{year}{count}民生实事实施方案"


def _addressee(region: str | None) -> str:
    name = region or ""
    if name.endswith(("县", "区", "旗")):
        return "各乡镇人民政府、街道办事处，各有关单位："
    if name.endswith(("省", "自治区")):
        return "各市人民政府，各有关单位："
    return "各县（市、区）人民政府，各有关单位："


def _opening(head: Head, plan_title: str | None) -> str:
    if plan_title:
        return f"现将《{plan_title}》印发给你们，请结合实际，认真组织实施。"
    total = f"共安排{head.declared_total}项民生实事。" if head.declared_total else ""
    return f"现将有关工作任务安排如下，请结合实际，认真组织实施。{total}"


def _date(issued_on: str | None) -> str | None:
    if issued_on is None:
        return None
    year, month, day = issued_on.split("-")
    return f"{int(year)}年{int(month)}月{int(day)}日"


def _categories(plan: Plan, problems: list[Problem]) -> tuple[NoticeCategory, ...]:
    own = plan.head.region
    if not plan.categories:
        return (NoticeCategory(None, tuple(_project(p, own, "{}、", problems) for p in plan.projects)),)
    found = []
    for category in plan.categories:
        members = (p for p in plan.projects if p.category == category.number)
        projects = tuple(_project(p, own, "（{}）", problems) for p in members)
        found.append(NoticeCategory(_heading(category), projects))
    return tuple(found)


def _heading(category: Category) -> str:
    count = "" if category.declared_count is None else f"（{category.declared_count}项）"
    return f"{chinese_ordinal(category.number)}、{category.name}{count}"


def _project(project: Project, own: str | None, marker: str, problems: list[Problem]) -> NoticeProject:
    measures, stated = _measures(project, own, problems)
    written, failed = sentences(_once(stated), own)
    problems += [_unstated(project, quantity) for quantity in failed]
    return NoticeProject(
        marker=marker.format(chinese_ordinal(project.number)),
        heading=_free_heading(project, own, needed=not written),
        sentences=written,
        brackets=tuple(text for text in (_STATUS_WORDS[project.status], _units(project)) if text),
        measures=measures,
    )


def _once(quantities: Sequence[Quantity]) -> list[Quantity]:
    """A promise that the list and its annex both state is stated once."""
    seen: set[object] = set()
    kept = []
    for quantity in quantities:
        identity = (key(quantity), quantity.subject)
        if identity not in seen:
            kept.append(quantity)
            seen.add(identity)
    return kept


def _free_heading(project: Project, own: str | None, *, needed: bool) -> str:
    """The headline where it states no number of its own; else nothing, for the sentences say it all."""
    text = cut_responsibility(project.headline).strip().rstrip("。，；：")
    if text and is_free_of_numbers(text + "。", own) and not names_units(text):
        return text + "。"
    return "做好本项工作。" if needed else ""


def _units(project: Project) -> str:
    named = [("牵头单位", project.lead_units), ("配合单位", project.cooperating_units)]
    parts = [f"{role}：{'、'.join(units)}" for role, units in named if units]
    return f"（{'；'.join(parts)}）" if parts else ""


def _measures(
    project: Project, own: str | None, problems: list[Problem]
) -> tuple[tuple[str, ...], list[Quantity]]:
    """The measures' paragraphs, and the quantities that are left for the statement.

    A measure keeps its words where they state just what the plan holds of it; else it is written anew.
    """
    groups: list[list[Quantity]] = [[] for _ in project.measures]
    stated: list[Quantity] = []
    for quantity in project.quantities:
        at = _measure_of(quantity.source, project)
        (stated if at is None else groups[at]).append(quantity)
    paragraphs = []
    for measure, group in zip(project.measures, groups, strict=True):
        text = _ended(re.sub(r"\s+", "", measure.text))
        if sorted(map(repr, map(key, read_sentence(text, own)))) != sorted(map(repr, map(key, group))):
            written, failed = sentences(group, own)
            problems += [_unstated(project, quantity) for quantity in failed]
            lead = _first_clause(text, own)
            text = lead + "".join(written) if written or lead else "按要求组织落实。"
        paragraphs.append(f"{measure.number}.{text}")
    return tuple(paragraphs), stated


def _measure_of(source: Source, project: Project) -> int | None:
    """Which measure a place of the document belongs to: the last one that begins at or before it."""
    best: int | None = None
    for index, measure in enumerate(project.measures):
        if measure.source.line <= source.line and measure.source.line > 0:
            begins = project.measures[best].source if best is not None else None
            if begins is None or measure.source.line >= begins.line:
                best = index
    return best


def _first_clause(text: str, own: str | None) -> str:
    clause = re.split(r"[，。；]", text)[0]
    return clause + "。" if clause and is_free_of_numbers(clause + "。", own) else ""


def _ended(text: str) -> str:
    return text if not text or text.endswith(tuple(_STOPS)) else text + "。"


def _unstated(project: Project, quantity: Quantity) -> Problem:
    return Problem(
        code="quantity_not_stated",
        severity="warning",
        message=(
            f"第{project.number}项的“{quantity.text}”（第{quantity.source.line}行）没有写进公文："
            "找不到能把它说准的句子。请在公文里补写，或先在方案里核对它的单位和性质。"
        ),
        sources=(quantity.source,),
        project=project.number,
        found=quantity.text,
    )
