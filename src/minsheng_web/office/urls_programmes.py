"""Addresses of the home page, the programme pages and the search."""

from django.urls import URLPattern, path

from minsheng_web.office.views import home, programmes, programmes_tables, search

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("programmes/", programmes.index, name="programmes"),
    path("programmes/<int:programme>/", programmes.overview, name="programme"),
    path("programmes/<int:programme>/projects/<int:number>/", programmes.project, name="project"),
    path("programmes/<int:programme>/text/", programmes.text, name="text"),
    path("programmes/<int:programme>/versions/", programmes.versions, name="versions"),
    path("programmes/<int:programme>/matrix/", programmes_tables.matrix, name="matrix"),
    path("programmes/<int:programme>/units/", programmes_tables.units, name="units"),
    path(
        "programmes/<int:programme>/breakdown.xlsx", programmes_tables.breakdown_file, name="breakdown-xlsx"
    ),
    path("search/", search.search_page, name="search"),
]
