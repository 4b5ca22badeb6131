"""The city's one indicator with its two counties, towns under one of them, and short words for the acts."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from minsheng_web.records.access import forget_posts
from minsheng_web.records.actions.breakdown import decide, issue
from minsheng_web.records.actions.division_drafts import save_draft
from minsheng_web.records.actions.people import add_region, give_post
from minsheng_web.records.models import Allocation, DivisionProposal, Region
from minsheng_web.records.queries.division import find_node, mark_of, open_proposal, standing
from minsheng_web.records.typed_parts import Typed, TypedPart

AT = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)


@dataclass
class Office:
    """The acts of an office on one node, said briefly: ``{"河东县": "18000"}``, or a pair with what is asked."""

    people: dict
    city: Region

    def node(self, name: str = "云岭市") -> Allocation:
        key = Allocation.objects.get(region__name=name, indicator__position=1).pk
        return find_node(self.people["own"], key)

    def typed(self, node: Allocation, shares: dict, reserve="0") -> Typed:
        parts = []
        for name, value in shares.items():
            share, asked = value if isinstance(value, tuple) else (value, "")
            region = Region.objects.get(name=name, parent=node.region)
            kept = standing(node).of(region.pk)
            parts.append(replace(kept, share=str(share), asked=str(asked), takes=False))
        return Typed(tuple(parts), Decimal(reserve))

    def save(self, shares, *, who="own", name="云岭市", reserve="0", seen=None, at=AT):
        node = self.node(name)
        mark = mark_of(open_proposal(node)) if seen is None else seen
        typed = shares if isinstance(shares, Typed) else self.typed(node, shares, reserve)
        return save_draft(actor=self.people[who], node=node, typed=typed, seen=mark, at=at)

    def issue(self, who="own", name="云岭市", reason="省级计划调减", number="云民生办〔2026〕3号", seen=None):
        node = self.node(name)
        mark = mark_of(open_proposal(node)) if seen is None else seen
        return issue(
            actor=self.people[who], node=node, seen=mark, at=AT, reason=reason, document_number=number
        )

    def decide(self, who="colleague", approve=True, note="", proposal=None):
        proposal = proposal or DivisionProposal.objects.filter(state="waiting").get()
        return decide(actor=self.people[who], proposal=proposal, approve=approve, note=note, at=AT)

    def shares(self, name="云岭市") -> dict:
        rows = Allocation.objects.filter(above=self.node(name), active=True)
        return {row.region.name: row.share for row in rows}


@pytest.fixture
def office(delivery) -> Office:
    """The city's office over the fixture ``delivery``, with two towns under 河东县."""
    for town in ("城关镇", "柳河乡"):
        add_region(actor=None, name=town, parent=delivery.house.county)
    return Office(delivery.house.people, delivery.house.city)


@pytest.fixture
def province(office, delivery):
    """A region above the city, and its office's one person."""
    above = add_region(actor=None, name="江岭省")
    for region in Region.objects.filter(path__startswith="/云岭市/"):
        region.path = f"/江岭省{region.path}"
        region.parent = above if region.pk == office.city.pk else region.parent
        region.save()
    office.city.refresh_from_db()
    from minsheng_web.records.actions.people import add_user

    person = add_user(actor=None, username="province", display_name="省民生办", password="kite-lantern-88")
    give_post(actor=None, user=person, role="office", region=above)
    office.people["province"] = person
    for one in office.people.values():
        forget_posts(one)
    return person


__all__ = ["AT", "Office", "TypedPart"]
