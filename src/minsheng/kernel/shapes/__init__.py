"""Shapes of a region's parts for a map: vendored here, or out of a map file an office was approved for."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
CODE_KEYS = ("code", "adcode", "gb", "id")
"""Where a map file may say a shape's division code, in the order they are asked."""
COUNTRY = "156"
SIX_DIGITS = re.compile(r"[1-9]\d{5}", re.ASCII)
DRAWN = frozenset({"Polygon", "MultiPolygon"})


@dataclass(frozen=True, slots=True)
class Shape:
    """One region's outline: six-digit code, name as the file has it, GeoJSON geometry."""

    code: str
    name: str
    geometry: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class UnusableMap:
    """Why a map file cannot be used, as a sentence for the office."""

    message: str


def vendored_codes() -> frozenset[str]:
    """Codes of the regions whose parts have shapes here."""
    return frozenset(path.stem for path in FOLDER.glob("*.json"))


def vendored_shapes(code: str) -> tuple[Shape, ...]:
    """Shapes of the parts of a region; none where none are kept."""
    if code not in vendored_codes():
        return ()
    found = read_map((FOLDER / f"{code}.json").read_bytes())
    return () if isinstance(found, UnusableMap) else found


def read_map(data: bytes) -> tuple[Shape, ...] | UnusableMap:
    """A map file (GeoJSON) as shapes. Features without a division code or an outline are left out."""
    try:
        read = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        return UnusableMap(
            "不是 GeoJSON 文件（应为 UTF-8 编码的 JSON），请向提供地图的单位索取 GeoJSON 格式。"
        )
    features = read.get("features") if isinstance(read, dict) else None
    if not isinstance(features, list) or not features:
        return UnusableMap("文件里没有图形（features），请核对是否选错了文件。")
    shapes = tuple(shape for feature in features if (shape := _shape(feature)) is not None)
    if not shapes:
        return UnusableMap("文件里没有一个图形带有六位行政区划代码，请在属性 code、adcode 或 gb 中写明代码。")
    return shapes


def parts_of(shapes: tuple[Shape, ...], code: str) -> tuple[Shape, ...]:
    """The shapes one level below a region, told by their codes."""
    if code.endswith("0000"):
        below = code[:2]
        return tuple(s for s in shapes if s.code != code and s.code[:2] == below and s.code[4:] == "00")
    if code.endswith("00"):
        return tuple(s for s in shapes if s.code != code and s.code[:4] == code[:4])
    return ()


def geojson(shapes: tuple[Shape, ...]) -> dict[str, Any]:
    """Shapes as a GeoJSON value; each is named by its code, so that equal names do not meet."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": shape.code, "label": shape.name},
                "geometry": dict(shape.geometry),
            }
            for shape in shapes
        ],
    }


def _shape(feature: Any) -> Shape | None:
    if not isinstance(feature, dict):
        return None
    geometry, said = feature.get("geometry"), feature.get("properties")
    if not isinstance(geometry, dict) or not isinstance(said, dict) or not _is_outline(geometry):
        return None
    keys = [*(said.get(key) for key in CODE_KEYS), feature.get("id")]
    code = next((found for found in map(_code, keys) if found), "")
    return Shape(code, str(said.get("name") or ""), geometry) if code else None


def _code(value: Any) -> str:
    """Six digits out of 341600, "341600", "156341600" or 341600000000; empty where it is no such code."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return ""
    text = str(value).strip()
    text = text.removeprefix(COUNTRY) if len(text) == 9 else text
    text = text[:6] if len(text) == 12 and text.endswith("000000") else text
    return text if SIX_DIGITS.fullmatch(text) else ""


def _is_outline(geometry: Mapping[str, Any]) -> bool:
    """Whether it has rings of points of two numbers, as the browser needs to draw it."""
    rings = geometry.get("coordinates")
    if geometry.get("type") not in DRAWN or not isinstance(rings, list) or not rings:
        return False
    polygons = rings if geometry["type"] == "MultiPolygon" else [rings]
    return all(
        isinstance(polygon, list) and polygon and all(_is_ring(ring) for ring in polygon)
        for polygon in polygons
    )


def _is_ring(ring: Any) -> bool:
    return isinstance(ring, list) and len(ring) > 3 and all(_is_point(point) for point in ring)


def _is_point(point: Any) -> bool:
    return (
        isinstance(point, list)
        and len(point) > 1
        and all(isinstance(part, int | float) and not isinstance(part, bool) for part in point[:2])
        and abs(point[0]) <= 180
        and abs(point[1]) <= 90
    )
