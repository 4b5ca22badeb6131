"""What waits for whom on the home page and the pages of the flow; how many questions they ask."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from minsheng.progress.deadlines import days_late, deadline_words, urgency
from minsheng_web.records.actions.calendar import first_visit
from minsheng_web.records.actions.reminders import remind, see_reminder
from minsheng_web.records.duties import accepting_office, may_fill, may_verify
from minsheng_web.records.duty_rows import accepted_by, filled_by, verified_by
from minsheng_web.records.models import (
    Allocation,
    DivisionProposal,
    Indicator,
    Reminder,
    ReportLine,
    ReportPeriod,
    Unit,
)
from minsheng_web.records.queries.report_context import WITH
from minsheng_web.records.queries.waiting import waiting_for

TODAY = date(2023, 4, 3)
AT = timezone.make_aware(datetime(2023, 4, 3, 9))


def told(delivery, who, today=TODAY) -> list[tuple]:
    found = waiting_for(delivery.house.people[who], today)
    return [(one.task, one.count, one.name or None) for one in found]


def test_each_role_sees_what_waits_for_it(delivery):
    ReportLine.objects.filter(pk=delivery.other.pk).update(state="submitted")
    assert told(delivery, "local") == [("fill", 1, "河东县人力资源社会保障局")]
    assert told(delivery, "lead") == [("verify", 1, None)]
    assert told(delivery, "west") == []
    assert told(delivery, "own") == []
    ReportLine.objects.update(state="verified")
    assert told(delivery, "own") == [("accept", 2, None)]
    assert told(delivery, "county") == [("accept", 1, None)]
    assert told(delivery, "own", date(2023, 4, 6)) == [("accept", 2, None), ("close", 2, None)]
    for who in ("auditor", "leader", "finance", "publisher", "reader", "outsider", "sister", "administrator"):
        assert told(delivery, who, date(2023, 4, 6)) == [], who


def test_sent_back_comes_with_who_and_why_before_what_is_new(delivery):
    ReportLine.objects.filter(pk=delivery.line.pk).update(
        state="returned",
        return_reason="与台账不符",
        returned_by=delivery.house.people["lead"],
        returned_at=AT,
    )
    (first,) = waiting_for(delivery.house.people["local"], TODAY)
    assert (first.task, first.detail) == ("returned", "郑牵：与台账不符")
    page = delivery.house.client("local").get("/").content.decode()
    assert "郑牵：与台账不符" in page
    assert f"/reports/{delivery.period.pk}/{delivery.line.unit_id}/" in page


def test_a_closed_period_waits_for_nobody(delivery):
    ReportPeriod.objects.update(closed_at=AT)
    for who in ("local", "lead", "own", "county"):
        assert told(delivery, who, date(2023, 5, 1)) == [], who


def test_a_changed_breakdown_waits_for_the_office_above_it_alone(delivery):
    people = delivery.house.people
    DivisionProposal.objects.create(
        node=delivery.east,
        base=1,
        state="waiting",
        proposed_by=people["county"],
        proposed_at=AT,
        reason="调剂",
    )
    assert told(delivery, "own") == [("decide", 1, "河东县 城镇新增就业")]
    assert told(delivery, "colleague") == [("decide", 1, "河东县 城镇新增就业")]
    assert told(delivery, "county") == []
    DivisionProposal.objects.update(node=delivery.root, proposed_by=people["own"])
    assert told(delivery, "own") == []
    assert told(delivery, "colleague") == [("decide", 1, "云岭市 城镇新增就业")]  # nobody is above the city
    assert told(delivery, "county") == []


def test_the_conditions_on_rows_are_the_duties(delivery):
    helper = Unit.objects.create(region=delivery.house.city, name="市财政局")
    bureau = delivery.root.reporting_unit
    ReportLine.objects.create(period=delivery.period, allocation=delivery.root, unit=bureau)
    ReportLine.objects.create(period=delivery.period, allocation=delivery.root, unit=helper, cooperating=True)
    lines = list(ReportLine.objects.select_related(*WITH))
    for who, person in delivery.house.people.items():
        for condition, duty in (
            (filled_by, may_fill),
            (verified_by, may_verify),
            (accepted_by, lambda person, line: accepting_office(person, line) is not None),
        ):
            kept = set(ReportLine.objects.filter(condition(person)).values_list("pk", flat=True))
            assert kept == {line.pk for line in lines if duty(person, line)}, (who, condition.__name__)


def many(delivery, number: int) -> None:
    """More indicators with a submitted line in both counties."""
    start = Indicator.objects.count() + 1
    for position in range(start, start + number):
        indicator = Indicator.objects.create(
            programme=delivery.version.programme, project_number=position, project_headline=f"项目{position}",
            name=f"指标{position}", unit="个", kind="count", value=Decimal(90), position=position,
            lead_unit=delivery.indicator.lead_unit,
        )  # fmt: skip
        root = Allocation.objects.create(
            indicator=indicator, region=delivery.house.city, share=Decimal(90), version=1
        )
        for part, line in ((delivery.east, delivery.line), (delivery.west, delivery.other)):
            below = Allocation.objects.create(
                indicator=indicator,
                region=part.region,
                above=root,
                reporting_unit=line.unit,
                share=Decimal(45),
            )
            ReportLine.objects.create(
                period=delivery.period, allocation=below, unit=line.unit, state=line.state,
                amount=Decimal(9), cumulative=Decimal(9), edited_at=AT,
            )  # fmt: skip


@pytest.mark.parametrize(
    ("who", "state", "address"),
    [
        ("lead", "submitted", "/"),
        ("own", "verified", "/"),
        ("local", "draft", "/"),
        ("local", "returned", "/"),
        ("lead", "submitted", "/reports/{period}/check/"),
        ("own", "verified", "/reports/{period}/check/?show=all"),
        ("local", "draft", "/reports/{period}/{unit}/submit/"),
        ("own", "draft", "/periods/{period}/"),
        ("own", "draft", "/periods/{period}/close/"),
        ("own", "accepted", "/programmes/{programme}/periods/"),
    ],
)
def test_a_page_asks_as_much_for_one_row_as_for_three_hundred(delivery, who, state, address):
    now = timezone.now()
    first_visit(today=timezone.localdate(now), at=now)
    for line in (delivery.line, delivery.other):
        ReportLine.objects.filter(pk=line.pk).update(
            state=state, edited_at=AT, returned_at=AT, return_reason="x"
        )
        line.state = state
    path = address.format(
        period=delivery.period.pk, unit=delivery.line.unit_id, programme=delivery.version.programme_id
    )
    client = delivery.house.client(who)
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        assert client.get(path).status_code == 200
    many(delivery, 149)
    assert ReportLine.objects.count() == 300
    with CaptureQueriesContext(connection) as lots:
        assert client.get(path).status_code == 200
    assert len(lots) == len(few), [q["sql"][:150] for q in lots]


def test_a_unit_is_reminded_once_a_day_by_whomever(delivery):
    people, unit = delivery.house.people, delivery.line.unit_id
    (one,) = remind(actor=people["own"], period=delivery.period, units=[unit], at=AT)
    assert one.text == "2023年3月还有 1 项没有提交，还有2天，请尽快填报。"
    assert (
        remind(actor=people["lead"], period=delivery.period, units=[unit], at=AT + timedelta(hours=5)) == ()
    )
    assert (
        len(remind(actor=people["lead"], period=delivery.period, units=[unit], at=AT + timedelta(days=1)))
        == 1
    )
    assert [task for task, *_ in told(delivery, "local")] == ["reminder", "reminder", "fill"]
    assert told(delivery, "west") == [("fill", 1, "河西县人力资源社会保障局")]
    assert see_reminder(actor=people["local"], reminder=one, at=AT)
    assert not see_reminder(actor=people["local"], reminder=one, at=AT + timedelta(days=2))
    one.refresh_from_db()
    assert one.seen_at == AT
    with pytest.raises(PermissionDenied):
        see_reminder(actor=people["west"], reminder=one, at=AT)


@pytest.mark.parametrize("who", ["local", "west", "auditor", "leader", "finance", "administrator", "sister"])
def test_who_neither_verifies_nor_accepts_reminds_nobody(delivery, who):
    with pytest.raises(PermissionDenied):
        remind(actor=delivery.house.people[who], period=delivery.period, units=[delivery.line.unit_id], at=AT)
    assert Reminder.objects.count() == 0


def test_a_county_reminds_and_sees_its_own_alone(delivery):
    county = delivery.house.people["county"]
    units = [delivery.line.unit_id, delivery.other.unit_id]
    with pytest.raises(PermissionDenied):
        remind(actor=county, period=delivery.period, units=units, at=AT)
    page = delivery.house.client("county").get(f"/periods/{delivery.period.pk}/").content.decode()
    assert "河东县人力资源社会保障局" in page
    assert "河西县" not in page


def test_nothing_that_is_handed_in_is_reminded_of(delivery):
    ReportLine.objects.filter(pk=delivery.line.pk).update(state="submitted")
    own = delivery.house.people["own"]
    assert remind(actor=own, period=delivery.period, units=[delivery.line.unit_id], at=AT) == ()


@given(st.dates(date(2023, 1, 1), date(2024, 1, 1)), st.integers(-400, 400))
def test_days_in_words(due, offset):
    today = due + timedelta(days=offset)
    assert days_late(due, today) == max(offset, 0)
    assert (urgency(due, today) == "late") is (offset > 0) is ("逾期" in deadline_words(due, today))
    assert (deadline_words(due, today) == "今天截止") is (offset == 0)


def test_the_first_page_of_the_day_is_asked_once(delivery):
    cache.clear()
    client = delivery.house.client("own")
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    assert not [q for q in asked if "divisionversion" in q["sql"]]
