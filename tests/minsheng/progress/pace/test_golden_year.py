"""Twelve months of a made-up year under every preset, a line a month, as a clerk would read them.

MINSHENG_UPDATE_GOLDENS=1 writes them anew; read the difference before you keep it.
"""

import os
from pathlib import Path

import pytest

from minsheng.progress.pace.model import standing_from_json, standing_to_json
from minsheng.progress.pace.presets import presets
from minsheng.progress.pace.sentences import outlook, sentence
from pace_year import year

GOLDENS = Path(__file__).parents[3] / "golden" / "pace" / "years"
KEYS = [one.key for one in presets()]


def lines(preset) -> list[str]:
    found = [f"# {preset.name}"]
    for heading, months in year(preset.rules).items():
        found += ["", f"## {heading}"]
        for one in months:
            found.append(
                f"{one.period.number}月 {sentence(one.standing, one.owed, preset.rules, one.period)}"
            )
            if one.period.number in (6, 9) and outlook(one.standing, one.owed, one.period):
                found.append(f"    {outlook(one.standing, one.owed, one.period)}")
    return found


@pytest.mark.parametrize("preset", presets(), ids=KEYS)
def test_a_year_reads_as_its_golden(preset):
    text = "\n".join(lines(preset)) + "\n"
    golden = GOLDENS / f"{preset.key}.txt"
    if os.environ.get("MINSHENG_UPDATE_GOLDENS"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("preset", presets(), ids=KEYS)
def test_the_same_year_gives_the_same_digits_and_survives_storage(preset):
    first = [standing_to_json(one.standing) for months in year(preset.rules).values() for one in months]
    again = [one for months in year(preset.rules).values() for one in months]
    assert [standing_to_json(one.standing) for one in again] == first
    assert [standing_from_json(stored) for stored in first] == [one.standing for one in again]
    assert {stored["light"] for stored in first} >= {"missing"}


def test_there_is_a_golden_for_each_preset_and_no_other():
    assert sorted(path.stem for path in GOLDENS.glob("*.txt")) == sorted(KEYS)
