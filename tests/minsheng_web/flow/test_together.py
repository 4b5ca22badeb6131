"""Several at once: two verify, somebody submits while the period closes, two open it; and any order of moves."""

import threading
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minsheng.progress.model import Figures
from minsheng_web.records.access import forget_posts
from minsheng_web.records.actions import report_flow
from minsheng_web.records.actions.closing import close_period, correct_late
from minsheng_web.records.actions.freezing import still_digest
from minsheng_web.records.actions.periods import open_periods
from minsheng_web.records.actions.report_flow import Seen
from minsheng_web.records.models import AuditEvent, ReportingRule, ReportLine, ReportPeriod, Snapshot, User
from minsheng_web.records.report_values import figures_of

AT = datetime(2023, 4, 3, 1, 0, tzinfo=UTC)


def at_once(*acts) -> list:
    """What each act gave, all started together, each with a connection of its own."""
    results, gate = [None] * len(acts), threading.Barrier(len(acts))

    def run(number, act):
        try:
            gate.wait()
            results[number] = act()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def typed(line, state="draft") -> None:
    ReportLine.objects.filter(pk=line.pk).update(
        amount=Decimal(500), cumulative=Decimal(1700), edited_at=AT, state=state
    )


@pytest.mark.django_db(transaction=True)
def test_two_verify_at_once_and_one_does(delivery):
    typed(delivery.line, "submitted")
    lead = delivery.house.people["lead"].pk

    def verify():
        return report_flow.verify(
            actor=User.objects.get(pk=lead), period=delivery.period, lines=[Seen(delivery.line.pk, 0)], at=AT
        )

    outcomes = at_once(verify, verify)
    assert sorted(len(outcome.moved) for outcome in outcomes) == [0, 1]
    assert AuditEvent.objects.filter(action="report.verify").count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_submits_while_the_period_closes_is_in_the_snapshot_or_refused(delivery):
    typed(delivery.line)
    local = delivery.house.people["local"].pk

    def submit():
        return report_flow.submit(
            actor=User.objects.get(pk=local), period=delivery.period, lines=[Seen(delivery.line.pk)], at=AT
        )

    outcome, snapshot = at_once(submit, lambda: close_period(actor=None, period=delivery.period, at=AT))
    frozen = snapshot.lines.get(allocation=delivery.east)
    if outcome.moved:
        assert (frozen.state, frozen.cumulative) == ("submitted", 1700)
    else:
        assert "已经关闭" in outcome.message
        assert (frozen.state, frozen.cumulative) == ("draft", None)
    assert still_digest(snapshot) == snapshot.digest


@pytest.mark.django_db(transaction=True)
def test_two_open_at_once_and_each_period_opens_once(delivery):
    programme = delivery.version.programme
    ReportingRule.objects.create(programme=programme, first_day=date(2023, 3, 1))
    opened = at_once(*[lambda: open_periods(programme=programme, today=date(2023, 5, 2), at=AT)] * 2)
    assert sorted(len(periods) for periods in opened) == [0, 2]
    assert ReportPeriod.objects.count() == 3
    assert ReportLine.objects.count() == 6


ACTS = ("submit", "take_back", "verify", "accept", "send_back", "reopen")
STEP = st.one_of(
    st.tuples(st.sampled_from(ACTS), st.sampled_from(("local", "lead", "county", "own", "west"))),
    st.tuples(st.just("type"), st.integers(0, 9)),
    st.tuples(st.just("close"), st.just("own")),
    st.tuples(st.just("correct"), st.integers(0, 9)),
)


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=14))
def test_whatever_happens_in_whatever_order(delivery, steps):
    with transaction.atomic():
        walk(delivery, steps)
        transaction.set_rollback(True)
    for person in delivery.house.people.values():
        forget_posts(person)


def walk(delivery, steps) -> None:
    """Do the steps and hold after each: a lock above holds, digits stay, no count falls unexplained."""
    digits: dict[int, str] = {}
    accepted = Decimal(0)
    for act, who in steps:
        before = ReportLine.objects.select_related("accepted_region").get(pk=delivery.line.pk)
        period = ReportPeriod.objects.get(pk=delivery.period.pk)
        allowed = step(delivery, period, before, act, who)
        now = ReportLine.objects.select_related("accepted_region").get(pk=delivery.line.pk)
        if not allowed or (period.closed_at and act != "correct"):
            assert (now.state, now.revision, figures_of(now)) == (
                before.state,
                before.revision,
                figures_of(before),
            )
        if before.accepted_region == delivery.house.city and now.state != "accepted":
            assert (act, who) == ("reopen", "own")
        if now.state == "accepted" and now.cumulative is not None:
            assert now.cumulative >= accepted or now.correction
            accepted = now.cumulative
        for snapshot in Snapshot.objects.filter(period=period):
            digits.setdefault(snapshot.pk, snapshot.digest)
            assert still_digest(snapshot) == digits[snapshot.pk] == snapshot.digest
    numbers = list(Snapshot.objects.filter(period=delivery.period).values_list("number", flat=True))
    assert sorted(numbers) == list(range(1, len(numbers) + 1))


def step(delivery, period, line, act, who) -> bool:
    """One step; False where the person was not allowed."""
    people = delivery.house.people
    if act == "type":
        if line.state in ("draft", "returned") and not period.closed_at:
            amount = Decimal(who)
            reason = "核减" if line.accepted_at or line.returned_at else ""
            ReportLine.objects.filter(pk=line.pk).update(
                amount=amount, cumulative=amount, edited_at=AT, correction=reason, revision=line.revision + 1
            )
            return True
        return False
    if act == "close":
        close_period(actor=people["own"], period=period, at=AT)
        return True
    if act == "correct":
        figures = Figures(period=Decimal(who), cumulative=Decimal(who))
        correct_late(actor=people["own"], period=period, line=line, figures=figures, reason="更正", at=AT)
        return True
    reason = {"reason": "请核对"} if act in ("send_back", "reopen") else {}
    try:
        outcome = getattr(report_flow, act)(
            actor=people[who], period=period, lines=[Seen(line.pk)], at=AT, **reason
        )
    except PermissionDenied:
        return False
    return bool(outcome.moved)
