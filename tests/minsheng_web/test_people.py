"""Accounts, posts and regions: who may make them, and the command that begins a site."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from minsheng_web.records.access import is_administrator
from minsheng_web.records.actions.people import add_region, add_user, give_post
from minsheng_web.records.duties import may_write, offices_for
from minsheng_web.records.models import AuditEvent, Post, Region, User

PASSWORD = "lantern-kite-4711"


def add_person(monkeypatch, *arguments: str, password: str = PASSWORD) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    call_command("add_person", *arguments, stdout=io.StringIO())


@pytest.mark.parametrize("who", ["own", "sister", "reader", "outsider"])
def test_only_an_administrator_makes_accounts(house, who):
    actor = house.people[who]
    before = (User.objects.count(), Post.objects.count(), Region.objects.count(), AuditEvent.objects.count())
    with pytest.raises(PermissionDenied):
        add_user(actor=actor, username="x", display_name="x", password=PASSWORD)
    with pytest.raises(PermissionDenied):
        give_post(actor=actor, user=actor, role="administrator", region=None)
    with pytest.raises(PermissionDenied):
        add_region(actor=actor, name="x")
    after = (User.objects.count(), Post.objects.count(), Region.objects.count(), AuditEvent.objects.count())
    assert after == before


def test_an_administrator_does_and_it_is_noted(house):
    chief = house.people["administrator"]
    user = add_user(actor=chief, username="x", display_name="新人", password=PASSWORD)
    give_post(actor=chief, user=user, role="office", region=house.county)
    assert may_write(user, house.county)
    assert not may_write(user, house.city)
    events = AuditEvent.objects.filter(actor=chief).values_list("action", flat=True)
    assert sorted(events) == ["post.give", "user.add"]


def test_the_same_region_or_post_twice_is_one(house):
    assert add_region(actor=None, name="河东县", parent=house.city) == house.county
    own = house.people["own"]
    give_post(actor=None, user=own, role="office", region=house.city)
    assert own.posts.count() == 1


def test_the_command_makes_the_first_office(db, monkeypatch):
    add_person(monkeypatch, "bozhou", "--name", "亳州市民生办", "--region", "安徽省/亳州市")
    user = User.objects.get(username="bozhou")
    assert [region.path for region in offices_for(user)] == ["/安徽省/亳州市/"]
    assert user.check_password(PASSWORD)


def test_the_command_makes_an_administrator(db, monkeypatch):
    add_person(monkeypatch, "chief", "--name", "管理员", "--role", "administrator")
    assert is_administrator(User.objects.get(username="chief"))


@pytest.mark.parametrize(
    ("arguments", "password", "sentence"),
    [
        (("own", "--name", "x", "--region", "云岭市"), PASSWORD, "已被使用"),
        (("new", "--name", "x"), PASSWORD, "必须写"),
        (("new", "--name", "x", "--role", "administrator", "--region", "云岭市"), PASSWORD, "不写 --region"),
        (("new", "--name", "x", "--region", "云岭市"), "12345", "密码"),
        (("new", "--name", "x", "--region", "云岭市"), "", "密码"),
    ],
)
def test_the_command_refuses_in_a_sentence_and_makes_nothing(
    house, monkeypatch, arguments, password, sentence
):
    before = (User.objects.count(), Region.objects.count())
    with pytest.raises(CommandError, match=sentence):
        add_person(monkeypatch, *arguments, password=password)
    assert (User.objects.count(), Region.objects.count()) == before
