"""Addresses of the followed targets and of their breakdown."""

from django.urls import URLPattern, path

from minsheng_web.office.views import breakdown, division, division_deciding, division_files, indicators

PROGRAMME = "programmes/<int:programme>/"
NODE = "breakdown/<int:allocation>/"

urlpatterns: list[URLPattern] = [
    path(f"{PROGRAMME}indicators/", indicators.indicators, name="indicators"),
    path(f"{PROGRAMME}indicators/take-up/", indicators.indicators_take_up, name="indicators-take-up"),
    path(f"{PROGRAMME}indicators/follow/", indicators.indicators_follow, name="indicators-follow"),
    path(f"{PROGRAMME}indicators/changes/", indicators.indicators_changes, name="indicators-changes"),
    path(f"{PROGRAMME}indicators/<int:indicator>/", indicators.indicator, name="indicator"),
    path(f"{PROGRAMME}breakdown/", breakdown.breakdown, name="breakdown"),
    path(f"{PROGRAMME}breakdown/inflated/", breakdown.inflated, name="inflated"),
    path(f"{PROGRAMME}breakdown/<int:region>/form.xlsx", division_files.division_form, name="division-form"),
    path(
        f"{PROGRAMME}breakdown/<int:region>/upload/", division_files.division_upload, name="division-upload"
    ),
    path(NODE, division.division, name="division"),
    path(f"{NODE}save/", division.division_save, name="division-save"),
    path(f"{NODE}fill/", division.division_fill, name="division-fill"),
    path(f"{NODE}issue/", division.division_issue, name="division-issue"),
    path(f"{NODE}proposal/", division_deciding.division_proposal, name="division-proposal"),
    path(f"{NODE}withdraw/", division_deciding.division_withdraw, name="division-withdraw"),
    path(f"{NODE}versions/<int:number>/", division_deciding.division_version, name="division-version"),
]
