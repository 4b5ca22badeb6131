"""The annex form of a breakdown that goes out filled and comes back changed: values and hidden mark."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from minsheng.kernel.source import Source
from minsheng.progress.model import Kind

MARK = "minsheng:allocation:1"
"""How the hidden cell begins by which a returned file is known; the number is that of the layout."""

NAME_KEY, ASKED_KEY = "#name", "#asked"
"""How the column of names is marked on the sheet of shares, and on that of what is really asked for."""

HEAD_KEY, WHOLE_KEY, RESERVE_KEY, SUM_KEY = "#head", "#whole", "#reserve", "#sum"
NAME_HEAD, RESERVE_NAME, SUM_NAME = "单位名称", "预留", "合计（各地＋预留）"


@dataclass(frozen=True, slots=True)
class FormRegion:
    """A region straight below: the key a file keeps of it, and its name."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One target. ``shares`` by region key: None is a dash (no task), a region not in it stands blank.

    ``asked`` likewise, only where a region is asked for something else than its share.
    """

    key: str
    project: str
    indicator: str
    unit: str
    kind: Kind
    whole: Decimal | None
    reserve: Decimal = Decimal(0)
    shares: Mapping[str, Decimal | None] = field(default_factory=dict)
    asked: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormIdentity:
    """Which form a file is: two files of one identity ask for the same things."""

    programme: str
    year: int
    version: int
    node: str


@dataclass(frozen=True, slots=True)
class AllocationForm:
    """The targets of one node (``identity.node``, a region's key) over the regions straight below it."""

    identity: FormIdentity
    title: str
    node_name: str
    regions: tuple[FormRegion, ...]
    columns: tuple[FormColumn, ...]


@dataclass(frozen=True, slots=True)
class AllocationCell:
    """A figure that came back. ``region`` None: the reserve. ``value`` None: a dash, no task there.

    ``asked``: it is what the region is really asked for; a dash there says its share and no more.
    """

    column: str
    region: str | None
    value: Decimal | None
    source: Source
    asked: bool = False


def written(identity: FormIdentity) -> str:
    """The text of the hidden cell, a check word at its end."""
    body = "|".join((MARK, identity.programme, str(identity.year), str(identity.version), identity.node))
    return f"{body}|{_check_word(body)}"


def read_mark(text: str) -> FormIdentity | None:
    """The identity a hidden cell states; None where it was damaged."""
    body, _, word = text.strip().rpartition("|")
    pieces = body.split("|")
    if word != _check_word(body) or len(pieces) != 5 or not (pieces[2] + pieces[3]).isdecimal():
        return None
    return FormIdentity(pieces[1], int(pieces[2]), int(pieces[3]), pieces[4])


def _check_word(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()[:8]
