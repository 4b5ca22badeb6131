"""Addresses of the comparison and of what it rests on."""

from django.urls import URLPattern, path

from minsheng_web.office.views import comparing

urlpatterns: list[URLPattern] = [
    path("compare/", comparing.compare, name="compare"),
    path("compare/table.xlsx", comparing.compare_file, name="compare-xlsx"),
    path("compare/pair/", comparing.compare_pair, name="compare-pair"),
    path("compare/pair/undo/", comparing.compare_pair_undo, name="compare-pair-undo"),
]
