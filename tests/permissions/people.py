"""Routes of people, units and regions, and of one's own account."""

from datetime import timedelta

from django.utils import timezone

from minsheng_web.records.actions.accounts import stop_account
from minsheng_web.records.actions.appointing import Seat
from minsheng_web.records.actions.invitations import invite
from minsheng_web.records.actions.people import add_user, give_post
from minsheng_web.records.models import Holding, Invitation, Post, Unit, User
from permissions.rows import (
    EVERYBODY,
    FORBIDDEN,
    HIDDEN,
    MOVED,
    OK,
    ONLY_POST,
    PUBLIC,
    Row,
    each,
)  # fmt: skip

NOBODY_THERE = {"outsider": HIDDEN, "sister": HIDDEN}
# Pages of people and units: offices and the administrator, each within reach.
MANAGE = each(others=FORBIDDEN, sister=OK, county=OK, administrator=OK, own=OK)
# A person, post or unit of 河东县: its office and those above; who only looks sees that it is there.
SEE_EAST = each(others=FORBIDDEN, **NOBODY_THERE, county=OK, administrator=OK, own=OK)
CHANGE_EAST = each(others=FORBIDDEN, **NOBODY_THERE, county=MOVED, administrator=MOVED, own=MOVED)
# The same of the city itself, out of the county's reach.
BELOW_CITY = {"county": HIDDEN, "local": HIDDEN}
SEE_CITY = each(others=FORBIDDEN, **NOBODY_THERE, **BELOW_CITY, administrator=OK, own=OK)
CHANGE_CITY = each(others=FORBIDDEN, **NOBODY_THERE, **BELOW_CITY, administrator=MOVED, own=MOVED)
ADMINISTRATOR = each(others=FORBIDDEN, **NOBODY_THERE, administrator=MOVED)


def local_person(delivery) -> dict:
    return {"person_id": delivery.house.people["local"].pk}


def east_unit(delivery) -> dict:
    return {"unit_id": delivery.east.reporting_unit_id}


def east_post(delivery) -> dict:
    return {"post_id": Post.objects.get(unit=delivery.east.reporting_unit).pk}


def seat(delivery) -> dict:
    return {"role": "local", "unit": str(delivery.east.reporting_unit_id)}


def reader_seat(delivery) -> dict:
    return {"role": "reader", "region": str(delivery.house.county.pk)}


def taking(delivery) -> dict:
    return {"post": str(east_post(delivery)["post_id"]), "reason": "调离"}


def handing_over(delivery) -> dict:
    """To the county's office, back and forth: each who may finds somebody to hand over."""
    post = east_post(delivery)["post_id"]
    holder = Holding.objects.get(post=post, until=None).user
    people = delivery.house.people
    taker = people["county"] if holder == people["local"] else people["local"]
    return {"giver": str(holder.pk), "taker": str(taker.pk), "reason": "轮岗"}


def invited(delivery) -> Invitation:
    """An invitation into 河东县's unit."""
    made = invite(
        actor=delivery.house.people["administrator"],
        seat=Seat("local", unit=delivery.east.reporting_unit),
        display_name="韩新",
        token=TOKEN,
        lasts=timedelta(days=7),
        at=timezone.now(),
    )
    assert isinstance(made, Invitation), made
    return made


TOKEN = "AbC-123_invited"


def invitation_key(delivery) -> dict:
    return {"invitation_id": Invitation.objects.get(display_name="韩新").pk}


def empty_unit(delivery) -> Unit:
    """A unit of the county that nobody holds anything of."""
    unit, _ = Unit.objects.get_or_create(region=delivery.house.county, name="河东县体育局")
    return unit


def closed_unit(delivery) -> None:
    empty_unit(delivery)
    Unit.objects.filter(name="河东县体育局").update(active=False)


def empty_unit_key(delivery) -> dict:
    return {"unit_id": Unit.objects.get(name="河东县体育局").pk}


def renaming(delivery) -> dict:
    """A new name every time, from the one of now."""
    unit = Unit.objects.get(pk=delivery.east.reporting_unit_id)
    return {"name": f"{unit.name}新", "reason": "机构改革", "seen": unit.name}


def counterpart(delivery) -> dict:
    """A bureau of the city without counterpart gets one."""
    bureau, _ = Unit.objects.get_or_create(region=delivery.house.city, name="市民政局")
    key = f"{bureau.pk}-{delivery.house.county.pk}"
    return {"take": [key], f"name-{key}": "河东县民政局"}


def stopping(delivery) -> dict:
    """The reason; the account is as it was before somebody stopped it."""
    User.objects.filter(username="west").update(is_active=True)
    Holding.objects.filter(user__username="west").update(until=None, reason="")
    return {"reason": "调离"}


