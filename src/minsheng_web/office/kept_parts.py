"""Parts of pages that show a published version and nothing of who looks: a version never changes."""

from collections.abc import Callable

from django.core.cache import cache
from django.utils.safestring import SafeString

from minsheng_web.records.models import PlanVersion

KEPT_SECONDS = 600


def kept_part(version: PlanVersion, what: str, make: Callable[[], SafeString]) -> SafeString:
    """``make()``, or what it was a while ago for the same version and ``what``."""
    key = f"part-{version.pk}-{version.published_at.timestamp()}-{what}"
    found: SafeString | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, KEPT_SECONDS)
    return found
