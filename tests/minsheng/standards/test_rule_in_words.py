"""A dozen rules in words, line by line as officials read them: ``rules_in_words.txt`` is the golden file."""

from pathlib import Path

from minsheng.standards.in_words import rule_in_words

GOLDEN = Path(__file__).with_name("rules_in_words.txt")
CHOSEN = (
    "bozhou-2023.p02.job-seeking-grant",
    "bozhou-2023.p04.extreme-poverty-basic-living",
    "bozhou-2023.p06.worker-living-aid",
    "bozhou-2023.p06.orphan-scattered",
    "bozhou-2023.p07.child-rehab-training",
    "bozhou-2023.p10.adult-degree-first",
    "bozhou-2023.p11.ageing-home-refit",
    "bozhou-2023.p13.hardship-disabled-living",
    "bozhou-2023.p16.care-day",
    "bozhou-2023.p23.newborn-screening-other",
    "hefei-2024.p19.medical-aid-extreme-poverty",
    "lieshan-2023.p24.two-cancer-screening",
    "maanshan-2020.p17.inpatient-ratio",
)


def written(shelf) -> str:
    book, compiled = shelf
    lines = []
    for standard in CHOSEN:
        for rule in compiled[standard].rules:
            lines.append(f"{rule.standard.name}（{standard}）")
            lines += [f"  {head}：{words}" for head, words in rule_in_words(rule, book.vocabulary).items()]
    return "\n".join(lines) + "\n"


def test_the_golden_rules(shelf):
    assert written(shelf) == GOLDEN.read_text(encoding="utf-8")


def test_no_rule_shows_a_name_of_the_notation(shelf):
    book, compiled = shelf
    names = (*book.vocabulary.columns, *book.vocabulary.parameters)
    for standard in compiled.values():
        for rule in standard.rules:
            words = "".join(rule_in_words(rule, book.vocabulary).values())
            assert [name for name in names if "_" in name and name in words] == [], rule.standard.id
