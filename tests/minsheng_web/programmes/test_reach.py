"""Who sees a programme: its office, those above it, the administrator; nobody else, and on no page."""

import pytest
from django.urls import reverse

from minsheng_web.office.urls_programmes import urlpatterns

OF_A_PROGRAMME = sorted(pattern.name for pattern in urlpatterns if "<int:programme>" in str(pattern.pattern))
ELSEWHERE = sorted(pattern.name for pattern in urlpatterns if "<int:programme>" not in str(pattern.pattern))


def address(name, programme, number=1):
    return reverse(f"office:{name}", args=[programme, number] if name == "project" else [programme])


def test_the_pages_are_those_known_here():
    assert OF_A_PROGRAMME == [
        "breakdown-xlsx", "matrix", "programme", "project", "text", "units", "versions",
    ]  # fmt: skip
    assert ELSEWHERE == ["home", "programmes", "search"]


@pytest.mark.parametrize("name", OF_A_PROGRAMME)
@pytest.mark.parametrize("person", ["official", "reader", "administrator"])
def test_those_in_reach_see_it(house, version, see, name, person):
    assert see.status(getattr(house, person), address(name, version.programme_id)) == 200


@pytest.mark.parametrize("name", OF_A_PROGRAMME)
@pytest.mark.parametrize("person", ["sister", "outsider"])
def test_for_others_it_is_not_there(house, version, see, name, person):
    assert see.status(getattr(house, person), address(name, version.programme_id)) == 404


@pytest.mark.parametrize("name", OF_A_PROGRAMME)
def test_who_is_not_signed_in_is_sent_to_sign_in(client, version, name):
    path = address(name, version.programme_id)
    response = client.get(path)
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/sign-in/")


@pytest.mark.parametrize("name", ELSEWHERE)
@pytest.mark.parametrize("person", ["sister", "outsider"])
def test_lists_and_search_show_others_nothing(house, version, see, name, person):
    page = see(getattr(house, person), reverse(f"office:{name}"), q="老年食堂")
    assert "云河市" not in page
    assert "老年食堂1" not in page


@pytest.mark.parametrize("name", ELSEWHERE)
def test_lists_show_what_is_in_reach(house, version, see, name):
    assert "云河市2025年民生实事" in see(house.reader, reverse(f"office:{name}"), q="老年食堂")


@pytest.mark.parametrize(
    "path",
    ["?version=2", "?version=0", "?version=x", "?version=-1", "?version=99999999999999", "projects/4/"],
)
def test_a_version_or_project_that_is_not_there_is_a_404(house, version, see, path):
    assert see.status(house.official, f"/programmes/{version.programme_id}/{path}") == 404


@pytest.mark.parametrize("name", OF_A_PROGRAMME)
def test_pages_only_show(client, house, version, name):
    client.force_login(house.official)
    assert client.post(address(name, version.programme_id)).status_code == 405
