"""The parts of a row of the breakdown as HTML: made here and not in a template, for a page has thousands."""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from minsheng.papers.breakdown import digits
from minsheng_web.records.queries.breakdown import BreakdownRow, GivenPart


def parts_html(row: BreakdownRow) -> SafeString:
    """The cells of the regions below, in the order of the columns."""
    empty = '<span class="quiet">—</span>' if row.node.version else ""
    cells = "".join(f'<td class="num">{_part(part) if part else empty}</td>' for part in row.parts)
    return mark_safe(cells)  # noqa: S308 - put together from escaped values below


def _part(part: GivenPart) -> str:
    share = "承担" if part.share is None else escape(digits(part.share))
    if part.asked is None or part.asked == part.share:
        return share
    return f'{share}<span class="asks">要求{escape(digits(part.asked))}</span>'
