"""Addresses of the flow of reports: handing in, checking, periods, closing, snapshots."""

from django.urls import URLPattern, path

from minsheng_web.office.views import (
    checking,
    closing,
    closing_progress,
    handing_in,
    periods,
    progress_tables,
    snapshots,
)

PERIOD = "periods/<int:period>/"
REPORTS = "reports/<int:period>/"

urlpatterns: list[URLPattern] = [
    path(f"{REPORTS}check/", checking.check, name="report-check"),
    path(f"{REPORTS}check/decide/", checking.decide, name="report-decide"),
    path(f"{REPORTS}<int:unit>/submit/", handing_in.hand_in, name="report-submit"),
    path("programmes/<int:programme>/periods/", periods.period_list, name="period-list"),
    path("programmes/<int:programme>/periods/rule/", periods.rule, name="period-rule"),
    path(PERIOD, periods.period_page, name="period"),
    path(f"{PERIOD}late.xlsx", periods.late_file, name="period-late-xlsx"),
    path(f"{PERIOD}remind/", periods.remind_units, name="period-remind"),
    path("reminders/<int:reminder>/seen/", periods.reminder_seen, name="reminder-seen"),
    path(f"{PERIOD}close/", closing.close, name="period-close"),
    path(f"{PERIOD}closing/", closing_progress.closing_page, name="period-closing"),
    path(f"{PERIOD}closing/progress/", closing_progress.progress, name="period-closing-progress"),
    path(f"{PERIOD}closing/cancel/", closing_progress.cancel, name="period-closing-cancel"),
    path(f"{PERIOD}lines/<int:line>/correct/", closing.correct, name="period-correct"),
    path(f"{PERIOD}compare/", snapshots.compare, name="snapshot-compare"),
    path("progress-table/", progress_tables.progress_table, name="progress-table"),
    path("snapshots/<int:snapshot>/", snapshots.snapshot_page, name="snapshot"),
    path("snapshots/<int:snapshot>/table.xlsx", snapshots.snapshot_file, name="snapshot-xlsx"),
]
