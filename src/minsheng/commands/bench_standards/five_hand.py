"""The five rules on which entitlement engines are compared: a made-up roster, and the rules written by hand."""

from pathlib import Path

FIVE_RULES = Path(__file__).parent / "five_rules"
AS_OF = "2026-06-01"
NAMES = ("flat", "of-head", "tiers", "lesser", "total")


def five_roster_sql(rows: int) -> str:
    """People in households of two or three; the head of each has a base that counts for the others."""
    chances = ", ".join(f"hash(i, {place}) AS c{place}" for place in range(8))
    return (
        "SELECT 'P' || lpad(CAST(i AS VARCHAR), 9, '0') AS person_id, i // 5 * 2 + (i % 5) // 3 AS household, "
        "i % 5 IN (0, 3) AS is_head, CAST(c0 % 100 AS INTEGER) AS age, c1 % 100 < 12 AS listed, "
        "CAST(c2 % 13 AS INTEGER) AS months, CAST(30000 + c3 % 670000 AS INTEGER) AS base_fen, "
        "CAST(least(-ln((c4 % 999983 + 1) / 999984.0) * 1100000, 80000000) AS INTEGER) AS spend_fen, "
        "CAST(c5 % 10 < 3 AS INTEGER) AS grade, CAST(c6 % 400000 AS INTEGER) AS actual_fen, "
        "CAST([68000, 78000, 90000, 200000][1 + CAST(c7 % 4 AS INTEGER)] AS INTEGER) AS own_fen "
        f"FROM (SELECT i, {chances} FROM range({rows}) AS numbers(i)) ORDER BY hash(i)"
    )


def five_relation(roster: Path) -> str:
    """Every person with the base of the head of the household: what the rules are given, by hand or not."""
    return (
        f"(SELECT p.*, h.base_fen AS head_base_fen FROM read_parquet('{roster}') AS p "
        f"LEFT JOIN (SELECT household, base_fen FROM read_parquet('{roster}') WHERE is_head) AS h USING (household))"
    )


def five_query(roster: Path) -> str:
    """The rules by hand; the roster has nothing missing, so no problem is looked for."""
    lists = {
        "standard": [f"'five-2026.p01.{name}'" for name in NAMES],
        "eligible": ["listed AND age >= 60", "NOT is_head AND age < 18", "true", "true", "true"],
        "amount_fen": ["r1", "r2", "r3", "r4", "total"],
        "shares_fen": ["NULL"] * 4
        + ["'{\"province\": ' || province || ', \"city\": ' || total - province || '}'"],
        "check": [
            "CASE WHEN listed AND age >= 60 THEN 'ok' END",
            "CASE WHEN NOT is_head AND age < 18 THEN 'ok' END",
        ]
        + ["'ok'"] * 3,
        "problem": ["NULL::VARCHAR"] * 5,
    }
    unnested = ", ".join(f'unnest([{", ".join(values)}]) AS "{name}"' for name, values in lists.items())
    return f"""
WITH r AS (SELECT *,
    CASE WHEN listed AND age >= 60 THEN 8000 * months ELSE 0 END AS r1,
    CASE WHEN NOT is_head AND age < 18
      THEN least((head_base_fen * 30 + 50) // 100, 120000)::BIGINT * months ELSE 0 END AS r2,
    least((20 * (least(greatest(spend_fen, 500000), 3000000)::BIGINT - 500000)
      + 30 * (least(greatest(spend_fen, 3000000), 7000000)::BIGINT - 3000000)
      + 40 * (greatest(spend_fen, 7000000)::BIGINT - 7000000) + 50) // 100,
      CASE WHEN grade = 0 THEN 5000000 ELSE 1600000 END) AS r3,
    least(actual_fen, own_fen)::BIGINT AS r4
  FROM {five_relation(roster)}),
t AS (SELECT *, r1 + r2 + r3 + r4 AS total FROM r),
s AS (SELECT *, (total * 7 + 5) // 10 AS province FROM t)
SELECT person_id, {unnested} FROM s
"""
