"""How plan values are written on pages."""

from collections.abc import Iterable
from decimal import Decimal

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from minsheng.papers.breakdown import COMPARATOR_SIGNS
from minsheng.papers.breakdown import digits as grouped
from minsheng.progress.model import STAGE_WORDS
from minsheng_web.office.marked_text import Piece, hits
from minsheng_web.office.words import ROLE_WORDS, SEVERITY_WORDS, STATUS_WORDS, region_word

register = template.Library()
_HIT = "hit"


@register.filter
def digits(value: Decimal | int | str | None) -> str:
    """A value with thousands separators and no dangling zeros; empty where nothing is known."""
    return "" if value is None or value == "" else grouped(Decimal(value))


@register.filter
def sign(comparator: str) -> str:
    """≥, ≤ and the like; empty for an exact value."""
    return dict(COMPARATOR_SIGNS).get(comparator, "")  # type: ignore[call-overload,no-any-return]


@register.filter
def role_word(role: str) -> str:
    """目标, 标准 …"""
    return dict(ROLE_WORDS).get(role, role)  # type: ignore[call-overload,no-any-return]


@register.filter
def status_word(status: str) -> str:
    """属上级任务, 无任务 …"""
    return dict(STATUS_WORDS).get(status, status)  # type: ignore[call-overload,no-any-return]


@register.filter
def stage_word(stage: str) -> str:
    """前期, 开工 …"""
    return dict(STAGE_WORDS).get(stage, stage)  # type: ignore[call-overload,no-any-return]


@register.filter
def severity_word(severity: str) -> str:
    """错误, 提醒, 提示."""
    return SEVERITY_WORDS.get(severity, severity)


@register.filter
def place(region: str | None) -> str:
    """A quantity's region in words."""
    return region_word(region)


@register.simple_tag
def marks(pieces: Iterable[Piece]) -> SafeString:
    """Pieces of text, each mark with the style of its role; every piece is escaped."""
    return format_html_join("", "{}", ((_piece(piece),) for piece in pieces))


@register.simple_tag
def hit_marks(text: str, terms: Iterable[str], around: int | None = None) -> SafeString:
    """Text with the searched words marked; long text is cut around the first of them."""
    return marks(hits(text, tuple(terms), around))


def _piece(piece: Piece) -> SafeString | str:
    if not piece.mark:
        return piece.text
    if piece.mark == _HIT:
        return format_html_join("", "<mark>{}</mark>", ((piece.text,),))
    word = role_word(piece.mark)
    return format_html_join(
        "", '<span class="mark mark-{}" title="{}">{}</span>', ((piece.mark, word, piece.text),)
    )
