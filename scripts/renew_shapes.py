"""Makes the map shapes of src/minsheng/kernel/shapes again from the published package.

Usage: renew_shapes.py FOLDER_OF_GEOJSON (the ``data`` folder of the package; version in ORIGIN.md)

Cuts out single provinces' prefectures and their counties, never a national outline. Neighbours are simplified
together, so that their common border stays one line. Needs shapely, which the product does not use.
"""

import csv
import json
import sys
from pathlib import Path
from typing import Any

from shapely import coverage_is_valid, coverage_simplify, make_valid, set_precision
from shapely.geometry import mapping, shape

ROOM = Path(__file__).parents[1] / "src/minsheng/kernel"
TARGET = ROOM / "shapes"
PROVINCES = ("340000",)
"""Provinces shown by prefecture, and each of their prefectures by county."""
PREFECTURES = ("371300",)
"""Prefectures of other provinces shown by county."""
TOLERANCE = {"prefecture": 0.004, "county": 0.002}
GRID = 0.0001  # degrees, about ten metres

Feature = dict[str, Any]


def names() -> dict[str, tuple[str, str, str]]:
    """Code to name, level and code above, as the product knows divisions."""
    with (ROOM / "gazetteer/divisions.csv").open(encoding="utf-8") as file:
        return {row["code"]: (row["name"], row["level"], row["parent"]) for row in csv.DictReader(file)}


def read(path: Path) -> dict[str, Any]:
    """Code to shape. The package writes 156 before a code."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {
        feature["properties"]["gb"].removeprefix("156"): make_valid(shape(feature["geometry"]))
        for feature in features
    }


def cut(parent: str, known: dict[str, tuple[str, str, str]], shapes: dict[str, Any]) -> list[Feature]:
    """The parts of one region as features, simplified together."""
    parts = [(code, row) for code, row in known.items() if row[2] == parent and row[1] != "zone"]
    missing = [row[0] for code, row in parts if code not in shapes]
    if missing:
        print(f"{parent}: no shape of {'、'.join(missing)}", file=sys.stderr)
    parts = [(code, row) for code, row in parts if code in shapes]
    whole = [set_precision(shapes[code], GRID / 10) for code, _ in parts]
    if not coverage_is_valid(whole):
        print(f"{parent}: borders of neighbours do not match everywhere", file=sys.stderr)
    simple = coverage_simplify(whole, TOLERANCE[parts[0][1][1]])
    return [
        {
            "type": "Feature",
            "properties": {"code": code, "name": row[0]},
            "geometry": rounded(mapping(set_precision(geometry, GRID))),
        }
        for (code, row), geometry in zip(parts, simple, strict=True)
    ]


def rounded(value: Any) -> Any:
    """A geometry as JSON with four decimals."""
    if isinstance(value, dict):
        return {key: rounded(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(part) for part in value]
    return round(value, 4) if isinstance(value, float) else value


def main() -> None:
    folder = Path(sys.argv[1])
    known = names()
    cities, counties = read(folder / "city.geojson"), read(folder / "district.geojson")
    below = tuple(code for code, row in known.items() if row[2] in PROVINCES)
    for parent in (*PROVINCES, *below, *PREFECTURES):
        found = cut(parent, known, cities if parent in PROVINCES else counties)
        lines = ",\n".join(
            json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in found
        )
        text = f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'
        (TARGET / f"{parent}.json").write_text(text, encoding="utf-8")
        print(parent, known[parent][0], len(found), len(text))


if __name__ == "__main__":
    main()
