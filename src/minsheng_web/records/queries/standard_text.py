"""The text a standard comes from, where its notice was published here: lines of the plan's newest version."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from minsheng.standards.model import Notice, NoticeSource
from minsheng_web.records.access import Person, programmes_for
from minsheng_web.records.duties import regions_called
from minsheng_web.records.models import PlanVersion

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def source_lines(person: Person, notice: Notice, sources: Iterable[NoticeSource]) -> Mapping[int, str]:
    """Line number → its text; empty where the person reaches no published plan that is this notice.

    A plan may come from another copy of the notice, with lines of its own: only a text that holds the figures
    is shown as where they come from.
    """
    rows = PlanVersion.objects.filter(
        programme__in=programmes_for(person).order_by(),
        programme__year=notice.year,
        programme__region__in=regions_called(notice.city),
    )
    lines = rows.order_by("-number").values_list("lines", flat=True).first() or []
    found = {number: lines[number - 1] for source in sources for number in _stands(source, lines)}
    return dict(sorted(found.items()))


def _stands(source: NoticeSource, lines: Sequence[str]) -> range:
    """The numbers of the source's lines; none where no figure of the source stands in them."""
    numbers = range(source.first_line, min(source.last_line, len(lines)) + 1)
    text = "\n".join(lines[number - 1] for number in numbers)
    there = _numbers(text)
    wanted = (_numbers(figure) for figure in source.figures)
    return numbers if any(one and one <= there for one in wanted) else range(0)


def _numbers(text: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKC", text).replace(",", "")
    return frozenset(_NUMBER.findall(plain))
