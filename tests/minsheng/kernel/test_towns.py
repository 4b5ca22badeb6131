"""Towns by county: real ones, nested, unique, and unpacked only for who asks."""

import subprocess
import sys

from minsheng.kernel import gazetteer
from minsheng.kernel.gazetteer.towns import Town, _lines, towns_of


def test_the_towns_of_a_county():
    towns = towns_of("341621")
    assert towns[:2] == (Town("341621001", "城关街道"), Town("341621003", "星园街道"))
    assert {town.county_code for town in towns} == {"341621"}
    assert len(towns) == len({town.name for town in towns}) == 24


def test_a_county_that_is_none_has_no_towns():
    assert towns_of("999999") == ()
    assert towns_of("") == ()
    assert towns_of("341600") == ()


def test_every_town_belongs_to_a_known_county():
    counties = {code: gazetteer.by_code(code) for code in _lines()}
    assert [code for code, county in counties.items() if county is None] == []
    assert {county.level for county in counties.values()} <= {"county", "zone", "prefecture"}
    codes = [town.code for code in counties for town in towns_of(code)]
    assert (len(codes), len(set(codes))) == (41276, 41276)
    assert {len(code) for code in codes} == {9}


def test_reading_a_notice_does_not_unpack_them():
    program = "import sys, minsheng.plans.compile, minsheng.commands.read; print('minsheng.kernel.gazetteer.towns' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
