"""Pages for what went wrong: words and a way on, never a trace of the program."""

import pytest
from django.test import Client

from minsheng_web.office.views import faults
from minsheng_web.office.views import proofreading as pages


def test_an_address_there_is_not(house):
    response = house.client("own").get("/no-such-page/")
    assert response.status_code == 404
    assert "没有找到" in response.content.decode()


def test_an_error_of_the_program_is_told_without_its_trace(house, document, monkeypatch, caplog):
    def broken(*_):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(pages, "workspace", broken)
    client = Client(raise_request_exception=False)
    client.force_login(house.people["own"])
    response = client.get(f"/documents/{document.pk}/")
    html = response.content.decode()
    assert response.status_code == 500
    assert "系统出了错" in html
    assert "secret detail" not in html
    assert "Traceback" not in html
    assert "secret detail" in caplog.text


@pytest.mark.parametrize(
    ("view", "status"), [(faults.bad_request, 400), (faults.forbidden, 403), (faults.not_found, 404)]
)
def test_each_fault_has_its_page_and_a_way_home(rf, view, status):
    response = view(rf.get("/"))
    assert response.status_code == status
    assert 'href="/"' in response.content.decode()
