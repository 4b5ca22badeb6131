"""Queries whose text is made once give the rows that making them anew gives, whoever asks with whatever."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from minsheng_web.records import access
from minsheng_web.records.actions.people import give_post
from minsheng_web.records.models import Allocation, Programme, Region, ReportLine, ReportPeriod, Unit
from minsheng_web.records.prepared import MOST_KEYS, Prepared
from minsheng_web.records.prepared_reach import PreparedFor

EVERYBODY = (
    "own", "county", "sister", "outsider", "reader", "administrator",
    "lead", "local", "west", "finance", "auditor", "leader", "publisher",
)  # fmt: skip


def test_everybody_sees_what_they_see_without(delivery):
    builds = [
        lambda person: access.programmes_for(person).select_related("region").order_by("-year"),
        lambda person: access.report_lines_for(person).select_related("allocation__indicator", "unit"),
        lambda person: access.allocations_for(person).order_by("pk"),
        lambda person: access.plan_versions_for(person).order_by("-number")[:1],
        lambda person: access.periods_for(person).values_list("pk", "name"),
        lambda person: access.regions_for(person).order_by("path").values_list("name", flat=True),
    ]
    seen = 0
    for build in builds:
        rows = PreparedFor(build)
        for who in (*EVERYBODY, *reversed(EVERYBODY)):
            person = delivery.house.people[who]
            found = rows(person)
            assert found == list(build(person)), who
            seen += len(found)
    assert seen > len(EVERYBODY)


def test_a_second_post_is_another_reach(delivery):
    rows = PreparedFor(lambda person: access.regions_for(person).order_by("path"))
    county = delivery.house.people["county"]
    assert [region.name for region in rows(county)] == ["河东县"]
    give_post(actor=None, user=county, role="reader", region=delivery.house.sister_city)
    access.forget_posts(county)
    assert [region.name for region in rows(county)] == ["云岭市河东县"[3:], "青川市"]


def test_instances_are_whole_and_those_they_point_to_at_hand(delivery):
    rows = Prepared(
        lambda key: (
            ReportLine.objects.filter(pk=key)
            .select_related("allocation__region", "unit")
            .annotate(files=Count("evidence"))
            .defer("difficulty")
        )
    )
    for line in (delivery.line, delivery.other):
        with CaptureQueriesContext(connection) as asked:
            (found,) = rows(line.pk)
            told = (found.allocation.region.name, found.unit.name, found.stages, found.amount, found.files)
        assert told == (line.allocation.region.name, line.unit.name, {}, None, 0)
        assert len(asked) == 1
        assert found.difficulty == ""
        assert found.get_deferred_fields() == set()
        found.next_step = "下月开工"
        found.save(update_fields=["next_step"])
        assert ReportLine.objects.get(pk=line.pk).next_step == "下月开工"


def test_what_was_changed_meanwhile_is_seen(house):
    rows = Prepared(lambda key: Region.objects.filter(pk=key))
    assert [region.name for region in rows(house.county.pk)] == ["河东县"]
    Region.objects.filter(pk=house.county.pk).update(name="河阳县")
    assert [region.name for region in rows(house.county.pk)] == ["河阳县"]


@pytest.mark.parametrize("word", ["50%", "a_b", "反\\斜", "'; DROP TABLE", "%s", "", "\ue000"])
def test_signs_of_the_database_in_a_value_are_only_signs(house, word):
    for name in (word, f"{word}局", f"前{word}", "普通局", "50元局", "axb局"):
        Unit.objects.create(region=house.city, name=name)
    starts = Prepared(lambda text: Unit.objects.filter(name__startswith=text).order_by("pk"))
    inside = Prepared(lambda text: Unit.objects.filter(name__contains=text).order_by("pk"))
    same = Prepared(lambda text: Unit.objects.filter(name=text))
    starts("普通"), inside("普通"), same("普通")
    assert starts(word) == list(Unit.objects.filter(name__startswith=word).order_by("pk"))
    assert inside(word) == list(Unit.objects.filter(name__contains=word).order_by("pk"))
    assert same(word) == list(Unit.objects.filter(name=word))


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 5, 8, 9, MOST_KEYS, MOST_KEYS + 1])
def test_any_number_of_keys(house, number):
    made = [Unit(region=house.city, name=f"第{place}局") for place in range(number + 2)]
    keys = tuple(unit.pk for unit in Unit.objects.bulk_create(made))[:number]
    rows = Prepared(
        lambda keys, region: (
            Unit.objects.filter(pk__in=keys, region=region).order_by("pk").values_list("pk", flat=True)
        )
    )
    assert rows(keys, house.city.pk) == list(keys)
    assert rows(keys, house.county.pk) == []
    assert [row[0] for row in rows.plain(keys, house.city.pk)] == list(keys)


def test_texts_are_shared_by_numbers_of_keys_that_are_near(house):
    texts = []

    def build(keys):
        texts.append(keys)
        return Unit.objects.filter(pk__in=keys)

    rows = Prepared(build)
    for number in range(1, 33):
        rows(tuple(range(number)))
    assert [len(keys) for keys in texts] == [1, 2, 4, 8, 16, 32]


def test_days_and_nothing(delivery):
    rows = Prepared(
        lambda programme, since, before: ReportPeriod.objects.filter(
            start__gte=since, start__lt=before, **({} if programme is None else {"programme": programme})
        )
    )
    programme = delivery.period.programme_id
    assert rows(programme, date(2023, 3, 1), date(2023, 3, 2)) == [delivery.period]
    assert rows(programme, date(2023, 3, 2), date(2023, 4, 1)) == []
    assert rows(None, date(2023, 3, 1), date(2023, 3, 2)) == [delivery.period]
    assert rows(programme + 1, date(2023, 3, 1), date(2023, 3, 2)) == []


def test_a_query_that_looks_at_its_value_is_refused(house):
    rows = Prepared(lambda name: Region.objects.filter(name="云岭市" if name == "云岭市" else "青川市"))
    with pytest.raises(ValueError, match=r"^values \[0\] are not in the query: SELECT"):
        rows("云岭市")


def test_other_kinds_of_rows_are_refused(house):
    with pytest.raises(TypeError, match="not model rows or a values_list"):
        Prepared(lambda key: Programme.objects.filter(pk=key).values("year"))(1)


def test_amounts_are_what_they_are_elsewhere(delivery):
    rows = Prepared(lambda keys: Allocation.objects.filter(pk__in=keys).order_by("pk"))
    parts = [delivery.root, delivery.east, delivery.west]
    keys = tuple(part.pk for part in parts)
    found = [part.share for part in rows(keys)]
    again = [part.share for part in Allocation.objects.filter(pk__in=keys).order_by("pk")]
    assert [str(share) for share in found] == [str(share) for share in again]
    assert len(found) == 3
