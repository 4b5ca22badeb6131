"""Is a decoded text Chinese prose, or bytes read with the wrong codec?"""

import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

SAMPLE = 200_000
"""Characters looked at, from the start. A notice is shorter; a text that long shows what it is."""

_KEPT_CONTROLS = frozenset("\t\n\r\f\v\x1a\x1c\x1d\x1e\x85")
_FIRST_HANZI, _LAST_HANZI = "\u4e00", "\u9fff"
# The characters of daily use, by lead byte: GB 2312 level 1 (simplified), Big5 level 1 (traditional).
_DAILY_ROWS: tuple[tuple[str, int, int], ...] = (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6))


@dataclass(frozen=True)
class TextStatistics:
    """Counts over a text's first characters. White space counts for nothing."""

    counts: Counter[str]

    @classmethod
    def of(cls, text: str) -> "TextStatistics":
        return cls(Counter(text[:SAMPLE]))

    @cached_property
    def visible(self) -> int:
        """Characters that are not white space."""
        return sum(number for char, number in self.counts.items() if not char.isspace())

    @cached_property
    def hanzi(self) -> int:
        """Chinese characters of the main block."""
        return sum(n for char, n in self.counts.items() if _FIRST_HANZI <= char <= _LAST_HANZI)

    @cached_property
    def daily_hanzi(self) -> int:
        """Chinese characters of daily use: 99% of a real text, 31% of UTF-8 read as GBK, 55% of Big5."""
        return sum(n for c, n in self.counts.items() if _FIRST_HANZI <= c <= _LAST_HANZI and _is_daily(c))

    @cached_property
    def strange(self) -> int:
        """Characters no notice has: private use, unassigned, control and replacement characters."""
        return sum(number for char, number in self.counts.items() if _is_strange(char))

    @property
    def latin(self) -> int:
        """Letters of western Europe: what GBK becomes when it is read as Latin-1 and saved."""
        return sum(number for char, number in self.counts.items() if "\x80" <= char <= "\xff")

    @property
    def controls(self) -> int:
        """Control characters that no editor writes."""
        return sum(
            n for c, n in self.counts.items() if unicodedata.category(c) == "Cc" and c not in _KEPT_CONTROLS
        )

    @property
    def is_binary(self) -> bool:
        """More control characters than a slip of the keyboard explains."""
        return self.counts["\0"] > 0 or self.controls * 200 > self.visible

    @property
    def is_garbled(self) -> bool:
        """Not the characters people write: bytes that were read with the wrong codec, now or once before."""
        if self.strange * 100 > self.visible or self.latin > max(19, self.visible // 3):
            return True
        return self.hanzi >= 20 and self.daily_hanzi < self.hanzi * 0.6

    @property
    def is_chinese(self) -> bool:
        """At least one visible character in twenty is Chinese."""
        return self.hanzi * 20 >= self.visible > 0


def _is_daily(char: str) -> bool:
    for codec, first, last in _DAILY_ROWS:
        encoded = char.encode(codec, "ignore")
        if encoded and first <= encoded[0] <= last:
            return True
    return False


def _is_strange(char: str) -> bool:
    if char == "\ufffd":
        return True
    category = unicodedata.category(char)
    return category in {"Co", "Cn"} or (category == "Cc" and char not in _KEPT_CONTROLS)
