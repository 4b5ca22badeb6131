"""What the pages of standards show: rows of the list, versions in words, cases, the rules side by side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from minsheng.standards.chinese import phrase
from minsheng.standards.compiled import Rule
from minsheng.standards.editions import CaseOutcome, case_outcomes
from minsheng.standards.evaluate import Answer
from minsheng.standards.in_words import rule_in_words
from minsheng.standards.model import Notice, NoticeSource, Standard, Version
from minsheng.standards.money import yuan
from minsheng.standards.problem_codes import told
from minsheng.standards.vocabulary import Vocabulary
from minsheng_web.records.queries.standards import Shelf

FORMS: Mapping[str, str] = {
    "flat": "定额",
    "per_unit": "按数量计",
    "capped": "有上下限",
    "tiered": "分档",
    "min_of_actual": "按实际、不超标准",
    "multiple_of_parameter": "按参数的倍数或比例",
    "share_split": "分级负担",
    "once_only": "一次性",
    "dated_change": "按日期调整",
    "growth_check": "增幅核对",
    "range": "有范围",
    "sum_of_components": "分项相加",
}
CHECKS: Mapping[str, str] = {"below_floor": "低于下限", "above_ceiling": "超过上限"}
NOTATION: Mapping[str, str] = {"when": "条件", "amount": "金额", "condition": "约束"}


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of the list as they stand in the address."""

    city: str = ""
    category: str = ""
    year: str = ""
    form: str = ""
    words: str = ""

    def fits(self, standard: Standard, notice: Notice) -> bool:
        version = standard.versions[-1]
        return (
            self.city in {"", notice.city}
            and self.category in {"", standard.category}
            and self.year in {"", str(notice.year)}
            and (not self.form or self.form in version.form)
            and all(word in _searched(standard, notice) for word in self.words.split())
        )


def _searched(standard: Standard, notice: Notice) -> str:
    figures = "".join(figure for v in standard.versions for source in v.sources for figure in source.figures)
    return f"{standard.name}{standard.for_whom}{standard.id}{notice.title}{standard.category}{figures}"


@dataclass(frozen=True, slots=True)
class ListRow:
    """One standard in the list."""

    standard: Standard
    notice: Notice
    amount: str
    period: str
    forms: tuple[str, ...]
    edition: int


@dataclass(frozen=True, slots=True)
class ListScreen:
    """The standards that fit, and what there is to choose from."""

    rows: tuple[ListRow, ...]
    total: int
    choices: Mapping[str, list[Any]]


def list_screen(shelf: Shelf, asked: Asked) -> ListScreen:
    known = [standard for standard in shelf.book.standards.values() if standard.id in shelf.compiled]
    notices = shelf.book.notices
    rows = tuple(
        ListRow(
            standard,
            notices[standard.notice],
            phrase(shelf.rules(standard.id)[-1].amount, is_money=True),
            period_of(standard.versions[-1]),
            tuple(FORMS[form] for form in standard.versions[-1].form),
            shelf.numbers[standard.id],
        )
        for standard in known
        if asked.fits(standard, notices[standard.notice])
    )
    forms = {form for standard in known for form in standard.versions[-1].form}
    choices: dict[str, list[Any]] = {
        "city": list(dict.fromkeys(notice.city for notice in notices.values())),
        "year": sorted({str(notice.year) for notice in notices.values()}, reverse=True),
        "category": list(dict.fromkeys(standard.category for standard in known)),
        "form": [(form, word) for form, word in FORMS.items() if form in forms],
    }
    return ListScreen(rows, len(known), choices)


