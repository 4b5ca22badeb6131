"""A whole roster through some standards: the answers to a file, the totals to the screen."""

import argparse
import json
import sys

from minsheng.commands.entitle_engine import limits_of, opened_back_end
from minsheng.commands.explain import open_parameters
from minsheng.commands.refused import CommandRefused
from minsheng.commands.standards_folder import ready_standards, require_standard
from minsheng.engine.refusal import Refusal
from minsheng.engine.run import Request, RunReport, open_session, run_roster
from minsheng.engine.steps import Progress
from minsheng.standards.money import yuan
from minsheng.standards.parameters import ParameterBook

ROSTER_ENGINES = ("duckdb", "spark")


def entitle_roster(arguments: argparse.Namespace) -> int:
    ready = ready_standards(arguments.standards)
    ids = list(dict.fromkeys(arguments.standard))
    for standard in ids:
        require_standard(ready, standard)
    vocabulary = ready.book.vocabulary
    request = Request(
        standards=tuple(ready.bench.compiled(standard) for standard in ids),
        vocabulary=vocabulary,
        roster=arguments.roster,
        as_of=arguments.as_of,
        out=arguments.out,
        region=arguments.region,
        figures=open_parameters(arguments.parameters, vocabulary)
        if arguments.parameters
        else ParameterBook(),
    )
    limits = limits_of(arguments)
    with (
        opened_back_end(arguments.engine or "duckdb", limits) as back_end,
        open_session(limits, request.out) as session,
    ):
        report = run_roster(request, back_end, session, progress=_progress())
    if isinstance(report, Refusal):
        raise CommandRefused(report.message)
    print(json.dumps(report.to_json(), ensure_ascii=False) if arguments.json else "\n".join(_lines(report)))
    return 0


def _progress() -> Progress | None:
    """How far the run is, on the one line of a terminal; nothing where nobody looks."""
    if not sys.stderr.isatty():
        return None

    def tell(step: str, share: float | None) -> None:
        done = "" if share is None else f" {share:.0%}"
        print(f"\r{step}{done}\033[K", end="", file=sys.stderr, flush=True)

    return tell


def _lines(report: RunReport) -> list[str]:
    lines = []
    for one in report.totals:
        bad = sum(one.problems.values())
        lines.append(
            f"{one.standard}：{one.rows}行，符合{one.eligible}行，应发{yuan(one.due_fen)}，不能算{bad}行"
        )
        lines += [f"  {code}：{rows}行" for code, rows in one.problems.items()]
    if report.missing_columns:
        lines.append(f"名册里没有这些列，用到它们的行不能算：{'、'.join(report.missing_columns)}")
    lines.append(f"用时{report.seconds:.1f}秒")
    return lines
