"""What many people look at of one closed month, kept for a moment: a snapshot never changes.

Only for people who reach the whole region: what they may see follows from their posts alone, which are part
of the key. Of a project or unit renamed meanwhile the old name may stand for KEPT_SECONDS.
"""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar, cast

from minsheng_web.records.access import is_administrator, posts_of
from minsheng_web.records.kept_in_memory import KeptInMemory
from minsheng_web.records.queries.pace_scope import PaceView

KEPT_SECONDS = 60
KEPT = 128
"""Parts of pages kept: the largest, a heat map of a province, has some 200 kB."""

Value = TypeVar("Value")
_kept = KeptInMemory[Hashable, Any](KEPT, seconds=KEPT_SECONDS)


def kept(view: PaceView, what: str, address: Mapping[str, str], make: Callable[[], Value]) -> Value:
    """``make()``, or what it was for the same snapshot, region, ``address`` and posts a moment ago.

    It is shared: whoever has it does not write to it.
    """
    if not view.counted:
        return make()
    posts = tuple((p.role, p.region_id, p.unit_id, p.programme_id) for p in posts_of(view.person))
    of = (view.snapshot.pk, view.snapshot.digest, view.region.pk)
    key = (what, of, frozenset(address.items()), posts, is_administrator(view.person))
    return cast("Value", _kept.get(key, make))
