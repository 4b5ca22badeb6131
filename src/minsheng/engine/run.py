"""One run: a roster, a day, standards and the regions' figures in; answers and their totals out."""

import time
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from minsheng.engine.back_end import BackEnd, Task
from minsheng.engine.day_figures import are_sound, place_book, place_months, place_of
from minsheng.engine.refusal import Refusal, RefusedError
from minsheng.engine.result_file import Totals, check_out, totals, write_answers
from minsheng.engine.roster_copy import copied, has_key
from minsheng.engine.roster_file import RosterSource, open_roster
from minsheng.engine.session import Limits, Session, Tell, text
from minsheng.engine.statement import TEXT, Dialect, Rows, literal
from minsheng.engine.steps import Clock, Progress, Step, StepReport, run_steps
from minsheng.engine.typed_columns import typed_columns
from minsheng.standards.compiled import CompiledStandard, Rule
from minsheng.standards.functions import MONTH_FROM, MONTH_TO
from minsheng.standards.parameters import ParameterBook
from minsheng.standards.sql import rule_sql
from minsheng.standards.vocabulary import Vocabulary

REGION = "region"


@dataclass(frozen=True, slots=True)
class Request:
    """What to work out. ``region``: where the rows belong that do not say.

    ``keeps_keys``: the answers say whose they are. Else nobody has to be told apart, and no row is numbered.
    """

    standards: tuple[CompiledStandard, ...]
    vocabulary: Vocabulary
    roster: Path | RosterSource
    as_of: date
    out: Path
    region: str | None = None
    figures: ParameterBook = field(default_factory=ParameterBook)
    keeps_keys: bool = True

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The versions in force on the day."""
        found = (standard.rule_on(self.as_of) for standard in self.standards)
        return tuple(rule for rule in found if rule is not None)

    @property
    def wanted(self) -> tuple[str, ...]:
        """The columns that the rules read, in the order of the vocabulary."""
        read = {column.name for rule in self.rules for column in rule.columns}
        return tuple(name for name in self.vocabulary.columns if name in read)


@dataclass(frozen=True, slots=True)
class RunReport:
    """What came of a run."""

    totals: tuple[Totals, ...]
    steps: tuple[StepReport, ...]
    missing_columns: tuple[str, ...]

    @property
    def seconds(self) -> float:
        return sum(step.seconds for step in self.steps)

    def to_json(self) -> dict[str, Any]:
        return {
            "standards": [one.to_json() for one in self.totals],
            "missing_columns": list(self.missing_columns),
            "steps": [step.to_json() for step in self.steps],
            "seconds": round(self.seconds, 3),
        }


@dataclass(slots=True)
class _Run:
    """What the steps hand on."""

    request: Request
    session: Session
    back_end: BackEnd
    source: RosterSource
    rows: int = 0
    totals: tuple[Totals, ...] = ()

    @property
    def answers(self) -> Path:
        """Beside the file asked for where that is parquet itself: it only has to be renamed."""
        out = self.request.out
        return (
            out.with_name(f".{out.name}.part")
            if _is_parquet(out)
            else self.session.folder / "answers.parquet"
        )


def run_roster(
    request: Request,
    back_end: BackEnd,
    session: Session,
    *,
    clock: Clock = time.perf_counter,
    progress: Progress | None = None,
) -> RunReport | Refusal:
    """All standards over the whole roster. Raises CancelledError where somebody stopped it."""
    if not request.standards:
        return Refusal("没有指定标准：请至少指定一项。")
    if progress is not None:
        # A large csv takes seconds to be looked through before the first step begins.
        progress(STEPS[0].chinese, None)
    try:
        run = _Run(request, session, back_end, _opened(request, session))
        try:
            steps = run_steps(STEPS, run, clock, progress)
        finally:
            run.answers.unlink(missing_ok=True)
    except RefusedError as refused:
        return refused.refusal
    except session.data_errors as fault:
        return Refusal(
            f"{request.roster}：读到一半读不下去（{str(fault).splitlines()[0][:200]}），请检查文件。"
        )
    present = run.source.columns
    missing = tuple(name for name in request.wanted if name not in present and name != REGION)
    return RunReport(run.totals, steps, missing)


def open_session(limits: Limits, out: Path) -> Session:
    """A session for a run: csv and xlsx in the order of the roster, parquet is quicker without."""
    return Session(limits, keep_order=not _is_parquet(out))


def _is_parquet(out: Path) -> bool:
    return out.suffix.lower() == ".parquet"


def _opened(request: Request, session: Session) -> RosterSource:
    check_out(request.out)
    if isinstance(request.roster, RosterSource):
        return request.roster
    return open_roster(session, request.roster, request.vocabulary)


def _read(run: _Run, tell: Tell | None) -> int:
    request = run.request
    in_order = not _is_parquet(request.out)
    run.source = copied(
        run.session, run.source, request.wanted, tell, in_order=in_order, keeps_keys=request.keeps_keys
    )
    run.rows = run.session.one(f"SELECT count(*) FROM {run.source.relation}")
    if not run.rows and not {*run.request.wanted} & {*run.source.columns}:
        raise RefusedError(f"{run.request.roster}：名册里没有一行，也没有要用的列，请检查文件。")
    check_out(run.request.out, run.rows * len(run.request.standards))
    return run.rows


def _figures(run: _Run, _tell: Tell | None) -> int:
    return place_book(run.session, run.request.rules, run.request.figures, run.request.as_of)


def _months(run: _Run, _tell: Tell | None) -> int:
    rules = run.request.rules
    if not any(rule.months for rule in rules):
        return 0
    typed = typed_columns(run.request.vocabulary, (MONTH_FROM, MONTH_TO), run.source.columns, None)
    return place_months(
        run.session, rules, f"(SELECT {', '.join(typed.select)} FROM {run.source.relation}) AS roster"
    )


def _decide(run: _Run, tell: Tell | None) -> int:
    request, source, dialect = run.request, run.source, run.back_end.dialect
    wanted = [name for name in request.wanted if name != REGION]
    typed = typed_columns(request.vocabulary, wanted, source.columns, request.as_of, dialect)
    region = _region(source, request.region, dialect)
    keys = [f"CAST({key} AS {TEXT[dialect]}) AS {key}" for key in source.keys if key != REGION]
    place = f"{place_of(run.session, region, dialect)} AS place"
    select = ", ".join((*keys, f"{region} AS {REGION}", *typed.select, place))
    worked_out = ", ".join(("*", *typed.worked_out))
    rows = Rows(f"SELECT {worked_out} FROM (SELECT {select} FROM {{roster}}) AS typed", source.keys)
    holds = replace(typed.holds, are_figures_sound=are_sound(run.session))
    rules = [
        standard.standard.id
        if rule is None
        else rule_sql(rule, as_of=request.as_of, dialect=dialect, prefix=f"r{number}_", worked_out=holds)
        for number, standard in enumerate(request.standards)
        for rule in (standard.rule_on(request.as_of),)
    ]
    return run.back_end.decide(Task(run.session, rows, tuple(rules), source, run.answers), tell)


def _region(source: RosterSource, default: str | None, dialect: Dialect) -> str:
    """The row's own region, else the one given."""
    own = f"NULLIF(TRIM(CAST({REGION} AS {TEXT[dialect]})), '')" if REGION in source.columns else ""
    given = literal(default, dialect) if default else f"CAST(NULL AS {TEXT[dialect]})"
    return f"COALESCE({own}, {given})" if own and default else own or given


def _total(run: _Run, _tell: Tell | None) -> int:
    ids = [standard.standard.id for standard in run.request.standards]
    run.totals = totals(run.session, f"read_parquet({text(str(run.answers))})", ids)
    return len(run.totals)


def _write(run: _Run, _tell: Tell | None) -> int:
    ids = [one.standard for one in run.totals]
    write_answers(run.session, run.answers, run.request.out, ids, shows_row=not has_key(run.source))
    return sum(one.rows for one in run.totals)


STEPS: tuple[Step[_Run], ...] = (
    Step("read", "读名册", _read),
    Step("figures", "取各地参数", _figures),
    Step("months", "排月份", _months),
    Step("decide", "逐行计算", _decide),
    Step("total", "合计", _total),
    Step("write", "写结果", _write),
)
