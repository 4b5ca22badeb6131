"""Typing into a report line: what is written, what follows from it, what is refused and what stays as it was."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minsheng.progress.figures import Unusable
from minsheng_web.records.actions.report_lines import (
    Cell,
    Conflict,
    Locked,
    Saved,
    as_last_period,
    save_cell,
    save_cells,
)
from minsheng_web.records.models import AuditEvent, Indicator, ReportLine, ReportPeriod
from minsheng_web.records.queries.report_context import contexts, pasts
from minsheng_web.records.queries.report_lines import contributions
from reporting import AT, february, give_colleague, more_lines


def typed(delivery, field, text, *, shown="", who="local", line=None):
    return save_cell(
        actor=delivery.house.people[who],
        line=line or delivery.line,
        field=field,
        shown=shown,
        text=text,
        at=AT,
    )


def standing(delivery) -> ReportLine:
    return ReportLine.objects.get(pk=delivery.line.pk)


def change_kind(delivery, kind, unit=""):
    Indicator.objects.filter(pk=delivery.indicator.pk).update(kind=kind, unit=unit)


def test_the_periods_figure_makes_the_cumulative_one(delivery):
    february(delivery)
    outcome = typed(delivery, "amount", "1,200人")
    assert isinstance(outcome, Saved)
    assert set(outcome.changed) == {"amount", "cumulative"}
    line = standing(delivery)
    assert (line.amount, line.cumulative, line.revision) == (Decimal(1200), Decimal(4200), 1)
    assert (line.edited_by.username, line.edited_at) == ("local", AT)


def test_the_cumulative_figure_makes_the_periods(delivery):
    february(delivery)
    typed(delivery, "cumulative", "3500")
    assert standing(delivery).amount == Decimal(500)


def test_in_the_first_period_of_a_year_they_are_one(delivery):
    ReportPeriod.objects.filter(pk=delivery.period.pk).update(
        key="2023-M01", start=date(2023, 1, 1), end=date(2023, 1, 31)
    )
    typed(delivery, "amount", "700")
    assert standing(delivery).cumulative == Decimal(700)


def test_without_a_known_last_period_nothing_is_made_up(delivery):
    typed(delivery, "amount", "700")
    assert (standing(delivery).amount, standing(delivery).cumulative) == (Decimal(700), None)


@pytest.mark.parametrize("state", ["draft", "returned"])
def test_what_was_not_reported_is_no_last_period(delivery, state):
    february(delivery, state=state)
    typed(delivery, "amount", "700")
    assert standing(delivery).cumulative is None


def test_with_a_reason_for_a_correction_both_are_typed(delivery):
    february(delivery)
    typed(delivery, "correction", "上月多报 300 人")
    typed(delivery, "amount", "100")
    outcome = typed(delivery, "cumulative", "2800")
    assert (standing(delivery).amount, standing(delivery).cumulative) == (Decimal(100), Decimal(2800))
    assert [p.code for p in outcome.problems if p.severity == "error"] == []


def test_a_figure_that_fell_is_kept_and_told(delivery):
    february(delivery)
    outcome = typed(delivery, "cumulative", "2800")
    assert isinstance(outcome, Saved)
    assert standing(delivery).cumulative == Decimal(2800)
    assert standing(delivery).amount is None
    assert "cumulative_fell" in [p.code for p in outcome.problems]


@pytest.mark.parametrize("empty", ["", "  ", "—", "无"])
def test_blank_is_not_reported_and_never_nought(delivery, empty):
    february(delivery)
    typed(delivery, "amount", "0")
    assert standing(delivery).amount == 0
    typed(delivery, "amount", empty, shown="0")
    # The cumulative figure is again the last one known, and the period's is asked for.
    assert (standing(delivery).amount, standing(delivery).cumulative) == (None, Decimal(3000))


def test_a_block_that_gives_both_keeps_both_and_is_told_when_they_disagree(delivery):
    february(delivery)
    cells = [Cell(delivery.line.pk, "amount", "", "10"), Cell(delivery.line.pk, "cumulative", "", "3500")]
    outcomes = save_cells(actor=delivery.house.people["local"], cells=cells, at=AT)
    assert (standing(delivery).amount, standing(delivery).cumulative) == (Decimal(10), Decimal(3500))
    assert "month_and_cumulative_disagree" in [problem.code for problem in outcomes[0].problems]


def test_an_unusable_cell_of_a_block_is_not_filled_in_from_its_neighbour(delivery):
    february(delivery)
    cells = [Cell(delivery.line.pk, "amount", "", "很多"), Cell(delivery.line.pk, "cumulative", "", "3500")]
    save_cells(actor=delivery.house.people["local"], cells=cells, at=AT)
    assert (standing(delivery).amount, standing(delivery).cumulative) == (None, Decimal(3500))


def test_money_is_shown_in_wan_and_kept_in_fen(delivery):
    outcome = typed(delivery, "money.spent", "12.5")
    assert outcome.line.money_spent == 12_500_000
    typed(delivery, "money.spent", "800元", shown="12.5")
    assert standing(delivery).money_spent == 80_000


@pytest.mark.parametrize(
    ("field", "text"),
    [("amount", "很多"), ("money.paid", "1e9"), ("amount", "9" * 15), ("money.paid", "99999999亿元")],
)
def test_unusable_text_writes_nothing_and_says_what_to_do(delivery, field, text):
    outcome = typed(delivery, field, text)
    assert isinstance(outcome, Unusable)
    assert outcome.message.endswith("。")
    assert standing(delivery).revision == 0
    assert AuditEvent.objects.filter(action="report.type").count() == 0


def test_stages_are_dates_one_by_one(delivery):
    change_kind(delivery, "stages")
    typed(delivery, "stages.started", "3月5日")
    typed(delivery, "stages.preparation", "2022-11-30")
    assert standing(delivery).stages == {"started": "2023-03-05", "preparation": "2022-11-30"}
    typed(delivery, "stages.started", "", shown="2023-03-05")
    assert standing(delivery).stages == {"preparation": "2022-11-30"}


def test_yes_and_no_are_words(delivery):
    change_kind(delivery, "yes_no")
    assert typed(delivery, "done", "是").line.done is True
    assert typed(delivery, "done", "否", shown="是").line.done is False
    assert typed(delivery, "done", "", shown="否").line.done is None
    assert isinstance(typed(delivery, "done", "差不多"), Unusable)


def test_a_field_the_kind_has_not_is_a_fault_of_the_program(delivery):
    with pytest.raises(ValueError, match="done"):
        typed(delivery, "done", "是")


def test_the_second_of_two_gets_both_values_and_writes_nothing(delivery):
    colleague = give_colleague(delivery)
    typed(delivery, "amount", "100")
    outcome = save_cell(actor=colleague, line=delivery.line, field="amount", shown="", text="200", at=AT)
    assert isinstance(outcome, Conflict)
    assert (outcome.now, outcome.typed, outcome.by.username) == ("100", "200", "local")
    assert standing(delivery).amount == Decimal(100)
    assert standing(delivery).revision == 1


def test_both_typing_the_same_is_no_conflict(delivery):
    colleague = give_colleague(delivery)
    typed(delivery, "amount", "100")
    outcome = save_cell(actor=colleague, line=delivery.line, field="amount", shown="", text="100", at=AT)
    assert isinstance(outcome, Saved)
    assert (outcome.changed, standing(delivery).revision) == ((), 1)


def test_another_field_of_the_same_line_is_no_conflict(delivery):
    colleague = give_colleague(delivery)
    typed(delivery, "amount", "100")
    save_cell(actor=colleague, line=delivery.line, field="next_step", shown="", text="招聘会", at=AT)
    line = standing(delivery)
    assert (line.amount, line.next_step, line.revision) == (Decimal(100), "招聘会", 2)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("submitted", "市人力资源社会保障局审核"),
        ("verified", "河东县民生办接收"),
        ("accepted", "河东县民生办接收"),
    ],
)
def test_a_line_on_its_way_is_locked_and_says_whom_to_ask(delivery, state, words):
    ReportLine.objects.filter(pk=delivery.line.pk).update(
        state=state, accepted_region=delivery.house.county if state == "accepted" else None
    )
    outcome = typed(delivery, "amount", "100")
    assert isinstance(outcome, Locked)
    assert words in outcome.message
    assert standing(delivery).amount is None


def test_a_line_sent_back_is_open_again(delivery):
    ReportLine.objects.filter(pk=delivery.line.pk).update(state="returned")
    assert isinstance(typed(delivery, "amount", "100"), Saved)
    assert standing(delivery).state == "returned"


def test_a_closed_period_takes_nothing(delivery):
    ReportPeriod.objects.filter(pk=delivery.period.pk).update(closed_at=AT)
    outcome = typed(delivery, "amount", "100")
    assert isinstance(outcome, Locked)
    assert "2023年3月已经关闭" in outcome.message
    assert "云岭市民生办" in outcome.message
    assert standing(delivery).amount is None


@pytest.mark.parametrize(
    "who", ["west", "lead", "own", "county", "auditor", "leader", "administrator", "outsider", "sister"]
)
def test_only_somebody_of_the_unit_types(delivery, who):
    with pytest.raises(PermissionDenied):
        typed(delivery, "amount", "100", who=who)
    assert standing(delivery).revision == 0


def test_one_line_out_of_reach_stops_the_whole_block(delivery):
    cells = [Cell(delivery.line.pk, "amount", "", "1"), Cell(delivery.other.pk, "amount", "", "1")]
    with pytest.raises(PermissionDenied):
        save_cells(actor=delivery.house.people["local"], cells=cells, at=AT)
    assert standing(delivery).revision == 0


def test_the_first_touch_carries_money_and_levels_on(delivery):
    february(delivery, money_arrived=5_000_000)
    outcome = typed(delivery, "next_step", "继续")
    assert set(outcome.changed) == {"cumulative", "money.arrived", "next_step"}
    line = standing(delivery)
    assert (line.money_arrived, line.amount, line.cumulative) == (5_000_000, None, Decimal(3000))
    typed(delivery, "money.arrived", "", shown="5")
    typed(delivery, "next_step", "继续推进", shown="继续")
    assert standing(delivery).money_arrived is None


def test_what_was_carried_on_and_shown_in_grey_is_typed_over(delivery):
    february(delivery, money_arrived=5_000_000)
    typed(delivery, "next_step", "继续")
    assert isinstance(typed(delivery, "money.arrived", "6"), Saved)
    assert standing(delivery).money_arrived == 6_000_000


def test_every_write_has_its_audit_row(delivery):
    february(delivery)
    typed(delivery, "amount", "1200")
    event = AuditEvent.objects.get(action="report.type")
    assert (event.actor.username, event.object_id) == ("local", str(delivery.line.pk))
    assert event.old == {"amount": "", "cumulative": ""}
    assert event.new == {"amount": "1,200", "cumulative": "4,200", "revision": 1}


def test_as_last_period_says_nought_and_leaves_what_was_typed(delivery):
    february(delivery, money_arrived=5_000_000)
    saved = as_last_period(actor=delivery.house.people["local"], lines=[delivery.line], at=AT)
    assert [s.line.pk for s in saved] == [delivery.line.pk]
    line = standing(delivery)
    assert (line.amount, line.cumulative, line.money_arrived) == (Decimal(0), Decimal(3000), 5_000_000)
    assert as_last_period(actor=delivery.house.people["local"], lines=[delivery.line], at=AT) == []


def test_as_last_period_of_an_unknown_one_says_nothing(delivery):
    assert as_last_period(actor=delivery.house.people["local"], lines=[delivery.line], at=AT) == []
    assert standing(delivery).revision == 0


def test_as_last_period_leaves_a_figure_that_stands(delivery):
    february(delivery)
    typed(delivery, "amount", "5")
    as_last_period(actor=delivery.house.people["local"], lines=[delivery.line], at=AT)
    assert standing(delivery).amount == Decimal(5)


def test_a_unit_sees_no_other_regions_figures_in_its_checks(delivery):
    ReportLine.objects.filter(pk=delivery.other.pk).update(cumulative=Decimal(700), state="submitted")
    seen = {
        who: contexts([standing(delivery)], delivery.house.people[who])[delivery.line.pk].siblings
        for who in ("local", "lead")
    }
    assert seen["local"] == ()
    assert [(name, figures.cumulative) for name, figures in seen["lead"]] == [("河西县", Decimal(700))]


def opened_with(delivery, **values) -> None:
    """The line as opening a period leaves it: the last figures in it, typed by nobody."""
    ReportLine.objects.filter(pk=delivery.line.pk).update(**values)
    delivery.line.refresh_from_db()


def test_what_a_period_was_opened_with_is_typed_over_without_a_conflict(delivery):
    opened_with(delivery, cumulative=Decimal(3000), money_arrived=5_000_000, revision=2)
    cells = [
        Cell(delivery.line.pk, "cumulative", "", "3500"),
        Cell(delivery.line.pk, "money.arrived", "", "7"),
    ]
    outcomes = save_cells(actor=delivery.house.people["local"], cells=cells, at=AT)
    assert [type(outcome) for outcome in outcomes] == [Saved, Saved]
    assert (standing(delivery).cumulative, standing(delivery).money_arrived) == (Decimal(3500), 7_000_000)


def test_typing_what_a_line_was_opened_with_makes_it_the_units_own_word(delivery):
    opened_with(delivery, money_arrived=5_000_000)
    typed(delivery, "money.arrived", "5")
    line = standing(delivery)
    assert (line.money_arrived, line.edited_by.username) == (5_000_000, "local")


def test_as_last_period_of_a_line_opened_with_figures(delivery):
    february(delivery)
    opened_with(delivery, cumulative=Decimal(3000))
    as_last_period(actor=delivery.house.people["local"], lines=[delivery.line], at=AT)
    line = standing(delivery)
    assert (line.amount, line.cumulative, line.edited_by.username) == (Decimal(0), Decimal(3000), "local")


def test_three_hundred_lines_cost_the_queries_of_one(delivery):
    february(delivery)
    lines = [delivery.line, *more_lines(delivery, 299)]

    def asked(some) -> int:
        with CaptureQueriesContext(connection) as queries:
            past = pasts(some)
            contexts(some, delivery.house.people["lead"], past)
            contributions(some)
        return len(queries)

    # The first time the person's posts are fetched besides; what a closed month says is kept then.
    assert (asked(lines), asked(lines[:1])) == (5, 4)
    assert (asked(lines), asked(lines[:1])) == (3, 3)
