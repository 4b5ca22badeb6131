"""A rule and the same rule changed, decided side by side: one line a row of the roster, without its keys.

The file has ``region``, ``weight`` (how many cases the row stands for) and of each rule what is due, its
problem and the parts. Who a row is about never leaves the roster.
"""

from dataclasses import dataclass

from minsheng.engine.back_end import Task
from minsheng.engine.session import Tell, text
from minsheng.engine.statement import Dialect, Rows, layered, literal
from minsheng.standards.sql import RuleSql

COUNTS = "stated_counts"
"""The table (case_id, cases) of a roster of stated counts, where there is one."""


@dataclass(frozen=True, slots=True)
class PairedEngine:
    """A back end for exactly two rules, the old one first."""

    has_counts: bool = False

    @property
    def dialect(self) -> Dialect:
        return "duckdb"

    def decide(self, task: Task, tell: Tell | None) -> int:
        old, new = task.rules
        if isinstance(old, str) or isinstance(new, str):
            raise TypeError("a pair is decided on a day on which it is in force")
        rows = Rows(task.rows.sql.replace("{roster}", task.source.relation), task.rows.keys)
        weight = "COALESCE(counts.cases, 0)" if self.has_counts else "CAST(1 AS BIGINT)"
        joined = f" LEFT JOIN {COUNTS} AS counts USING (case_id)" if self.has_counts else ""
        select = ", ".join(("region", f"{weight} AS weight", *_answer("old", old), *_answer("new", new)))
        # What totals of a run are made of: here those of the changed rule.
        totals = (
            f"{literal(new.standard_id, 'duckdb')} AS standard, new_eligible AS eligible, "
            "new_fen AS amount_fen, new_problem AS problem"
        )
        paired = f"SELECT {select} FROM ({layered(rows, (old, new))}) AS answered{joined}"
        target = text(str(task.answers))
        task.session.run(
            f"COPY (SELECT *, {totals} FROM ({paired}) AS paired) TO {target} (FORMAT parquet)", tell=tell
        )
        found: int = task.session.one(f"SELECT count(*) FROM read_parquet({target})")
        return found


def _answer(which: str, rule: RuleSql) -> tuple[str, ...]:
    problem = f"CASE WHEN {rule.problem} > 0 THEN {rule.problem_code} END"
    shares = (f"{part} AS {which}_part_{number}" for number, part in enumerate(rule.shares.values()))
    return (
        f"{rule.eligible} AS {which}_eligible",
        f"CAST({rule.amount} AS BIGINT) AS {which}_fen",
        f"{problem} AS {which}_problem",
        *shares,
    )
