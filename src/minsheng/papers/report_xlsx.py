"""The report sheet of one unit, region and period as an Excel file: filled, locked but for its inputs.

A hidden first column has the keys of the lines, a hidden sheet says whose report it is. report_read.py reads
it back; its names stand here too.
"""

from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from minsheng.papers.report_form import (
    FIRST_KEY_ROW,
    FIRST_ROW,
    FORM_MARK,
    FORM_SHEET,
    FORM_VERSION,
    HEAD_ROW,
    KEY_HEAD_ROW,
    KEY_SHEET,
    MONEY_UNIT,
    NO,
    NOTE_ROW,
    TITLE_ROW,
    UNIT_ROW,
    WORD_FIELDS,
    YES,
    FormColumn,
    KeyLine,
    ReportKey,
    ReportLine,
    ReportSheet,
    asked_of,
    check_word,
    columns_of,
)
from minsheng.papers.report_open import ReportRefusal
from minsheng.papers.report_read import ReportFile, ReportRow, read_report
from minsheng.progress.model import MONEY_STAGES, PERIODS_ADD_UP, STAGES
from minsheng.progress.typed import format_money

__all__ = (
    "ReportFile",
    "ReportKey",
    "ReportLine",
    "ReportRefusal",
    "ReportRow",
    "ReportSheet",
    "read_report",
    "report_xlsx",
)

NOTE = (
    "白色单元格填写，灰色不填。本期没有变化填 0，没有数留空；"
    "累计由上期累计加本期自动算出，需要时可以直接改写。"
    f"资金填一月以来的累计数，单位{MONEY_UNIT}；日期写成 2026-03-05；累计比上期减少的，必须填更正理由。"
)
_TITLE_FONT, _HEAD_FONT, _BODY_FONT = "方正小标宋简体", "黑体", "仿宋_GB2312"
_GREY, _HEAD_COLOUR = "#F0F1F3", "#EEF2F7"
_FAR = 10**12
_LONGEST_TEXT = 1000
_PAPER_A3 = 8


