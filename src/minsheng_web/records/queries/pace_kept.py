"""What many people look at of one closed month, kept for a moment: a snapshot never changes.

Only for people who reach the whole region: what they may see follows from their posts alone, which are part
of the key. Of a project or unit renamed meanwhile the old name may stand for KEPT_SECONDS.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import TypeVar

from django.core.cache import cache

from minsheng_web.records.access import is_administrator, posts_of
from minsheng_web.records.queries.pace_scope import PaceView

KEPT_SECONDS = 60

Value = TypeVar("Value")


def kept(view: PaceView, what: str, address: Mapping[str, str], make: Callable[[], Value]) -> Value:
    """``make()``, or what it was for the same snapshot, region, ``address`` and posts a moment ago."""
    if not view.counted:
        return make()
    posts = sorted(
        (p.role, p.region_id or 0, p.unit_id or 0, p.programme_id or 0) for p in posts_of(view.person)
    )
    told = (what, view.snapshot.pk, view.snapshot.digest, view.region.pk, sorted(address.items()), posts)
    text = repr((*told, is_administrator(view.person)))
    key = f"pace:{hashlib.sha256(text.encode()).hexdigest()}"
    found: Value | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, KEPT_SECONDS)
    return found
