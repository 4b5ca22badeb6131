"""Streets, towns and townships by county. Their table is unpacked on first use, and only for who asks."""

import lzma
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Town:
    """A street, town or township: nine digits, the first six those of its county."""

    code: str
    name: str

    @property
    def county_code(self) -> str:
        """The six digits of the county above it."""
        return self.code[:6]


def towns_of(county_code: str) -> tuple[Town, ...]:
    """The towns of a county or zone by its six digits, in the order of their codes; empty if none."""
    return tuple(Town(*line.split(",")) for line in _lines().get(county_code, ()))


@cache
def _lines() -> dict[str, tuple[str, ...]]:
    packed = Path(__file__).with_name("towns.csv.xz").read_bytes()
    lines: dict[str, list[str]] = {}
    for line in lzma.decompress(packed).decode().splitlines():
        lines.setdefault(line[:6], []).append(line)
    return {county: tuple(own) for county, own in lines.items()}
