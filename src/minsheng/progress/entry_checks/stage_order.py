"""Stages of works out of order: finished before begun, dated after the period, or one left out.

The time before the start (前期) is often without a day of its own, so that it is missing says nothing.
"""

from collections.abc import Iterator
from itertools import pairwise

from minsheng.progress.entry_line import EntryProblem, EntrySettings, LineContext
from minsheng.progress.model import STAGE_WORDS, STAGES, Stage

CODES = ("stage_order",)


def check(context: LineContext, _settings: EntrySettings) -> Iterator[EntryProblem]:
    """Errors of dates, a warning for a stage left out."""
    if context.owed.kind != "stages":
        return
    stages = context.now.stages
    given = [stage for stage in STAGES if stage in stages]
    for one, other in pairwise(given):
        if stages[other] < stages[one]:
            yield _disordered(context, one, other)
    for stage in given:
        if stages[stage] > context.period.end:
            message = (
                f"{STAGE_WORDS[stage]}日期 {stages[stage]} 在{context.period.name}之后："
                "只填已经完成的节点，预计的日期请写在下一步打算一栏。"
            )
            expected = f"不晚于 {context.period.end}"
            yield EntryProblem(
                "stage_order", "error", f"stages.{stage}", message, expected, str(stages[stage])
            )
    yield from _left_out(given)


def _disordered(context: LineContext, one: Stage, other: Stage) -> EntryProblem:
    early, late = context.now.stages[one], context.now.stages[other]
    message = (
        f"{STAGE_WORDS[other]}日期 {late} 早于{STAGE_WORDS[one]}日期 {early}：请核对这两个日期，是否填反了。"
    )
    return EntryProblem("stage_order", "error", f"stages.{other}", message, f"不早于 {early}", str(late))


def _left_out(given: list[Stage]) -> Iterator[EntryProblem]:
    last = STAGES.index(given[-1]) if given else 0
    for stage in STAGES[1:last]:
        if stage not in given:
            message = (
                f"填了{STAGE_WORDS[given[-1]]}日期，没有填{STAGE_WORDS[stage]}日期："
                "请补填；没有这个环节的，请在困难问题一栏说明。"
            )
            yield EntryProblem("stage_order", "warning", f"stages.{stage}", message, "日期", "空")
