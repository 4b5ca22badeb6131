from pathlib import Path

import pytest

from minsheng.engine.session import Limits
from minsheng.engine.spark_engine import SparkEngine, refusal_of_spark
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


@pytest.fixture(scope="session")
def spark(tmp_path_factory):
    """One Spark for all tests: starting it takes longer than most of them."""
    refusal = refusal_of_spark()
    if refusal:
        pytest.skip(refusal)
    engine = SparkEngine(Limits(spill=tmp_path_factory.mktemp("spark")))
    yield engine
    engine.close()
