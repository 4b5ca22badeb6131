"""Giving, taking and handing over posts; stopping accounts; passwords and sessions."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from minsheng_web.records.access import report_lines_for
from minsheng_web.records.actions.accounts import (
    change_password,
    make_password_link,
    resume_account,
    stop_account,
    use_password_link,
)
from minsheng_web.records.actions.appointing import Seat, appoint, hand_over, recall
from minsheng_web.records.actions.people import give_post
from minsheng_web.records.actions.refused import Refused
from minsheng_web.records.duties import may_fill
from minsheng_web.records.models import AuditEvent, Holding, Post, Programme, ReportLine, User
from minsheng_web.records.queries.people import Waiting, waiting_at

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PASSWORD = "kite-lantern-88"
NEW = "river-boat-4711"


@pytest.fixture
def seat(delivery):
    """河东县人社局's post, held by local."""
    return Post.objects.get(unit=delivery.east.reporting_unit)


def test_a_post_is_handed_over_with_all_that_waits_there(delivery, seat):
    house = delivery.house
    local, taker = house.people["local"], house.people["west"]
    assert waiting_at(seat) == (Waiting("项待填报", 1),)
    holding = hand_over(actor=house.people["own"], post=seat, giver=local, taker=taker, reason="调离", at=NOW)
    assert (holding.user, holding.since, holding.until) == (taker, NOW, None)
    ended = Holding.objects.get(post=seat, user=local)
    assert (ended.until, ended.reason) == (NOW, "调离")
    line = ReportLine.objects.select_related("allocation__indicator", "allocation__region", "unit").get(
        pk=delivery.line.pk
    )
    assert may_fill(User.objects.get(pk=taker.pk), line)
    assert not may_fill(User.objects.get(pk=local.pk), line)
    assert not report_lines_for(User.objects.get(pk=local.pk)).exists()
    event = AuditEvent.objects.get(action="post.hand_over")
    assert (event.old, event.new) == ({"user": "local"}, {"user": "west", "reason": "调离"})


@pytest.mark.parametrize(
    ("giver", "taker", "reason", "sentence"),
    [
        ("local", "local", "调离", "同一个人"),
        ("local", "west", " ", "请写明交接原因"),
        ("west", "local", "调离", "已不在这个岗位上"),
        ("local", "stopped", "调离", "账号已停用"),
    ],
)
def test_a_hand_over_that_is_not_done(delivery, giver, taker, reason, sentence):
    seat = Post.objects.get(unit=delivery.east.reporting_unit)
    people = delivery.house.people
    people["stopped"] = people["outsider"]
    User.objects.filter(pk=people["outsider"].pk).update(is_active=False)
    people["outsider"].is_active = False
    outcome = hand_over(
        actor=people["own"], post=seat, giver=people[giver], taker=people[taker], reason=reason, at=NOW
    )
    assert isinstance(outcome, Refused)
    assert sentence in outcome.message
    assert list(Holding.objects.filter(post=seat).values_list("user__username", "until")) == [("local", None)]


@pytest.mark.parametrize("who", ["lead", "auditor", "reader", "sister", "local"])
def test_only_who_may_appoint_hands_over(delivery, seat, who):
    people = delivery.house.people
    with pytest.raises(PermissionDenied):
        hand_over(
            actor=people[who], post=seat, giver=people["local"], taker=people["west"], reason="x", at=NOW
        )


def test_what_waits_at_an_office_and_at_a_lead_unit(delivery):
    ReportLine.objects.filter(pk=delivery.line.pk).update(state="submitted")
    ReportLine.objects.filter(pk=delivery.other.pk).update(state="verified")
    assert waiting_at(Post.objects.get(unit=delivery.indicator.lead_unit)) == (Waiting("项待审核", 1),)
    office = Post.objects.get(role="office", region=delivery.house.city)
    assert waiting_at(office) == (Waiting("项填报待接收", 1),)
    assert waiting_at(Post.objects.get(role="auditor")) == ()


def test_the_page_of_a_post_hands_it_over(delivery, seat):
    people, client = delivery.house.people, delivery.house.client("own")
    page = client.get(f"/posts/{seat.pk}/?giver={people['local'].pk}").content.decode()
    assert "<b>1</b> 项待填报" in page
    form = {"giver": people["local"].pk, "taker": people["west"].pk, "reason": "轮岗"}
    page = client.post(f"/posts/{seat.pk}/", form, follow=True).content.decode()
    assert "已由冯东移交给陈西" in page
    page = client.post(f"/posts/{seat.pk}/", form).content.decode()
    assert "没有交接：冯东已不在这个岗位上" in page


def test_appointing_takes_only_what_fits_together(delivery):
    house, own = delivery.house, delivery.house.people["own"]
    other = Programme.objects.create(region=house.sister_city, year=2024, title="青川市2024年民生实事")
    for one, sentence in (
        (Seat("lead", house.city), "须选择单位"),
        (Seat("reader", house.city, programme=other), "与“青川市2024年民生实事”无关"),
        (Seat("publisher", house.city, programme=delivery.version.programme), "不能限定到一个方案"),
    ):
        outcome = appoint(actor=own, user=house.people["reader"], seat=one, at=NOW)
        assert isinstance(outcome, Refused)
        assert sentence in outcome.message
    post = appoint(actor=own, user=house.people["reader"], seat=Seat("finance", house.county), at=NOW)
    assert str(post) == "河东县财政部门"


