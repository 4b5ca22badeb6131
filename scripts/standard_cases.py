"""Print the cases of every standard, one JSON a line, as ``minsheng entitle --cases`` reads them.

Each line says the standard, day, region, figures and row, and in ``expect`` and ``says`` what the answer
should be and why; the command passes over those two. Named standards (or heads of ids) print only theirs.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from minsheng.standards.loading import load_standards
from minsheng.standards.model import Case

FOLDER = Path(__file__).resolve().parent.parent / "standards"


def as_line(standard: str, case: Case) -> dict[str, Any]:
    return {
        "standard": standard,
        "as_of": case.as_of,
        "region": case.region,
        "parameters": dict(case.parameters),
        "row": dict(case.row),
        "expect": dict(case.expect),
        "says": case.says,
    }


def lines(heads: Sequence[str]) -> Iterator[str]:
    for standard in load_standards(FOLDER).standards.values():
        if not heads or standard.id.startswith(tuple(heads)):
            for case in standard.cases:
                yield json.dumps(as_line(standard.id, case), ensure_ascii=False, default=str)


if __name__ == "__main__":
    for line in lines(sys.argv[1:]):
        print(line)
