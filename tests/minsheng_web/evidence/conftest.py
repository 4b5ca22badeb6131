"""A data folder of the test's own, 河东县's unit, and the page of its line."""

import pytest

from minsheng_web.records.models import User


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """A data folder of the test's own."""
    settings.DATA_FOLDER = tmp_path
    return tmp_path


@pytest.fixture
def local(delivery) -> User:
    """河东县's unit."""
    return delivery.house.people["local"]


@pytest.fixture
def path(delivery) -> str:
    """The page of 河东县's line."""
    return f"/reports/{delivery.period.pk}/lines/{delivery.line.pk}/"
