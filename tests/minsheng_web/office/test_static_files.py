"""What the browser is given: known files of known origin, nothing inline, nothing from another host."""

import re
from pathlib import Path

import pytest
import vendor_browser_files

WEB = Path(__file__).parents[3] / "src" / "minsheng_web"
TEMPLATES = sorted(WEB.rglob("*.html"))
OURS = sorted(path for path in (WEB / "static").rglob("*") if path.suffix in {".css", ".js"})
INLINE = re.compile(
    r"\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<style|<script(?![^>]*\ssrc=)|javascript:|hx-on", re.IGNORECASE
)
ELSEWHERE = re.compile(r"(?:src|href|url\(|@import)\s*=?\s*[\"'(]?\s*(?:https?:)?//", re.IGNORECASE)


def test_vendored_files_are_those_of_the_list():
    vendor = WEB / "static" / "vendor"
    assert (vendor / "ORIGIN.md").read_text(encoding="utf-8") == vendor_browser_files.origin_table()
    named = {*vendor_browser_files.saved_files(), "ORIGIN.md"}
    assert {path.name for path in vendor.iterdir()} == named


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_keep_to_the_content_security_policy(path):
    text = path.read_text(encoding="utf-8")
    assert INLINE.findall(text) == []
    assert ELSEWHERE.findall(text) == []


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_files_ask_no_other_host(path):
    assert ELSEWHERE.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color:red">',
        "<button onclick='x()'>",
        "<script>alert(1)</script>",
        "<STYLE>p{}</STYLE>",
        '<a href="javascript:x()">',
    ],
)
def test_inline_code_would_be_seen(text):
    assert INLINE.search(text)


@pytest.mark.parametrize(
    "text", ['<script src="https://cdn.example/x.js">', "@import '//a.example/b.css'", "url(//a.example/c)"]
)
def test_another_host_would_be_seen(text):
    assert ELSEWHERE.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "<script src=\"{% static 'office/requests.js' %}\" defer></script>",
        '<p class="on" data-style="x">',
        "{% if version.published_by %}",
    ],
)
def test_plain_markup_is_left_alone(text):
    assert not INLINE.search(text)
    assert not ELSEWHERE.search(text)
