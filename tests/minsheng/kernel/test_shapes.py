"""Map shapes: what is vendored fits the gazetteer; a file of one's own is read or told why not."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.kernel.gazetteer import by_code, children
from minsheng.kernel.shapes import (
    Shape,
    UnusableMap,
    geojson,
    parts_of,
    read_map,
    vendored_codes,
    vendored_shapes,
)

SQUARE = {"type": "Polygon", "coordinates": [[[116, 33], [117, 33], [117, 34], [116, 34], [116, 33]]]}


def file_of(*properties, geometry=SQUARE, **more) -> bytes:
    features = [{"type": "Feature", "properties": said, "geometry": geometry, **more} for said in properties]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_each_vendored_region_has_all_its_parts_and_no_other():
    for code in vendored_codes():
        below = {part.code: part.name for part in children(by_code(code)) if part.level != "zone"}
        assert {shape.code: shape.name for shape in vendored_shapes(code)} == below


def test_a_province_and_its_counties_are_there_and_never_the_whole_country():
    anhui = vendored_shapes("340000")
    assert len(anhui) == 16
    assert sum(len(vendored_shapes(prefecture.code)) for prefecture in anhui) == 104
    assert {"341600", "340600", "371300", "340500", "340100"} <= vendored_codes()
    assert "100000" not in vendored_codes()


def test_other_regions_have_none():
    assert vendored_shapes("440000") == ()
    assert vendored_shapes("../gazetteer/x") == ()
    assert vendored_shapes("") == ()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"code": "341600", "name": "亳州市"}, "341600"),
        ({"adcode": 341600}, "341600"),
        ({"gb": "156341600"}, "341600"),
        ({"id": "341600000000"}, "341600"),
        ({"code": "亳州", "gb": "156341600"}, "341600"),
    ],
)
def test_the_code_may_stand_in_several_places(said, code):
    assert read_map(file_of(said)) == (Shape(code, said.get("name", ""), SQUARE),)


def test_the_features_own_id_is_asked_last():
    assert [shape.code for shape in read_map(file_of({}, id=341602))] == ["341602"]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "不是 GeoJSON"),
        (b"\xff\xfe\x00", "不是 GeoJSON"),
        (b"[" * 200_000, "不是 GeoJSON"),
        (b"[]", "没有图形"),
        (b'{"features": []}', "没有图形"),
        (file_of({"name": "亳州市"}), "没有一个图形带有六位行政区划代码"),
        (file_of({"code": True}), "没有一个图形带有六位行政区划代码"),
        (file_of({"code": "341600"}, geometry={"type": "Point", "coordinates": [1, 2]}), "没有一个图形"),
        (
            file_of({"code": "341600"}, geometry={"type": "Polygon", "coordinates": [[[1, 2]]]}),
            "没有一个图形",
        ),
        (
            file_of({"code": "341600"}, geometry={"type": "Polygon", "coordinates": [[["a", 2]] * 4]}),
            "没有一个图形",
        ),
        (
            file_of({"code": "341600"}, geometry={"type": "Polygon", "coordinates": [[[500, 2]] * 4]}),
            "没有一个图形",
        ),
    ],
)
def test_a_file_that_is_no_map_is_told(data, word):
    found = read_map(data)
    assert isinstance(found, UnusableMap)
    assert word in found.message


KEYS = st.sampled_from(["features", "properties", "geometry", "type", "coordinates", "code"])
LEAVES = st.none() | st.integers() | st.text() | st.floats()


@given(st.recursive(LEAVES, lambda part: st.lists(part) | st.dictionaries(KEYS, part)))
def test_no_json_makes_it_fall_over(value):
    read_map(json.dumps(value).encode())
    read_map(json.dumps({"features": [value]}).encode())


def test_parts_are_one_level_below():
    shapes = read_map(
        file_of(*({"code": code} for code in ("340000", "341600", "341602", "340600", "371300")))
    )
    assert [shape.code for shape in parts_of(shapes, "340000")] == ["341600", "340600"]
    assert [shape.code for shape in parts_of(shapes, "341600")] == ["341602"]
    assert parts_of(shapes, "341602") == ()


def test_shapes_are_named_by_their_code():
    assert geojson((Shape("341600", "亳州市", SQUARE),)) == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": "341600", "label": "亳州市"},
                "geometry": SQUARE,
            }
        ],
    }
