"""An explanation as lines of text, one step a line, for the counter."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from minsheng.standards.explain import Explanation, Reason


def lines_of(explanation: Explanation) -> list[str]:
    standard = explanation.standard
    head = [f"{standard.name}（{standard.id}）", f"对象：{standard.for_whom}"]
    head += [f"依据：通知{standard.notice}{source}" for source in explanation.sources]
    body = [
        line for place, reason in enumerate(explanation.reasons, 1) for line in _told(reason, f"{place}. ")
    ]
    return [*head, *body, f"结论：{explanation.conclusion}"]


def _told(reason: Reason, lead: str) -> Iterator[str]:
    own = reason.own if reason.inner else reason.reads
    reads = "，".join(f"{read.chinese}：{read.shown}" for read in own)
    kind = "" if lead.endswith("· ") else f"{reason.kind}："
    yield f"{lead}{kind}{reason.says}" + (f"【{reads}】" if reads else "") + f" → {reason.shown}"
    for inner in _with_like_months(reason.inner):
        yield from _told(inner, "   " + " " * (len(lead) - len(lead.lstrip())) + "· ")


def _with_like_months(reasons: Sequence[Reason]) -> Iterator[Reason]:
    """Months one after the other that came out alike, told once."""
    for _, alike in groupby(reasons, key=_without_month):
        months = list(alike)
        first, last = months[0].month, months[-1].month
        if first is None or last is None or first == last:
            yield from months
        else:
            until = f"至{f'{last.year}年' if last.year != first.year else ''}{last.month}月"
            says = f"{first.year}年{first.month}月{until}，每月：{_without_month(months[0]).says}"
            yield replace(months[0], says=says)


def _without_month(reason: Reason) -> Reason:
    month = reason.month
    bare = reason.says if month is None else reason.says.removeprefix(f"{month.year}年{month.month}月：")
    return replace(reason, says=bare, month=None)
