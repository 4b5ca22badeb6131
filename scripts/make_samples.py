"""Make samples/plans/*.json, the plans of five real cities, from the facts in samples/facts/*.json.

The facts are figures, names and units of public notices; every sentence is put together here, so no wording
of a notice is kept. Usage: python scripts/make_samples.py [--check]
"""

import json
import sys
from pathlib import Path
from typing import Any

from minsheng.kernel.source import Source
from minsheng.plans.model import (
    EACH,
    Category,
    Cell,
    Citation,
    Head,
    Measure,
    Plan,
    Project,
    Quantity,
    Table,
)
from minsheng.plans.plan_json import number_in, plan_to_json

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
NOTE = "演示数据：按公开文件所载事实另行编写，不是文件原文。"
DIGITS = "〇一二三四五六七八九"
# What is written before and after a number of each role.
FRAMES = {
    "target": ("{subject}", ""),
    "standard": ("{subject}按", ""),
    "share": ("{subject}按", "分担"),
    "budget": ("{subject}安排资金", ""),
    "frequency": ("{subject}", ""),
    "deadline": ("{subject}限", ""),
    "criterion": ("{subject}限", ""),
    "baseline": ("{subject}原为", ""),
    "fact": ("{subject}涉及", ""),
}
STATUS_NOTES = {
    "upper_level": "（属上级任务）",
    "no_task": "（无任务）",
    "pending": "（待认定）",
    "local": "（自定）",
}


class Page:
    """Lines as they are written, with the quantities that stand in them."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.current = ""

    @property
    def number(self) -> int:
        """The line being written, from 1."""
        return len(self.lines) + 1

    def write(self, text: str) -> Source:
        """Append text to the line; where it stands."""
        start = len(self.current)
        self.current += text
        return Source(self.number, start, len(self.current))

    def end(self) -> Source:
        """Finish the line; its whole span."""
        source = Source(self.number, 0, len(self.current))
        self.lines.append(self.current)
        self.current = ""
        return source


def chinese(number: int) -> str:
    """1 … 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones else "")


def write_figures(page: Page, figures: list[dict[str, Any]]) -> list[Quantity]:
    """Write figures one after another; the quantities they state."""
    quantities: list[Quantity] = []
    for position, figure in enumerate(figures):
        if position:
            page.write("；")
        quantities.extend(write_figure(page, figure))
    return quantities


def write_figure(page: Page, figure: dict[str, Any]) -> list[Quantity]:
    """One figure: the whole, then its regions in brackets."""
    before, after = FRAMES[figure["role"]]
    items = figure["items"]
    if any(item.get("aspiration") for item in items):
        page.write("力争")
    page.write(before.format(subject=figure["subject"]))
    found = []
    inside = False
    for position, item in enumerate(items):
        region = item.get("region")
        if region and position and not inside:
            page.write("（")
            inside = True
        elif position:
            page.write("，" if inside else "、")
        if region:
            page.write("每个地区" if region == EACH else region)
        found.append(quantity(page.write(item["text"]), figure, item))
    page.write(f"）{after}" if inside else after)
    return found


def quantity(source: Source, figure: dict[str, Any], item: dict[str, Any]) -> Quantity:
    """The quantity an item states at its place."""
    value = number_in(item["value"])
    if value is None:
        raise SystemExit(f"no value: {figure['subject']} {item['text']}")
    return Quantity(
        source=source,
        text=item["text"],
        value=value,
        value_hi=number_in(item.get("value_hi")),
        unit=item["unit"],
        comparator=item.get("comparator", "eq"),
        role=figure["role"],
        aspiration=item.get("aspiration", False),
        subject=figure["subject"] or None,
        region=item.get("region"),
    )


