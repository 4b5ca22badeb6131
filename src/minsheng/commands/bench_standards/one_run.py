"""One measured run in a process of its own: seconds, processor seconds, the most memory, a digest of its rows."""

import json
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from minsheng.commands.bench_standards.five_hand import AS_OF as FIVE_DAY
from minsheng.commands.bench_standards.five_hand import FIVE_RULES, five_query, five_relation
from minsheng.commands.bench_standards.hand_written import AS_OF, CITY, STANDARDS, hand_query
from minsheng.commands.standards_folder import STANDARDS as FOLDER
from minsheng.engine.duckdb_engine import DuckDbEngine
from minsheng.engine.refusal import Refusal
from minsheng.engine.roster_file import RosterSource
from minsheng.engine.run import Request, open_session, run_roster
from minsheng.engine.session import Limits, Session, text
from minsheng.engine.spark_engine import SparkEngine
from minsheng.standards.compiled import compile_book
from minsheng.standards.loading import load_standards
from minsheng.standards.parameter_file import read_parameters
from minsheng.standards.parameters import ParameterBook

Made = TypeVar("Made")


def main() -> int:
    """The one argument is a JSON object: what, roster, parameters, standards, memory, out, digest."""
    task: dict[str, Any] = json.loads(sys.argv[1])
    out = Path(task["out"])
    limits = Limits(task["memory"], spill=out.parent)
    by_hand = {"hand": _hand, "five-hand": _five_hand}.get(task["what"])
    with open_session(limits, out) as session:
        took = _copied(session, by_hand(task), out) if by_hand else _by_engine(task, session, limits, out)
        used = resource.getrusage(resource.RUSAGE_SELF)
    found = {
        "seconds": took.seconds,
        "processor": took.processor,
        "peak_mb": used.ru_maxrss / 1024,
        "digest": digest(out) if task["digest"] else None,
    }
    print(json.dumps(found))
    return 0


def _hand(task: dict[str, Any]) -> str:
    return hand_query(Path(task["roster"]), Path(task["parameters"]), STANDARDS[: task["standards"]])


def _five_hand(task: dict[str, Any]) -> str:
    return five_query(Path(task["roster"]))


@dataclass(frozen=True, slots=True)
class _Took:
    """From the roster to the answers; what comes before, such as reading the standards, is left out."""

    seconds: float
    processor: float


def _timed(act: Callable[[], Made]) -> tuple[_Took, Made]:
    start, of_processor = time.perf_counter(), time.process_time()
    made = act()
    return _Took(time.perf_counter() - start, time.process_time() - of_processor), made


def _copied(session: Session, query: str, out: Path) -> _Took:
    copy = f"COPY ({query}) TO {text(str(out))} (FORMAT parquet)"
    return _timed(lambda: session.run(copy))[0]


def _by_engine(task: dict[str, Any], session: Session, limits: Limits, out: Path) -> _Took:
    request = _request(task, session, out)
    engine = SparkEngine(limits) if task["what"] == "spark" else DuckDbEngine()
    took, report = _timed(lambda: run_roster(request, engine, session))
    if isinstance(engine, SparkEngine):
        engine.close()
    if isinstance(report, Refusal):
        raise SystemExit(report.message)
    return took


def _request(task: dict[str, Any], session: Session, out: Path) -> Request:
    roster = Path(task["roster"])
    is_five = task["what"] == "five"
    book = load_standards(FIVE_RULES if is_five else FOLDER)
    compiled, _ = compile_book(book)
    if is_five:
        relation = five_relation(roster)
        source = RosterSource(relation, session.columns(relation), ("person_id",))
        return Request(tuple(compiled.values()), book.vocabulary, source, date.fromisoformat(FIVE_DAY), out)
    chosen = tuple(compiled[f"{CITY}.{hand.id}"] for hand in STANDARDS[: task["standards"]])
    figures = ParameterBook()
    if task["parameters"]:
        file = Path(task["parameters"])
        figures, _ = read_parameters(file.read_text(encoding="utf-8"), file.name, book.vocabulary)
    return Request(chosen, book.vocabulary, roster, date.fromisoformat(AS_OF), out, figures=figures)


def digest(out: Path) -> str:
    """Of the rows, whatever their order."""
    columns = ("person_id", "standard", "eligible", "amount_fen", "shares_fen", '"check"', "problem")
    row = ", ".join(f"CAST({column} AS VARCHAR)" for column in columns)
    with Session() as session:
        count, total = session.rows(
            f"SELECT count(*), CAST(sum(CAST(hash({row}) AS HUGEINT)) AS VARCHAR) FROM read_parquet({text(str(out))})"
        )[0]
    return f"{count}-{total}"


if __name__ == "__main__":
    sys.exit(main())
