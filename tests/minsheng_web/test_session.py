"""Signing in and out, the lock-out, and the headers of every page."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from minsheng_web.office import urls
from minsheng_web.office.signing_in import PAGES

PASSWORD = "kite-lantern-88"
URL = "/sign-in/"


def sign_in(client: Client, password: str, username: str = "own", **extra):
    return client.post(URL, {"username": username, "password": password}, **extra)


def test_the_right_password_leads_to_the_start_page(house):
    client = Client()
    response = sign_in(client, PASSWORD)
    assert (response.status_code, response["Location"]) == (302, reverse("office:home"))
    assert client.get("/documents/").status_code == 200


def test_the_page_one_wanted_is_where_one_lands(house):
    response = Client().post(URL, {"username": "own", "password": PASSWORD, "next": "/documents/"})
    assert response["Location"] == "/documents/"


def test_an_address_elsewhere_is_never_where_one_lands(house):
    response = Client().post(URL, {"username": "own", "password": PASSWORD, "next": "https://example.org/"})
    assert response["Location"] == reverse("office:home")


def test_a_wrong_password_is_told_in_words_and_keeps_the_name(house):
    response = sign_in(Client(), "wrong")
    assert response.status_code == 200
    assert "用户名或密码不正确" in response.content.decode()
    assert 'value="own"' in response.content.decode()


def test_too_many_wrong_passwords_lock_the_account_and_say_for_how_long(house):
    client = Client()
    answers = [sign_in(client, f"wrong{n}").status_code for n in range(settings.AXES_FAILURE_LIMIT)]
    assert answers == [200] * (settings.AXES_FAILURE_LIMIT - 1) + [429]
    locked = sign_in(client, PASSWORD)
    assert locked.status_code == 429
    assert "还需等待 15 分钟" in locked.content.decode()
    assert client.get("/documents/").status_code == 302


def test_the_lock_out_tells_the_time_that_remains(house):
    client = Client()
    for n in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, f"wrong{n}")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=9, seconds=30))
    assert "还需等待 6 分钟" in sign_in(client, PASSWORD).content.decode()
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14, seconds=50))
    assert "还需等待 1 分钟" in sign_in(client, PASSWORD).content.decode()
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15, seconds=1))
    assert sign_in(client, PASSWORD).status_code == 302


def test_another_account_is_not_locked_with_it(house):
    client = Client()
    for n in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, f"wrong{n}")
    assert sign_in(Client(), PASSWORD, username="sister").status_code == 302


def test_the_owner_signs_in_from_another_address_meanwhile(house):
    for n in range(settings.AXES_FAILURE_LIMIT):
        sign_in(Client(), f"wrong{n}", REMOTE_ADDR="10.0.0.9")
    assert sign_in(Client(), PASSWORD, REMOTE_ADDR="10.0.0.9").status_code == 429
    assert sign_in(Client(), PASSWORD, REMOTE_ADDR="10.0.0.8").status_code == 302


def test_a_success_forgets_the_failures_before_it(house):
    for _ in range(2):
        client = Client()
        for n in range(settings.AXES_FAILURE_LIMIT - 1):
            assert sign_in(client, f"wrong{n}").status_code == 200
        assert sign_in(client, PASSWORD).status_code == 302


def test_a_stopped_account_cannot_sign_in(house):
    own = house.people["own"]
    own.is_active = False
    own.save()
    assert sign_in(Client(), PASSWORD).status_code == 200


def test_signing_out_needs_a_form_and_ends_the_session(house):
    client = house.client("own")
    assert client.get("/sign-out/").status_code == 405
    assert client.get("/documents/").status_code == 200
    assert client.post("/sign-out/").status_code == 302
    assert client.get("/documents/").status_code == 302


@pytest.mark.parametrize("address", ["/sign-in/", "/documents/", "/no-such-page/"])
def test_every_page_carries_the_strict_headers(house, address):
    response = house.client("own").get(address)
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"


def test_passwords_are_kept_with_argon2():
    import minsheng_web.conf.settings as real

    assert real.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")


def test_a_form_without_its_token_is_refused_in_words(house):
    client = Client(enforce_csrf_checks=True)
    client.force_login(house.people["own"])
    response = client.post("/documents/", {})
    assert response.status_code == 403
    assert "请按浏览器的“后退”回到那一页" in response.content.decode()


IN_PAGE = {"HX-Request": "true", "HX-Current-URL": "http://testserver/documents/7/?at=p:1"}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", ["/documents/7/correct/", "/documents/7/editor/", "/search/"])
def test_a_part_of_a_page_is_told_that_nobody_is_signed_in(db, method, address):
    response = getattr(Client(), method)(address, headers=IN_PAGE)
    assert (response.status_code, response.content) == (401, b"")
    assert response["Sign-In-Address"] == "/sign-in/?next=%2Fdocuments%2F7%2F%3Fat%3Dp%3A1"


def test_an_address_of_another_host_is_never_the_way_back(db):
    headers = IN_PAGE | {"HX-Current-URL": "http://elsewhere.example/documents/7/"}
    response = Client().post("/documents/7/correct/", headers=headers)
    assert response["Sign-In-Address"] == "/sign-in/?next=%2Fdocuments%2F7%2F"


def test_a_token_lost_with_the_session_is_told_alike(db):
    client = Client(enforce_csrf_checks=True)
    assert client.post("/documents/7/correct/", headers=IN_PAGE).status_code == 401
    response = client.post("/documents/7/correct/")
    assert (response.status_code, response["Location"]) == (302, "/sign-in/?next=/documents/7/")
    assert client.post("/sign-in/").status_code == 403


def test_who_is_signed_in_gets_the_part(house, document):
    client = house.client("own")
    assert client.get(f"/documents/{document.pk}/editor/", headers=IN_PAGE).status_code == 200


@pytest.mark.parametrize(
    ("method", "address", "page"),
    [
        ("post", "/documents/7/correct/", "/documents/7/"),
        ("get", "/documents/7/lines/?first=1&last=9", "/documents/7/"),
        ("get", "/documents/7/progress/", "/documents/7/"),
        ("get", "/documents/7/?at=head", "/documents/7/%3Fat%3Dhead"),
        ("post", "/documents/7/publish/", "/documents/7/publish/"),
        ("post", "/compare/pair/", "/compare/"),
        ("post", "/regions/3/population/", "/regions/"),
        ("post", "/sign-out/", "/"),
        ("post", "/people/3/take/", "/people/3/"),
        ("post", "/units/3/rename/", "/units/3/"),
        ("post", "/regions/3/divisions/", "/regions/3/"),
        ("get", "/second-factor/qr.svg", "/second-factor/set-up/"),
    ],
)
def test_the_way_back_leads_to_a_page(db, method, address, page):
    response = getattr(Client(), method)(address)
    assert (response.status_code, response["Location"]) == (302, f"/sign-in/?next={page}")


def test_every_route_that_is_no_page_names_its_page(house, document):
    client = house.client("own")
    refused = set()
    for route in urls.urlpatterns:
        own = house.people["own"].pk
        for kwargs in (
            {},
            {"document_id": document.pk},
            {"region_id": house.city.pk},
            {"person_id": own},
            {"unit_id": 1},
            {"invitation_id": 1},
        ):
            try:
                address = reverse(f"office:{route.name}", kwargs=kwargs)
            except NoReverseMatch:
                continue
            if client.get(address).status_code == 405:
                refused.add(route.name)
    assert refused >= {"sign-out", "document-correct", "compare-pair", "region-population"}
    assert refused <= PAGES.keys()
