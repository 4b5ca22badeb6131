"""Every page at a desk and on a phone: no fault axe can find, nothing wider than the window, nothing from outside."""

import pytest

from soundness import faults_of, wider_than_window

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
PAGES = (
    "/",
    "/documents/",
    "/documents/{document}/",
    "/documents/{document}/corrections/",
    "/documents/{document}/publish/",
    "/programmes/",
    "/programmes/{programme}/",
    "/programmes/{programme}/?words=老年",
    "/programmes/{programme}/projects/4/",
    "/programmes/{programme}/matrix/",
    "/programmes/{programme}/units/",
    "/programmes/{programme}/units/?unit=市民政局",
    "/programmes/{programme}/text/",
    "/programmes/{programme}/versions/",
    "/search/",
    "/search/?q=老年食堂",
    "/search/?q=没有这样的词",
)
SIZES = pytest.mark.parametrize("context", [DESK, PHONE], ids=["desk", "phone"], indirect=True)


@SIZES
def test_sign_in(visitor):
    page = visitor.open("/sign-in/")
    assert faults_of(page) == []
    assert wider_than_window(page) == 0


@SIZES
def test_every_page(desk, document, publish):
    programme = publish(document)
    seen = {}
    for path in PAGES:
        page = desk.open(path.format(document=document.pk, programme=programme))
        faults, wider = faults_of(page), wider_than_window(page)
        if faults or wider:
            seen[path] = (faults, wider)
    assert seen == {}


def test_axe_would_see_a_fault(desk):
    page = desk.open("/")
    page.evaluate("document.querySelector('main').append(document.createElement('input'))")
    assert [name for name, _ in faults_of(page)] == ["label"]


def test_pages_out_of_reach_are_plain_404s(desk):
    page = desk.open("/programmes/999999/")
    assert page.get_by_role("heading", level=1).inner_text() == "没有找到"
    assert faults_of(page) == []
    # The browser itself reports the 404 on the console.
    assert len(desk.faults) == 1
    desk.faults.clear()
