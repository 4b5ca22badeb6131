"""How an answer came about, step by step, in plain Chinese: what each step read and where it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from minsheng.standards import tree as t
from minsheng.standards.asked import Question
from minsheng.standards.chinese import day, phrase, shown_value
from minsheng.standards.evaluate import Answer, Trace
from minsheng.standards.model import Standard
from minsheng.standards.money import yuan
from minsheng.standards.problem_codes import told
from minsheng.standards.tracing import Step
from minsheng.standards.vocabulary import Vocabulary

_LEAVES = t.Whole | t.Word | t.Day | t.AsOf | t.Due | t.ColumnValue | t.ParameterValue


@dataclass(frozen=True, slots=True)
class Read:
    """A value that a step looked at."""

    name: str
    chinese: str
    value: Any
    shown: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One step: what kind, what was asked, what was read, how it came out, and the steps inside it."""

    kind: str
    says: str
    reads: tuple[Read, ...]
    result: Any
    shown: str
    inner: "tuple[Reason, ...]" = ()

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
    conclusion = _conclusion(trace.answer, vocabulary)
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
        yield _reason("上下限", trace.condition)


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
    terms = when.parts if isinstance(when.node, t.Logic) and when.node.operator == "and" else (when,)
    for term in terms:
        yield _reason("条件", term)


def _reason(kind: str, step: Step) -> Reason:
    node = step.node
    month = f"{step.month.year}年{step.month.month}月：" if step.month else ""
    is_money = isinstance(node, t.Compare) and "money" in {node.left.kind, node.right.kind}
    inner = tuple((_figure if is_money else _reason)(kind, part) for part in _shown_parts(step))
    result = shown_value(step.value, node) if step.value is not None else "不能确定"
    return Reason(kind, month + phrase(node), _reads(step), step.value, result, inner)


def _figure(kind: str, step: Step) -> Reason:
    """A sum of money: a bare figure in it is money too."""
    month = f"{step.month.year}年{step.month.month}月：" if step.month else ""
    inner = tuple(_figure(kind, part) for part in _shown_parts(step) if part.node.kind in {"money", "number"})
    shown = "不能确定" if step.value is None else yuan(step.value)
    return Reason(kind, month + phrase(step.node, is_money=True), _reads(step), step.value, shown, inner)


def _shown_parts(step: Step) -> tuple[Step, ...]:
    """The parts worth a step of their own: months, alternatives, what a sum or comparison is made of."""
    node = step.node
    if isinstance(node, t.NamedCall):
        return _shown_parts(step.parts[0])
    if isinstance(node, t.EachMonth | t.Logic):
        return step.parts
    if isinstance(node, t.Arithmetic | t.Extreme | t.LargerIfGiven | t.IfGiven | t.Compare):
        return tuple(part for part in step.parts if not isinstance(part.node, _LEAVES))
    return ()


def _shares(trace: Trace, vocabulary: Vocabulary) -> Iterator[Reason]:
    answer, rule = trace.answer, trace.rule
    if rule is None or answer.shares_fen is None:
        return
    steps = iter(trace.shares)
    for share in rule.shares:
        payer = vocabulary.payers.get(share.payer, share.payer)
        part = answer.shares_fen[share.payer]
        step = None if share.amount is None else next(steps)
        how = phrase(step.node, is_money=True) if step else "其余部分"
        yield Reason("分担", f"{payer}负担：{how}", _reads(step) if step else (), part, yuan(part))


def _reads(step: Step) -> tuple[Read, ...]:
    """The columns and parameters a step looked at, each once."""
    found: dict[tuple[str, Any], Read] = {}
    for leaf in _leaves(step):
        node = leaf.node
        if isinstance(node, t.ColumnValue):
            read = Read(node.column.name, node.column.chinese, leaf.value, shown_value(leaf.value, node))
        elif isinstance(node, t.ParameterValue):
            shown = "未定" if leaf.value is None else shown_value(leaf.value, node)
            read = Read(f"${node.parameter.name}", node.parameter.chinese, leaf.value, shown)
        else:
            continue
        found[read.name, leaf.value] = read
    return tuple(found.values())


def _leaves(step: Step) -> Iterator[Step]:
    if not step.parts:
        yield step
    for part in step.parts:
        yield from _leaves(part)


def _conclusion(answer: Answer, vocabulary: Vocabulary) -> str:
    if answer.problem is not None:
        return f"{told(answer.problem, vocabulary)}。"
    if not answer.eligible:
        return "不符合条件，应发0元。"
    check = {
        "below_floor": "注意：低于通知规定的下限。",
        "above_ceiling": "注意：超过通知规定的上限。",
    }.get(answer.check or "", "")
    return f"符合条件，应发{yuan(answer.amount_fen or 0)}。{check}"


def _plain(value: Any) -> Any:
    """As JSON can hold it."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def lines_of(explanation: Explanation) -> list[str]:
    """The explanation as lines of text."""
    standard = explanation.standard
    head = [f"{standard.name}（{standard.id}）", f"对象：{standard.for_whom}"]
    if explanation.sources:
        head.append(f"依据：通知{standard.notice}" + "，".join(explanation.sources))
    body = [
        line for place, reason in enumerate(explanation.reasons, 1) for line in _told(reason, f"{place}. ")
    ]
    return [*head, *body, f"结论：{explanation.conclusion}"]


def _told(reason: Reason, lead: str) -> Iterator[str]:
    reads = "，".join(f"{read.chinese}：{read.shown}" for read in reason.reads)
    kind = "" if lead.endswith("· ") else f"{reason.kind}："
    yield f"{lead}{kind}{reason.says}" + (f"【{reads}】" if reads else "") + f" → {reason.shown}"
    for inner in reason.inner:
        yield from _told(inner, "   " + " " * (len(lead) - len(lead.lstrip())) + "· ")
