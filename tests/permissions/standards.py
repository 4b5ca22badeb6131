"""Routes of benefit standards: policy is open to everyone signed in, editing is for the city's office."""

from datetime import UTC, datetime

from minsheng_web.records.actions.people import add_region, give_post
from minsheng_web.records.models import Simulation, StandardEdit
from minsheng_web.records.queries.standards import digest, shelf
from permissions.rows import EVERYBODY, FORBIDDEN, HIDDEN, MOVED, OK, ONLY_POST, Row, each
from standards_of_cities import ORPHAN

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
UNSAID = 422
"""What is typed is not enough: the form comes back."""


def standard(_delivery) -> dict:
    return {"standard": ORPHAN}


def with_office(delivery) -> None:
    """own is of 亳州's office too."""
    city = add_region(actor=None, name="亳州市")
    give_post(actor=None, user=delivery.house.people["own"], role="office", region=city)


def with_edit(delivery) -> None:
    with_office(delivery)
    text = shelf().texts[ORPHAN]
    StandardEdit.objects.create(
        standard=ORPHAN,
        yaml=text,
        base_digest=digest(text),
        reason="试",
        proposed_by=delivery.house.people["own"],
        proposed_at=NOW,
    )


def edit(_delivery) -> dict:
    return {"edit": StandardEdit.objects.get().pk}


def with_simulation(delivery) -> None:
    Simulation.objects.create(
        standard=ORPHAN,
        name="试",
        asked={"as_of": "2023-06-01"},
        edition="",
        asked_by=delivery.house.people["own"],
        asked_at=NOW,
    )


def simulation(_delivery) -> dict:
    return {"simulation": Simulation.objects.get().pk}


def paper(delivery) -> dict:
    return simulation(delivery) | {"kind": "xlsx"}


OFFICE = each(others=FORBIDDEN, own=OK)
OFFICES = dict.fromkeys(("own", "county", "sister"), OK)
SIMULATES = each(others=FORBIDDEN, finance=OK, **OFFICES)
ASKS = each(others=FORBIDDEN, **dict.fromkeys(("own", "county", "sister", "finance"), UNSAID))
# Drafts are for offices; the administrator sees all.
DRAFTS = each(others=HIDDEN, administrator=OK, **OFFICES)
OTHERS_DRAFT = dict.fromkeys(("county", "sister", "administrator"), FORBIDDEN)
MINE = each(others=HIDDEN, own=OK)

PERMISSIONS: dict[str, Row] = {
    "standards": Row(EVERYBODY),
    "standards-compare": Row(EVERYBODY),
    "standard": Row(EVERYBODY, kwargs=standard),
    "standard-try": Row(EVERYBODY, EVERYBODY, {"as_of": "2023-06-01"}, kwargs=standard, done=False),
    "standard-edit": Row(
        OFFICE,
        each(others=FORBIDDEN, own=MOVED),
        {"yaml": "standards: []", "reason": "试"},
        kwargs=standard,
        prepare=with_office,
    ),
    "standard-edit-one": Row(
        DRAFTS,
        each(others=HIDDEN, own=MOVED, **OTHERS_DRAFT),
        {"yaml": "standards: []", "reason": "试", "revision": "1"},
        kwargs=edit,
        prepare=with_edit,
    ),
    "standard-edit-move": Row(
        ONLY_POST,
        each(others=HIDDEN, own=MOVED, **OTHERS_DRAFT),
        {"move": "withdraw"},
        kwargs=edit,
        prepare=with_edit,
    ),
    "standard-simulate": Row(SIMULATES, ASKS, {"source": "counts"}, kwargs=standard, done=False),
    "simulations": Row(EVERYBODY),
    "simulation": Row(MINE, kwargs=simulation, prepare=with_simulation),
    "simulation-progress": Row(MINE, kwargs=simulation, prepare=with_simulation),
    "simulation-cancel": Row(
        ONLY_POST, each(others=HIDDEN, own=MOVED), kwargs=simulation, prepare=with_simulation
    ),
    # Not done yet, so not there even for who asked.
    "simulation-file": Row(each(others=HIDDEN), kwargs=paper, prepare=with_simulation),
}
