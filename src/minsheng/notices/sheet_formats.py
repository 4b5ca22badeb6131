"""Which cells of an xlsx are shown as per cents or with fixed decimals.

The file keeps 0.95 where a clerk sees 95%.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from posixpath import join, normpath

from minsheng.notices.package import Package, PackageError, open_package
from minsheng.notices.xml_tree import whole, xml_tree

Form = tuple[bool, int | None] | tuple[bool, int | None, str]
"""Whether a per cent, the number of decimals where it is fixed, and a sign shown before the number (≥)."""

_BUILT_IN: dict[int, Form] = {
    1: (False, 0), 2: (False, 2), 3: (False, 0), 4: (False, 2), 9: (True, 0), 10: (True, 2),
    37: (False, 0), 38: (False, 0), 39: (False, 2), 40: (False, 2),
}  # fmt: skip
_CODE = re.compile(
    r"^_?[ ]?(?:\"?(?P<sign>[≥≤＞＜><]|约)\"?)?(?:#,##)?[0#]+(?P<decimals>\.0+)?_?[ ]?(?P<percent>%)?_?[ )]?$"
)
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*)>")
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_STYLE = re.compile(rb'\bs="(\d{1,6})"')


@dataclass(frozen=True, slots=True)
class NumberFormats:
    """The formats of a workbook; of none that is no xlsx."""

    package: Package | None
    styles: dict[int, Form]
    sheets: dict[str, str]

    @classmethod
    def of(cls, path: str) -> "NumberFormats":
        """What an xlsx says of its formats. A file that is no package, or broken here, has none."""
        return cls.of_data(Path(path).read_bytes())

    @classmethod
    def of_data(cls, data: bytes) -> "NumberFormats":
        """The same of a workbook's bytes."""
        if not data.startswith(b"PK"):
            return cls(None, {}, {})
        try:
            package = open_package(data)
            styles = _styles(package.part("xl/styles.xml"))
            return cls(package, styles, _sheets(package))
        except PackageError:
            return cls(None, {}, {})

    def of_sheet(self, name: str) -> dict[int, dict[int, Form]]:
        """Row and column, both from 0, to the format of the cell there."""
        part = self.sheets.get(name)
        if self.package is None or part is None or not self.styles:
            return {}
        try:
            data = self.package.part(part) or b""
        except PackageError:
            return {}
        forms: dict[int, dict[int, Form]] = {}
        for cell in _CELL.finditer(data):
            style, place = _STYLE.search(cell[1]), _REFERENCE.search(cell[1])
            form = self.styles.get(int(style[1])) if style else None
            if form and place:
                forms.setdefault(int(place[2]) - 1, {})[_column(place[1])] = form
        return forms


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _styles(data: bytes | None) -> dict[int, Form]:
    """The forms by the number a cell names its style with."""
    if data is None:
        return {}
    root = xml_tree(data)
    own = {whole(one.get("numFmtId")): _form(one.get("formatCode", "")) for one in root.iter("s:numFmt")}
    cells = root.find("s:cellXfs")
    forms: dict[int, Form] = {}
    for number, style in enumerate(cells if cells is not None else ()):
        code = whole(style.get("numFmtId"))
        form = own[code] if code in own else _BUILT_IN.get(code or 0)
        if form is not None:
            forms[number] = form
    return forms


def _form(code: str) -> Form | None:
    """What the first section of a format code says, if it is a plain one."""
    match = _CODE.match(code.partition(";")[0].strip())
    if match is None:
        return (True, None) if code.partition(";")[0].rstrip("_ )").endswith("%") else None
    percent, decimals = bool(match["percent"]), len(match["decimals"]) - 1 if match["decimals"] else 0
    return (percent, decimals, match["sign"]) if match["sign"] else (percent, decimals)


def _sheets(package: Package) -> dict[str, str]:
    """The part of each sheet by its name."""
    book, links = package.part("xl/workbook.xml"), package.part("xl/_rels/workbook.xml.rels")
    if book is None or links is None:
        return {}
    targets = {link.get("Id"): link.get("Target", "") for link in xml_tree(links).iter("rel:Relationship")}
    sheets: dict[str, str] = {}
    for sheet in xml_tree(book).iter("s:sheet"):
        target = targets.get(sheet.get("r:id"))
        if target:
            sheets[sheet.get("name", "")] = normpath(join("/xl", target)).lstrip("/")
    return sheets