def period_of(version: Version) -> str:
    return f"每{version.period}" if len(version.period) == 1 else version.period


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Lines of the notice, the figures that stand there, and the text where it is known."""

    where: str
    figures: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class VersionScreen:
    """One dated version: in words, in the notation, and where it stands on the time line."""

    rule: Rule
    words: Mapping[str, str]
    notation: tuple[tuple[str, str], ...]
    reads: tuple[str, ...]
    sources: tuple[SourceRow, ...]
    span: str
    is_now: bool


def version_screens(
    shelf: Shelf, standard: Standard, lines: Mapping[int, str], today: date
) -> list[VersionScreen]:
    """The newest first."""
    return edition_screens(shelf.rules(standard.id), shelf.book.vocabulary, lines, today)


def edition_screens(
    rules: Sequence[Rule], vocabulary: Vocabulary, lines: Mapping[int, str], today: date
) -> list[VersionScreen]:
    """Of any edition, also of one that is proposed; the newest first."""
    return [_version(rule, vocabulary, lines, today) for rule in reversed(rules)]


def _version(rule: Rule, vocabulary: Vocabulary, lines: Mapping[int, str], today: date) -> VersionScreen:
    version = rule.version
    words = dict(rule_in_words(rule, vocabulary))
    words.pop("依据")
    written = [("条件", version.when.text), ("金额", version.amount.text)]
    if version.bound.condition:
        written.append(("约束", version.bound.condition.text))
    written += [
        (
            f"分担　{vocabulary.payers.get(share.payer, share.payer)}",
            share.amount.text if share.amount else "其余",
        )
        for share in version.shares
    ]
    names = [column.name for column in rule.columns] + [f"${name}" for name in version.reads.parameters]
    reads = tuple(f"{vocabulary.chinese(name.lstrip('$'))}（{name}）" for name in names)
    until = f"{version.last_day:%Y-%m-%d}" if version.last_day else "现在"
    return VersionScreen(
        rule,
        words,
        tuple(written),
        reads,
        tuple(_source(source, lines) for source in version.sources),
        f"{version.first_day:%Y-%m-%d} 至 {until}",
        version.is_in_force(today),
    )


def _source(source: NoticeSource, lines: Mapping[int, str]) -> SourceRow:
    held = (lines.get(number, "") for number in range(source.first_line, source.last_line + 1))
    return SourceRow(str(source), source.figures, "\n".join(line for line in held if line))


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in its sentence, what it expects and what comes out."""

    says: str
    day: date
    expected: str
    found: str
    passes: bool


def case_rows(outcomes: Iterable[CaseOutcome], vocabulary: Vocabulary) -> list[CaseRow]:
    return [
        CaseRow(
            one.case.says,
            one.case.as_of,
            expected_words(one.case.expect, vocabulary),
            answer_words(one.answer, vocabulary),
            one.passes,
        )
        for one in outcomes
    ]


def cases_of(shelf: Shelf, standard: Standard) -> list[CaseRow]:
    """The cases of a standard, run now."""
    vocabulary = shelf.book.vocabulary
    return case_rows(case_outcomes(shelf.compiled[standard.id], vocabulary), vocabulary)


def answer_words(answer: Answer, vocabulary: Vocabulary) -> str:
    if answer.problem is not None:
        return told(answer.problem, vocabulary)
    if not answer.eligible:
        return "不符合，0元"
    return _due(answer.amount_fen or 0, answer.shares_fen or {}, answer.check or "", vocabulary)


def expected_words(expect: Mapping[str, Any], vocabulary: Vocabulary) -> str:
    if "problem" in expect:
        name = str(expect["problem"]).rpartition(":")[2]
        return f"不能算：{vocabulary.chinese(name)}"
    if expect.get("eligible") is False:
        return "不符合，0元"
    return _due(expect["amount_fen"], expect.get("shares_fen", {}), expect.get("check", ""), vocabulary)


def _due(amount: int, shares: Mapping[str, int], check: str, vocabulary: Vocabulary) -> str:
    parts = "，".join(f"{vocabulary.payers.get(payer, payer)}{yuan(part)}" for payer, part in shares.items())
    told_check = CHECKS.get(check, "")
    return yuan(amount) + (f"（{parts}）" if parts else "") + (f"，{told_check}" if told_check else "")


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One heading across the chosen standards; ``differs``: they do not all say the same."""

    heading: str
    cells: tuple[str, ...]

    @property
    def differs(self) -> bool:
        return len(set(self.cells)) > 1


def compare_rows(shelf: Shelf, chosen: Iterable[Standard]) -> list[CompareRow]:
    """The newest version of each, heading by heading."""
    standards = list(chosen)
    vocabulary = shelf.book.vocabulary
    words = [rule_in_words(shelf.rules(standard.id)[-1], vocabulary) for standard in standards]
    headings = ("条件", "金额", "约束", "取整", "计发", "出资", "分担", "执行", "依据")
    rows = [CompareRow("对象", tuple(standard.for_whom for standard in standards))]
    rows += [
        CompareRow(heading, tuple(each.get(heading, "—") for each in words))
        for heading in headings
        if any(heading in each for each in words)
    ]
    return rows
