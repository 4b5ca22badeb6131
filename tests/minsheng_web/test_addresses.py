"""Addresses that are kept are those Django puts together, in Python and in templates."""

import pytest
from django.template import Context, Template
from django.template.base import TextNode
from django.urls import NoReverseMatch, reverse, set_script_prefix

from minsheng_web.office.addresses import address


@pytest.fixture
def below():
    """The site below a folder of its server."""
    set_script_prefix("/minsheng/")
    yield
    set_script_prefix("/")


def test_keys_by_place_and_by_name():
    assert address("home") == "/"
    for _ in range(2):
        assert address("report-grid", 3, 7) == "/reports/3/7/" == address("report-grid", period=3, unit=7)
        assert address("report-grid", 3, 8) == "/reports/3/8/"


def test_true_is_not_taken_for_one():
    assert address("programme", 1) == reverse("office:programme", args=[1])
    with pytest.raises(NoReverseMatch):
        address("programme", True)


def test_below_a_folder(below):
    assert address("report-grid", 3, 7) == "/minsheng/reports/3/7/"


def test_the_tag_is_djangos():
    text = "{% url 'office:report-grid' period=a unit=b %} {% url 'office:nowhere' as gone %}[{{ gone }}]"
    assert Template(text).render(Context({"a": 3, "b": 7})) == "/reports/3/7/ []"
    with pytest.raises(NoReverseMatch):
        Template("{% url 'office:nowhere' %}").render(Context())
    shapes = Template("{% url 'office:map-shapes' code %}")
    assert shapes.render(Context({"code": "340000"})) == reverse("office:map-shapes", args=["340000"])
    with pytest.raises(NoReverseMatch):
        shapes.render(Context({"code": "a&b'c"}))


def test_a_file_named_literally_or_by_a_variable_has_djangos_address():
    text = "{% load static %}{% static 'a b/<c>.css' %} {% static name %} {% static 'x.js'|upper %}"
    shown = Template(text).render(Context({"name": "x.js"}))
    assert shown == "/static/a%20b/%3Cc%3E.css /static/x.js /static/X.JS"
    (only,) = Template("{% load static %}{% static 'x.js' %}").nodelist[1:]
    assert type(only) is TextNode
    assert only.s == "/static/x.js"
    assert Template("{% load static %}{% get_static_prefix %}").render(Context()) == "/static/"
    kept = Template("{% load static %}{% static 'x.js' as found %}[{{ found }}]")
    assert kept.render(Context()) == "[/static/x.js]"
