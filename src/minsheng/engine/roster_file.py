"""A roster file (csv, xlsx or parquet) as a relation that SQL can read; nothing of it comes into Python."""

import codecs
import csv
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError

from minsheng.engine.refusal import RefusedError
from minsheng.engine.roster_sheet import sheet_to_csv
from minsheng.engine.session import Session, text
from minsheng.standards.vocabulary import Vocabulary

KEY_COLUMNS = ("person_id", "household_id", "facility_id", "case_id", "region")
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class RosterSource:
    """What SQL selects from, the type each column has there, its key columns, and the parquet file behind it.

    ``is_columnar``: it can be read many times, a few columns at a time.
    """

    relation: str
    columns: dict[str, str]
    keys: tuple[str, ...]
    parquet: Path | None = None
    is_columnar: bool = True


def open_roster(session: Session, path: Path, vocabulary: Vocabulary) -> RosterSource:
    """The roster as a relation. Raises RefusedError where the file cannot be used."""
    suffix = path.suffix.lower()
    if not path.is_file():
        raise RefusedError(f"{path}：没有这个文件，请核对路径。")
    try:
        if suffix == ".parquet":
            return _described(session, f"read_parquet({text(str(path))})", path, path)
        if suffix == ".csv":
            return _csv(session, _as_utf8(path, session.folder), path, vocabulary)
        if suffix == ".xlsx":
            copy = session.folder / "roster.csv"
            sheet_to_csv(path, copy, {column.name: column.type for column in vocabulary.columns.values()})
            return _csv(session, copy, path, vocabulary)
    except session.data_errors as fault:
        raise RefusedError(f"{path}：读不出表格（{_first_line(fault)}），请检查后重新保存。") from fault
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile, csv.Error) as fault:
        raise RefusedError(f"{path}：文件打不开或已损坏，请重新保存后再试。") from fault
    raise RefusedError(f"{path}：名册只能是 csv、xlsx 或 parquet，请另存为其中一种。")


def _csv(session: Session, copy: Path, path: Path, vocabulary: Vocabulary) -> RosterSource:
    first = session.rows(f"SELECT * FROM {_lines(copy, has_head=False)} LIMIT 1")
    _check_head(path, [str(cell or "").strip() for row in first for cell in row], vocabulary)
    return _described(session, _lines(copy, has_head=True), path, None)


def _lines(copy: Path, *, has_head: bool) -> str:
    return (
        f"read_csv({text(str(copy))}, all_varchar = true, header = {str(has_head).lower()}, "
        "delim = ',', quote = '\"', escape = '\"', "
        "null_padding = true, max_line_size = 4000000)"
    )


def _check_head(path: Path, head: list[str], vocabulary: Vocabulary) -> None:
    """Raises RefusedError for a head that is empty, or that names a column of the rules twice.

    DuckDB gives the second another name, and which of the two was meant nobody knows.
    """
    if not any(head):
        raise RefusedError(f"{path}：第一行没有列名，请在第一行写上列名后再试。")
    for name, times in Counter(cell.casefold() for cell in head).items():
        if times > 1 and (name in vocabulary.columns or name in KEY_COLUMNS):
            raise RefusedError(
                f"{path}：“{name}”这一列出现了{times}次，不知道该用哪一列：请删去多余的，或把不用的改个列名。"
            )


def _described(session: Session, relation: str, path: Path, parquet: Path | None) -> RosterSource:
    columns = session.columns(relation)
    if not columns:
        raise RefusedError(f"{path}：表里没有列，请检查文件。")
    keys = tuple(column for column in KEY_COLUMNS if column in columns)
    return RosterSource(relation, columns, keys, parquet, is_columnar=parquet is not None)


def _as_utf8(path: Path, folder: Path) -> Path:
    """The file itself where it is UTF-8; a copy in UTF-8 where it is GB 18030, as Excel writes csv."""
    if _is_utf8(path):
        return path
    copy = folder / "roster-utf8.csv"
    try:
        with (
            path.open(encoding="gb18030", newline="") as source,
            copy.open("w", encoding="utf-8", newline="") as to,
        ):
            while block := source.read(BLOCK):
                to.write(block)
    except UnicodeDecodeError as fault:
        raise RefusedError(f"{path}：文字编码认不出来，请另存为 UTF-8 的 csv。") from fault
    return copy


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while block := file.read(BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _first_line(fault: Exception) -> str:
    return str(fault).splitlines()[0][:200]
