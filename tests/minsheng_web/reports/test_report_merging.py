"""Helping units' reports merged into the main line: shown first, taken once."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from minsheng_web.records.actions.report_lines import Locked, Saved
from minsheng_web.records.actions.report_merging import Changed, merge_contributions, merge_preview
from minsheng_web.records.models import AuditEvent, Indicator, ReportLine, Unit
from reporting import AT


@pytest.fixture
def helpers(delivery) -> list[ReportLine]:
    """Two helping units have reported, a third has not."""
    lines = []
    for name, amount, state in (
        ("河东县财政局", 20, "submitted"),
        ("河东县商务局", 30, "verified"),
        ("河东县团委", 5, "draft"),
    ):
        unit = Unit.objects.create(region=delivery.house.county, name=name)
        lines.append(
            ReportLine.objects.create(
                period=delivery.period,
                allocation=delivery.east,
                unit=unit,
                cooperating=True,
                state=state,
                amount=Decimal(amount),
                cumulative=Decimal(amount * 3),
                difficulty=f"{name}缺场地" if amount == 20 else "",
                money_spent=amount * 1000,
            )
        )
    return lines


def take(delivery, **values):
    return merge_contributions(actor=delivery.house.people["local"], line=delivery.line, at=AT, **values)


def standing(delivery) -> ReportLine:
    return ReportLine.objects.get(pk=delivery.line.pk)


def test_sums_money_and_words_of_those_who_reported(delivery, helpers):
    ReportLine.objects.filter(pk=delivery.line.pk).update(difficulty="本局缺人")
    outcome = take(delivery)
    assert isinstance(outcome, Saved)
    line = standing(delivery)
    assert (line.amount, line.cumulative, line.money_spent) == (Decimal(50), Decimal(150), 50_000)
    assert line.difficulty == "本局缺人\n河东县财政局：河东县财政局缺场地"
    assert AuditEvent.objects.get(action="report.merge").actor.username == "local"


def test_a_second_time_changes_nothing(delivery, helpers):
    take(delivery)
    before = ReportLine.objects.filter(pk=delivery.line.pk).values().get()
    assert take(delivery).changed == ()
    assert ReportLine.objects.filter(pk=delivery.line.pk).values().get() == before


def test_it_is_shown_before_it_is_taken(delivery, helpers):
    preview = merge_preview(ReportLine.objects.get(pk=delivery.line.pk))
    assert [(one.field, one.now, one.merged) for one in preview.fields][:2] == [
        ("amount", "", "50"),
        ("cumulative", "", "150"),
    ]
    assert [part.unit.name for part in preview.waiting] == ["河东县团委"]
    page = delivery.house.client("local").get(
        f"/reports/{delivery.period.pk}/{delivery.line.unit_id}/merge/{delivery.line.pk}/"
    )
    assert "河东县团委" in page.content.decode()
    assert standing(delivery).amount is None


def test_what_changed_since_the_preview_is_shown_again(delivery, helpers):
    seal = merge_preview(ReportLine.objects.get(pk=delivery.line.pk)).seal
    ReportLine.objects.filter(pk=helpers[0].pk).update(amount=Decimal(21), revision=1)
    assert isinstance(take(delivery, seal=seal), Changed)
    assert standing(delivery).amount is None


def test_levels_are_not_added_up(delivery, helpers):
    Indicator.objects.filter(pk=delivery.indicator.pk).update(kind="at_least", unit="%")
    take(delivery)
    assert standing(delivery).cumulative is None
    assert standing(delivery).money_spent == 50_000


def test_nobody_reported_nothing_to_merge(delivery):
    assert take(delivery).changed == ()
    assert standing(delivery).revision == 0


def test_a_locked_line_is_not_merged_into(delivery, helpers):
    ReportLine.objects.filter(pk=delivery.line.pk).update(state="submitted")
    assert isinstance(take(delivery), Locked)
    assert standing(delivery).amount is None


@pytest.mark.parametrize("who", ["lead", "own", "west", "auditor"])
def test_only_the_lines_own_unit_merges(delivery, helpers, who):
    with pytest.raises(PermissionDenied):
        merge_contributions(actor=delivery.house.people[who], line=delivery.line, at=AT)


def test_the_grid_says_how_many_have_reported(delivery, helpers):
    page = delivery.house.client("local").get(f"/reports/{delivery.period.pk}/{delivery.line.unit_id}/")
    assert "配合单位 3 家，已报 2 家。" in page.content.decode()
