"""Addresses of the site's pages, each put together once: Django matches patterns anew at every call."""

from functools import lru_cache

from django.urls import get_script_prefix, get_urlconf, reverse

MOST_KEPT = 20_000
"""Addresses kept of one process, some 200 bytes each."""


def address(name: str, *keys: object, **named: object) -> str:
    """The address of the page ``office:name`` with the keys of its pattern. Raises NoReverseMatch."""
    return known_address(f"office:{name}", keys, named)


def known_address(view: str, keys: tuple[object, ...], named: dict[str, object]) -> str:
    """What ``reverse`` gives. Raises NoReverseMatch."""
    # As texts, for True and 1 are one key and two addresses.
    texts, by_name = tuple(map(str, keys)), tuple((key, str(value)) for key, value in named.items())
    return _reversed(get_script_prefix(), get_urlconf(), view, texts, by_name)


@lru_cache(MOST_KEPT)
def _reversed(
    _prefix: str, urlconf: str | None, view: str, keys: tuple[str, ...], named: tuple[tuple[str, str], ...]
) -> str:
    return reverse(view, urlconf, args=keys, kwargs=dict(named))
