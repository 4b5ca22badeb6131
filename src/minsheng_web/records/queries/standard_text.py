"""The text a standard comes from, where its notice was published here: lines of the plan's newest version."""

from collections.abc import Iterable, Mapping

from minsheng.standards.model import Notice, NoticeSource
from minsheng_web.records.access import Person, programmes_for
from minsheng_web.records.duties import regions_called
from minsheng_web.records.models import PlanVersion


def source_lines(person: Person, notice: Notice, sources: Iterable[NoticeSource]) -> Mapping[int, str]:
    """Line number → its text; empty where the person reaches no published plan that is this notice."""
    rows = PlanVersion.objects.filter(
        programme__in=programmes_for(person).order_by(),
        programme__year=notice.year,
        programme__region__in=regions_called(notice.city),
    )
    version = rows.select_related("document").order_by("-number").first()
    if version is None:
        return {}
    lines = version.document.lines
    wanted = {number for source in sources for number in range(source.first_line, source.last_line + 1)}
    return {number: lines[number - 1] for number in sorted(wanted) if 0 < number <= len(lines)}
