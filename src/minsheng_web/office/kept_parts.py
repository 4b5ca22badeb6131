"""Parts of pages that show a published version and nothing of who looks: a version never changes."""

from collections.abc import Callable

from django.utils.safestring import SafeString

from minsheng_web.records.kept_in_memory import KeptInMemory
from minsheng_web.records.models import PlanVersion

KEPT = 256
"""Parts kept: a project's, some 10 kB each."""
_kept = KeptInMemory[tuple[int, str, str], SafeString](KEPT)


def kept_part(version: PlanVersion, what: str, make: Callable[[], SafeString]) -> SafeString:
    """``make()``, or what it was for the same version and ``what``."""
    return _kept.get((version.pk, version.published_at.isoformat(), what), make)
