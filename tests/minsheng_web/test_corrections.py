"""Mending a reading: what is written, what is refused, what a second person is told, what undoing leaves."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from minsheng_web.records.actions.corrections import (
    Conflict,
    Gone,
    Saved,
    add_quantity,
    remove_quantity,
    set_fields,
    undo_correction,
    undo_last,
    values_at,
)
from minsheng_web.records.actions.documents import read_again
from minsheng_web.records.models import AuditEvent, CorrectionRow, Document, Reading
from minsheng_web.records.queries.workspace import workspace

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def at(document: Document, text: str) -> str:
    """The anchor of the first quantity printed so."""
    for project in workspace(document).plan.projects:
        for quantity in project.quantities:
            if quantity.text == text:
                return quantity.anchor
    raise AssertionError(f"no quantity {text!r}")


def values(document: Document, anchor: str) -> dict | None:
    return values_at(workspace(document).plan, anchor)


def mend(house, document, anchor, who="own", when=NOW, **changes):
    return set_fields(actor=house.people[who], document=document, anchor=anchor, changes=changes, at=when)


def test_a_value_is_set_and_told_of(house, document):
    anchor = at(document, "1.8万人")
    outcome = mend(house, document, anchor, value=(18000, 18500))
    assert isinstance(outcome, Saved)
    row = CorrectionRow.objects.get()
    assert (row.anchor, row.kind, row.field, row.old, row.value, row.by, row.at) == (
        anchor,
        "set",
        "value",
        18000,
        18500,
        house.people["own"],
        NOW,
    )
    assert values(document, anchor)["value"] == 18500
    event = AuditEvent.objects.get(action="correction.set")
    assert event.actor == house.people["own"]
    assert event.old == {"anchor": anchor, "field": "value", "value": 18000}
    assert event.new == {"value": 18500}


def test_the_reading_itself_is_left_as_it_was(house, document):
    before = Reading.objects.get().plan
    mend(house, document, at(document, "1.8万人"), value=(18000, 18500))
    assert Reading.objects.get().plan == before


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [
        ("value_hi", None, 19000),
        ("unit", "人", "人次"),
        ("comparator", "eq", "ge"),
        ("role", "target", "fact"),
        ("aspiration", False, True),
        ("region", "河东县", "河西县"),
        ("project", 1, 2),
    ],
)
def test_every_field_of_a_quantity_can_be_set(house, document, field, old, new):
    anchor = at(document, "1.8万人")
    assert isinstance(mend(house, document, anchor, **{field: (old, new)}), Saved)
    assert values(document, anchor)[field] == new


def test_a_project_and_the_head_can_be_set(house, document):
    assert isinstance(
        mend(house, document, "p:3", status=("assigned", "local"), lead_units=(["市民政局"], ["市住建局"])),
        Saved,
    )
    assert values(document, "p:3")["status"] == "local"
    assert values(document, "p:3")["lead_units"] == ["市住建局"]
    assert isinstance(mend(house, document, "head", year=(2023, 2024)), Saved)
    assert workspace(document).plan.head.year == 2024


def test_what_does_not_differ_is_not_written(house, document):
    anchor = at(document, "1.8万人")
    assert mend(house, document, anchor, value=(18000, 18000), unit=("人", "人")) == Saved(())
    assert CorrectionRow.objects.count() == 0
    assert not AuditEvent.objects.filter(action="correction.set").exists()


def test_the_second_of_two_is_told_and_nothing_is_written(house, document):
    anchor = at(document, "1.8万人")
    mend(house, document, anchor, who="colleague", value=(18000, 18100))
    outcome = mend(house, document, anchor, value=(18000, 18200), unit=("人", "名"))
    assert outcome == Conflict({"value": 18100}, by=house.people["colleague"])
    assert values(document, anchor)["value"] == 18100
    assert values(document, anchor)["unit"] == "人"
    assert CorrectionRow.objects.count() == 1


def test_two_who_want_the_same_value_are_not_in_conflict(house, document):
    anchor = at(document, "1.8万人")
    mend(house, document, anchor, who="colleague", value=(18000, 18100))
    assert mend(house, document, anchor, value=(18000, 18100)) == Saved(())


def test_two_who_mend_other_fields_are_not_in_conflict(house, document):
    anchor = at(document, "1.8万人")
    mend(house, document, anchor, who="colleague", value=(18000, 18100))
    assert isinstance(mend(house, document, anchor, unit=("人", "名")), Saved)
    assert values(document, anchor)["value"] == 18100


def test_an_unknown_field_is_a_bug(house, document):
    with pytest.raises(ValueError, match="year"):
        mend(house, document, at(document, "1.8万人"), year=(None, 2023))


def test_a_project_that_is_not_there_is_no_place_to_move_to(house, document):
    outcome = mend(house, document, at(document, "1.8万人"), project=(1, 77))
    assert isinstance(outcome, Gone)
    assert CorrectionRow.objects.count() == 0


def test_a_false_quantity_is_removed_and_comes_back_on_undoing(house, document):
    anchor = at(document, "120场")
    outcome = remove_quantity(actor=house.people["own"], document=document, anchor=anchor, at=NOW)
    assert values(document, anchor) is None
    again = remove_quantity(actor=house.people["colleague"], document=document, anchor=anchor, at=NOW)
    assert isinstance(again, Gone)
    assert undo_correction(
        actor=house.people["own"], document=document, correction_id=outcome.rows[0].pk, at=NOW
    )
    assert values(document, anchor)["value"] == 120


def missed(document: Document, line: int, text: str, project: int) -> dict:
    start = document.lines[line - 1].index(text)
    return {
        "line": line,
        "start": start,
        "end": start + len(text),
        "text": text,
        "value": 3,
        "value_hi": None,
        "unit": "项",
        "comparator": "eq",
        "role": "fact",
        "aspiration": False,
        "subject": None,
        "region": None,
        "project": project,
    }


def test_a_missed_quantity_is_added_and_can_be_mended(house, document):
    data = missed(document, 6, "招聘会", 1)
    outcome = add_quantity(actor=house.people["own"], document=document, value=data, at=NOW)
    anchor = outcome.rows[0].anchor
    assert anchor == f"q:6:{data['start']}:{data['end']}:0"
    assert isinstance(mend(house, document, anchor, value=(3, 4)), Saved)
    assert values(document, anchor)["value"] == 4


def test_a_quantity_added_over_another_leaves_both(house, document):
    before = at(document, "120场")
    data = missed(document, 6, "招聘会120场", 1)
    outcome = add_quantity(actor=house.people["own"], document=document, value=data, at=NOW)
    assert outcome.rows[0].anchor.endswith(":1")
    assert values(document, before)["value"] == 120
    assert values(document, outcome.rows[0].anchor)["value"] == 3


def test_undoing_an_addition_takes_its_mends_along(house, document):
    added = add_quantity(
        actor=house.people["own"], document=document, value=missed(document, 6, "招聘会", 1), at=NOW
    ).rows[0]
    mend(house, document, added.anchor, value=(3, 4))
    assert undo_correction(actor=house.people["own"], document=document, correction_id=added.pk, at=NOW)
    assert CorrectionRow.objects.filter(undone_at=None).count() == 0
    assert [f.code for f in workspace(document).findings if f.code == "correction_lost"] == []


def test_undoing_marks_and_never_deletes(house, document):
    anchor = at(document, "1.8万人")
    row = mend(house, document, anchor, value=(18000, 18500)).rows[0]
    later = NOW + timedelta(minutes=5)
    assert undo_correction(actor=house.people["colleague"], document=document, correction_id=row.pk, at=later)
    row.refresh_from_db()
    assert (row.undone_by, row.undone_at) == (house.people["colleague"], later)
    assert values(document, anchor)["value"] == 18000
    assert not undo_correction(actor=house.people["own"], document=document, correction_id=row.pk, at=later)
    assert AuditEvent.objects.filter(action="correction.undo").count() == 1


def test_undoing_the_last_step_takes_one_saved_form_of_ones_own(house, document):
    anchor, other = at(document, "1.8万人"), at(document, "120场")
    mend(house, document, anchor, value=(18000, 18500), unit=("人", "名"))
    mend(house, document, other, who="colleague", when=NOW + timedelta(1), value=(120, 130))
    own = house.people["own"]
    assert undo_last(actor=own, document=document, at=NOW + timedelta(2)) == 2
    assert values(document, anchor) | {"value": 18000, "unit": "人"} == values(document, anchor)
    assert values(document, other)["value"] == 130
    assert undo_last(actor=own, document=document, at=NOW + timedelta(3)) == 0


def test_a_correction_of_another_document_cannot_be_undone_through_this_one(house, document):
    row = mend(house, document, at(document, "1.8万人"), value=(18000, 18500)).rows[0]
    other = Document.objects.create(
        office=house.city, name="x", size=1, uploaded_by=house.people["own"], uploaded_at=NOW, state="read"
    )
    assert not undo_correction(actor=house.people["own"], document=other, correction_id=row.pk, at=NOW)
    row.refresh_from_db()
    assert row.undone_at is None


@pytest.mark.parametrize("who", ["sister", "county", "outsider", "reader", "administrator"])
def test_others_may_not_write(house, document, who):
    actor, anchor = house.people[who], at(document, "1.8万人")
    before = AuditEvent.objects.count()
    with pytest.raises(PermissionDenied):
        mend(house, document, anchor, who=who, value=(18000, 1))
    with pytest.raises(PermissionDenied):
        remove_quantity(actor=actor, document=document, anchor=anchor, at=NOW)
    with pytest.raises(PermissionDenied):
        add_quantity(actor=actor, document=document, value=missed(document, 6, "招聘会", 1), at=NOW)
    with pytest.raises(PermissionDenied):
        undo_correction(actor=actor, document=document, correction_id=1, at=NOW)
    with pytest.raises(PermissionDenied):
        undo_last(actor=actor, document=document, at=NOW)
    assert (CorrectionRow.objects.count(), AuditEvent.objects.count()) == (0, before)


def test_corrections_survive_another_reading(house, document):
    anchor = at(document, "1.8万人")
    mend(house, document, anchor, value=(18000, 18500))
    remove_quantity(actor=house.people["own"], document=document, anchor=at(document, "120场"), at=NOW)
    assert read_again(actor=house.people["own"], document=document)
    document.refresh_from_db()
    assert (document.state, Reading.objects.count()) == ("read", 2)
    assert values(document, anchor)["value"] == 18500
    with pytest.raises(AssertionError):
        at(document, "120场")


def test_a_correction_that_finds_no_place_in_a_newer_reading_is_a_finding(house, document):
    anchor = at(document, "120场")
    mend(house, document, anchor, value=(120, 130))
    newer = Reading.objects.get()
    plan = newer.plan
    for project in plan["projects"]:
        project["quantities"] = [q for q in project["quantities"] if q["text"] != "120场"]
    Reading.objects.create(
        document=document, reader_version="9", plan=plan, findings=[], seconds=0, created_at=NOW
    )
    lost = [f for f in workspace(document).findings if f.code == "correction_lost"]
    assert [(f.sources[0].line, f.expected) for f in lost] == [(6, anchor)]


def test_a_document_under_reading_takes_no_corrections(house, document):
    anchor = at(document, "1.8万人")
    Document.objects.filter(pk=document.pk).update(state="reading")
    assert isinstance(mend(house, document, anchor, value=(18000, 1)), Gone)
    assert CorrectionRow.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_is_written(house, document):
    anchor = at(document, "1.8万人")
    start = threading.Barrier(2)
    outcomes = []

    def write(who: str, value: int) -> None:
        try:
            start.wait()
            outcomes.append(mend(house, document, anchor, who=who, value=(18000, value)))
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=pair) for pair in (("own", 1), ("colleague", 2))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "Saved"]
    assert CorrectionRow.objects.count() == 1
    assert values(document, anchor)["value"] == CorrectionRow.objects.get().value
