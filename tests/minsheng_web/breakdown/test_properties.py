"""After any sequence of issuing and changing: every version adds up and reads the same for ever, so do the parts."""

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minsheng_web.records.actions.division_states import Refused
from minsheng_web.records.models import Allocation, DivisionProposal, DivisionVersion

ACTS = st.lists(
    st.tuples(
        st.sampled_from(("云岭市", "河东县", "河西县")),
        st.lists(st.integers(0, 33000), min_size=2, max_size=2),
        st.sampled_from((-1, 0, 0, 0)),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
)
BELOW = {"云岭市": ("河东县", "河西县"), "河东县": ("城关镇", "柳河乡"), "河西县": ("北山镇",)}


def versions():
    return list(DivisionVersion.objects.order_by("pk").values())


def check():
    for version in DivisionVersion.objects.all():
        given_out = sum(Decimal(part["share"]) for part in version.parts)
        assert given_out + version.reserve == version.whole, version
    for node in Allocation.objects.filter(active=True, version__gt=0):
        latest = DivisionVersion.objects.get(node=node, number=node.version)
        rows = Allocation.objects.filter(above=node, active=True)
        assert sum(row.share for row in rows) + node.reserve == latest.whole
        assert {row.region_id: row.share for row in rows} == {
            part["region"]: Decimal(part["share"]) for part in latest.parts
        }
    assert DivisionProposal.objects.filter(state__in=("draft", "waiting")).count() <= 3


def act(office, name, cuts, slack, approve):
    node = office.node(name)
    whole = int(node.share if node.asked is None else node.asked)
    first = min(cuts[0], whole)
    shares = [first, min(cuts[1], whole - first)][: len(BELOW[name])]
    reserve = max(whole - sum(shares) + slack, 0)
    typed = {region: str(share) for region, share in zip(BELOW[name], shares, strict=True)}
    office.save(typed, who="own", name=name, reserve=str(reserve))
    outcome = office.issue(name=name)
    if isinstance(outcome, DivisionProposal):
        office.decide(approve=approve, note="再议", proposal=outcome)
    elif isinstance(outcome, Refused):
        assert outcome.message


@pytest.mark.usefixtures("db")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_the_sum_rule_holds_at_every_node(office, acts):
    from minsheng_web.records.actions.people import add_region
    from minsheng_web.records.models import Region

    with transaction.atomic():
        add_region(actor=None, name="北山镇", parent=Region.objects.get(name="河西县"))
        before = versions()
        for name, cuts, slack, approve in acts:
            if office.node(name).active:
                act(office, name, cuts, slack, approve)
            check()
            now = versions()
            assert now[: len(before)] == before
            before = now
        transaction.set_rollback(True)
