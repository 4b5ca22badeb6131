"""Everything that can be wrong with a folder of standards, told with file, line, what and how to mend."""

from collections.abc import Iterator

from minsheng.standards.compiled import CompiledStandard, compile_standard
from minsheng.standards.fault import Fault
from minsheng.standards.lint_cases import check_cases
from minsheng.standards.lint_figures import check_figures
from minsheng.standards.lint_tiers import check_tiers
from minsheng.standards.lint_versions import check_dates, check_identity, check_rule
from minsheng.standards.loading import StandardBook
from minsheng.standards.model import Standard


def lint(book: StandardBook) -> tuple[Fault, ...]:
    """Every fault of the book, by file and line. Nothing raises."""
    faults = list(book.faults)
    for standard in book.standards.values():
        faults += check_identity(standard)
        faults += check_dates(standard, book.notices.get(standard.notice))
        compiled, found = compile_standard(standard, book.vocabulary)
        faults += found
        faults += _check_compiled(standard, compiled, book) if compiled else ()
    return tuple(sorted(set(faults)))


def _check_compiled(standard: Standard, compiled: CompiledStandard, book: StandardBook) -> Iterator[Fault]:
    for rule in compiled.rules:
        yield from check_rule(rule, book.vocabulary)
        yield from check_tiers(rule)
        yield from check_figures(rule)
    yield from check_cases(standard, compiled, book.vocabulary)