def test_the_last_administrator_stays(house):
    chief, post = house.people["administrator"], Post.objects.get(role="administrator")
    assert "最后一位系统管理员" in recall(actor=chief, user=chief, post=post, reason="x", at=NOW).message
    give_post(actor=None, user=house.people["outsider"], role="administrator", region=None)
    assert stop_account(actor=chief, user=chief, reason="x", at=NOW) == Refused(
        "不能停用自己的账号，请由别人办理。"
    )
    assert recall(actor=chief, user=house.people["outsider"], post=post, reason="调离", at=NOW) is True


def test_a_stopped_account_is_out_at_once_and_its_posts_end(delivery):
    house, local = delivery.house, delivery.house.people["local"]
    inside = house.client("local")
    assert inside.get("/").status_code == 200
    assert stop_account(actor=house.people["own"], user=local, reason="调离", at=NOW) == local
    assert inside.get("/").status_code == 302
    assert Holding.objects.get(user=local).reason == "调离"
    assert stop_account(actor=house.people["administrator"], user=local, reason="x", at=NOW) == Refused(
        "冯东的账号已经停用。"
    )
    with pytest.raises(PermissionDenied):
        resume_account(actor=house.people["own"], user=local)
    resume_account(actor=house.people["administrator"], user=local)
    assert inside.get("/").status_code == 302
    assert Client().post("/sign-in/", {"username": "local", "password": PASSWORD}).status_code == 302


def test_an_office_manages_no_account_that_holds_a_post_elsewhere(delivery):
    house, local = delivery.house, delivery.house.people["local"]
    give_post(actor=None, user=local, role="reader", region=house.sister_city)
    with pytest.raises(PermissionDenied):
        stop_account(actor=house.people["own"], user=local, reason="x", at=NOW)
    with pytest.raises(PermissionDenied):
        make_password_link(actor=house.people["own"], user=local, token="t", lasts=timedelta(hours=1), at=NOW)
    local.refresh_from_db()
    assert local.is_active


def test_a_password_link_works_once_and_ends_every_session(delivery):
    house, inside = delivery.house, delivery.house.client("local")
    page = house.client("own").post(f"/people/{house.people['local'].pk}/password/").content.decode()
    link = page.split('value="http://testserver')[1].split('"')[0]
    browser = Client()
    assert "冯东" in browser.get(link).content.decode()
    assert "两次输入的密码不一致" in browser.post(link, {"password": NEW, "again": "x"}).content.decode()
    assert inside.get("/").status_code == 200
    assert browser.post(link, {"password": NEW, "again": NEW})["Location"] == "/sign-in/"
    assert inside.get("/").status_code == 302
    assert "已经用过" in browser.post(link, {"password": PASSWORD, "again": PASSWORD}).content.decode()
    assert Client().post("/sign-in/", {"username": "local", "password": NEW}).status_code == 302
    assert User.objects.get(username="local").check_password(NEW)


def test_a_newer_link_and_time_end_an_older_one(delivery):
    people = delivery.house.people
    make = {"actor": people["own"], "user": people["local"], "lasts": timedelta(hours=24)}
    make_password_link(**make, token="one", at=timezone.now())
    late = make_password_link(**make, token="two", at=timezone.now())
    assert "已被撤回" in Client().get("/password-links/one/").content.decode()
    assert "设置新密码" in Client().get("/password-links/two/").content.decode()
    outcome = use_password_link(link=late, password=NEW, again=NEW, at=timezone.now() + timedelta(hours=25))
    assert outcome == Refused("这个链接已经失效，请联系管理人员重新获取。")


def test_one_changes_ones_own_password_and_stays_signed_in_here_alone(house):
    here, elsewhere = house.client("own"), house.client("own")
    form = {"old": PASSWORD, "password": NEW, "again": NEW}
    assert "原密码不正确" in here.post("/account/password/", form | {"old": "x"}).content.decode()
    assert (
        "新密码与原密码相同"
        in here.post("/account/password/", form | {"password": PASSWORD, "again": PASSWORD}).content.decode()
    )
    assert here.post("/account/password/", form)["Location"] == "/account/"
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302
    own = User.objects.get(username="own")
    assert isinstance(change_password(actor=own, old="x", password=NEW, again=NEW), Refused)


def test_signing_in_elsewhere_ends_nothing_and_everywhere_ends_all(house):
    one, two = Client(), Client()
    for client in (one, two):
        client.post("/sign-in/", {"username": "own", "password": PASSWORD})
    assert (one.get("/").status_code, two.get("/").status_code) == (200, 200)
    assert one.post("/account/sign-out-everywhere/").status_code == 302
    assert (one.get("/").status_code, two.get("/").status_code) == (302, 302)


def test_a_session_nobody_uses_ends_and_one_in_use_goes_on(house, settings, monkeypatch):
    settings.SESSION_IDLE_MINUTES = 60
    clock = [1_700_000_000]
    monkeypatch.setattr("minsheng_web.office.sessions.time.time", lambda: clock[0])
    client = house.client("own")
    for step, status in ((3500, 200), (3500, 200), (3601, 302)):
        clock[0] += step
        assert client.get("/").status_code == status
    client = house.client("own")
    clock[0] += 3601
    response = client.post("/documents/7/correct/", headers={"HX-Request": "true"})
    assert (response.status_code, response["Sign-In-Address"][:9]) == (401, "/sign-in/")


def test_what_a_page_asks_by_itself_keeps_no_session_alive(house, document, settings, monkeypatch):
    settings.SESSION_IDLE_MINUTES = 60
    clock = [1_700_000_000]
    monkeypatch.setattr("minsheng_web.office.sessions.time.time", lambda: clock[0])
    client = house.client("own")
    clock[0] += 3000
    assert client.get(f"/documents/{document.pk}/progress/").status_code == 200
    clock[0] += 3000
    assert client.get("/").status_code == 302
