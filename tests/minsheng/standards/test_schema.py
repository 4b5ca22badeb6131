"""The schema beside the standards says what the loader asks."""

import json
from datetime import date

import jsonschema
import pytest
import yaml

from minsheng.standards.file_shapes import schema


@pytest.fixture(scope="module")
def folder(request):
    return request.config.rootpath / "standards"


def outside(value):
    """As JSON would hold it."""
    if isinstance(value, dict):
        return {str(key): outside(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [outside(entry) for entry in value]
    return value.isoformat() if isinstance(value, date) else value


def test_the_schema_is_written_from_the_shapes(folder):
    assert json.loads((folder / "schema.json").read_text(encoding="utf-8")) == schema()


def test_the_files_fit_the_schema(folder):
    check = jsonschema.Draft202012Validator(schema())
    for path in [folder / "vocabulary.yaml", *sorted(folder.glob("*/*.yaml"))]:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        content = outside(yaml.load(path.read_text(encoding="utf-8"), loader))
        assert [error.message[:200] for error in check.iter_errors(content)] == [], path.name


@pytest.mark.parametrize("content", [{}, {"columns": []}, {"notice": "x", "project": "6"}])
def test_other_content_does_not(content):
    assert not jsonschema.Draft202012Validator(schema()).is_valid(content)
