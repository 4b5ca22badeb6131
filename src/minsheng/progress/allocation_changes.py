"""What a later version of a division changes, and what a change must state."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from minsheng.kernel.problem import Problem, Severity
from minsheng.kernel.source import Source
from minsheng.progress.allocation import Division

Changed = Literal["whole", "reserve", "share", "asked"]
CHANGED_WORDS: dict[Changed, str] = {
    "whole": "本级目标",
    "reserve": "预留",
    "share": "分解数",
    "asked": "实际下达数",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that is no longer what it was; None: there was, or is, none. ``region`` None: the node."""

    region: str | None
    what: Changed
    old: Decimal | None
    new: Decimal | None


def changes(old: Division, new: Division) -> tuple[Change, ...]:
    """Every figure that differs: the node's own first, then regions as they stood, then new ones."""
    found = [
        Change(None, "whole", old.whole, new.whole),
        Change(None, "reserve", old.reserve, new.reserve),
        *_of_regions(old, new),
    ]
    return tuple(change for change in found if change.old != change.new)


def change_problems(found: Sequence[Change], *, reason: str, document_number: str) -> tuple[Problem, ...]:
    """What a change after publishing lacks: something that changed, a reason, the number of its document."""
    problems: list[Problem] = []
    if not found:
        problems.append(_problem("change_empty", "和现行版本没有不同，不用提交调整。"))
    if not reason.strip():
        problems.append(_problem("change_without_reason", "请写明调整的理由，例如“省级计划调减”。"))
    if not document_number.strip():
        problems.append(
            _problem("change_without_document", "请填写批准调整的文件号，例如“亳民生办〔2023〕12号”。")
        )
    elif not re.search(r"\d", document_number):
        problems.append(
            _problem(
                "change_without_document",
                f"文件号“{document_number.strip()}”里没有数字，请核对，例如“亳民生办〔2023〕12号”。",
                "warning",
            )
        )
    return tuple(problems)


def _of_regions(old: Division, new: Division) -> Iterator[Change]:
    before = {part.region: part for part in old.parts}
    after = {part.region: part for part in new.parts}
    for region in dict.fromkeys((*before, *after)):
        was, now = before.get(region), after.get(region)
        yield Change(region, "share", was.share if was else None, now.share if now else None)
        if any(part is not None and part.asked is not None for part in (was, now)):
            yield Change(region, "asked", was.owed if was else None, now.owed if now else None)


def _problem(code: str, message: str, severity: Severity = "error") -> Problem:
    return Problem(code=code, severity=severity, message=message, sources=(Source(0),))
