"""A unit's report as the sheet papers write, and which sheets a person may hand in."""

from collections.abc import Sequence
from dataclasses import replace

from minsheng.papers.report_form import ReportLine as SheetLine
from minsheng.papers.report_form import ReportSheet
from minsheng.papers.report_merge import Expected
from minsheng.progress.model import PERIODS_ADD_UP, Figures
from minsheng_web.records.access import Person, report_lines_for
from minsheng_web.records.duties import may_take_in
from minsheng_web.records.duty_rows import handed_in_for_by
from minsheng_web.records.models import ReportLine, ReportPeriod, SheetBatch
from minsheng_web.records.queries.report_context import Past, pasts
from minsheng_web.records.queries.report_lines import lines_in_reach
from minsheng_web.records.report_values import figures_of, is_untouched, kind_of, owed_of
from minsheng_web.records.reported import period_value


def sheet_of(lines: Sequence[ReportLine]) -> ReportSheet:
    """The lines of one unit and period as a sheet; ``lines`` come with all (``with_all``)."""
    first = lines[0]
    programme, unit = first.period.programme, first.unit
    past = pasts(lines)
    return ReportSheet(
        programme=str(programme.pk),
        programme_name=f"{programme.region.name}{programme.year}年民生实事",
        period=period_value(first.period),
        unit=str(unit.pk),
        unit_name=unit.name,
        region=str(unit.region_id),
        region_name=unit.region.name,
        lines=tuple(_line(line, past[line.pk]) for line in lines),
    )


def _line(line: ReportLine, past: Past) -> SheetLine:
    indicator = line.allocation.indicator
    return SheetLine(
        key=line_key(line),
        target=str(indicator.pk),
        project=f"{indicator.project_number}　{indicator.project_headline}",
        indicator=indicator.name
        if line.allocation.region_id == line.unit.region_id
        else f"{indicator.name}（{line.allocation.region.name}）",
        owed=owed_of(line.allocation),
        before=past.figures,
        now=shown_in_sheet(line, past),
    )


def line_key(line: ReportLine) -> str:
    """The line and how often it had been written when the sheet was made."""
    return f"{line.pk}.{line.revision}"


def shown_in_sheet(line: ReportLine, past: Past) -> Figures:
    """What the sheet is filled with: of an untouched line what carries on."""
    return carried_in_sheet(line, past) if is_untouched(line) else figures_of(line)


def carried_in_sheet(line: ReportLine, past: Past) -> Figures:
    """What carries on into a sheet, but no sum that is made in it."""
    return replace(past.carried, cumulative=None) if kind_of(line) in PERIODS_ADD_UP else past.carried


def lines_to_take(person: Person, period: ReportPeriod) -> list[ReportLine]:
    """The lines of the period whose workbooks the person may hand in."""
    return [line for line in lines_in_reach(person).filter(period=period) if may_take_in(person, line)]


def expected_of(period: ReportPeriod, lines: Sequence[ReportLine]) -> Expected:
    """Whose sheets are looked for."""
    units = {line.unit_id: line.unit for line in lines}
    return Expected(
        programme=str(period.programme_id),
        period=period_value(period).key,
        places={(str(pk), str(unit.region_id)): unit.name for pk, unit in units.items()},
    )


def to_hand_in_for(person: Person, batch: SheetBatch) -> dict[int, int]:
    """The lines of a batch's units that wait to be handed in for them, each with its revision. One query."""
    if batch.period.shut_word:
        return {}
    units = {one["unit_id"] for one in batch.results if one["unit_id"] is not None}
    rows = report_lines_for(person).filter(handed_in_for_by(person), period=batch.period_id, unit__in=units)
    return dict(rows.order_by("pk").values_list("pk", "revision"))
