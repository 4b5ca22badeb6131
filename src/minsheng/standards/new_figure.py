"""A standard's text with one figure changed from a day on: a new version is put in, every other line stays.

The version in force is copied, its figure and the figure of its source are mended in the copy, and the old
one ends the day before. What comes out is read again: unless it says exactly that, nothing is given.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from minsheng.standards.changes import Figure, expression_at, with_figure
from minsheng.standards.editions import judge
from minsheng.standards.entries import end_of_entry, set_key
from minsheng.standards.loading import StandardBook
from minsheng.standards.model import Standard, Version
from minsheng.standards.money import percent, yuan
from minsheng.standards.typed_in import shown_figure

_BY_HAND = "这项标准的文本写法特别，不能代为改写，请在下面的文本里改。"
_UNSAFE = re.compile(r"[\"\\\n\r]")


@dataclass(frozen=True, slots=True)
class NewFigure:
    """What is changed: the figure of the version in force, its new value, from when, by which document."""

    figure: Figure
    value: int
    first_day: date
    document: str = ""

    @property
    def words(self) -> tuple[str, str]:
        """The old and the new figure as officials read them."""
        shown = {"fen": yuan, "basis_points": percent}.get(self.figure.unit, str)
        return shown(self.figure.value or 0), shown(self.value)


@dataclass(frozen=True, slots=True)
class NotWritten:
    """Why no new version was made, in a sentence."""

    message: str


def with_new_figure(text: str, standard_id: str, new: NewFigure, book: StandardBook) -> str | NotWritten:
    """The text with a version from ``new.first_day`` on in which the figure is the new one."""
    standard = judge(text, standard_id, book).standard
    if standard is None:
        return NotWritten(_BY_HAND)
    now = standard.versions[-1]
    refused = _untimely(now, new)
    if refused is not None:
        return refused
    lines = text.splitlines()
    start = now.place.line - 1
    end = end_of_entry(lines, start)
    block = lines[start:end]
    mended = _mended(block, start, now, new)
    if mended is None or not lines[start].lstrip().startswith("- "):
        return NotWritten(_BY_HAND)
    ended = set_key(block, "to", str(new.first_day - timedelta(days=1)))
    made = "\n".join((*lines[:start], *ended, *mended, *lines[end:])) + "\n"
    return made if _says_so(made, standard, new, book) else NotWritten(_BY_HAND)


def _untimely(now: Version, new: NewFigure) -> NotWritten | None:
    if new.value == new.figure.value:
        return NotWritten(f"新的数与现在的一样，都是{new.words[0]}。")
    if new.first_day <= now.first_day:
        return NotWritten(f"现行版本从{now.first_day}起执行，新的数要从这以后的一天起。")
    if now.last_day is not None and now.last_day < new.first_day:
        return NotWritten(f"现行版本只到{now.last_day}，新的数要从这以前的一天起。")
    return None


def _mended(block: list[str], start: int, now: Version, new: NewFigure) -> list[str] | None:
    """The copy: from the day on, the figure mended in the expressions and in the sources."""
    old, value = str(new.figure.value), str(new.value)
    made = list(block)
    for spot in sorted(new.figure.spots, key=lambda one: -one.start):
        written = expression_at(now, spot)
        at = written.place.line - 1 - start if written else -1
        if written is None or not 0 <= at < len(block):
            return None
        place = block[at].rfind(written.text)
        line, first = made[at], place + spot.start
        if place < 0 or line[first : first + len(old)] != old:
            return None
        made[at] = line[:first] + value + line[first + len(old) :]
    made = set_key(set_key(made, "from", str(new.first_day)), "from_basis", "stated")
    return _sourced(made, now, new)


def _sourced(block: list[str], now: Version, new: NewFigure) -> list[str]:
    """Sources say the new figure and the document; where none said the old figure, one is added."""
    plain = _UNSAFE.sub("", new.document).strip()
    behind = f"（{plain or '修订后'}）"  # the line of the notice itself says the old figure
    made = list(block)
    found = False
    for figure in (figure for source in now.sources for figure in source.figures):
        said = _resaid(figure, new)
        if said is None:
            continue
        for at, line in enumerate(made):
            written = json.dumps(figure, ensure_ascii=False)
            if "figures:" in line and written in line:
                made[at], found = line.replace(written, json.dumps(said + behind, ensure_ascii=False)), True
    if not found:
        first = next((at for at, line in enumerate(made) if "figures: [" in line), None)
        if first is not None:
            added = json.dumps(new.words[1] + behind, ensure_ascii=False)
            made[first] = made[first].replace("figures: [", f"figures: [{added}, ", 1)
    return made


def _resaid(figure: str, new: NewFigure) -> str | None:
    """The figure of the notice with the new number; None where the old one does not stand in it."""
    for old, now in _ways(new):
        said, times = re.subn(rf"(?<![\d.]){re.escape(old)}(?![\d.])", now, figure)
        if times:
            return said
    return None


def _ways(new: NewFigure) -> Iterator[tuple[str, str]]:
    """1.5万元 and 15000元 are one figure; 80% is 80."""
    unit, before = new.figure.unit, new.figure.value or 0
    old, value = shown_figure(before, unit), shown_figure(new.value, unit)
    if unit == "fen":
        yield f"{_ten_thousands(before)}万", f"{_ten_thousands(new.value)}万"
    yield old, value


def _ten_thousands(fen: int) -> str:
    whole, rest = divmod(fen, 1_000_000)
    return f"{whole}{f'.{rest:06d}'.rstrip('0') if rest else ''}"


def _says_so(text: str, before: Standard, new: NewFigure, book: StandardBook) -> bool:
    """Whether the text is the standard as it was, ended the day before, and the version with the figure."""
    found = judge(text, before.id, book).standard
    if found is None or len(found.versions) != len(before.versions) + 1:
        return False
    *_, ended, made = found.versions
    now = before.versions[-1]
    wanted = with_figure(now, new.figure, new.value)
    return (
        _plain(ended) == {**_plain(now), "last_day": new.first_day - timedelta(days=1)}
        and _plain(made) == {**_plain(wanted), "first_day": new.first_day}
        and [one.says for one in found.cases] == [one.says for one in before.cases]
    )


def _plain(version: Version) -> Mapping[str, object]:
    """What a version says, without where it stands and what it is founded on."""
    bound = version.bound.condition
    return {
        "first_day": version.first_day,
        "last_day": version.last_day,
        "when": version.when.text,
        "amount": version.amount.text,
        "bound": (version.bound.kind, bound.text if bound else ""),
        "shares": [(one.payer, one.amount.text if one.amount else "") for one in version.shares],
        "rest": (version.form, version.rounding, version.period, version.payers, version.reads),
    }
