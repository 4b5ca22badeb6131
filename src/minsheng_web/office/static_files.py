"""Where the site's own files are fetched from: their addresses, each put together once."""

from functools import lru_cache

from django.contrib.staticfiles.storage import StaticFilesStorage


class StaticFiles(StaticFilesStorage):
    """Files served straight from the package; an address depends on nothing but the name."""

    url = lru_cache(1_000)(StaticFilesStorage.url)
