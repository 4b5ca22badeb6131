"""The ten worked examples of the catalogue, exactly, through the command."""

import json
from pathlib import Path

import pytest

from minsheng.cli import main

EXAMPLES = Path(__file__).parent / "worked_examples.jsonl"


def test_each_worked_example_is_answered_exactly(capsys: pytest.CaptureFixture[str]):
    examples = [json.loads(line) for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]
    assert main(["entitle", "--cases", str(EXAMPLES), "--json"]) == 0
    answers = json.loads(capsys.readouterr().out)
    assert len(answers) == len(examples) == 10
    for example, answer in zip(examples, answers, strict=True):
        assert answer["eligible"] == example["eligible"], example["case"]
        assert answer["amount_fen"] == example["expected_fen"], example["case"]
        assert answer["check"] == example.get("expected_check"), example["case"]
        assert answer["shares_fen"] == example.get("expected_shares_fen"), example["case"]
        assert bool(answer["problem"]) == example.get("expected_problem", False), example["case"]
