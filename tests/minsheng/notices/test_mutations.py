"""Damaged files of every format end in a document or a refusal. The script reads many more than these."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_files import docx, level, numbered, numbering, paragraph, table, zipped
from minsheng.notices.document import Document, Refusal
from minsheng.notices.reading import read_document

SCRIPT = Path(__file__).parents[3] / "scripts" / "fuzz_files.py"
BODY = numbered("就业") + paragraph("新增就业3万人。") + table([["县区", "任务"], ["甲县", "3"]])
NUMBERS = numbering(level(0, "chineseCounting", "%1、"))
WHOLE = docx(BODY, numbering=NUMBERS)


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=8))
def test_a_docx_with_other_bytes_never_raises(place, noise):
    result = read_document(WHOLE[:place] + noise + WHOLE[place + len(noise) :], "x")
    assert isinstance(result, Document | Refusal)


@given(
    st.integers(0, len(BODY) - 1),
    st.sampled_from(["", "<w:p>", "</w:p>", "<w:tbl/>", '"', "&x;", "<w:tr>", "9" * 40]),
)
def test_a_docx_with_other_xml_never_raises(place, piece):
    result = read_document(docx(BODY[:place] + piece + BODY[place:], numbering=NUMBERS), "x")
    assert isinstance(result, Document | Refusal)


@given(
    st.dictionaries(
        st.sampled_from(["word/document.xml", "_rels/.rels", "xl/a", "a/../b"]), st.binary(max_size=60)
    )
)
def test_any_package_never_raises(parts):
    assert isinstance(read_document(zipped(parts), "x"), Document | Refusal)


@pytest.mark.slow
def test_sixty_mutations_end_well():
    run = subprocess.run(
        [sys.executable, str(SCRIPT), "--number", "60", "--seed", "7"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, "60 mutations, 0 faults" in run.stdout) == (0, True), run.stdout + run.stderr
