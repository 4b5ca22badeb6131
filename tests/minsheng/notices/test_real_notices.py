"""The real notices, as they are and turned into pages and other encodings: the same lines every time."""

import html
import re
from pathlib import Path

import pytest

from minsheng.notices.document import Document
from minsheng.notices.reading import read_document
from minsheng.plans.compile import compile_plan
from minsheng.plans.model import Plan

pytestmark = pytest.mark.notices

NAMES = ("bozhou-2023", "hefei-2024", "lieshan-2023", "linyi-2021", "maanshan-2020")


@pytest.fixture(params=NAMES)
def text(request, notices_folder: Path) -> str:
    return (notices_folder / f"{request.param}.txt").read_text(encoding="utf-8")


def read(data: bytes) -> Document:
    document = read_document(data, "notice")
    assert isinstance(document, Document), document
    assert document.warnings == ()
    return document


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_lines_are_those_of_the_file_in_every_encoding(text, codec):
    document = read(text.encode(codec))
    assert document.format == "txt"
    assert document.lines == tuple(text.removesuffix("\n").split("\n"))


def as_page(text: str) -> str:
    """A paragraph a line; neighbouring lines with tabs become one table."""
    parts = []
    for block in re.split(r"((?:^.*\t.*\n?)+)", text, flags=re.MULTILINE):
        if "\t" in block:
            rows = "".join(
                "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row.split("\t")) + "</tr>"
                for row in block.splitlines()
            )
            parts.append(f"<table>{rows}</table>")
        else:
            parts += [f"<p>{html.escape(line)}</p>" for line in block.split("\n")]
    scripts = "<script>var x = '<p>就业9999人</p>'</script><style>p{margin:0}</style>"
    return f"<!DOCTYPE html><html><head>{scripts}</head><body>{scripts}{''.join(parts)}</body></html>"


def squeezed(lines: tuple[str, ...]) -> list[str]:
    """Lines without what a page cannot keep: blank lines, indents, runs of blanks."""
    cells = (re.sub(r"[ \xa0]+", " ", line) for line in lines if line.strip())
    return ["\t".join(cell.strip() for cell in line.split("\t")) for line in cells]


@pytest.mark.parametrize("codec", ["utf-8", "gbk", "gb18030"])
def test_the_same_notice_as_a_page_gives_the_same_lines(text, codec):
    document = read(as_page(text).encode(codec, "xmlcharrefreplace"))
    assert document.format == "html"
    assert squeezed(document.lines) == squeezed(tuple(text.split("\n")))


def substance(plan: Plan) -> list[tuple[object, ...]]:
    """What the plan says, without the places it says it at."""
    return [
        (
            project.number,
            project.category,
            project.headline,
            project.status,
            project.lead_units,
            len(project.measures),
            *tuple(
                (q.text, q.value, q.value_hi, q.unit, q.comparator, q.role, q.subject, q.region)
                for q in project.quantities
            ),
        )
        for project in plan.projects
    ] + [
        (cell.project, cell.indicator, cell.region, cell.text)
        for table in plan.tables
        for cell in table.cells
    ]


def test_the_same_notice_as_a_page_gives_the_same_plan(text):
    as_text = substance(compile_plan(read(text.encode())))
    assert len(as_text) >= 50
    assert substance(compile_plan(read(as_page(text).encode("gb18030")))) == as_text
