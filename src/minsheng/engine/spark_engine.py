"""Spark decides, for rosters that outgrow one machine: the same statements in its dialect.

What is small stays with DuckDB: regions' figures, calendar, totals, and the one file that the answers become.
"""

import os
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minsheng.engine.back_end import Task
from minsheng.engine.refusal import RefusedError
from minsheng.engine.session import PROGRESS_EVERY, CancelledError, Limits, Session, Tell, text
from minsheng.engine.statement import (
    CALENDAR,
    DAY_FIGURES,
    MONTH_FIGURES,
    Dialect,
    Rows,
    statement,
    with_figures,
)
from minsheng.standards.sql import RuleSql

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

BATCH = 12
"""Standards in one scan: what Spark compiles has a limit, and it interprets a statement that is wider."""
TOGETHER = 30
"""Short statements, each a rule over its own rows, in one job."""
NO_SPARK = (
    "没有安装 Spark：请先装 requirements/spark.txt（pyspark），或去掉 --engine spark，用自带的 DuckDB。"
)
NO_JAVA = (
    "没有找到 Java：Spark 要用 Java 17，请先装好并设好 JAVA_HOME，或去掉 --engine spark，用自带的 DuckDB。"
)


@dataclass(slots=True)
class SparkEngine:
    """The back end on Spark; it is started by the first task and stopped by ``close``."""

    limits: Limits = field(default_factory=Limits)
    batch: int = BATCH
    _spark: "SparkSession | None" = None

    @property
    def dialect(self) -> Dialect:
        return "spark"

    def close(self) -> None:
        if self._spark is not None:
            self._spark.stop()
            self._spark = None

    def decide(self, task: Task, tell: Tell | None) -> int:
        """Raises RefusedError where Spark cannot be started here."""
        is_short = task.own_rule is not None
        spark = self._spark = self._spark or _started(self.limits, is_short=is_short)
        for name, values in OF_TASK.items():
            spark.conf.set(name, values[is_short])
        _show_tables(spark, task)
        rows = replace(task.rows, sql=task.rows.sql.replace("{roster}", "roster_file"))
        folder = task.session.folder / "spark-answers"
        for question in self._questions(spark, rows, task):
            write = spark.sql(question).write.mode("append").parquet
            _watched(spark, lambda write=write: write(str(folder)), task.session, tell)  # type: ignore[misc]
        return _in_one_file(task, folder)

    def _questions(self, spark: "SparkSession", rows: Rows, task: Task) -> list[str]:
        if task.own_rule is None:
            return [
                statement(rows, task.rules[start : start + self.batch], self.dialect, batch=self.batch)
                for start in range(0, len(task.rules), self.batch)
            ]
        # What all rules read is worked out once and written: 120 short statements are then 120 short plans.
        folder = str(task.session.folder / "typed-for-spark")
        rules = [rule for rule in task.rules if isinstance(rule, RuleSql)]
        spark.sql(with_figures(rows, rules)).coalesce(1).write.parquet(folder)
        spark.read.parquet(folder).createOrReplaceTempView("typed_rows")
        own = [
            statement(_own_rows(rows, task.own_rule, rule), (rule,), self.dialect, batch=1) for rule in rules
        ]
        return [" UNION ALL ".join(own[start : start + TOGETHER]) for start in range(0, len(own), TOGETHER)]


def _own_rows(rows: Rows, column: str, rule: RuleSql) -> Rows:
    """The rows that this rule alone answers, with only what it reads."""
    sql = f"SELECT * FROM typed_rows WHERE {column} = {rule.standard_id}"
    return replace(rows, sql=sql, has_figures=True)


def refusal_of_spark() -> str | None:
    """Why Spark cannot be started here, in a sentence; None where it can."""
    try:
        import pyspark  # noqa: F401, PLC0415 - an extra: only who asks for it needs it
    except ImportError:
        return NO_SPARK
    home = os.environ.get("JAVA_HOME")
    has_java = shutil.which("java") or (home and (Path(home) / "bin" / "java").exists())
    return None if has_java else NO_JAVA


SHORT_JVM = {"spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}
OF_TASK = {
    "spark.sql.codegen.wholeStage": ("true", "false"),
    "spark.sql.codegen.factoryMode": ("FALLBACK", "NO_CODEGEN"),
    "spark.sql.subexpressionElimination.enabled": ("true", "false"),
    "spark.sql.constraintPropagation.enabled": ("true", "false"),
    "spark.sql.lightweightPlanChangeValidation": ("true", "false"),
    "spark.sql.adaptive.enabled": ("true", "false"),
    "spark.sql.shuffle.partitions": ("4", "1"),
}
"""For a whole roster, and for a handful of rows: there nothing is compiled that runs only once."""


def _started(limits: Limits, *, is_short: bool) -> "SparkSession":
    refusal = refusal_of_spark()
    if refusal:
        raise RefusedError(refusal)
    from pyspark.errors import PySparkException  # noqa: PLC0415 - as above
    from pyspark.sql import SparkSession  # noqa: PLC0415

    settings = {
        "spark.master": f"local[{limits.threads}]",
        "spark.driver.memory": limits.memory.upper().replace("GB", "g").replace("MB", "m"),
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.log.level": "ERROR",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.ansi.enabled": "true",
        "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
        "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED",
        "spark.sql.debug.maxToStringFields": "10",
        "spark.ui.showConsoleProgress": "false",
    }
    if limits.spill is not None:
        settings["spark.local.dir"] = str(limits.spill)
    if is_short:
        settings |= SHORT_JVM
    builder: Any = SparkSession.builder
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        found: SparkSession = builder.appName("minsheng").getOrCreate()
    except (PySparkException, RuntimeError, OSError) as fault:
        raise RefusedError(NO_JAVA) from fault
    return found


def _show_tables(spark: "SparkSession", task: Task) -> None:
    """The roster and the small tables under their names."""
    source = task.source.parquet or _written(task.session, task.source.relation, "roster-for-spark")
    spark.read.parquet(str(source)).createOrReplaceTempView("roster_file")
    present = {row[0] for row in task.session.rows("SELECT table_name FROM duckdb_tables()")}
    for table in present & {DAY_FIGURES, CALENDAR, MONTH_FIGURES}:
        spark.read.parquet(str(_written(task.session, table, table))).createOrReplaceTempView(table)


def _written(session: Session, relation: str, file: str) -> Path:
    target = session.folder / f"{file}.parquet"
    session.run(f"COPY (SELECT * FROM {relation}) TO {text(str(target))} (FORMAT parquet)")
    return target


def _watched(spark: "SparkSession", act: Callable[[], None], session: Session, tell: Tell | None) -> None:
    """Run a job; stop it when the session is cancelled."""
    faults: list[BaseException] = []

    def work() -> None:
        try:
            act()
        except Exception as fault:  # noqa: BLE001 - handed on below, whatever it is
            faults.append(fault)

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    while worker.is_alive():
        worker.join(PROGRESS_EVERY)
        if session.is_cancelled:
            spark.sparkContext.cancelAllJobs()
        elif tell is not None:
            tell(None)
    if session.is_cancelled:
        raise CancelledError
    if faults:
        raise faults[0]


def _in_one_file(task: Task, folder: Path) -> int:
    target = text(str(task.answers))
    task.session.run(
        f"COPY (SELECT * FROM read_parquet({text(f'{folder}/*.parquet')})) TO {target} (FORMAT parquet)"
    )
    shutil.rmtree(folder)
    rows: int = task.session.one(f"SELECT count(*) FROM read_parquet({target})")
    return rows
