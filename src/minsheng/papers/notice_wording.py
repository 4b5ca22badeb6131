"""Sentences that can state one quantity, role by role, the usual one first.

Each is a proposal: ``notice_sentences`` keeps the first that our own reader reads back as the same quantity.
"""

import re
from collections.abc import Callable, Iterator

from minsheng.papers.notice_amounts import amounts, digits
from minsheng.plans.model import EACH, Quantity

_EVERY = {"次/日": "日", "次/天": "天", "次/周": "周", "次/旬": "旬", "次/月": "月", "次/季度": "季度",
          "次/半年": "半年", "次/年": "年", "次/学期": "学期", "次/学年": "学年"}  # fmt: skip

_SUMS = ("投资", "资金", "经费", "贷款", "债券")
_YEAR = re.compile(r"20\d\d\s*年")

DEFAULT_SUBJECTS: dict[str, tuple[str, ...]] = {
    "target": ("有关任务", "工作任务"),
    "standard": ("补助", "有关待遇"),
    "share": ("所需资金", ""),
    "budget": ("项目", ""),
    "frequency": ("工作调度", "工作情况", ""),
    "deadline": ("任务", ""),
    "criterion": ("服务", ""),
    "baseline": ("标准", "指标"),
    "fact": ("同类设施", ""),
}
"""What is said to be counted where the plan's own words cannot be used."""


def proposals(quantity: Quantity, subject: str) -> Iterator[str]:
    """Sentences without their full stop that may state ``quantity``, said of ``subject``."""
    strives = "力争" if quantity.aspiration else ""
    if quantity.region not in (None, EACH):
        # A county is known by its name; a town only by its place in a breakdown.
        yield f"{strives}{quantity.region}{next(_BY_ROLE[quantity.role](quantity, subject), subject)}"
        yield from (f"{strives}完成{subject}（{quantity.region}{amount}）" for amount in amounts(quantity))
    for core in _BY_ROLE[quantity.role](quantity, subject):
        if quantity.region is None:
            yield strives + core
        elif quantity.region == EACH:
            yield f"{strives}每个县区{core}"
            yield f"{strives}{core.replace(subject, f'{subject}每个县区', 1) if subject else core}"
        else:
            yield f"{strives}{quantity.region}{core}"
            yield f"其中，{strives}{quantity.region}{core}"


def _target(quantity: Quantity, subject: str) -> Iterator[str]:
    if quantity.unit.split("/")[0] in ("%", "‰", "倍"):
        for amount in amounts(quantity):
            yield f"{subject}达到{amount}"
            yield f"{subject}{amount}"
        return
    for amount in amounts(quantity):
        yield f"完成{subject}{amount}"
    for amount in amounts(quantity):
        yield f"确保{subject}达到{amount}"
        yield f"完成{amount}{subject}"
        yield f"{subject}{amount}"


def _standard(quantity: Quantity, subject: str) -> Iterator[str]:
    for amount in amounts(quantity):
        if quantity.unit.startswith("元"):
            yield f"{subject}标准为{amount}"
            yield f"按{amount}的标准给予{subject}"
        else:
            yield f"{subject}{amount}"
        yield f"{subject}按{amount}的标准给予保障"
    for amount in amounts(quantity):
        yield f"{subject}一般{amount}"
        yield f"{subject}人均{amount}"
        yield f"{subject}每班{amount}"
        yield f"{subject}{amount}"


def _share(quantity: Quantity, subject: str) -> Iterator[str]:
    if quantity.unit == "比":
        yield f"{subject}按{_ratio(quantity)}的比例分担"
        return
    for amount in amounts(quantity):
        yield f"{subject}{amount}由财政承担"


def _ratio(quantity: Quantity) -> str:
    return digits(quantity).replace("—", ":")


def _budget(quantity: Quantity, subject: str) -> Iterator[str]:
    for amount in amounts(quantity):
        if subject.endswith(_SUMS):
            yield f"{subject}{amount}"
        yield f"{subject}投资{amount}"
        yield f"安排{subject}资金{amount}"
        yield f"落实{subject}专项资金{amount}"


