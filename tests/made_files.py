"""Office files written by hand for tests: each part of a docx as XML, a PDF set by typst, a workbook."""

import tempfile
import zipfile
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import typst
import xlsxwriter

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zipped(parts: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def relations(targets: dict[str, str]) -> str:
    """A ``.rels`` part: kind to target."""
    items = "".join(
        f'<Relationship Id="r{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{items}</Relationships>'


def docx(body: str, **parts: str) -> bytes:
    """A docx with this body; further parts by name: ``numbering``, ``styles``, ``footnotes``, ``header1``."""
    kinds = {"".join(char for char in name if not char.isdigit()): f"{name}.xml" for name in parts}
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            'wordprocessingml.document.main+xml"/></Types>',
            "_rels/.rels": relations({"officeDocument": "word/document.xml"}),
            "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": relations(kinds),
            **{f"word/{name}.xml": content for name, content in parts.items()},
        }
    )


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph; its text is cut into several runs, as Word does."""
    middle = len(text) // 2
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text[:middle])}{run(text[middle:])}</w:p>"


def numbered(text: str, list_id: int = 1, level: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def cell(text: str, properties: str = "") -> str:
    lines = "".join(paragraph(line) for line in text.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{lines}</w:tc>"


def table(rows: list[list[str]]) -> str:
    """A table of cells, each a text or a whole ``<w:tc>``."""
    made = "".join(
        "<w:tr>" + "".join(one if one.startswith("<w:tc>") else cell(one) for one in row) + "</w:tr>"
        for row in rows
    )
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    columns = "<w:gridCol/>" * max(map(len, rows))
    return (
        f"<w:tbl><w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{made}</w:tbl>"
    )


def level(depth: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: str, lists: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    abstract = f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
    return f"<w:numbering {NAMESPACES}>{abstract}{lists}</w:numbering>"


def docx_of(lines: list[str]) -> bytes:
    """A notice as docx: each line a paragraph, each run of tab-parted lines a table."""
    return docx("".join(_parts(lines, paragraph, table)))


def _parts(lines, one_line, one_table):
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            yield one_table(_even(rows))
            rows = []
        if line.strip():
            yield one_line(line)


def _even(rows: list[list[str]]) -> list[list[str]]:
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


def html_of(lines: list[str]) -> bytes:
    """A notice as a page among the furniture of a site."""
    body = "".join(_parts(lines, lambda line: f"<p>{escape(line)}</p>", _html_table))
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>通知</title></head><body>"
        "<div class='nav'><ul><li><a href='/'>网站首页</a></li><li><a href='/zw'>政务公开</a></li></ul></div>"
        f"<div id='zoom'>{body}</div><div class='footer'>主办：样例市人民政府办公室</div></body></html>"
    ).encode()


def _html_table(rows: list[list[str]]) -> str:
    made = "".join("<tr>" + "".join(f"<td>{escape(one)}</td>" for one in row) + "</tr>" for row in rows)
    return f"<table>{made}</table>"


_SETTING = """#set page(paper: "a4", margin: 2.6cm, header: align(center)[样例市人民政府公报],
  footer: context align(center)[— #counter(page).display() —])
#set text(font: "Noto Serif CJK SC", size: 16pt, lang: "zh")
#set par(first-line-indent: (amount: 2em, all: true), justify: true, leading: 0.9em, spacing: 0.9em)
"""


def pdf_of(lines: list[str], setting: str = _SETTING) -> bytes:
    """A notice as a PDF with header, page numbers, justified and indented paragraphs, and ruled tables."""
    blocks = _parts(lines, lambda line: f"#par[#{_typst(line)}]", _typst_table)
    return set_by_typst(setting + "\n\n".join(blocks))


def _typst(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _typst_table(rows: list[list[str]]) -> str:
    cells = ", ".join(_typst(one) for row in rows for one in row)
    return f"#text(size: 9pt)[#table(columns: {len(rows[0])}, {cells})]"


def set_by_typst(source: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "notice.typ"
        path.write_text(source, encoding="utf-8")
        return typst.compile(str(path))


def xlsx_of(lines: list[str], sheet: str = "Sheet1") -> bytes:
    """A notice as a workbook: each line a row, tab-parted lines over the columns, figures as numbers."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet(sheet)
    for row, line in enumerate(lines):
        for column, text in enumerate(line.split("\t")):
            if text and text.replace(".", "", 1).isdigit():
                page.write_number(row, column, float(text))
            elif text:
                page.write_string(row, column, text)
    book.close()
    return buffer.getvalue()
