"""Every move of a report line, by everybody: what is allowed changes just that, a refusal changes nothing."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minsheng_web.records.access import posts_of
from minsheng_web.records.actions import report_flow
from minsheng_web.records.actions.people import give_post, take_post
from minsheng_web.records.actions.report_flow import Outcome, Seen
from minsheng_web.records.actions.report_moves import ACT_WORDS, MOVES, REFUSALS
from minsheng_web.records.models import AuditEvent, ReportLine, ReportPeriod, Unit
from minsheng_web.records.models.reports import LineState

AT = datetime(2023, 4, 3, 1, 0, tzinfo=UTC)
PEOPLE = (
    "own", "colleague", "county", "sister", "outsider", "reader", "administrator",
    "lead", "local", "west", "finance", "auditor", "leader", "publisher",
)  # fmt: skip
MAY = {
    "submit": {"local"},
    "submit_for": {"lead", "own", "colleague", "county"},
    "take_back": {"local"},
    "verify": {"lead"},
    "accept": {"own", "colleague", "county"},
    "send_back": {"lead", "own", "colleague", "county"},
    "reopen": {"own", "colleague", "county"},
}


def fill(
    line: ReportLine, state: str = "draft", amount: int = 500, cumulative: int = 1700, **values
) -> ReportLine:
    """The line as typed and moved to a state."""
    ReportLine.objects.filter(pk=line.pk).update(
        amount=Decimal(amount),
        cumulative=Decimal(cumulative),
        edited_at=AT,
        state=state,
        revision=3,
        **values,
    )
    line.refresh_from_db()
    return line


def act(name: str, delivery, who: str, *lines: ReportLine, reason: str = "数字与台账不符", **more) -> Outcome:
    words = {"reason": reason} if name in ("send_back", "reopen") else {}
    return getattr(report_flow, name)(
        actor=delivery.house.people[who],
        period=delivery.period,
        lines=[Seen(line.pk, line.revision) for line in lines],
        at=AT,
        **words,
        **more,
    )


def rows() -> tuple[list, int]:
    return list(ReportLine.objects.order_by("pk").values()), AuditEvent.objects.count()


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("name", ACT_WORDS)
def test_who_may_do_what(delivery, name, who):
    old = {
        "submit": "draft",
        "submit_for": "draft",
        "take_back": "submitted",
        "verify": "submitted",
        "accept": "verified",
        "send_back": "submitted" if who == "lead" else "verified",
        "reopen": "accepted",
    }[name]
    region = delivery.house.county if name == "reopen" else None
    taken = delivery.house.people["lead"] if name == "submit_for" else None
    line = fill(delivery.line, old, accepted_region=region, taken_in_by=taken)
    before = rows()
    if who not in MAY[name]:
        with pytest.raises(PermissionDenied):
            act(name, delivery, who, line)
        assert rows() == before
        return
    outcome = act(name, delivery, who, line)
    assert outcome == Outcome(moved=(line.pk,))
    line.refresh_from_db()
    new = {move.new for move in MOVES if move.act == name and move.old == old}
    assert line.state in new
    assert line.revision == 4
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.object_id) == (f"report.{name}", str(line.pk))
    assert event.old["state"] == old
    assert Decimal(event.old["amount"]) == 500
    assert event.new["state"] == line.state


@pytest.mark.parametrize("state", LineState.values)
@pytest.mark.parametrize("name", ACT_WORDS)
def test_a_move_the_table_does_not_hold_is_refused(delivery, name, state):
    line = fill(delivery.line, state, accepted_region=delivery.house.county)
    if any(
        move.act == name
        and move.old == state
        and not set(move.needs) & {"below", "nobody_verifies", "not_verified", "is_cooperating"}
        for move in MOVES
    ):
        return
    who = {"submit": "local", "take_back": "local", "verify": "lead"}.get(name, "county")
    if name == "take_back" and state == "verified":
        line = fill(line, state, verified_at=AT)
    before = rows()
    outcome = act(name, delivery, who, line)
    assert outcome.moved == ()
    assert outcome.stopped[0].message
    assert rows() == before


@pytest.mark.parametrize("who", ["lead", "own", "county"])
def test_what_the_unit_typed_itself_is_handed_in_by_nobody_else(delivery, who):
    line = fill(delivery.line)
    before = rows()
    outcome = act("submit_for", delivery, who, line)
    assert (outcome.moved, outcome.stopped[0].message) == ((), REFUSALS["taken_in"])
    assert rows() == before


def test_handed_in_for_the_unit_says_who_took_the_workbook(delivery):
    lead, own = delivery.house.people["lead"], delivery.house.people["own"]
    line = fill(delivery.line, taken_in_by=lead)
    assert act("submit_for", delivery, "own", line).moved == (line.pk,)
    line.refresh_from_db()
    assert (line.state, line.submitted_by, line.taken_in_by) == ("submitted", own, lead)
    assert AuditEvent.objects.get(action="report.submit_for").new["taken_in_by"] == lead.pk
    # The unit takes it back, and by its own handing in it is the unit's word again.
    act("take_back", delivery, "local", line)
    line.refresh_from_db()
    assert act("submit", delivery, "local", line).moved == (line.pk,)
    line.refresh_from_db()
    assert (line.state, line.taken_in_by) == ("submitted", None)


def test_the_table_is_whole():
    """Every state is left and reached; every need has its sentence."""
    states = set(LineState.values)
    assert {move.old for move in MOVES} == states
    assert {move.new for move in MOVES} == states
    assert {need for move in MOVES for need in move.needs} == set(REFUSALS)
    assert {move.act for move in MOVES} == set(ACT_WORDS)


def test_a_line_with_an_error_stays_and_the_others_go(delivery):
    """河西县 typed a cumulative that contradicts what it brought: its line stays with the finding."""
    person = delivery.house.people["local"]
    give_post(actor=None, user=person, role="local", region=delivery.west.region, unit=delivery.other.unit)
    fill(delivery.line)
    wrong = fill(delivery.other, amount=900, cumulative=700)
    outcome = act("submit", delivery, "local", delivery.line, wrong)
    assert outcome.moved == (delivery.line.pk,)
    stopped = outcome.stopped[0]
    assert (stopped.pk, stopped.message) == (wrong.pk, "填报内容有错误")
    assert [problem.code for problem in stopped.findings] == ["month_and_cumulative_disagree"]
    wrong.refresh_from_db()
    assert (wrong.state, wrong.amount) == ("draft", 900)


def test_what_nobody_typed_asks_for_a_word(delivery):
    outcome = act("submit", delivery, "local", delivery.line)
    assert outcome.stopped[0].findings[0].code == "untouched"
    outcome = act("submit", delivery, "local", delivery.line, same=[delivery.line.pk])
    assert outcome.stopped[0].findings[0].code == "nothing_before"
    delivery.line.refresh_from_db()
    assert (delivery.line.state, delivery.line.amount) == ("draft", None)


def february(delivery, cumulative: int, state: str = "accepted") -> ReportLine:
    period = ReportPeriod.objects.create(
        programme=delivery.version.programme, key="2023-M02", name="2023年2月", start=date(2023, 2, 1),
        end=date(2023, 2, 28), due_on=date(2023, 3, 5), closes_on=date(2023, 3, 15), opened_at=AT,
    )  # fmt: skip
    return ReportLine.objects.create(
        period=period, allocation=delivery.east, unit=delivery.line.unit, state=state, edited_at=AT,
        amount=Decimal(200), cumulative=Decimal(cumulative),
    )  # fmt: skip


def test_as_last_period_is_nought_more_and_the_same_cumulative(delivery):
    february(delivery, 1200)
    outcome = act("submit", delivery, "local", delivery.line, same=[delivery.line.pk])
    assert outcome.moved == (delivery.line.pk,)
    delivery.line.refresh_from_db()
    assert (delivery.line.amount, delivery.line.cumulative) == (0, 1200)
    assert delivery.line.edited_by == delivery.house.people["local"]


def test_a_missing_figure_may_be_explained(delivery):
    ReportLine.objects.filter(pk=delivery.line.pk).update(difficulty="统计口径调整，数据未出", edited_at=AT)
    outcome = act("submit", delivery, "local", delivery.line)
    assert outcome.moved == (delivery.line.pk,)
    delivery.line.refresh_from_db()
    assert delivery.line.cumulative is None


def test_a_cumulative_falls_only_with_a_reason(delivery):
    february(delivery, 1200)
    fill(delivery.line, amount=0, cumulative=1100)
    outcome = act("submit", delivery, "local", delivery.line)
    assert "cumulative_fell" in [problem.code for problem in outcome.stopped[0].findings]
    fill(delivery.line, amount=0, cumulative=1100, correction="2月重复统计100人")
    assert act("submit", delivery, "local", delivery.line).moved == (delivery.line.pk,)


def test_what_is_handed_in_late_is_where_the_next_period_starts(delivery):
    """March was opened while February was still being filled in: an untouched line follows, a typed one stays."""
    line = february(delivery, 1200, "draft")
    period = line.period
    outcome = report_flow.submit(
        actor=delivery.house.people["local"], period=period, lines=[Seen(line.pk)], at=AT
    )
    assert outcome.moved == (line.pk,)
    delivery.line.refresh_from_db()
    assert (delivery.line.amount, delivery.line.cumulative, delivery.line.revision) == (None, 1200, 1)
    fill(delivery.line, amount=5, cumulative=1205)
    report_flow.take_back(actor=delivery.house.people["local"], period=period, lines=[Seen(line.pk)], at=AT)
    ReportLine.objects.filter(pk=line.pk).update(cumulative=1300)
    report_flow.submit(actor=delivery.house.people["local"], period=period, lines=[Seen(line.pk)], at=AT)
    delivery.line.refresh_from_db()
    assert delivery.line.cumulative == 1205


def test_the_lead_units_own_line_goes_straight_to_the_office(delivery):
    unit = Unit.objects.get(name="市人力资源社会保障局")
    own = ReportLine.objects.create(period=delivery.period, allocation=delivery.root, unit=unit)
    fill(own)
    assert act("submit", delivery, "lead", own).moved == (own.pk,)
    own.refresh_from_db()
    assert own.state == "verified"
    assert act("take_back", delivery, "lead", own).moved == (own.pk,)


def test_where_nobody_holds_the_verifying_post_the_office_takes_it(delivery):
    lead = delivery.house.people["lead"]
    waiting = fill(delivery.other, "submitted")
    assert act("accept", delivery, "own", waiting).stopped[0].message == "应先由牵头单位审核"
    for post in lead.posts.all():
        take_post(actor=None, user=lead, post=post, reason="调离", at=AT)
    fill(delivery.line)
    act("submit", delivery, "local", delivery.line)
    delivery.line.refresh_from_db()
    assert delivery.line.state == "verified"
    assert act("accept", delivery, "own", waiting).moved == (waiting.pk,)


def test_sent_back_keeps_what_was_typed_and_says_who_and_why(delivery):
    line = fill(delivery.line, "submitted")
    act("send_back", delivery, "lead", line, reason="  与社保系统相差200人 ")
    line.refresh_from_db()
    assert (line.state, line.amount, line.cumulative) == ("returned", 500, 1700)
    assert (line.return_reason, line.returned_by, line.returned_at) == (
        "与社保系统相差200人",
        delivery.house.people["lead"],
        AT,
    )


@pytest.mark.parametrize("name", ["send_back", "reopen"])
def test_nothing_goes_back_without_a_reason(delivery, name):
    line = fill(
        delivery.line, "verified" if name == "send_back" else "accepted", accepted_region=delivery.house.city
    )
    before = rows()
    assert "请写明理由" in act(name, delivery, "own", line, reason=" ").message
    assert rows() == before


def test_locked_above_once_accepted_there(delivery):
    line = fill(delivery.line, "verified")
    act("accept", delivery, "county", line)
    line.refresh_from_db()
    assert line.accepted_region == delivery.house.county
    assert act("accept", delivery, "own", line).moved == (line.pk,)
    line.refresh_from_db()
    assert (line.accepted_region, line.accepted_by) == (delivery.house.city, delivery.house.people["own"])
    refused = act("reopen", delivery, "county", line)
    assert refused.stopped[0].message == "已由上级民生办接收，应由上级民生办重新打开"
    assert act("accept", delivery, "county", line).stopped[0].message == "已经接收"
    assert act("reopen", delivery, "own", line).moved == (line.pk,)
    line.refresh_from_db()
    assert (line.state, line.accepted_region, line.accepted_by) == ("returned", None, None)


def test_a_cooperating_line_ends_at_the_lead_unit(delivery):
    helper = Unit.objects.create(region=delivery.house.city, name="市财政局")
    line = ReportLine.objects.create(
        period=delivery.period, allocation=delivery.root, unit=helper, cooperating=True
    )
    fill(line, "verified")
    assert act("accept", delivery, "own", line).stopped[0].message == REFUSALS["is_main"]
    assert act("send_back", delivery, "lead", line).moved == (line.pk,)


def test_what_changed_since_it_was_looked_at_does_not_move(delivery):
    line = fill(delivery.line, "submitted")
    ReportLine.objects.filter(pk=line.pk).update(revision=9)
    outcome = act("verify", delivery, "lead", line)
    assert outcome.moved == ()
    assert "内容有变化" in outcome.stopped[0].message


@pytest.mark.parametrize("name", ACT_WORDS)
def test_a_closed_period_refuses_everything(delivery, name):
    ReportPeriod.objects.filter(pk=delivery.period.pk).update(closed_at=AT)
    before = rows()
    who = min(MAY[name])
    assert "已经关闭" in act(name, delivery, who, delivery.line).message
    assert rows() == before


def test_one_line_out_of_reach_stops_the_whole_set(delivery):
    fill(delivery.line)
    fill(delivery.other)
    before = rows()
    with pytest.raises(PermissionDenied):
        act("submit", delivery, "local", delivery.line, delivery.other)
    assert rows() == before


def test_two_lines_ask_as_many_questions_as_one_but_for_the_writes(delivery):
    """Reading is constant; each line that moves is one compare-and-set."""
    posts_of(delivery.house.people["lead"])  # asked once a request
    fill(delivery.line, "submitted")
    fill(delivery.other, "submitted")
    with CaptureQueriesContext(connection) as one:
        act("verify", delivery, "lead", delivery.line)
    ReportLine.objects.update(state="submitted", revision=1)
    delivery.line.refresh_from_db()
    delivery.other.refresh_from_db()
    with CaptureQueriesContext(connection) as two:
        act("verify", delivery, "lead", delivery.line, delivery.other)
    reads = [[query["sql"] for query in asked if query["sql"].startswith("SELECT")] for asked in (one, two)]
    assert len(reads[0]) == len(reads[1])
    assert len(two) == len(one) + 1
