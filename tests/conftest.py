"""What all tests share: the folder of real notices, and the rule that nothing is skipped in CI."""

import os
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("suite", deadline=None, derandomize=True, max_examples=100)
settings.load_profile("suite")

IN_CI = bool(os.environ.get("MINSHENG_CI"))
NOTICES = os.environ.get("MINSHENG_NOTICES")


@pytest.fixture(scope="session")
def notices_folder() -> Path:
    """The folder of real notices, which are not part of the repository."""
    if not NOTICES:
        pytest.skip("MINSHENG_NOTICES names no folder of real notices")
    return Path(NOTICES)


@pytest.fixture(scope="session")
def labels_folder(notices_folder: Path) -> Path:
    """The readings made by hand, beside the notices."""
    return notices_folder.parent / "labels"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In CI, tests of what is optional and not there are left out, and counted as such."""
    absent = [
        marker
        for marker, there in (("notices", NOTICES), ("recognition", find_spec("rapidocr")))
        if IN_CI and not there
    ]
    kept = [item for item in items if not any(map(item.get_closest_marker, absent))]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test is a failure: whatever it needed should have been there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if IN_CI and skipped and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line(f"{len(skipped)} tests were skipped, and none may be skipped here.", red=True)


@pytest.fixture(autouse=True)
def nothing_kept():
    """Every test has a database of its own with the same keys: what is kept in memory is of another."""
    from django.core.cache import cache

    from minsheng_web.records.kept_in_memory import forget_everything

    forget_everything()
    cache.clear()
