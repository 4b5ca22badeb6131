"""Plans for tests, written as the text they stand in with the quantities marked in braces.

    #1 市民政局
    新增食堂{164个}（其中：涡阳县{38个@涡阳县}，蒙城县{126个@蒙城县}）。

``{TEXT@REGION,REGION!role#subject}``: value, unit and comparator are taken from TEXT. A line ``#NUMBER status units``
opens a project, ``%NUMBER name count`` a category; lines that begin with a number and a dot are measures.
"""

import re
from dataclasses import replace
from decimal import Decimal

from minsheng.kernel.source import Source
from minsheng.plans.model import STATUSES, Category, Head, Measure, Plan, Project, Quantity

MARK = re.compile(
    r"\{(?P<text>[^@!#{}]+)(?:@(?P<region>[^!#{}]+))?(?:!(?P<role>\w+))?(?:#(?P<subject>[^{}]+))?\}"
)
NUMBER = re.compile(r"(?P<low>\d+(?:\.\d+)?)(?:[-—](?P<high>\d+(?:\.\d+)?))?\s*(?P<scale>[万亿]?)\s*")
WORDS = {
    "以上": "ge",
    "不少于": "ge",
    "不低于": "ge",
    "至少": "ge",
    "超过": "gt",
    "不超过": "le",
    "以内": "le",
    "左右": "about",
}
SCALES = {"": 1, "万": 10000, "亿": 100000000}


def plan_of(
    text: str, *, region: str | None = "亳州市", declared: int | None = None
) -> tuple[Plan, tuple[str, ...]]:
    """The plan and the lines of a marked text."""
    lines: list[str] = []
    categories: list[Category] = []
    projects: list[Project] = []
    opened = False
    for raw in text.strip("\n").splitlines():
        if raw.startswith("%"):
            number, name, *count = raw[1:].split()
            declared_count = int(count[0]) if count else None
            categories.append(Category(int(number), name, declared_count, Source(len(lines) + 1)))
        elif raw.startswith("#"):
            number, *words = raw[1:].split()
            status = words.pop(0) if words and words[0] in STATUSES else "assigned"
            category = categories[-1].number if categories else None
            projects.append(
                Project(int(number), category, Source(1), "", "", status, lead_units=tuple(words))
            )
            opened = True
            continue
        line, quantities = unmark(raw, len(lines) + 1)
        lines.append(line)
        if projects:
            projects[-1] = grown(projects[-1], line, quantities, len(lines), opened=opened)
            opened = False
    head = Head(title=lines[0] if lines else None, region=region, declared_total=declared)
    return Plan(head, tuple(categories), tuple(projects)), tuple(lines)


def grown(project: Project, line: str, quantities: list[Quantity], number: int, *, opened: bool) -> Project:
    source = Source(number, 0, len(line))
    if opened:
        headline = re.split(r"[，,；;。]", line)[0]
        project = replace(project, source=source, headline=headline, statement=line)
    measure = re.match(r"(\d+)\.", line)
    if measure:
        project = replace(project, measures=(*project.measures, Measure(int(measure[1]), source, line)))
    lines = (*project.lines, number) if line.strip() else project.lines
    return replace(project, quantities=(*project.quantities, *quantities), lines=lines)


def unmark(raw: str, number: int) -> tuple[str, list[Quantity]]:
    line, quantities, after = "", [], 0
    for mark in MARK.finditer(raw):
        line += raw[after : mark.start()]
        source = Source(number, len(line), len(line) + len(mark["text"]))
        for ordinal, region in enumerate((mark["region"] or "").split(",")):
            quantities.append(quantity_of(mark, source, region or None, ordinal))
        line += mark["text"]
        after = mark.end()
    return line + raw[after:], quantities


def quantity_of(mark: re.Match[str], source: Source, region: str | None, ordinal: int) -> Quantity:
    text = mark["text"]
    number = NUMBER.search(text)
    assert number, text
    rest = text[number.end() :] or text[: number.start()]
    comparator = next((name for word, name in WORDS.items() if word in text), "eq")
    for word in WORDS:
        rest = rest.replace(word, "")
    scale = SCALES[number["scale"]]
    return Quantity(
        source=source,
        text=text,
        value=Decimal(number["low"]) * scale,
        value_hi=Decimal(number["high"]) * scale if number["high"] else None,
        unit=rest.strip(),
        comparator="le" if "不超过" in text else comparator,
        role=mark["role"] or "target",
        subject=mark["subject"],
        region=region,
        ordinal=ordinal,
    )
