"""Made-up figures of the made-up roster's regions, in the form of a parameters file."""

import csv
from pathlib import Path

from minsheng.commands.bench_standards.made_up_roster import REGIONS

_SHARED = {
    "child_age_below_years": 18, "working_age_min_years": 16,
    "working_age_max_years_male": 59, "working_age_max_years_female": 54,
}  # fmt: skip
_LINES = {"low_income_line_urban_fen_per_month": 72000, "low_income_line_rural_fen_per_month": 60500}
_OWN = {
    "p04.extreme-poverty-basic-living": 82000, "p06.orphan-scattered": 110500, "p06.orphan-institution": 155300,
    "p06.unattended-child": 109900, "p07.child-rehab-training": 1500100, "p13.hardship-disabled-living": 8100,
    "p13.severe-disabled-nursing": 7900, "p16.care-residential": 1199000, "p16.care-day": 410000,
    "p16.care-home": 190000,
}  # fmt: skip
_STEP = 300


def write_parameters(file: Path) -> None:
    """Every region a little more than the one before; new lines from July."""
    rows: list[tuple[str, str, str, int, str]] = []
    for place, region in enumerate(REGIONS):
        rows += [(name, region, "2022-01-01", value, "") for name, value in _SHARED.items()]
        for name, value in _LINES.items():
            rows.append((name, region, "2022-07-01", value + place * _STEP, ""))
            rows.append((name, region, "2023-07-01", value + place * _STEP + 3511, ""))
        rows += [
            ("local_standard_fen", region, "2022-01-01", value + place * _STEP, f"bozhou-2023.{standard}")
            for standard, value in _OWN.items()
        ]
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(("name", "region", "from", "value", "standard"))
        writer.writerows(rows)
