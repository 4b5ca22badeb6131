"""What waits for a person, in words and with the address where it is done."""

from dataclasses import dataclass
from datetime import date

from minsheng.progress.deadlines import deadline_words, urgency
from minsheng_web.office.addresses import address
from minsheng_web.records.access import Person
from minsheng_web.records.queries.waiting import Task, Waiting, waiting_for

TASK_WORDS: dict[Task, tuple[str, str]] = {
    "reminder": ("收到提醒", "chip-red"),
    "returned": ("退回修改", "chip-red"),
    "fill": ("填报", "chip-blue"),
    "hand_in": ("代为提交", "chip-blue"),
    "verify": ("审核", "chip-blue"),
    "accept": ("接收", "chip-blue"),
    "close": ("关闭填报期", "chip-amber"),
    "decide": ("审批分解", "chip-amber"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list. ``seen`` is the key of a reminder that can be put away."""

    word: str
    chip: str
    text: str
    detail: str
    address: str
    deadline: str
    pressing: bool
    seen: int | None = None


def waiting_entries(person: Person, today: date) -> tuple[Entry, ...]:
    """What waits for the person, most urgent first."""
    return tuple(_entry(one, today) for one in waiting_for(person, today))


def _entry(one: Waiting, today: date) -> Entry:
    word, chip = TASK_WORDS[one.task]
    return Entry(
        word=word,
        chip=chip,
        text=_text(one),
        detail=one.detail,
        address=_address(one),
        deadline=deadline_words(one.due, today) if one.due else "",
        pressing=one.due is not None and urgency(one.due, today) in ("late", "today"),
        seen=one.key if one.task == "reminder" else None,
    )


def _text(one: Waiting) -> str:
    period = f"{one.period.programme.title}　{one.period.name}" if one.period else ""
    if one.task == "fill":
        return f"{period}　{one.name}　{one.count} 项待填报"
    if one.task == "hand_in":
        return f"{period}　已收填报表 {one.count} 项，待代为提交"
    if one.task == "verify":
        return f"{period}　{one.count} 项待审核"
    if one.task == "accept":
        return f"{period}　{one.count} 项待接收"
    if one.task == "close":
        rest = f"还有 {one.count} 项没有接收" if one.count else "全部已接收"
        return f"{period}　{rest}"
    return f"{one.name}　{period}" if one.task == "returned" else one.name


def _address(one: Waiting) -> str:
    """Where it is done."""
    if one.period is None:
        return address("division-proposal", allocation=one.key)
    if one.task == "close":
        return address("period-close", period=one.period.pk)
    if one.unit is None or one.task in ("hand_in", "verify", "accept"):
        return address("report-check", period=one.period.pk)
    return address("report-grid", period=one.period.pk, unit=one.unit)
