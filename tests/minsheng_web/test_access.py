"""Who may open and who may change what: every route has a row here, and a refusal changes nothing."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver, reverse

from minsheng_web.records.actions.pairings import Decision, decide_pairing
from minsheng_web.records.actions.people import take_post
from minsheng_web.records.actions.publish_document import publish_document
from minsheng_web.records.models import Document, PlanVersion, Programme, ProjectPairing
from minsheng_web.records.queries.workspace import workspace

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

WHO = ("visitor", "outsider", "sister", "county", "reader", "administrator", "own")
SIGN_IN, OK, MOVED, FORBIDDEN, HIDDEN, WRONG_METHOD = "sign-in", 200, 302, 403, 404, 405
PUBLIC = dict.fromkeys(WHO, OK)


def each(**answers) -> dict:
    """Answers by person; visitors are sent to sign in unless said otherwise."""
    return {"visitor": SIGN_IN} | answers


# Documents are drafts: the office and those above it, the administrator looks on; others see nothing there is.
SEE_DOCUMENT = each(outsider=HIDDEN, sister=HIDDEN, county=HIDDEN, reader=HIDDEN, administrator=OK, own=OK)
CHANGE_DOCUMENT = each(
    outsider=HIDDEN, sister=HIDDEN, county=HIDDEN, reader=HIDDEN, administrator=FORBIDDEN, own=MOVED
)
# Programmes are published: the city's own people and readers.
SEE_PROGRAMME = each(outsider=HIDDEN, sister=HIDDEN, county=HIDDEN, reader=OK, administrator=OK, own=OK)
# What two published plans have in common is said by the office of one of them; readers only look.
CHANGE_PAIRING = each(
    outsider=HIDDEN, sister=HIDDEN, county=HIDDEN, reader=FORBIDDEN, administrator=FORBIDDEN, own=MOVED
)
ONLY_POST = each(**dict.fromkeys(WHO[1:], WRONG_METHOD))


@dataclass(frozen=True)
class Row:
    """A route's answers to GET, and to the POST of ``form`` where it takes one."""

    get: dict
    post: dict | None = None
    form: dict = field(default_factory=dict)
    query: str = ""


MEND = {
    "anchor": "p:1",
    "was_status": '"assigned"',
    "status": "local",
}
ADD = {"line": "6", "text": "一次"}
for name, value in {
    "value": "1",
    "value_hi": "",
    "unit": "次",
    "comparator": "eq",
    "role": "frequency",
    "aspiration": "",
    "subject": "",
    "region": "",
    "project": "1",
}.items():
    ADD |= {name: value, f"was_{name}": "null"}

PERMISSIONS: dict[str, Row] = {
    "sign-in": Row(PUBLIC | {who: MOVED for who in WHO if who != "visitor"}),
    "sign-out": Row({"visitor": SIGN_IN} | dict.fromkeys(WHO[1:], WRONG_METHOD), dict.fromkeys(WHO, SIGN_IN)),
    "documents": Row(
        each(outsider=FORBIDDEN, reader=FORBIDDEN, sister=OK, county=OK, administrator=OK, own=OK),
        each(
            outsider=FORBIDDEN,
            reader=FORBIDDEN,
            sister=MOVED,
            county=MOVED,
            administrator=FORBIDDEN,
            own=MOVED,
        ),
        {"file": b"no plan in it"},
    ),
    "document": Row(SEE_DOCUMENT),
    "document-progress": Row(SEE_DOCUMENT),
    "document-editor": Row(SEE_DOCUMENT),
    "document-lines": Row(SEE_DOCUMENT, query="?first=1&last=3"),
    "document-corrections": Row(SEE_DOCUMENT),
    "document-cancel": Row(ONLY_POST, CHANGE_DOCUMENT),
    "document-read-again": Row(ONLY_POST, CHANGE_DOCUMENT),
    "document-correct": Row(ONLY_POST, CHANGE_DOCUMENT, MEND),
    "document-remove": Row(ONLY_POST, CHANGE_DOCUMENT, {"anchor": "FIRST"}),
    "document-add": Row(ONLY_POST, CHANGE_DOCUMENT, ADD),
    "document-undo": Row(ONLY_POST, CHANGE_DOCUMENT),
    "document-publish": Row(
        SEE_DOCUMENT | {"administrator": FORBIDDEN},
        CHANGE_DOCUMENT,
        {"number": "2", "reason": "调整", "state": "NOW"},
    ),
    "home": Row(each(outsider=OK, sister=OK, county=OK, reader=OK, administrator=OK, own=OK)),
    "programmes": Row(each(outsider=OK, sister=OK, county=OK, reader=OK, administrator=OK, own=OK)),
    "search": Row(each(outsider=OK, sister=OK, county=OK, reader=OK, administrator=OK, own=OK)),
    "programme": Row(SEE_PROGRAMME),
    "project": Row(SEE_PROGRAMME),
    "text": Row(SEE_PROGRAMME),
    "versions": Row(SEE_PROGRAMME),
    "matrix": Row(SEE_PROGRAMME),
    "units": Row(SEE_PROGRAMME),
    "breakdown-xlsx": Row(SEE_PROGRAMME),
    "compare": Row(SEE_PROGRAMME, query="?v=FIRST&v=SECOND"),
    "compare-xlsx": Row(SEE_PROGRAMME, query="?v=FIRST&v=SECOND"),
    "compare-pair": Row(
        ONLY_POST,
        CHANGE_PAIRING,
        {"v": "FIRST", "w": "SECOND", "a": "1", "b": "2", "state": "v=FIRST&v=SECOND"},
    ),
    "compare-pair-undo": Row(ONLY_POST, CHANGE_PAIRING, {"pairing": "PAIRING"}),
    "regions": Row(each(**dict.fromkeys(WHO[1:], OK))),
    "region-population": Row(
        ONLY_POST,
        CHANGE_PAIRING | {"county": HIDDEN},
        {"population": "530000", "source": "统计公报，2024年末", "seen": ""},
    ),
}


