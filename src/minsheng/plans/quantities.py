"""Paragraphs of a project to its quantities: lexed, given a role, a region and a subject."""

from collections.abc import Iterator
from dataclasses import replace

from minsheng.kernel.source import Source
from minsheng.plans.draft import Block, Flow
from minsheng.plans.lexing import Token, lex
from minsheng.plans.model import Quantity
from minsheng.plans.responsibility import mask_responsibility
from minsheng.plans.roles import with_roles
from minsheng.plans.scope import Scopes
from minsheng.plans.subjects import subject_of

_FAMILIES = {"名": "人", "位": "人", "人次": "人", "家": "个", "所": "个", "座": "个", "处": "个"}
"""A part is of the last whole counted in a unit of its kind: 86个、惠及2.4万户；其中甲县32个 are 个 of the first."""
_LONGEST = 3000
"""Characters. The longest paragraph of a real notice has some 1,500."""


def block_quantities(block: Block, own: str | None, lines: tuple[str, ...]) -> list[Quantity]:
    """Every quantity of a project's statement and measures.

    ``own`` is the plan's own region; ``lines`` are the document's, as printed.
    """
    found: list[Quantity] = []
    for flow in (*block.statement, *(flow for measure in block.measures for flow in measure)):
        for part in _parts(flow):
            found += flow_quantities(part, own, lines)
    return found


def _parts(flow: Flow) -> Iterator[Flow]:
    """A paragraph longer than any a person writes, cut at its stops: what it takes must grow no faster."""
    start, length = 0, len(flow.text)
    while length - start > _LONGEST:
        found = [flow.text.rfind(mark, start + 1, start + _LONGEST) for mark in "。;,"]
        end = next((place for place in found if place > start + _LONGEST // 2), start + _LONGEST - 1) + 1
        yield replace(flow.part(start, end), marker=None if start else flow.marker)
        start = end
    yield flow.part(start, length) if start else flow


def flow_quantities(flow: Flow, own: str | None, lines: tuple[str, ...]) -> list[Quantity]:
    """The quantities of one paragraph, in its order."""
    text = _unmarked(mask_responsibility(flow.text), flow)
    tokens = with_roles(text, lex(text))
    if not tokens:
        return []
    scopes = Scopes(text, own)
    found: list[Quantity] = []
    wholes: dict[str, str | None] = {}
    last: str | None = None
    for index, token in enumerate(tokens):
        regions = scopes.regions(token, _index_in_clause(text, tokens, index))
        family = _FAMILIES.get(token.unit, token.unit)
        whole = wholes.get(family) or wholes.get("")
        part = regions != (None,) and whole is not None
        subject = subject_of(text, tokens, index, whole if part else last)
        if part:
            subject = _part_subject(subject, regions, whole)
        elif token.role == "target":
            wholes[family] = wholes[""] = subject
        last = subject
        source, printed = _quoted(flow, token, lines)
        found += [
            Quantity(
                source=source,
                text=printed,
                value=token.value,
                unit=token.unit,
                comparator=token.comparator,
                role=token.role or "target",
                value_hi=token.value_hi,
                aspiration=scopes.strives(token.start),
                subject=subject,
                region=region,
                ordinal=ordinal,
            )
            for ordinal, region in enumerate(_kept(regions, token))
        ]
    return found


def _unmarked(text: str, flow: Flow) -> str:
    """The text with its list marker blanked, so that 1. is no number and no offset moves."""
    length = flow.marker.length if flow.marker else 0
    return " " * length + text[length:]


def _index_in_clause(text: str, tokens: tuple[Token, ...], index: int) -> int:
    begin = max(text.rfind(mark, 0, tokens[index].digits) for mark in ",。;(")
    return sum(1 for token in tokens[:index] if token.digits > begin)


def _kept(regions: tuple[str | None, ...], token: Token) -> tuple[str | None, ...]:
    """Criteria and moments hold everywhere; 每个 before a standard says what it is paid per."""
    if token.role in ("criterion", "deadline", "frequency", "share", "fact"):
        return (None,)
    if token.role != "target" and (regions == ("each",) or regions[0] in ("省级", "市级", "县级", "区级")):
        return (None,)
    return regions


def _part_subject(subject: str | None, regions: tuple[str | None, ...], whole: str | None) -> str | None:
    """What a region's part counts: its own words where it has some, else those of the whole."""
    for name in regions:
        subject = (subject or "").replace(name or "", "")
    subject = (subject or "").strip("、:,(各每个县区市 ")
    return subject if len(subject) >= 3 else whole


def _quoted(flow: Flow, token: Token, lines: tuple[str, ...]) -> tuple[Source, str]:
    """Where a token stands and what is printed there."""
    source = flow.source(token.start, token.end)
    numeral = flow.source(token.digits, token.end)
    if numeral.line != source.line:
        # The line break fell between the bound and its number: the quantity stands where its digits do.
        source = numeral
    return source, lines[source.line - 1][source.start : source.end]
