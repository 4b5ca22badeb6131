from pathlib import Path

import pytest

from minsheng.standards.asked import Bench
from minsheng.standards.compiled import compile_book
from minsheng.standards.loading import StandardBook, load_standards

FOLDER = Path(__file__).resolve().parents[3] / "standards"


@pytest.fixture(scope="session")
def book() -> StandardBook:
    """The standards of the repository."""
    return load_standards(FOLDER)


@pytest.fixture(scope="session")
def compiled(book):
    found, faults = compile_book(book)
    assert faults == ()
    return found


@pytest.fixture(scope="session")
def bench(book, compiled) -> Bench:
    return Bench(compiled, book.vocabulary)


@pytest.fixture(scope="session")
def shelf(book, compiled):
    """The book and everything of it compiled."""
    return book, compiled
