"""What a post lets one do. Seeing is access's; every action asks here before it writes."""

from collections.abc import Iterable

from minsheng_web.records.access import Person, is_administrator, posts_of
from minsheng_web.records.models import Allocation, Post, Region, ReportLine, Unit
from minsheng_web.records.models.people import UNIT_ROLES, Role

APPOINTED_BY_OFFICES = (
    Role.LEAD, Role.LOCAL, Role.FINANCE, Role.AUDITOR, Role.LEADER, Role.PUBLISHER, Role.READER, Role.OFFICE,
)  # fmt: skip
"""Roles an office may give within its region; only an administrator makes an administrator."""


def offices_for(person: Person, programme: int | None = None) -> tuple[Region, ...]:
    """The regions whose office the person works in: where an upload of theirs may belong.

    A post for one programme counts only where that programme is asked about.
    """
    return tuple(
        post.region
        for post in posts_of(person)
        if post.role == Role.OFFICE and post.region is not None and post.programme_id in (None, programme)
    )


def may_write(person: Person, region: Region, programme: int | None = None) -> bool:
    """Whether the person may upload and correct for the region, set it up and break its targets down."""
    return any(office.contains(region) for office in offices_for(person, programme))


def may_publish(person: Person, region: Region) -> bool:
    """Whether the person may publish plans of the region: its office, or a publisher."""
    return any(
        post.role in (Role.OFFICE, Role.PUBLISHER)
        and post.programme_id is None
        and post.region is not None
        and post.region.contains(region)
        for post in posts_of(person)
    )


def may_appoint(person: Person, role: str, region: Region | None) -> bool:
    """Whether the person may give or take a post: an administrator any, an office those of its own region.

    An office of the same region as its own is given by one above it or by the administrator.
    """
    if is_administrator(person):
        return True
    if region is None or role not in APPOINTED_BY_OFFICES:
        return False
    same = role == Role.OFFICE
    return any(o.contains(region) and not (same and o.pk == region.pk) for o in offices_for(person))


def unit_posts(person: Person) -> tuple[Post, ...]:
    """The posts the person holds in units."""
    return tuple(post for post in posts_of(person) if post.role in UNIT_ROLES)


def _serves(person: Person, unit_id: int | None, allocation: Allocation) -> bool:
    return unit_id is not None and any(
        post.unit_id == unit_id
        and post.region is not None
        and post.region.contains(allocation.region)
        and post.programme_id in (None, allocation.indicator.programme_id)
        for post in unit_posts(person)
    )


def may_fill(person: Person, line: ReportLine) -> bool:
    """Whether the person reports this line: somebody of its unit."""
    return _serves(person, line.unit_id, line.allocation)


def verifying_units(line: ReportLine) -> tuple[int, ...]:
    """The units that verify a line: the indicator's lead unit and the counterpart above the reporting one.

    ``line`` comes with allocation, indicator and unit at hand.
    """
    above = (line.allocation.indicator.lead_unit_id, line.unit.above_id)
    return tuple(unit for unit in dict.fromkeys(above) if unit is not None and unit != line.unit_id)


def may_verify(person: Person, line: ReportLine) -> bool:
    """Whether the person verifies this line; nobody verifies what their own unit reports."""
    return any(_serves(person, unit, line.allocation) for unit in verifying_units(line))


def accepting_office(person: Person, line: ReportLine) -> Region | None:
    """The person's office that may accept this line or send it back: the lowest one over its region."""
    programme = line.allocation.indicator.programme_id
    offices = offices_for(person, programme)
    over = [office for office in offices if office.contains(line.allocation.region)]
    return max(over, key=lambda region: len(region.path), default=None)


def may_manage_region(person: Person, region: Region) -> bool:
    """Whether the person may add regions and units below: the region's office or the administrator."""
    return is_administrator(person) or may_write(person, region)


def manages_people(person: Person) -> bool:
    """Whether the pages of people and units are open to the person: offices and the administrator."""
    return is_administrator(person) or bool(offices_for(person))


def may_manage_account(person: Person, held: Iterable[Post]) -> bool:
    """Whether the person may stop an account or reset its password, ``held`` being every post it holds.

    An office may where it could have given each of the posts; an account without one is the administrator's.
    """
    if is_administrator(person):
        return True
    posts = tuple(held)
    return bool(posts) and all(may_appoint(person, post.role, post.region) for post in posts)


def may_take_in(person: Person, line: ReportLine) -> bool:
    """Whether the person takes in a returned workbook for this line: its unit, who verifies or accepts it."""
    return may_fill(person, line) or may_verify(person, line) or accepting_office(person, line) is not None


def may_manage_unit(person: Person, unit: Unit) -> bool:
    """Whether the person may rename, close or connect the unit: its region's office or the administrator."""
    return is_administrator(person) or may_write(person, unit.region)


def may_edit_standard(person: Person, city: str) -> bool:
    """Whether the person may propose or approve editions of a city's standards: its office, or one above."""
    offices = offices_for(person)
    if not offices:
        return False
    return any(office.contains(region) for region in regions_called(city) for office in offices)


def regions_called(city: str) -> tuple[Region, ...]:
    """The regions of a notice's place, named alone (亳州市) or after the one above (淮北市烈山区)."""
    ends = [city[place:] for place in range(len(city))]
    rows = Region.objects.filter(name__in=ends).select_related("parent")
    return tuple(
        region
        for region in rows
        if region.name == city or (region.parent is not None and city == region.parent.name + region.name)
    )


def may_simulate(person: Person) -> bool:
    """Whether the person may try a changed figure over a roster: an office or a treasury."""
    return any(post.role in (Role.OFFICE, Role.FINANCE) for post in posts_of(person))
