"""A roster that is text, has no key or is answered in its order: copied to parquet, what is read, once."""

from collections.abc import Iterable

from minsheng.engine.roster_file import KEY_COLUMNS, RosterSource
from minsheng.engine.session import Session, Tell, name, text

ROW = "row"
"""The number of a row, from 1: the key of a roster without one, and the order of the answers."""


def has_key(source: RosterSource) -> bool:
    """Whether the roster says whose each row is."""
    return any(key in source.columns for key in source.keys if key not in {"region", ROW})


def copied(
    session: Session,
    source: RosterSource,
    wanted: tuple[str, ...],
    tell: Tell | None,
    *,
    in_order: bool,
    keeps_keys: bool = True,
) -> RosterSource:
    """The source itself where it will do; else a copy in the session's folder, its rows numbered.

    Numbering reads on one core: it is left out where the answers carry no key (``keeps_keys``). Lines of a
    text in which nothing is written are left out; the others keep their numbers.
    """
    is_numbered = keeps_keys and (in_order or not has_key(source) or not source.is_columnar)
    if source.is_columnar and not is_numbered:
        return source
    columns = [column for column in source.columns if column in {*wanted, *KEY_COLUMNS}]
    target = session.folder / "roster.parquet"
    relation = f"read_parquet({text(str(target))})"
    number = (f"row_number() OVER () AS {name(ROW)}",) if is_numbered else ()
    select = ", ".join((*number, *map(name, columns))) or "1 AS nothing"
    session.run(
        f"COPY (SELECT {select} FROM {source.relation}) TO {text(str(target))} (FORMAT parquet)", tell=tell
    )
    if not source.is_columnar and session.one(f"SELECT count(*) FROM {relation} WHERE {_is_blank(columns)}"):
        # Only now is every column looked at: that takes as long again, and few rosters have such rows.
        numbered = f"SELECT {select}, {_is_blank(source.columns)} AS is_blank FROM {source.relation}"
        kept = f"SELECT * EXCLUDE (is_blank) FROM ({numbered}) AS numbered WHERE NOT is_blank"
        session.run(f"COPY ({kept}) TO {text(str(target))} (FORMAT parquet)", tell=tell)
    keys = (ROW, *source.keys) if is_numbered else source.keys
    return RosterSource(relation, session.columns(relation), keys, parquet=target)


def _is_blank(columns: Iterable[str]) -> str:
    """Whether nothing is written in any of the columns, all of them text: such a line is no row."""
    written = ", ".join(f"NULLIF(TRIM({name(column)}), '')" for column in columns)
    return f"COALESCE(NULL, {written}) IS NULL" if written else "TRUE"
