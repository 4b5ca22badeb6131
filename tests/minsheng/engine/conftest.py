from pathlib import Path

import pytest

from minsheng.standards.compiled import compile_book
from minsheng.standards.loading import StandardBook, load_standards

FOLDER = Path(__file__).resolve().parents[3] / "standards"


@pytest.fixture(scope="session")
def book() -> StandardBook:
    """The standards of the repository."""
    return load_standards(FOLDER)


@pytest.fixture(scope="session")
def compiled(book):
    return compile_book(book)[0]