def report_xlsx(sheet: ReportSheet) -> bytes:
    """The file's bytes. The same sheet gives the same cells, whatever the day."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": _title(sheet), "author": "", "company": ""})
    form = book.add_worksheet(FORM_SHEET)
    columns = columns_of(line.owed.kind for line in sheet.lines)
    styles = _Styles(book)
    _head(form, styles, sheet, columns)
    places = {column.field: place for place, column in enumerate(columns)}
    for number, line in enumerate(sheet.lines):
        _Line(form, styles, places, FIRST_ROW + number, is_first=sheet.period.is_first).write(line)
    _rules(form, sheet, places)
    _page(form, columns, len(sheet.lines))
    _keys(book.add_worksheet(KEY_SHEET), sheet)
    book.close()
    return buffer.getvalue()


class _Styles:
    """The formats of a sheet; what may be filled in is white and unlocked."""

    def __init__(self, book: Any) -> None:
        plain = {"font_name": _BODY_FONT, "font_size": 11, "border": 1, "valign": "vcenter"}
        still = plain | {"bg_color": _GREY}
        wide = {"text_wrap": True, "align": "left"}
        amount = {"num_format": "#,##0.######", "align": "right"}
        free = plain | {"locked": False}
        self.title = book.add_format({"font_name": _TITLE_FONT, "font_size": 18, "valign": "vcenter"})
        self.note = book.add_format({"font_name": _BODY_FONT, "font_size": 11, "text_wrap": True})
        self.head = book.add_format(
            plain | {"font_name": _HEAD_FONT, "align": "center", "text_wrap": True, "bg_color": _HEAD_COLOUR}
        )
        self.words = book.add_format(still | wide)
        self.number = book.add_format(still | amount)
        self.blank = book.add_format(still)
        self.amount = book.add_format(free | amount)
        self.day = book.add_format(free | {"num_format": "yyyy-mm-dd", "align": "center"})
        self.choice = book.add_format(free | {"align": "center"})
        self.text = book.add_format(free | wide)

    def of(self, field: str) -> Any:
        """The format of an input cell."""
        room = field.partition(".")[0]
        return {"stages": self.day, "done": self.choice, "money": self.amount}.get(
            room, self.amount if room in ("period", "cumulative") else self.text
        )


def _title(sheet: ReportSheet) -> str:
    return f"{sheet.programme_name}{sheet.period.name}进展填报表"


def _head(form: Any, styles: _Styles, sheet: ReportSheet, columns: tuple[FormColumn, ...]) -> None:
    form.write_string(TITLE_ROW, 1, _title(sheet), styles.title)
    form.write_string(UNIT_ROW, 1, f"填报单位：{sheet.unit_name}　地区：{sheet.region_name}", styles.note)
    form.merge_range(NOTE_ROW, 1, NOTE_ROW, len(columns) - 1, NOTE, styles.note)
    for place, column in enumerate(columns):
        form.write_string(HEAD_ROW, place, column.head, styles.head)


class _Line:
    """Writes one line into its row."""

    def __init__(
        self, form: Any, styles: _Styles, places: dict[str, int], row: int, *, is_first: bool
    ) -> None:
        self.form, self.styles, self.places, self.row, self.is_first = form, styles, places, row, is_first

    def write(self, line: ReportLine) -> None:
        asked = asked_of(line.owed.kind)
        last = line.before.cumulative if line.before else None
        self._words(line)
        self._amount("target", line.owed.value, self.styles.number)
        self._amount("last", last, self.styles.number)
        for field, place in self.places.items():
            if field in asked:
                self._input(field, place, line)
            elif field != "key" and field not in WORD_FIELDS:
                self.form.write_blank(self.row, place, None, self.styles.blank)

    def _words(self, line: ReportLine) -> None:
        words = {
            "key": line.key,
            "project": line.project,
            "indicator": line.indicator,
            "unit": line.owed.unit,
        }
        for field, text in words.items():
            self.form.write_string(self.row, self.places[field], text, self.styles.words)

    def _input(self, field: str, place: int, line: ReportLine) -> None:
        room, _, stage = field.partition(".")
        now, style = line.now, self.styles.of(field)
        if room == "cumulative":
            self._cumulative(line)
        elif room == "period":
            self._amount(field, now.period, style)
        elif room == "done":
            self._text(place, "" if now.done is None else YES if now.done else NO, style)
        elif room == "stages":
            day = next(
                (now.stages[known] for known in STAGES if known == stage and known in now.stages), None
            )
            self._day(place, day, style)
        elif room == "money":
            fen = next(
                (now.money[known] for known in MONEY_STAGES if known == stage and known in now.money), None
            )
            number = None if fen is None else float(format_money(fen, MONEY_UNIT).replace(",", ""))
            self._amount(field, number, style)
        else:
            self._text(place, str(getattr(now, field)), style)

    def _cumulative(self, line: ReportLine) -> None:
        """Last and this period added by the sheet itself, unless the unit has written something else."""
        now = line.now
        last = line.before.cumulative if line.before else None
        summed = (last or 0) + (now.period or 0) if last is not None or now.period is not None else None
        known = self.is_first or last is not None
        sums = known and line.owed.kind in PERIODS_ADD_UP
        if not sums or now.cumulative not in (None, summed):
            self._amount("cumulative", now.cumulative, self.styles.amount)
        else:
            before, done = (xl_rowcol_to_cell(self.row, self.places[field]) for field in ("last", "period"))
            formula = f'=IF({done}="",IF({before}="","",{before}),N({before})+{done})'
            shown = "" if summed is None else float(summed)
            self.form.write_formula(self.row, self.places["cumulative"], formula, self.styles.amount, shown)

    def _amount(self, field: str, value: Any, style: Any) -> None:
        if value is None:
            self.form.write_blank(self.row, self.places[field], None, style)
        else:
            self.form.write_number(self.row, self.places[field], float(value), style)

    def _day(self, place: int, day: date | None, style: Any) -> None:
        if day is None:
            self.form.write_blank(self.row, place, None, style)
        else:
            self.form.write_datetime(self.row, place, day, style)

    def _text(self, place: int, text: str, style: Any) -> None:
        if text:
            self.form.write_string(self.row, place, text, style)
        else:
            self.form.write_blank(self.row, place, None, style)


def _rules(form: Any, sheet: ReportSheet, places: dict[str, int]) -> None:
    """What Excel itself lets into a cell. Pasting goes round it, so that reading checks again."""
    last = FIRST_ROW + max(len(sheet.lines), 1) - 1
    number = {
        "validate": "decimal", "criteria": "between", "minimum": -_FAR, "maximum": _FAR,
        "error_title": "请填数字", "error_message": "这一格只填数字；没有变化填 0，没有数留空。",
    }  # fmt: skip
    day = {
        "validate": "date", "criteria": "between", "minimum": date(sheet.period.year - 10, 1, 1),
        "maximum": sheet.period.end, "error_title": "请填日期",
        "error_message": f"写成 {sheet.period.year}-03-05，只填已经完成的，不晚于{sheet.period.name}底。",
    }  # fmt: skip
    choice = {"validate": "list", "source": [YES, NO], "error_message": f"请选{YES}或{NO}。"}
    text = {
        "validate": "length", "criteria": "<=", "value": _LONGEST_TEXT,
        "error_message": f"不超过 {_LONGEST_TEXT} 字。",
    }  # fmt: skip
    for field, place in places.items():
        room = field.partition(".")[0]
        rule = {"stages": day, "done": choice, "money": number, "period": number, "cumulative": number}.get(
            room, text if room in ("difficulty", "next_step", "correction") else None
        )
        if rule is not None:
            form.data_validation(FIRST_ROW, place, last, place, rule)


def _page(form: Any, columns: tuple[FormColumn, ...], count: int) -> None:
    for place, column in enumerate(columns):
        form.set_column(place, place, column.width, None, {"hidden": column.field == "key"})
    form.set_row(TITLE_ROW, 30)
    form.set_row(NOTE_ROW, 34)
    form.set_row(HEAD_ROW, 36)
    form.freeze_panes(FIRST_ROW, 3)
    form.autofilter(HEAD_ROW, 1, HEAD_ROW + count, len(columns) - 1)
    form.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})
    form.set_landscape()
    form.set_paper(_PAPER_A3)
    form.fit_to_pages(1, 0)
    form.repeat_rows(HEAD_ROW)
    form.set_footer("&C第 &P 页　共 &N 页")


def _keys(hidden: Any, sheet: ReportSheet) -> None:
    """The hidden sheet: whose report it is, then its lines, all as text."""
    lines = [
        KeyLine(
            line.key,
            line.target,
            line.owed.kind,
            line.owed.unit,
            line.before.cumulative if line.before else None,
        )
        for line in sheet.lines
    ]
    key = sheet.key
    hidden.write_row(0, 0, (FORM_MARK, str(FORM_VERSION)))
    for row, text in enumerate((key.programme, key.period, key.unit, key.region), start=1):
        hidden.write_string(row, 0, text)
    hidden.write_string(5, 0, check_word(key, [line.text for line in lines]))
    hidden.write_string(KEY_HEAD_ROW, 0, "key target kind unit last")
    for row, line in enumerate(lines, start=FIRST_KEY_ROW):
        hidden.write_string(row, 0, line.text)
    hidden.protect()
    hidden.very_hidden()