def routes() -> dict[str, object]:
    """Every route of the site by name."""
    found = {}
    for included in get_resolver().url_patterns:
        for pattern in included.url_patterns:
            found[pattern.name] = pattern
    return found


def test_every_route_has_a_row_and_every_row_a_route():
    assert set(PERMISSIONS) == set(routes())


def address(name: str, document: Document, version: PlanVersion) -> str:
    known = {
        "document_id": document.pk,
        "programme": version.programme_id,
        "number": 1,
        "region_id": version.programme.region_id,
    }
    wanted = routes()[name].pattern.converters
    path = reverse(f"office:{name}", kwargs={key: known[key] for key in wanted})
    return path + keys_of(PERMISSIONS[name].query, version)


def keys_of(text: str, version: PlanVersion) -> str:
    """The text with the keys of two versions of the city's programme and of a pairing of them."""
    if not any(word in text for word in ("FIRST", "SECOND", "PAIRING")):
        return text
    second = version.programme.versions.filter(number=2).first() or publish_again(version)
    if text == "PAIRING":
        pairing = ProjectPairing.objects.filter(undone_at=None).first() or decide_pairing(
            actor=version.published_by, a=version, b=second, decision=Decision(1, None), seen=None, at=NOW
        )
        return str(pairing.pk)
    return text.replace("FIRST", str(version.pk)).replace("SECOND", str(second.pk))


def publish_again(version: PlanVersion) -> PlanVersion:
    again = publish_document(actor=version.published_by, document=version.document, at=NOW, reason="调整")
    assert isinstance(again, PlanVersion)
    return again


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
def test_opening(house, document, version, name):
    path = address(name, document, version)
    before = contents()
    answers = {who: answer(house.client(who).get(path)) for who in WHO}
    assert answers == PERMISSIONS[name].get
    assert contents() == before


POSTS = [name for name, row in PERMISSIONS.items() if row.post]
NOTHING_TO_DO = ("sign-out", "document-cancel", "document-undo")


def form_of(name: str, document: Document, version: PlanVersion) -> dict:
    form = dict(PERMISSIONS[name].form)
    for key in ("v", "w", "state", "pairing"):
        if key in form:
            form[key] = keys_of(form[key], version)
    if "file" in form:
        form["file"] = SimpleUploadedFile("说明.txt", form["file"])
    if "state" in form:
        form["state"] = workspace(document).state
    if form.get("anchor") == "FIRST":
        form["anchor"] = first_quantity(document)
    return form


@pytest.mark.parametrize("name", POSTS)
def test_changing(house, document, version, name):
    """A refusal changes nothing; the office's own form does, so that this says something."""
    expected, path = PERMISSIONS[name].post, address(name, document, version)
    form_of(name, document, version)  # makes what the form speaks of
    before = contents()
    for who in (who for who in WHO if expected[who] not in (OK, MOVED)):
        assert answer(house.client(who).post(path, form_of(name, document, version))) == expected[who], who
        assert contents() == before, who
    for who in (who for who in WHO if expected[who] in (OK, MOVED)):
        assert answer(house.client(who).post(path, form_of(name, document, version))) == expected[who], who
    assert (contents() != before) is (name not in NOTHING_TO_DO)


def first_quantity(document: Document) -> str:
    quantity = document.readings.first().plan["projects"][0]["quantities"][0]
    return "q:{line}:{start}:{end}:{ordinal}".format(**quantity)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_change_nothing(house, document, version, method):
    before = contents()
    client = house.client("own")
    for name in (name for name in PERMISSIONS if name.startswith("document")):
        assert getattr(client, method)(address(name, document, version)).status_code == 405, name
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


def test_the_way_to_uploads_is_shown_to_those_it_is_open_to(house):
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