def write_project(page: Page, facts: dict[str, Any]) -> Project:
    """The project's own line and its measures."""
    first = page.number
    page.write(f"{facts['number']}.{facts['headline']}{STATUS_NOTES.get(facts['status'], '')}")
    if facts["figures"]:
        page.write("：")
    quantities = write_figures(page, facts["figures"])
    page.write("。")
    statement = page.current
    for name, units in (("牵头单位", facts["lead"]), ("配合单位", facts["cooperating"])):
        if units:
            page.write(f"{name}：{'、'.join(units)}。")
    citations = []
    for cited in facts.get("cites", ()):
        page.write("依据")
        citations.append(Citation(page.write(cited), cited))
        page.write("。")
    source = page.end()
    measures = []
    for number, measure in enumerate(facts["measures"], start=1):
        page.write(f"（{number}）")
        page.write(measure["about"])
        if measure["figures"]:
            page.write("：")
        quantities.extend(write_figures(page, measure["figures"]))
        page.write("。")
        text = page.current
        measures.append(Measure(number, page.end(), text))
    return Project(
        number=facts["number"],
        category=facts["category"],
        source=source,
        headline=facts["headline"],
        statement=statement,
        status=facts["status"],
        lead_units=tuple(facts["lead"]),
        cooperating_units=tuple(facts["cooperating"]),
        measures=tuple(measures),
        quantities=tuple(quantities),
        citations=tuple(citations),
        lines=tuple(range(first, page.number)),
    )


def write_table(page: Page, facts: dict[str, Any]) -> Table:
    """A breakdown table as one line a region: every cell with its indicator before it."""
    page.write(facts["name"])
    source = page.end()
    cells = []
    for region in dict.fromkeys(cell["region"] for cell in facts["cells"]):
        page.write(f"{region}：")
        for cell in (cell for cell in facts["cells"] if cell["region"] == region):
            unit = f"（{cell['unit']}）" if cell["unit"] else ""
            page.write(f"{cell['project']} {cell['indicator']}{unit} ")
            place = page.write(cell["text"])
            page.write("；")
            cells.append(
                Cell(
                    project=cell["project"],
                    indicator=cell["indicator"],
                    unit=cell["unit"],
                    region=region,
                    value=number_in(cell["value"]),
                    text=cell["text"],
                    source=place,
                    comparator=cell.get("comparator"),
                )
            )
        page.end()
    return Table(facts["name"], source, tuple(cells))


def make_plan(facts: dict[str, Any]) -> tuple[Plan, tuple[str, ...]]:
    """The plan and the text that states it."""
    page = Page()
    title = f"{facts['region']}{facts['year']}年民生实事"
    page.write(title)
    page.end()
    page.write(NOTE)
    page.end()
    categories: list[Category] = []
    projects: list[Project] = []
    for number, name, count in facts["categories"]:
        page.write(f"{chinese(number)}、{name}{f'（{count}项）' if count else ''}")
        categories.append(Category(number, name, count, page.end()))
        mine = (project for project in facts["projects"] if project["category"] == number)
        projects.extend(write_project(page, project) for project in mine)
    tables = tuple(write_table(page, table) for table in facts["tables"])
    kept = ("region", "year", "issuer", "doc_number", "issued_on", "declared_total")
    head = Head(title=title, **{name: facts[name] for name in kept})
    return Plan(head, tuple(categories), tuple(projects), tables), tuple(page.lines)


def sample_text(path: Path) -> str:
    """The sample file of one facts file: the plan's JSON with its lines and the regions above it."""
    facts = json.loads(path.read_text(encoding="utf-8"))
    plan, lines = make_plan(facts)
    sample = {**plan_to_json(plan), "above": facts["above"], "lines": list(lines)}
    return json.dumps(sample, ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    """0 when done or equal; 1 when ``--check`` finds a sample that its facts no longer make."""
    stale = []
    for path in sorted((SAMPLES / "facts").glob("*.json")):
        target = SAMPLES / "plans" / path.name
        text = sample_text(path)
        if "--check" not in sys.argv[1:]:
            target.write_text(text, encoding="utf-8")
        elif not target.is_file() or target.read_text(encoding="utf-8") != text:
            stale.append(target.name)
    if stale:
        print(f"not what their facts make: {', '.join(stale)}", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
