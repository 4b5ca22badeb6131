"""One standard's text by itself: cut out of its file, judged before it counts, and laid over the files.

An edition is a file of a project that holds a single standard. The files are edition 0.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from minsheng.standards.asked import Bench, question_of_case
from minsheng.standards.compiled import CompiledStandard, compile_standard
from minsheng.standards.evaluate import Answer
from minsheng.standards.fault import Fault, Place
from minsheng.standards.lint import lint
from minsheng.standards.lint_cases import is_as_expected
from minsheng.standards.loading import StandardBook, read_standards
from minsheng.standards.model import Case, Standard
from minsheng.standards.vocabulary import Vocabulary

EDITION = "标准文本"
"""What faults call the text that is being edited, in place of a file's name."""
_ENTRY = "  - id: "
_CASE_FAILS = "case_fails"
_OF_FILES = frozenset({"unknown_notice", "file"})
"""Faults of how files lie in folders: an edition lies in none, and its notice stands in the book."""


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """A case, what the rule answers now, and whether that is what the case says."""

    case: Case
    answer: Answer
    passes: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an edition comes to. Without a fault and with every case passed it may be put forward."""

    standard: Standard | None
    compiled: CompiledStandard | None
    faults: tuple[Fault, ...]
    cases: tuple[CaseOutcome, ...] = ()

    @property
    def passes(self) -> bool:
        return self.compiled is not None and not self.faults and all(one.passes for one in self.cases)


def cut_out(project_text: str, standard_id: str) -> str | None:
    """The edition of a standard in the text of its project's file; None where it is not written there."""
    lines = project_text.splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith(_ENTRY)]
    first = next((start for start in starts if lines[start][len(_ENTRY) :].strip() == standard_id), None)
    if first is None:
        return None
    end = next((start for start in starts if start > first), len(lines))
    return "\n".join((*lines[: starts[0]], *lines[first:end])).rstrip() + "\n"


def judge(text: str, standard_id: str, book: StandardBook) -> Judgement:
    """Read an edition, lint it and run its cases. Nothing raises."""
    read = read_standards(((EDITION, text),))
    faults = tuple(fault for fault in read.faults if fault.code not in _OF_FILES)
    standard = read.standards.get(standard_id)
    if standard is None or len(read.standards) != 1:
        mend = f"只写一项标准，编号仍为{standard_id}"
        wrong = Place(EDITION, 1).fault("other_standard", f"这里应当正好是{standard_id}这一项", mend)
        return Judgement(None, None, faults or (wrong,))
    faults = lint(StandardBook(book.vocabulary, book.notices, {standard.id: standard}, faults))
    faults += _moved(standard, book)
    compiled, _ = compile_standard(standard, book.vocabulary)
    cases = case_outcomes(compiled, book.vocabulary) if compiled else ()
    left_out = {*_OF_FILES, _CASE_FAILS}
    return Judgement(
        standard, compiled, tuple(fault for fault in faults if fault.code not in left_out), cases
    )


def _moved(standard: Standard, book: StandardBook) -> tuple[Fault, ...]:
    """An edition stays with its notice and project: whose office approves it hangs on them."""
    before = book.standards.get(standard.id)
    if before is None or (before.notice, before.project) == (standard.notice, standard.project):
        return ()
    mend = f"notice仍写{before.notice}，project仍写{before.project}"
    return (standard.place.fault("moved", "标准换了通知或项目", mend),)


def case_outcomes(compiled: CompiledStandard, vocabulary: Vocabulary) -> tuple[CaseOutcome, ...]:
    """Every case of a standard, answered now."""
    standard = compiled.standard
    bench = Bench({standard.id: compiled}, vocabulary)
    answers = (bench.answer(question_of_case(case, standard.id)) for case in standard.cases)
    return tuple(
        CaseOutcome(case, answer, is_as_expected(answer, case.expect))
        for case, answer in zip(standard.cases, answers, strict=True)
    )


def lay_over(book: StandardBook, editions: Iterable[Standard]) -> StandardBook:
    """The book with approved editions in place of what the files say; order stays."""
    changed: Mapping[str, Standard] = {standard.id: standard for standard in editions}
    standards = {name: changed.get(name, standard) for name, standard in book.standards.items()}
    return replace(book, standards=standards)


def same_benefits(standards: Iterable[Standard]) -> tuple[tuple[Standard, ...], ...]:
    """Standards of different notices that are one benefit: the same name, or the same last part of the id."""
    groups: list[list[Standard]] = []
    for standard in standards:
        found = next((group for group in groups if any(_is_same(standard, other) for other in group)), None)
        if found is None:
            groups.append([standard])
        else:
            found.append(standard)
    return tuple(tuple(group) for group in groups if len({one.notice for one in group}) > 1)


def _is_same(one: Standard, other: Standard) -> bool:
    if one.notice == other.notice:
        return False
    return one.name == other.name or one.id.rpartition(".")[2] == other.id.rpartition(".")[2]
