"""Make the table of traditional characters again from the OpenCC dictionary TSCharacters.txt.

    python scripts/renew_traditional.py TSCharacters.txt

The file stands in the package opencc-python-reimplemented 0.1.7 (opencc/dictionary), Apache-2.0.
"""

import sys
from pathlib import Path

TARGET = Path(__file__).parents[1] / "src/minsheng/plans/grammar/traditional/characters.txt"
BASIC_PLANE = 0x10000


def main() -> None:
    """Keep the pairs of one character each, both in the basic plane, the first choice of each."""
    pairs = []
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        traditional, choices = line.split("\t")
        simplified = choices.split(" ")[0]
        single = len(traditional) == len(simplified) == 1 and traditional != simplified
        if single and ord(traditional) < BASIC_PLANE and ord(simplified) < BASIC_PLANE:
            pairs.append((traditional, simplified))
    lines = ("".join(pair[side] for pair in pairs) for side in (0, 1))
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
