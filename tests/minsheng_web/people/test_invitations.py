"""Inviting somebody into a post, and the page the link opens."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from minsheng_web.conf.log_tokens import TokenFilter
from minsheng_web.records.actions.appointing import Seat
from minsheng_web.records.actions.invitations import accept_invitation, invite, withdraw_invitation
from minsheng_web.records.actions.refused import Refused
from minsheng_web.records.models import AuditEvent, Holding, Invitation, User
from minsheng_web.records.tokens import token_hash

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TOKEN = "q7-secret_Token"
ADDRESS = f"/invitations/{TOKEN}/"
PASSWORD = "river-boat-4711"
FORM = {"username": "hanxin", "password": PASSWORD, "again": PASSWORD}


def invited(house, **values):
    seat = values.pop("seat", Seat("reader", house.county))
    known = {"actor": house.people["own"], "display_name": "韩新", "token": TOKEN, "lasts": timedelta(days=7)}
    return invite(**(known | {"seat": seat, "at": timezone.now()} | values))


def test_the_link_opens_without_a_sign_in_and_makes_the_account(house):
    invitation = invited(house)
    client = Client()
    page = client.get(ADDRESS).content.decode()
    assert "韩新，欢迎" in page
    assert "河东县" in page
    response = client.post(ADDRESS, FORM)
    assert (response.status_code, response["Location"]) == (302, "/sign-in/")
    user = User.objects.get(username="hanxin")
    assert (user.display_name, str(user.posts.get())) == ("韩新", "河东县查阅人员")
    invitation.refresh_from_db()
    assert invitation.used_by == user
    events = list(AuditEvent.objects.filter(action__startswith="invitation").values_list("action", flat=True))
    assert events == ["invitation.make", "invitation.accept"]


def test_a_browser_that_names_no_origin_is_let_in(house):
    """What no-referrer makes of a form: Origin null."""
    invited(house)
    client = Client(enforce_csrf_checks=True)
    assert client.post(ADDRESS, FORM, headers={"Origin": "null"}).status_code == 302
    assert User.objects.filter(username="hanxin").exists()


def test_the_token_is_nowhere_in_the_database(house):
    invited(house)
    invitation = Invitation.objects.get()
    assert invitation.token_hash == token_hash(TOKEN)
    assert TOKEN not in str(list(Invitation.objects.values())) + str(list(AuditEvent.objects.values()))


def test_the_page_lets_no_referrer_out_and_is_not_kept(house):
    invited(house)
    for address in (ADDRESS, "/invitations/unknown/", "/password-links/unknown/"):
        response = Client().get(address)
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["Cache-Control"] == "no-store"
        assert response.status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"used_at": NOW}, "已经用过"),
        ({"withdrawn_at": NOW}, "已被撤回"),
        ({"expires_at": NOW}, "已过期"),
        ({"token_hash": "0" * 64}, "链接无效"),
    ],
)
def test_an_invitation_that_has_ended_says_so(house, method, change, sentence):
    invited(house)
    Invitation.objects.update(**change)
    assert sentence in getattr(Client(), method)(ADDRESS, FORM).content.decode()
    assert not User.objects.filter(username="hanxin").exists()


def test_it_works_once(house):
    invited(house)
    Client().post(ADDRESS, FORM)
    page = Client().post(ADDRESS, FORM | {"username": "other"}).content.decode()
    assert "已经用过" in page
    assert not User.objects.filter(username="other").exists()
    assert Holding.objects.filter(post__role="reader", post__region=house.county).count() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"again": "x"}, "两次输入的密码不一致"),
        ({"password": "12345", "again": "12345"}, "密码不符合要求"),
        ({"password": "hanxin2026!", "again": "hanxin2026!"}, "密码不符合要求"),
        ({"username": "own"}, "已被使用"),
        ({"username": "OWN"}, "已被使用"),
        ({"username": "han xin"}, "用户名只能用"),
        ({"username": "h"}, "3 到 50 个字符"),
    ],
)
def test_what_is_not_taken_is_told_and_the_name_stays(house, change, sentence):
    invited(house)
    page = Client().post(ADDRESS, FORM | change).content.decode()
    assert sentence in page
    assert f'value="{(FORM | change)["username"]}"' in page
    assert Invitation.objects.get().used_at is None
    assert User.objects.filter(display_name="韩新").count() == 0


def test_who_is_signed_in_accepts_nothing(house):
    invited(house)
    client = house.client("own")
    assert "请先退出" in client.get(ADDRESS).content.decode()
    client.post(ADDRESS, FORM)
    assert not User.objects.filter(username="hanxin").exists()


def test_the_office_sees_the_link_once_and_withdraws_it(house):
    client = house.client("own")
    form = {"display_name": "韩新", "role": "reader", "region": str(house.county.pk)}
    response = client.post("/people/invite/", form)
    page = response.content.decode()
    link = page.split('value="http://testserver')[1].split('"')[0]
    assert link.startswith("/invitations/")
    assert response["Cache-Control"] == "no-store"
    listed = client.get("/people/").content.decode()
    assert "韩新" in listed
    assert link not in listed
    assert "韩新，欢迎" in Client().get(link).content.decode()
    invitation = Invitation.objects.get()
    client.post(f"/people/invitations/{invitation.pk}/withdraw/")
    assert "已被撤回" in Client().get(link).content.decode()
    assert withdraw_invitation(actor=house.people["own"], invitation=invitation, at=NOW) is False


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"display_name": " "}, "请填写被邀请人的姓名"),
        ({"seat": Seat("lead")}, "须选择单位"),
        ({"seat": Seat("nobody")}, "请选择岗位"),
        ({"seat": Seat("reader")}, "请选择地区"),
    ],
)
def test_an_invitation_that_is_not_made(house, values, sentence):
    outcome = invited(house, **values)
    assert isinstance(outcome, Refused)
    assert sentence in outcome.message
    assert Invitation.objects.count() == 0


def test_the_same_invitation_twice_is_refused(house):
    invited(house)
    assert "未使用的同岗位邀请" in invited(house, token="another").message


@pytest.mark.parametrize(
    ("who", "role", "where"),
    [
        ("own", "administrator", None),
        ("own", "office", "city"),
        ("own", "reader", "sister_city"),
        ("county", "reader", "city"),
        ("reader", "reader", "city"),
    ],
)
def test_nobody_invites_where_they_may_not_appoint(house, who, role, where):
    with pytest.raises(PermissionDenied):
        invited(house, actor=house.people[who], seat=Seat(role, getattr(house, where) if where else None))
    assert Invitation.objects.count() == 0


def test_the_unit_of_a_post_names_its_region(delivery):
    invitation = invited(delivery.house, seat=Seat("local", unit=delivery.east.reporting_unit))
    assert invitation.post.region == delivery.house.county
    accept_invitation(
        invitation=invitation, username="hanxin", password=PASSWORD, again=PASSWORD, at=timezone.now()
    )
    assert User.objects.get(username="hanxin").posts.get().unit == delivery.east.reporting_unit


@pytest.mark.parametrize("way", ["invitations", "password-links"])
def test_a_log_never_holds_a_token(way):
    record = logging.LogRecord("x", 30, "x", 1, "Forbidden (%s): %s", ("CSRF", f"/{way}/{TOKEN}/"), None)
    assert TokenFilter().filter(record) is True
    assert record.getMessage() == f"Forbidden (CSRF): /{way}/…/"
    other = logging.LogRecord("x", 30, "x", 1, "Not Found: %s", ("/units/7/",), None)
    TokenFilter().filter(other)
    assert other.getMessage() == "Not Found: /units/7/"


def test_every_log_of_the_site_goes_through_that_filter():
    import minsheng_web.conf.settings as real

    assert all("tokens" in handler["filters"] for handler in real.LOGGING["handlers"].values())
