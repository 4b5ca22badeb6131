"""Addresses of benefit standards: list, one of them, trying a person, side by side, editing, simulation."""

from django.urls import URLPattern, path

from minsheng_web.office.views import (
    simulation_files,
    simulations,
    standard_compare,
    standard_edits,
    standard_try,
    standards,
)

ONE = "standards/<str:standard>/"
EDIT = "standard-edits/<int:edit>/"
RUN = "simulations/<int:simulation>/"

urlpatterns: list[URLPattern] = [
    path("standards/", standards.standard_list, name="standards"),
    path("standards/compare/", standard_compare.standard_compare, name="standards-compare"),
    path(ONE, standards.standard, name="standard"),
    path(f"{ONE}try/", standard_try.standard_try, name="standard-try"),
    path(f"{ONE}edit/", standard_edits.standard_edit, name="standard-edit"),
    path(f"{ONE}simulate/", simulations.simulate, name="standard-simulate"),
    path(EDIT, standard_edits.edit, name="standard-edit-one"),
    path(f"{EDIT}move/", standard_edits.edit_move, name="standard-edit-move"),
    path("simulations/", simulations.simulation_list, name="simulations"),
    path(RUN, simulations.simulation, name="simulation"),
    path(f"{RUN}progress/", simulations.simulation_progress, name="simulation-progress"),
    path(f"{RUN}cancel/", simulations.simulation_cancel, name="simulation-cancel"),
    path(f"{RUN}paper.<slug:kind>", simulation_files.simulation_file, name="simulation-file"),
]
