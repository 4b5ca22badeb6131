"""A roster that is text, has no key or is answered in its order: copied to parquet, what is read, once."""

from minsheng.engine.roster_file import KEY_COLUMNS, RosterSource
from minsheng.engine.session import Session, Tell, name, text

ROW = "row"
"""The number of a row, from 1: the key of a roster without one, and the order of the answers."""


def has_key(source: RosterSource) -> bool:
    """Whether the roster says whose each row is."""
    return any(key in source.columns for key in source.keys if key not in {"region", ROW})


def copied(
    session: Session, source: RosterSource, wanted: tuple[str, ...], tell: Tell | None, *, in_order: bool
) -> RosterSource:
    """The source itself where it will do; else a copy in the session's folder, its rows numbered."""
    if source.is_columnar and has_key(source) and not in_order:
        return source
    columns = [column for column in source.columns if column in {*wanted, *KEY_COLUMNS}]
    target = session.folder / "roster.parquet"
    select = ", ".join((f"row_number() OVER () AS {name(ROW)}", *map(name, columns)))
    session.run(
        f"COPY (SELECT {select} FROM {source.relation}) TO {text(str(target))} (FORMAT parquet)",
        tell=tell,
    )
    relation = f"read_parquet({text(str(target))})"
    return RosterSource(relation, session.columns(relation), (ROW, *source.keys), parquet=target)
