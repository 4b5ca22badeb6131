"""What decides the rows: DuckDB in this process, or Spark."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from minsheng.engine.roster_file import RosterSource
from minsheng.engine.session import Session, Tell
from minsheng.engine.statement import Dialect, Rows
from minsheng.standards.sql import RuleSql


@dataclass(frozen=True, slots=True)
class Task:
    """Rows to be decided by rules (an id: a standard not in force); every answer goes to one parquet file.

    ``own_rule``: each row is answered by one rule alone, whose id stands in this column. They are a handful,
    for which compiling a statement costs more than it saves.
    """

    session: Session
    rows: Rows
    rules: tuple[RuleSql | str, ...]
    source: RosterSource
    answers: Path
    own_rule: str | None = None


class BackEnd(Protocol):
    """Decides a task and says how many answers it wrote."""

    @property
    def dialect(self) -> Dialect: ...

    def decide(self, task: Task, tell: Tell | None) -> int: ...
