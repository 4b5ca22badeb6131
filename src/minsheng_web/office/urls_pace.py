"""Addresses of pace: heat map, map, targets, months, the leader's page, places, the rules of the lights."""

from django.urls import URLPattern, path

from minsheng_web.office.views import (
    light_rules,
    pace,
    pace_curve,
    pace_files,
    pace_leader,
    pace_months,
    pace_places,
    pace_targets,
)

PACE = "programmes/<int:programme>/pace/"

urlpatterns: list[URLPattern] = [
    path(PACE, pace.pace, name="pace"),
    path(f"{PACE}map/", pace.pace_map, name="pace-map"),
    path(f"{PACE}targets/", pace_targets.pace_trend, name="pace-trend"),
    path(f"{PACE}targets/<int:allocation>/", pace_targets.pace_target, name="pace-target"),
    path(f"{PACE}curves/<int:indicator>/", pace_curve.pace_curve, name="pace-curve"),
    path(f"{PACE}lights/", pace_months.pace_lights, name="pace-lights"),
    path(f"{PACE}compare/", pace_months.pace_compare, name="pace-compare"),
    path(f"{PACE}unmoved/", pace_months.pace_unmoved, name="pace-unmoved"),
    path(f"{PACE}places/", pace_places.pace_places_page, name="pace-places"),
    path(f"{PACE}leader/", pace_leader.pace_leader, name="pace-leader"),
    path(f"{PACE}rules/", light_rules.light_rules, name="light-rules"),
    path(f"{PACE}files/<slug:table>.xlsx", pace_files.pace_file, name="pace-xlsx"),
    path("shapes/<slug:code>.json", pace.map_shapes, name="map-shapes"),
]
