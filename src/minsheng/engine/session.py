"""One DuckDB connection with its limits: it never downloads, spills to disk, tells how far it is, can be stopped."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

import duckdb

PROGRESS_EVERY = 0.2
"""Seconds between two looks at how far a statement is."""
AT_ONCE = 1000
"""Rows in one INSERT."""

Tell = Callable[[float | None], None]
"""Is told how much of a statement is done, 0 to 1; None where it cannot be known."""


class CancelledError(Exception):
    """Somebody stopped the work; nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may use: memory as DuckDB writes it (``2GB``), threads, and where it spills to disk."""

    memory: str = "2GB"
    threads: int = 2
    spill: Path | None = None


class Session:
    """Statements go through here one at a time; ``cancel`` may be called from any thread, at any time."""

    data_errors = (duckdb.InvalidInputException, duckdb.IOException, duckdb.ConversionException)
    """What a statement raises over a file that cannot be read."""

    def __init__(self, limits: Limits = Limits(), *, keep_order: bool = True) -> None:  # noqa: B008 - frozen
        self._folder = TemporaryDirectory(prefix="minsheng-", dir=limits.spill, ignore_cleanup_errors=True)
        self.folder = Path(self._folder.name)
        self._cancelled = threading.Event()
        self._connection = duckdb.connect(
            config={
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "memory_limit": limits.memory,
                "threads": limits.threads,
                "temp_directory": str(self.folder / "spill"),
                "preserve_insertion_order": keep_order,
            }
        )
        self._connection.execute("SET enable_progress_bar = true")
        self._connection.execute("SET enable_progress_bar_print = false")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        self._folder.cleanup()

    def cancel(self) -> None:
        """Stop the statement that runs now and every later one."""
        self._cancelled.set()
        self._connection.interrupt()

    @property
    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def run(self, sql: str, values: list[Any] | None = None, tell: Tell | None = None) -> None:
        """Run one statement; its result, if any, is read with ``rows`` or ``blocks``."""
        if self._cancelled.is_set():
            raise CancelledError
        try:
            with self._watched(tell):
                self._connection.execute(sql, values)
        except duckdb.InterruptException as stopped:
            raise CancelledError from stopped

    def rows(self, sql: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
        """The whole result of a question with a short answer."""
        self.run(sql, values)
        return self._connection.fetchall()

    def one(self, sql: str, values: list[Any] | None = None) -> Any:
        """The first value of the first row."""
        return self.rows(sql, values)[0][0]

    def blocks(self, sql: str, size: int = 10_000) -> Iterator[list[tuple[Any, ...]]]:
        """A long result, a block of rows at a time."""
        self.run(sql)
        while block := self._connection.fetchmany(size):
            if self._cancelled.is_set():
                raise CancelledError
            yield block

    def insert(self, table: str, rows: Sequence[str]) -> None:
        """Rows written as SQL. Handing over Python lists makes DuckDB load every array library there is."""
        for start in range(0, len(rows), AT_ONCE):
            self.run(f"INSERT INTO {table} VALUES {', '.join(rows[start : start + AT_ONCE])}")

    def columns(self, relation: str) -> dict[str, str]:
        """Name and type of each column of a table or of a question."""
        return {str(row[0]): str(row[1]) for row in self.rows(f"DESCRIBE SELECT * FROM {relation}")}

    @contextmanager
    def _watched(self, tell: Tell | None) -> Iterator[None]:
        if tell is None:
            yield
            return
        done = threading.Event()
        watcher = threading.Thread(target=self._watch, args=(done, tell), daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()

    def _watch(self, done: threading.Event, tell: Tell) -> None:
        while not done.wait(PROGRESS_EVERY):
            share = self._connection.query_progress()
            tell(share / 100 if share >= 0 else None)


def text(value: str) -> str:
    """A value as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def name(value: str) -> str:
    """A name as an SQL identifier."""
    return '"' + value.replace('"', '""') + '"'
