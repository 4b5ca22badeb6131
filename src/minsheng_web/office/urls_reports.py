"""Addresses of reporting: the list, the grid of one unit and period, its sheets."""

from django.urls import URLPattern, path

from minsheng_web.office.views import report_cells, report_line, report_merging, report_sheets, reports

ONE = "reports/<int:period>/<int:unit>/"
LINE = "reports/<int:period>/lines/<int:line>/"

urlpatterns: list[URLPattern] = [
    path("reports/", reports.report_list, name="report-list"),
    path(ONE, reports.report_grid, name="report-grid"),
    path(f"{ONE}cells/", report_cells.cells, name="report-cells"),
    path(f"{ONE}same/", report_cells.as_before, name="report-same"),
    path(f"{ONE}merge/<int:line>/", report_merging.merge, name="report-merge"),
    path(f"{ONE}sheet.xlsx", report_sheets.sheet_file, name="report-sheet"),
    path(LINE, report_line.report_line, name="report-line"),
    path(f"{LINE}evidence/<int:evidence>/", report_line.evidence_file, name="report-evidence"),
    path(
        f"{LINE}evidence/<int:evidence>/withdraw/",
        report_line.evidence_withdraw,
        name="report-evidence-withdraw",
    ),
    path("reports/<int:period>/sheets/", report_sheets.sheets, name="report-sheets"),
    path("reports/<int:period>/sheets/<int:batch>/", report_sheets.batch, name="report-batch"),
    path(
        "reports/<int:period>/sheets/<int:batch>/progress/",
        report_sheets.batch_progress,
        name="report-batch-progress",
    ),
    path(
        "reports/<int:period>/sheets/<int:batch>/cancel/",
        report_sheets.batch_cancel,
        name="report-batch-cancel",
    ),
    path(
        "reports/<int:period>/sheets/<int:batch>/hand-in/",
        report_sheets.batch_hand_in,
        name="report-batch-hand-in",
    ),
]
