"""The demo: five real plans and a made-up city under way, through an office's actions; who may sign in."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from minsheng.plans.checks.run import check_plan
from minsheng.plans.plan_json import plan_from_json
from minsheng_web.records.actions import demo_people
from minsheng_web.records.actions.demo_delivery import deliver_demo
from minsheng_web.records.actions.people import add_region, add_user, give_post
from minsheng_web.records.actions.publishing import NotPublished, publish_plan
from minsheng_web.records.models import Document, Programme, Region, User
from minsheng_web.records.models.people import Role

REASON = "演示数据：按公开文件所载事实另行编写"
READER_REGION = "安徽省"


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody of the demo: the name to sign in with, and what they may do."""

    username: str
    display_name: str
    may: str


def is_empty() -> bool:
    """Whether nothing was ever entered."""
    return not any(model.objects.exists() for model in (User, Region, Document, Programme))


@transaction.atomic
def load_demo(
    *, samples: Path, password: str, at: datetime, notice: Path | None = None
) -> tuple[SignIn, ...]:
    """Publish every sample of the folder for its city; who may sign in. All of it or nothing.

    ``notice`` is that of a made-up city, whose programme is under way this year. Raises FileNotFoundError
    where the folder holds no sample, ValueError where one cannot be published.
    """
    files = sorted(samples.glob("*.json"))
    if not files:
        raise FileNotFoundError(str(samples))
    people = [_city(path, password, at) for path in files]
    reader = SignIn("reader", f"{READER_REGION}查阅人员", f"查阅{READER_REGION}各地方案")
    region = add_region(actor=None, name=READER_REGION)
    give_post(actor=None, user=_user(reader, password), role=Role.READER, region=region)
    administrator = SignIn("admin", "系统管理员", "管理账号、查看全部地区（首次登录须设置动态验证码）")
    give_post(actor=None, user=_user(administrator, password), role=Role.ADMINISTRATOR, region=None)
    under_way = _under_way(notice, password, at) if notice is not None else ()
    return (*people, reader, administrator, *under_way)


def _under_way(notice: Path, password: str, at: datetime) -> tuple[SignIn, ...]:
    """The made-up city, and its people."""
    acting = (demo_people.OFFICE, demo_people.UNITS)
    people = {one: SignIn(one.username, one.display_name, one.may) for one in acting}
    users = {one: _user(person, password) for one, person in people.items()}
    programme = deliver_demo(
        notice=notice, office=users[demo_people.OFFICE], units=users[demo_people.UNITS], at=at
    )
    for one in demo_people.OTHERS:
        people[one] = SignIn(one.username, one.display_name, one.may)
        demo_people.seat(one, _user(people[one], password), programme.region)
    return tuple(people.values())


def _city(path: Path, password: str, at: datetime) -> SignIn:
    """One city: its region, its office's account, its plan."""
    sample: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    region: Region | None = None
    for name in (*sample["above"], sample["region"]):
        region = add_region(actor=None, name=name, parent=region)
    if region is None:
        raise ValueError(f"{path.name}: no region")
    city = region.name
    person = SignIn(path.stem.split("-")[0], f"{city}民生办", f"导入、校对、发布{city}的方案")
    actor = _user(person, password)
    give_post(actor=None, user=actor, role=Role.OFFICE, region=region)
    plan = plan_from_json(sample)
    lines = tuple(sample["lines"])
    published = publish_plan(
        actor=actor,
        region=region,
        plan=plan,
        lines=lines,
        findings=check_plan(plan, lines),
        at=at,
        reason=REASON,
    )
    if isinstance(published, NotPublished):
        raise ValueError(f"{path.name}: {published.message}")  # noqa: TRY004 - it is the sample that is bad
    return person


def _user(person: SignIn, password: str) -> User:
    return add_user(actor=None, username=person.username, display_name=person.display_name, password=password)
