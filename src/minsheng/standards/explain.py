"""How an answer came about, step by step, in plain Chinese: what each step read and where it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from minsheng.standards import tree as t
from minsheng.standards.asked import Question
from minsheng.standards.chinese import alone, day, phrase, shown_value
from minsheng.standards.decided import decided, shown_parts
from minsheng.standards.evaluate import Answer, Trace
from minsheng.standards.model import Standard
from minsheng.standards.money import yuan
from minsheng.standards.problem_codes import told
from minsheng.standards.tracing import Step
from minsheng.standards.vocabulary import Vocabulary

NOT_CERTAIN = "不能确定"


@dataclass(frozen=True, slots=True)
class Read:
    """A value that a step looked at."""

    name: str
    chinese: str
    value: Any
    shown: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One step: what kind, what was asked, what was read, how it came out, and the steps inside it.

    ``own``: of what was read, what no step inside tells; ``month``: the month it was taken in.
    """

    kind: str
    says: str
    reads: tuple[Read, ...]
    result: Any
    shown: str
    inner: "tuple[Reason, ...]" = ()
    own: tuple[Read, ...] = ()
    month: date | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "step": self.kind,
            "says": self.says,
            "reads": [
                {"name": read.name, "chinese": read.chinese, "value": _plain(read.value), "shown": read.shown}
                for read in self.reads
            ],
            "result": _plain(self.result),
            "shown": self.shown,
            "steps": [reason.to_json() for reason in self.inner],
        }


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer with its reasons and the lines of the notice they rest on."""

    standard: Standard
    answer: Answer
    sources: tuple[str, ...]
    reasons: tuple[Reason, ...]
    conclusion: str

    def to_json(self) -> dict[str, Any]:
        return {
            "standard": self.standard.id,
            "name": self.standard.name,
            "notice": self.standard.notice,
            "sources": list(self.sources),
            **self.answer.to_json(),
            "steps": [reason.to_json() for reason in self.reasons],
            "conclusion": self.conclusion,
        }


def explain(trace: Trace, standard: Standard, question: Question, vocabulary: Vocabulary) -> Explanation:
    """The reasons of a traced answer."""
    version = trace.rule.version if trace.rule else None
    sources = [
        f"{source}" + (f"（{'；'.join(source.figures)}）" if source.figures else "")
        for source in (version.sources if version else ())
    ]
    conclusion = _conclusion(trace, vocabulary)
    return Explanation(
        standard,
        trace.answer,
        tuple(sources),
        tuple(_reasons(trace, standard, question, vocabulary)),
        conclusion,
    )


def _reasons(
    trace: Trace, standard: Standard, question: Question, vocabulary: Vocabulary
) -> Iterator[Reason]:
    yield _in_force(trace, standard, question)
    if trace.rule is None:
        return
    unsound = trace.when is None
    values = (
        told(trace.answer.problem, vocabulary)
        if unsound and trace.answer.problem
        else "各项数值都在允许范围内"
    )
    yield Reason("数值", values, (), not unsound, "有问题" if unsound else "是")
    if trace.when is None:
        return
    yield from _conditions(trace.when)
    if trace.amount is None:
        return
    yield _figure("金额", trace.amount)
    yield from _shares(trace, vocabulary)
    if trace.condition is not None:
        is_checked = trace.condition.value is not None or trace.answer.problem is not None
        yield _reason("上下限", trace.condition) if is_checked else _not_checked(trace.condition)


def _in_force(trace: Trace, standard: Standard, question: Question) -> Reason:
    on = day(question.as_of)
    if trace.rule is None:
        first = min(version.first_day for version in standard.versions)
        says = f"{on}这项标准不在执行期内（{day(first)}起执行）"
        return Reason("执行期", says, (), result=False, shown="否")
    version = trace.rule.version
    until = f"至{day(version.last_day)}" if version.last_day else ""
    return Reason(
        "执行期", f"{on}在执行期内（{day(version.first_day)}起{until}）", (), result=True, shown="是"
    )


def _conditions(when: Step) -> Iterator[Reason]:
    """Every condition that must hold, one by one."""
    yield from (_reason("条件", term) for term in _terms(when))


def _terms(when: Step) -> tuple[Step, ...]:
    return when.parts if isinstance(when.node, t.Logic) and when.node.operator == "and" else (when,)


def _reason(kind: str, step: Step) -> Reason:
    node = step.node
    is_money = isinstance(node, t.Compare) and "money" in {node.left.kind, node.right.kind}
    inner = tuple((_figure if is_money else _reason)(kind, part) for part in shown_parts(step))
    shown = shown_value(step.value, node) if step.value is not None else NOT_CERTAIN
    return _made(kind, step, _says(step), shown, inner)


def _figure(kind: str, step: Step) -> Reason:
    """A sum of money: a bare figure in it is money too."""
    inner = tuple(_figure(kind, part) for part in shown_parts(step) if part.node.kind in {"money", "number"})
    shown = NOT_CERTAIN if step.value is None else yuan(step.value)
    return _made(kind, step, _says(step, is_money=True), shown, inner)


def _not_checked(condition: Step) -> Reason:
    """The bound where the region has no figure of its own that could break it."""
    reads = tuple(read for read in _reads(condition) if read.value is None)
    shown = "没有登记本地自定的数，不用核对"
    return Reason("上下限", phrase(condition.node), reads, None, shown, own=reads)


def _made(kind: str, step: Step, says: str, shown: str, inner: tuple[Reason, ...]) -> Reason:
    reads = _reads(step)
    told = {read for reason in inner for read in reason.reads}
    # Terms put together tell their own values; those that settled nothing are left out.
    is_logic = isinstance(_meant(step.node), t.Logic)
    own = () if inner and is_logic else tuple(read for read in reads if read not in told)
    prefix = _month(step.month) + "：" if step.month else ""
    return Reason(kind, prefix + says, reads, step.value, shown, inner, own, step.month)


def _meant(node: t.Node) -> t.Node:
    return _meant(node.meaning) if isinstance(node, t.NamedCall) else node


def _says(step: Step, *, is_money: bool = False) -> str:
    """The expression in words, with the alternative that was taken."""
    node, parts = step.node, step.parts
    if isinstance(node, t.Choice) and step.value is not None:
        value = phrase(decided(parts[-1]), is_money=is_money or node.kind == "money")
        is_guarded = len(parts) > 1 and parts[-2].value is True
        return (f"{phrase(decided(parts[-2]))}的" if is_guarded else "其他情形") + f"，用{value}"
    return alone(decided(step), is_money=is_money)


def _month(month: date) -> str:
    return f"{month.year}年{month.month}月"


def _shares(trace: Trace, vocabulary: Vocabulary) -> Iterator[Reason]:
    answer, rule = trace.answer, trace.rule
    if rule is None or answer.shares_fen is None:
        return
    steps = iter(trace.shares)
    for share in rule.shares:
        payer = vocabulary.payers.get(share.payer, share.payer)
        part = answer.shares_fen[share.payer]
        step = None if share.amount is None else next(steps)
        how = alone(decided(step), is_money=True) if step else "其余部分"
        yield Reason("分担", f"{payer}负担：{how}", _reads(step) if step else (), part, yuan(part))


def _reads(step: Step) -> tuple[Read, ...]:
    """The columns and parameters a step looked at, and ages that were counted, each once."""
    found: dict[tuple[str, Any], Read] = {}
    for one in _steps(step):
        node, value = one.node, one.value
        if isinstance(node, t.ColumnValue):
            read = Read(node.column.name, node.column.chinese, value, shown_value(value, node))
        elif isinstance(node, t.ParameterValue):
            shown = "未定" if value is None else shown_value(value, node)
            read = Read(f"${node.parameter.name}", node.parameter.chinese, value, shown)
        elif isinstance(node, t.FullYears) and value is not None:
            read = Read(node.text, "周岁", value, shown_value(value, node))
        else:
            continue
        found[read.name, value] = read
    return tuple(found.values())


def _steps(step: Step) -> Iterator[Step]:
    """All steps inside, then the step itself."""
    for part in step.parts:
        yield from _steps(part)
    yield step


def _conclusion(trace: Trace, vocabulary: Vocabulary) -> str:
    answer = trace.answer
    if answer.problem is not None:
        return f"{told(answer.problem, vocabulary)}。"
    if not answer.eligible:
        broken = (
            [phrase(term.node) for term in _terms(trace.when) if term.value is False] if trace.when else []
        )
        because = f"（“{broken[0]}”不成立）" if broken else ""
        return f"不符合条件{because}，应发0元。"
    check = {
        "below_floor": "注意：低于通知规定的下限。",
        "above_ceiling": "注意：超过通知规定的上限。",
    }.get(answer.check or "", "")
    return f"符合条件，应发{yuan(answer.amount_fen or 0)}。{check}"


def _plain(value: Any) -> Any:
    """As JSON can hold it."""
    return value.isoformat() if hasattr(value, "isoformat") else value
