"""One standard's text by itself: cut out, judged, laid over; the same benefit found across cities."""

from pathlib import Path

import pytest

from minsheng.standards.editions import cut_out, judge, lay_over, same_benefits

FOLDER = Path(__file__).resolve().parents[3] / "standards"
ORPHAN = "bozhou-2023.p06.orphan-scattered"


@pytest.fixture(scope="module")
def orphan():
    return cut_out((FOLDER / "bozhou-2023/p06.yaml").read_text(encoding="utf-8"), ORPHAN)


def test_every_standard_cut_out_passes_by_itself(shelf):
    book, _ = shelf
    texts = {file: file.read_text(encoding="utf-8") for file in Path(FOLDER).glob("*/p*.yaml")}
    wrong = []
    for standard in book.standards.values():
        text = texts[FOLDER / standard.place.file]
        if not judge(cut_out(text, standard.id), standard.id, book).passes:
            wrong.append(standard.id)
    assert wrong == []


def test_what_is_not_in_the_file_is_not_cut_out():
    assert cut_out("standards:\n  - id: a\n", "b") is None


def test_an_edition_holds_its_head_and_one_standard(orphan):
    assert orphan.startswith("notice: bozhou-2023\nproject: 6\n")
    assert orphan.count("  - id: ") == 1


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("at_least(110000)", "at_least(110000.5)", "float"),
        ("project: 6", "project: 7", "moved"),
        (f"id: {ORPHAN}", "id: bozhou-2023.p06.another", "other_standard"),
        ("amount:", "amout:", "missing_key"),
        ("notice:", "[", "yaml"),
    ],
)
def test_what_is_wrong_is_told(orphan, shelf, old, new, code):
    found = judge(orphan.replace(old, new, 1), ORPHAN, shelf[0])
    assert code in {fault.code for fault in found.faults}
    assert not found.passes


def test_a_case_that_does_not_come_out_is_no_fault_and_no_pass(orphan, shelf):
    found = judge(orphan.replace("amount_fen: 1320000", "amount_fen: 1320001", 1), ORPHAN, shelf[0])
    assert found.faults == ()
    assert [one.passes for one in found.cases].count(False) == 1
    assert not found.passes


def test_an_edition_takes_the_place_of_the_file(orphan, shelf):
    book, _ = shelf
    changed = judge(orphan.replace("社会散居孤儿基本生活费", "散居孤儿生活费"), ORPHAN, book).standard
    after = lay_over(book, [changed])
    assert list(after.standards) == list(book.standards)
    assert after.standards[ORPHAN].name == "散居孤儿生活费"
    assert book.standards[ORPHAN].name == "社会散居孤儿基本生活费"


def test_the_same_benefit_across_cities(shelf):
    groups = [{one.id for one in group} for group in same_benefits(shelf[0].standards.values())]
    tail = "child-rehab-training"
    wanted = {f"bozhou-2023.p07.{tail}", f"hefei-2024.p10.{tail}", f"lieshan-2023.p07.{tail}"}
    assert wanted in groups
    assert all(len({name.split(".")[0] for name in group}) == len(group) for group in groups)
