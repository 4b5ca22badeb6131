"""A made-up roster of any size with every column of the vocabulary, written as one DuckDB question.

Each value comes from a hash of its row, its column and the seed: the same on every machine, in any order. Some
values are missing and some outside their domain, so that problems are measured too.
"""

from collections.abc import Collection

from minsheng.standards.vocabulary import Column, Vocabulary

SEED = 20260101
REGIONS = ("谯城区", "涡阳县", "蒙城县", "利辛县")
MISSING_IN_1000, WRONG_IN_1000 = 15, 1
_SPREAD = {
    "graduation_year": (2020, 2026),
    "paid_before_count": (0, 2),
    "headcount": (0, 900),
    "unit_count": (0, 60),
}
_MOST_FEN = {"self_paid_fen": 12_000_000, "actual_cost_fen": 12_000_000, "upper_paid_fen": 40_000}
_FEN = 2_000_000


def roster_sql(vocabulary: Vocabulary, rows: int, only: Collection[str] | None = None) -> str:
    """Rows 1 to ``rows`` with person_id, region and every column that a formula can read, or only some of them.

    A column's values are the same whatever stands beside it. The numbers are put down first: DuckDB counts on one
    core, and reads what is put down on all of them.
    """
    columns = [column for column in vocabulary.columns.values() if column.type != "text"]
    chances = [f"hash(i, {SEED + place}) AS c{place}" for place in range(len(columns) + 1)]
    values = [
        f"{_value(column, f'c{place + 1}')} AS {column.name}"
        for place, column in enumerate(columns)
        if only is None or column.name in only
    ]
    region = _pick([f"'{name}'" for name in REGIONS], "c0")
    return (
        f"WITH numbers AS MATERIALIZED (SELECT i FROM range(1, {rows + 1}) AS counted(i)) "
        f"SELECT 'P' || lpad(CAST(i AS VARCHAR), 9, '0') AS person_id, {region} AS region, {', '.join(values)} "
        f"FROM (SELECT i, {', '.join(chances)} FROM numbers)"
    )


def _value(column: Column, chance: str) -> str:
    usual = f"({chance} // 1000)"
    if column.type == "word":
        value, wrong = _pick([f"'{word}'" for word in column.words], usual), "'unknown'"
    elif column.type == "bool":
        value, wrong = f"{usual} % 2 = 0", "NULL"
    elif column.type == "date":
        value, wrong = f"DATE '1935-01-01' + CAST({usual} % 32000 AS INTEGER)", "DATE '2200-01-01'"
    elif column.type == "month":
        first = 0 if column.name.endswith("from") else 8
        value, wrong = (
            _pick([f"DATE '2023-{first + month:02d}-01'" for month in range(1, 5)], usual),
            "DATE '2023-01-15'",
        )
    else:
        low, high = _ends(column)
        value, wrong = f"CAST({low} + {usual} % {high - low + 1} AS BIGINT)", "-1"
    missing = f"WHEN {chance} % 1000 < {MISSING_IN_1000} THEN NULL"
    bad = f"WHEN {chance} % 1000 < {MISSING_IN_1000 + WRONG_IN_1000} THEN {wrong}"
    return f"CASE {missing} {bad} ELSE {value} END"


def _ends(column: Column) -> tuple[int, int]:
    if column.type == "fen":
        return column.low, _MOST_FEN.get(column.name, _FEN)
    return _SPREAD.get(column.name, (column.low, column.high))


def _pick(options: list[str], chance: str) -> str:
    """One of the options; a CASE is the quickest way here."""
    branches = " ".join(f"WHEN {place} THEN {option}" for place, option in enumerate(options[:-1]))
    return f"CASE {chance} % {len(options)} {branches} ELSE {options[-1]} END"
