"""A roster that is text, or has no key, is first copied to parquet: only the columns that are read, once."""

from minsheng.engine.roster_file import KEY_COLUMNS, RosterSource
from minsheng.engine.session import Session, Tell, name, text

ROW = "row"
"""The key of a roster that has none of its own: the number of its row, from 1."""


def copied(
    session: Session, source: RosterSource, wanted: tuple[str, ...], tell: Tell | None
) -> RosterSource:
    """The source itself where it is parquet with a key; else a copy in the session's folder."""
    has_key = any(key in source.columns for key in KEY_COLUMNS if key != "region")
    if source.is_columnar and has_key:
        return source
    columns = [column for column in source.columns if column in {*wanted, *KEY_COLUMNS}]
    select = [*([] if has_key else [f"row_number() OVER () AS {name(ROW)}"]), *map(name, columns)]
    target = session.folder / "roster.parquet"
    session.run(
        f"COPY (SELECT {', '.join(select)} FROM {source.relation}) TO {text(str(target))} (FORMAT parquet)",
        tell=tell,
    )
    relation = f"read_parquet({text(str(target))})"
    return RosterSource(
        relation,
        session.columns(relation),
        parquet=target,
        keys=source.keys if has_key else (ROW, *source.keys),
    )