def _frequency(quantity: Quantity, subject: str) -> Iterator[str]:
    if quantity.unit == "次":
        yield f"{subject}只办一次"
        return
    every = _EVERY.get(quantity.unit)
    if every is None:
        return
    if quantity.value == 1 and quantity.comparator == "eq":
        yield f"{subject}每{every}一次"
    bound = {"ge": "至少"}.get(quantity.comparator, "")
    if bound or quantity.comparator == "eq":
        yield f"{subject}每{every}{bound}{digits(quantity)}次"
    for amount in amounts(quantity):
        yield f"{subject}{amount}"
    for word in {"ge": "不少于", "gt": "超过", "le": "不超过", "lt": "少于", "about": "约"}.get(
        quantity.comparator, ""
    ).split():
        yield f"{subject}每{every}{word}{digits(quantity)}次"


def _deadline(quantity: Quantity, subject: str) -> Iterator[str]:
    value, unit = digits(quantity), quantity.unit
    if unit == "月":
        by = "前" if quantity.comparator == "le" else ""
        year = _YEAR.match(quantity.text)
        if year:
            yield f"{year.group()}{value}月底{by}完成{subject}"
        yield f"{value}月底{by}完成{subject}"
        yield f"{value}月中旬{by}完成{subject}"
    yield f"{value}{'个' if unit == '月' else ''}{unit}内完成{subject}"
    yield f"{subject}为期{value}{'个' if unit == '月' else ''}{unit}"
    yield f"{subject}用{value}{unit}时间"


def _criterion(quantity: Quantity, subject: str) -> Iterator[str]:
    money = quantity.unit == "元"
    for amount in amounts(quantity):
        if money:
            yield f"面向家庭收入{amount}的家庭提供{subject}"
        yield f"面向{amount}的对象提供{subject}"
    for amount in amounts(quantity):
        yield f"面向连续{amount}的对象提供{subject}"
        yield f"面向拥有{amount}的对象提供{subject}"
        yield f"对未达到{amount}的开展{subject}"
        yield f"面向{amount}以上功能的场所提供{subject}"
        yield f"面向{amount}床位的机构提供{subject}"


def _baseline(quantity: Quantity, subject: str) -> Iterator[str]:
    for amount in amounts(quantity):
        yield f"{subject}由{amount}提高到"


def _fact(quantity: Quantity, subject: str) -> Iterator[str]:
    for amount in amounts(quantity):
        yield f"目前已有{subject}{amount}"
        yield f"目前已有{amount}{subject}"
        yield f"截至去年{subject}{amount}"


_BY_ROLE: dict[str, Callable[[Quantity, str], Iterator[str]]] = {
    "target": _target,
    "standard": _standard,
    "share": _share,
    "budget": _budget,
    "frequency": _frequency,
    "deadline": _deadline,
    "criterion": _criterion,
    "baseline": _baseline,
    "fact": _fact,
}


def rises(old: Quantity, new: Quantity, subject: str) -> Iterator[str]:
    """Sentences that state an old value and the new one: 由每人每年610元提高到640元."""
    strives = "力争" if new.aspiration else ""
    place = {None: "", EACH: "每个县区"}.get(new.region, new.region)
    verbs = ("提高到", "提升至", "调整为") if new.value >= old.value else ("下降到", "降低至", "调整为")
    for before in amounts(old):
        for after in (digits(new) + new.unit.split("/")[0], *amounts(new)):
            for verb in verbs:
                yield f"{strives}{place}{subject}由{before}{verb}{after}"


def breakdowns(total: str, parts: tuple[Quantity, ...]) -> Iterator[str]:
    """A sentence with its parts by region in a bracket: …（其中：甲县38个，乙县40个）."""
    named = [f"{part.region}{next(amounts(part))}" for part in parts if part.region != EACH]
    every = [f"每个县区{next(amounts(part))}" for part in parts if part.region == EACH]
    inside = "，".join([*named, *every])
    if named:
        yield f"{total}（其中：{inside}）"
    yield f"{total}（{inside}）"