def west_person(delivery) -> dict:
    return {"person_id": delivery.house.people["west"].pk}


def stopped(delivery) -> None:
    """Somebody of the county whose account was stopped, and whose posts ended with it."""
    user = add_user(actor=None, username="gone", display_name="何离", password="kite-lantern-88")
    give_post(actor=None, user=user, role="reader", region=delivery.house.county)
    stop_account(actor=delivery.house.people["administrator"], user=user, reason="调离", at=timezone.now())


def stopped_person(delivery) -> dict:
    return {"person_id": User.objects.get(username="gone").pk}


PERMISSIONS: dict[str, Row] = {
    "people": Row(MANAGE),
    "invite": Row(
        MANAGE,
        each(others=FORBIDDEN, sister=OK, county=OK, administrator=OK, own=OK),
        lambda delivery: {"display_name": "韩新"} | seat(delivery),
    ),
    "invitation-withdraw": Row(ONLY_POST, CHANGE_EAST, kwargs=invitation_key, prepare=invited),
    "person": Row(SEE_EAST, kwargs=local_person),
    "person-give": Row(ONLY_POST, CHANGE_EAST, reader_seat, kwargs=local_person),
    "person-take": Row(ONLY_POST, CHANGE_EAST, taking, kwargs=local_person),
    # 河西县 has no office of its own here; its people are the city's to stop.
    "person-stop": Row(
        ONLY_POST,
        each(others=FORBIDDEN, **NOBODY_THERE, **BELOW_CITY, administrator=MOVED, own=MOVED),
        stopping,
        kwargs=west_person,
    ),
    # A stopped account holds no post any more, so it is the administrator's alone.
    "person-resume": Row(ONLY_POST, ADMINISTRATOR, kwargs=stopped_person, prepare=stopped),
    "person-password": Row(
        ONLY_POST,
        each(others=FORBIDDEN, **NOBODY_THERE, county=OK, administrator=OK, own=OK),
        kwargs=local_person,
    ),
    "person-factor": Row(ONLY_POST, ADMINISTRATOR, kwargs=local_person, done=False),
    "post": Row(SEE_EAST, CHANGE_EAST, handing_over, kwargs=east_post),
    "invitation": Row(PUBLIC, kwargs=lambda _: {"token": TOKEN}, prepare=invited),
    "password-link": Row(PUBLIC, kwargs=lambda _: {"token": "unknown"}),
    "account": Row(EVERYBODY),
    "account-password": Row(EVERYBODY, each(others=OK), {"old": "wrong", "password": "x"}, done=False),
    "sign-out-everywhere": Row(ONLY_POST, each(others=MOVED)),
    "second-factor": Row(each(others=MOVED)),
    "second-factor-set-up": Row(EVERYBODY, EVERYBODY, {"step": "begin"}, done=False),
    "second-factor-qr": Row(each(others=HIDDEN)),
    "unit-list": Row(MANAGE),
    "unit-add": Row(
        ONLY_POST,
        each(others=FORBIDDEN, sister=HIDDEN, county=MOVED, administrator=MOVED, own=MOVED),
        lambda delivery: {"region": str(delivery.house.county.pk), "name": "河东县教育局"},
    ),
    "unit": Row(SEE_EAST, kwargs=east_unit),
    "unit-rename": Row(ONLY_POST, CHANGE_EAST, renaming, kwargs=east_unit),
    "unit-close": Row(ONLY_POST, CHANGE_EAST, {"reason": "撤并"}, kwargs=empty_unit_key, prepare=empty_unit),
    "unit-reopen": Row(ONLY_POST, CHANGE_EAST, kwargs=empty_unit_key, prepare=closed_unit),
    "units-from-plan": Row(
        SEE_CITY | {"county": FORBIDDEN, "local": FORBIDDEN},
        CHANGE_CITY | {"county": FORBIDDEN, "local": FORBIDDEN},
        {"name": ["市财政局"]},
    ),
    "unit-counterparts": Row(SEE_CITY, CHANGE_CITY, counterpart),
    "regions": Row(EVERYBODY),
    "region": Row(each(others=OK, **NOBODY_THERE, **BELOW_CITY)),
    "region-population": Row(
        ONLY_POST,
        CHANGE_CITY | {"administrator": FORBIDDEN},
        {"population": "530000", "source": "统计公报，2024年末", "seen": ""},
    ),
    "region-divisions": Row(ONLY_POST, CHANGE_CITY, done=False),
    "region-below": Row(SEE_CITY, CHANGE_CITY, {"text": "河南县"}),
}
