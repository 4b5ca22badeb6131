"""Evidence of report lines: of many lines at once, how many files each has, where else a file is used."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from minsheng_web.records.access import Person, evidence_for
from minsheng_web.records.models import Evidence, ReportLine
from minsheng_web.records.prepared import Prepared

NAMED_AT_MOST = 3
"""Other lines a file stands on that are named; more are counted."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Other lines in the person's reach that the same file is evidence of: how many, and some of them."""

    count: int
    lines: tuple[ReportLine, ...]


def evidence_of(
    person: Person, lines: Iterable[ReportLine], *, withdrawn: bool = False
) -> dict[int, tuple[Evidence, ...]]:
    """The evidence of each line by its key, in the order it was added; only lines in reach. One query.

    With ``withdrawn`` also what was withdrawn.
    """
    keys = [line.pk for line in lines]
    rows = evidence_for(person).filter(line__in=keys)
    rows = rows if withdrawn else rows.filter(withdrawn_at=None)
    found: dict[int, list[Evidence]] = {key: [] for key in keys}
    for row in rows.select_related("added_by", "withdrawn_by").order_by("pk"):
        found[row.line_id].append(row)
    return {key: tuple(rows) for key, rows in found.items()}


def counts_of(lines: Iterable[ReportLine]) -> dict[int, int]:
    """How many files stand as evidence of each line, nought where none does. One query.

    The lines are in reach already: whoever asks has them from access.
    """
    keys = [line.pk for line in lines]
    return dict.fromkeys(keys, 0) | dict(_standing(tuple(keys)))


_standing = Prepared[tuple[int, int]](
    lambda keys: (
        Evidence.objects.filter(line__in=keys, withdrawn_at=None)
        .order_by()
        .values("line")
        .annotate(number=Count("pk"))
        .values_list("line", "number")
    )
)


def elsewhere(person: Person, of: Iterable[Evidence]) -> dict[str, Elsewhere]:
    """By digest: where else in the person's reach those files are evidence. Two queries.

    The same photo on many lines, or month after month, is a hint that it shows none of them.
    """
    mine = list(of)
    lines, digests = {one.line_id for one in mine}, {one.sha256 for one in mine}
    if not digests:
        return {}
    others = evidence_for(person).filter(sha256__in=digests, withdrawn_at=None).exclude(line__in=lines)
    counted = others.order_by().values("sha256").annotate(number=Count("pk"))
    counts = dict(counted.values_list("sha256", "number"))
    named = _some_lines(others, len(digests)) if counts else {}
    return {digest: Elsewhere(count, tuple(named.get(digest, ()))) for digest, count in counts.items()}


def _some_lines(others: QuerySet[Evidence], digests: int) -> dict[str, list[ReportLine]]:
    named: dict[str, list[ReportLine]] = defaultdict(list)
    rows = others.select_related(
        "line__period", "line__unit", "line__allocation__region", "line__allocation__indicator"
    )
    for row in rows.order_by("-line__period__start", "pk")[: digests * 20]:
        if len(named[row.sha256]) < NAMED_AT_MOST:
            named[row.sha256].append(row.line)
    return named
