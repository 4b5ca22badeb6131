"""Who may open and who may change what: every route has a row here, and a refusal changes nothing."""

import json

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from every_route import NOW, PERMISSIONS, address, keys_of, routes
from minsheng_web.records.actions.people import take_post
from minsheng_web.records.models import Document, Programme
from minsheng_web.records.queries.workspace import workspace
from permissions.rows import MOVED, OK, SIGN_IN, WHO


def test_every_route_has_a_row_and_every_row_a_route():
    assert set(PERMISSIONS) == set(routes())


def contents() -> dict[str, list]:
    """Every row of our own tables."""
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in apps.get_app_config("records").get_models()
        if model.__name__ != "User"  # signing in notes the time
    }


def answer(response) -> object:
    if response.status_code == 302 and response["Location"].startswith("/sign-in/"):
        return SIGN_IN
    return response.status_code


@pytest.mark.parametrize("name", PERMISSIONS)
def test_opening(house, document, delivery, name):
    row = PERMISSIONS[name]
    if row.prepare:
        row.prepare(delivery)
    path = address(name, document, delivery)
    before = contents()
    answers = {who: answer(house.client(who).get(path)) for who in WHO}
    assert answers == row.get
    assert contents() == before


POSTS = [name for name, row in PERMISSIONS.items() if row.post]


def form_of(name: str, document: Document, delivery) -> dict:
    form = PERMISSIONS[name].form
    form = form(delivery) if callable(form) else dict(form)
    for key in ("v", "w", "state", "pairing"):
        if isinstance(form.get(key), str):
            form[key] = keys_of(form[key], delivery.version)
    if isinstance(form.get("file"), bytes):
        form["file"] = SimpleUploadedFile("说明.txt", form["file"])
    if form.get("state") == "NOW":
        form["state"] = workspace(document).state
    if form.get("anchor") == "FIRST":
        form["anchor"] = first_quantity(document)
    return form


@pytest.mark.parametrize("name", POSTS)
def test_changing(house, document, delivery, name):
    """A refusal changes nothing; the office's own form does, so that this says something."""
    row = PERMISSIONS[name]
    if row.prepare:
        row.prepare(delivery)
    expected, path = row.post, address(name, document, delivery)
    form_of(name, document, delivery)  # makes what the form speaks of
    before = contents()
    for who in (who for who in WHO if expected[who] not in (OK, MOVED)):
        assert answer(house.client(who).post(path, form_of(name, document, delivery))) == expected[who], who
        assert contents() == before, who
    for who in (who for who in WHO if expected[who] in (OK, MOVED)):
        assert answer(house.client(who).post(path, form_of(name, document, delivery))) == expected[who], who
    assert (contents() != before) is row.done


def first_quantity(document: Document) -> str:
    quantity = document.readings.first().plan["projects"][0]["quantities"][0]
    return "q:{line}:{start}:{end}:{ordinal}".format(**quantity)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_change_nothing(house, document, delivery, method):
    before = contents()
    client = house.client("own")
    for name in (name for name in PERMISSIONS if name.startswith("document")):
        assert getattr(client, method)(address(name, document, delivery)).status_code == 405, name
    assert contents() == before


def test_the_office_above_sees_and_mends_what_its_county_uploads(house):
    client = house.client("county")
    client.post("/documents/", {"file": SimpleUploadedFile("说明.txt", "无".encode())})
    uploaded = Document.objects.get()
    assert uploaded.office == house.county
    for who, status in {"county": 200, "own": 200, "sister": 404, "reader": 404}.items():
        assert house.client(who).get(f"/documents/{uploaded.pk}/").status_code == status


def test_an_upload_cannot_be_put_into_another_office(house):
    response = house.client("county").post(
        "/documents/",
        {"file": SimpleUploadedFile("说明.txt", b"x"), "office": str(house.city.pk)},
    )
    assert response.status_code == 302
    assert Document.objects.count() == 0


def test_lists_and_searches_name_only_what_is_within_reach(house, document, version):
    for who in ("sister", "county", "outsider"):
        client = house.client(who)
        for path in ("/", "/programmes/", "/search/?q=食堂"):
            assert "云岭市2023年" not in client.get(path).content.decode()
    assert document.name not in house.client("sister").get("/documents/").content.decode()


def test_the_way_to_uploads_is_shown_to_those_it_is_open_to(house, delivery):
    for who in WHO[1:]:
        shown = 'href="/documents/"' in house.client(who).get("/search/").content.decode()
        assert shown is (PERMISSIONS["documents"].get[who] == OK), who


def test_who_lost_the_post_is_out_at_once(house, document):
    client = house.client("own")
    assert client.get(f"/documents/{document.pk}/").status_code == 200
    own = house.people["own"]
    for post in own.posts.all():
        take_post(actor=None, user=own, post=post, reason="调离", at=NOW)
    assert client.get(f"/documents/{document.pk}/").status_code == 404
    assert client.get("/documents/").status_code == 403


def test_ids_that_do_not_exist_look_like_those_out_of_reach(house, document):
    stranger = house.client("sister")
    assert stranger.get("/documents/99999999/").content == stranger.get(f"/documents/{document.pk}/").content


def test_the_plan_of_another_region_is_not_published_by_this_office(house, document):
    mend = {"anchor": "head", "was_region": json.dumps("云岭市"), "region": "青川市"}
    client = house.client("own")
    client.post(f"/documents/{document.pk}/correct/", mend)
    response = client.post(
        f"/documents/{document.pk}/publish/", {"number": "1", "state": workspace(document).state}
    )
    assert response.status_code == 409
    assert "不在云岭市的管辖范围内" in response.content.decode()
    assert Programme.objects.count() == 0
