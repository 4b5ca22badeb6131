"""A standard's id and dates, and whether what a version says of its expressions is so."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from minsheng.standards import tree as t
from minsheng.standards.compiled import Rule
from minsheng.standards.fault import Fault
from minsheng.standards.functions import MONTH_FROM, MONTH_TO
from minsheng.standards.model import Notice, Standard
from minsheng.standards.vocabulary import Vocabulary


def check_identity(standard: Standard) -> Iterator[Fault]:
    """The id names the notice and the project, and the file is the project's."""
    place, head = standard.place, f"{standard.notice}.p{standard.project:02d}."
    tail = standard.id.removeprefix(head)
    if not standard.id.startswith(head) or not tail.replace("-", "").isalnum() or not tail.isascii():
        yield place.fault(
            "id", f"编号“{standard.id}”不合规定", f"写成{head}加小写英文名，如{head}orphan-living"
        )
    if Path(place.file).stem != f"p{standard.project:02d}":
        what = f"第{standard.project}项工程的标准写在{Path(place.file).name}里"
        yield place.fault("file", what, f"移到p{standard.project:02d}.yaml")


def check_dates(standard: Standard, notice: Notice | None) -> Iterator[Fault]:
    """Versions follow one another without gap or overlap; a start by the plan year is that day."""
    for version in standard.versions:
        if version.last_day is not None and version.last_day < version.first_day:
            what = f"{standard.id}的版本到{version.last_day}为止，早于起始日{version.first_day}"
            yield version.place.fault("backwards", what, "to写成不早于from的日子")
        starts = notice.plan_year_start if notice else version.first_day
        is_start = (version.first_day.month, version.first_day.day) == (starts.month, starts.day)
        if version.basis == "plan_year" and not (is_start and version.first_day <= starts):
            what = f"{standard.id}的from_basis是plan_year，from却不是计划年度首日{starts}"
            yield version.place.fault(
                "plan_year", what, "改from；通知写明日期的用stated，另行约定的用settled并写note"
            )
    for earlier, later in pairwise(standard.versions):
        until = earlier.last_day
        if until is None or later.first_day <= until:
            what = f"{standard.id}从{later.first_day}起有两个版本同时有效"
            mend = f"给前一版本写上to: {later.first_day - timedelta(days=1)}"
            yield later.place.fault("overlap", what, mend)
        elif later.first_day > until + timedelta(days=1):
            what = f"{standard.id}在{until}之后、{later.first_day}之前没有版本"
            yield later.place.fault("gap", what, f"把前一版本的to改到{later.first_day - timedelta(days=1)}")


def check_rule(rule: Rule, vocabulary: Vocabulary) -> Iterator[Fault]:
    """Reads, bound, shares, rounding and form against the expressions."""
    yield from _check_reads(rule, vocabulary)
    yield from _check_bound(rule)
    yield from _check_shares(rule)
    yield from _check_rounding(rule)


def _check_reads(rule: Rule, vocabulary: Vocabulary) -> Iterator[Fault]:
    said, place = rule.version.reads, rule.version.place
    used = {column.name for column in rule.columns}
    named = set(said.columns)
    yield from _differences(rule, sorted(used - named), sorted(named - used), "columns", vocabulary)
    parameters = {parameter.name for parameter in rule.day_parameters}
    parameters |= {found.name for month in rule.months for found in rule.parameters_of_month(month)}
    given = set(said.parameters)
    yield from _differences(
        rule, sorted(parameters - given), sorted(given - parameters), "parameters", vocabulary
    )
    for name in sorted({name for name in said.columns if said.columns.count(name) > 1}):
        yield place.fault("reads", f"{rule.standard.id}的reads里{name}写了两次", "只留一处")


def _differences(
    rule: Rule, lacking: Sequence[str], idle: Sequence[str], which: str, vocabulary: Vocabulary
) -> Iterator[Fault]:
    place, who = rule.version.place, rule.standard.id
    for name in lacking:
        shown = vocabulary.chinese(name)
        hint = "（each_month要用）" if name in {MONTH_FROM, MONTH_TO} else ""
        what = f"{who}的算式用了{name}（{shown}）{hint}，reads.{which}里没有"
        yield place.fault("reads", what, f"在reads.{which}里补上{name}")
    for name in idle:
        what = f"{who}的reads.{which}里有{name}，算式没有用"
        yield place.fault("reads", what, "从reads里去掉，或在算式里用上")


def _check_bound(rule: Rule) -> Iterator[Fault]:
    bound, place = rule.version.bound, rule.version.place
    needs = bound.kind in {"at_least", "at_most", "range"}
    if needs != (rule.condition is not None):
        what = f"{rule.standard.id}的bound是{bound.kind}，{'没有' if needs else '却写了'}condition"
        mend = "补上核对用的条件，如$local_standard_fen >= 110000" if needs else "去掉condition，或改kind"
        yield place.fault("bound", what, mend)
        return
    condition = rule.condition.of if isinstance(rule.condition, t.EachMonth) else rule.condition
    if condition is None:
        return
    if bound.kind == "range":
        is_fit = isinstance(condition, t.Logic) and condition.is_range
        wanted = "下限 <= x <= 上限"
    else:
        signs = {">", ">="} if bound.kind == "at_least" else {"<", "<="}
        is_fit = isinstance(condition, t.Compare) and condition.operator in signs
        wanted = "x >= 下限" if bound.kind == "at_least" else "x <= 上限"
    if not is_fit:
        what = f"{rule.standard.id}的bound是{bound.kind}，condition的写法对不上"
        yield (bound.condition.place if bound.condition else place).fault("bound", what, f"写成{wanted}")


def _check_shares(rule: Rule) -> Iterator[Fault]:
    shares, place, who = rule.version.shares, rule.version.place, rule.standard.id
    rests = [number for number, share in enumerate(shares) if share.amount is None]
    if shares and rests != [len(shares) - 1]:
        what = f"{who}的分担没有以rest结尾，或rest不止一处"
        yield place.fault("shares", what, "最后一方写rest，其余各方写算式，合计才等于应发数")
    if len(shares) == 1:
        yield place.fault("shares", f"{who}的分担只有一方", "写出各方，或去掉shares")
    if bool(shares) != ("share_split" in rule.version.form):
        what = f"{who}的form{'没有' if shares else '有'}share_split，{'却' if shares else '但没有'}写了shares"
        what = what if shares else f"{who}的form有share_split，没有写shares"
        yield place.fault("form", what, "form里的share_split与shares要么都有，要么都没有")


def _check_rounding(rule: Rule) -> Iterator[Fault]:
    found = _roundings((rule.amount,))
    in_shares = _roundings([share.amount for share in rule.shares if share.amount is not None])
    allowed = {_word(found), _word(found | in_shares)}
    said = rule.version.rounding
    if said not in allowed:
        what = f"{rule.standard.id}的rounding写{said}，金额的算式里是{_word(found)}"
        mend = f"rounding改成{_word(found)}，或改算式（half_up四舍五入，up进一，down舍尾）"
        yield rule.version.place.fault("rounding", what, mend)


def _roundings(roots: Sequence[t.Node]) -> set[str]:
    return {node.rounding for root in roots for node in root.walk() if isinstance(node, t.Divide)}


def _word(roundings: set[str]) -> str:
    if not roundings:
        return "none"
    return next(iter(roundings)) if len(roundings) == 1 else "mixed"
