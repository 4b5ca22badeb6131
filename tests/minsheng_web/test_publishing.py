"""Publishing: what the page promises is what is made, once, whole, and never changed."""

import re
import threading
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from minsheng.plans.model import Head, Plan
from minsheng_web.records.actions.corrections import set_fields, undo_last, values_at
from minsheng_web.records.actions.documents import upload_document
from minsheng_web.records.actions.people import add_region, give_post
from minsheng_web.records.actions.publish_document import publish_document
from minsheng_web.records.actions.publishing import NotPublished
from minsheng_web.records.models import (
    AuditEvent,
    Document,
    PlanVersion,
    Programme,
    PublishedProject,
    PublishedTarget,
    PublishedUnit,
    Region,
)
from minsheng_web.records.queries.plan_region import place_of, place_sentence
from minsheng_web.records.queries.workspace import workspace

TEXT = """青川市2023年1项民生实事实施方案

一、就业（1项）
（一）建设零工市场6个。（牵头单位：市人力资源社会保障局）
"""
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def publish(house, document, who="own", **more):
    return publish_document(actor=house.people[who], document=document, at=NOW, **more)


def mend(house, document, anchor, **changes):
    return set_fields(actor=house.people["own"], document=document, anchor=anchor, changes=changes, at=NOW)


def posted(document, number, **more):
    """What the form of the page holds."""
    return {"number": number, "state": workspace(document).state, **more}


def test_the_first_version_holds_the_whole_plan(house, document):
    version = publish(house, document, expected_number=1)
    assert (version.number, version.published_by, version.published_at) == (1, house.people["own"], NOW)
    assert (version.programme.region, version.programme.year) == (house.city, 2023)
    assert version.lines == document.lines
    assert [project.number for project in version.projects.all()] == [1, 2, 3]
    assert [project.category_name for project in version.projects.all()] == ["就业", "就业", "养老"]
    target = PublishedTarget.objects.get(text="1.8万人")
    assert (target.value, target.unit, target.region_name) == (Decimal(18000), "人", "河东县")
    assert target.sentence.startswith("（一）帮扶就业")
    units = PublishedUnit.objects.filter(project__number=1).values_list("name", "part")
    assert sorted(units) == [("市人力资源社会保障局", "lead"), ("市财政局", "cooperating")]
    event = AuditEvent.objects.get(action="plan.publish")
    assert (event.actor, event.new["projects"], event.new["quantities"]) == (house.people["own"], 3, 9)


def test_corrections_are_in_what_is_published(house, document):
    mend(house, document, "p:3", status=("assigned", "local"), headline=(None, "新名称"))
    mend(house, document, "p:3", status=("assigned", "local"))
    publish(house, document)
    assert PublishedProject.objects.get(number=3).status == "local"


def test_a_second_click_makes_nothing(house, document):
    first = publish(house, document, expected_number=1)
    second = publish(house, document, expected_number=1)
    assert isinstance(second, NotPublished)
    assert (second.code, second.existing) == ("already_published", first)
    assert PlanVersion.objects.count() == 1


def test_the_second_click_lands_on_the_programme(house, document):
    client = house.client("own")
    for _ in range(2):
        response = client.post(f"/documents/{document.pk}/publish/", posted(document, "1"))
        assert response["Location"] == f"/programmes/{Programme.objects.get().pk}/"
    assert PlanVersion.objects.count() == 1


def test_another_version_needs_a_reason(house, document):
    publish(house, document)
    for reason in ("", "  "):
        refused = publish(house, document, expected_number=2, reason=reason)
        assert refused.code == "reason_missing"
    second = publish(house, document, expected_number=2, reason="省里调整目标")
    assert (second.number, second.reason) == (2, "省里调整目标")
    assert Programme.objects.count() == 1
    assert PlanVersion.objects.filter(number=1).exists()


def test_the_page_asks_for_the_reason_and_keeps_it(house, document, version):
    client = house.client("own")
    assert 'name="reason"' in client.get(f"/documents/{document.pk}/publish/").content.decode()
    response = client.post(f"/documents/{document.pk}/publish/", posted(document, "2", reason=" "))
    assert response.status_code == 409
    assert "须填写变更理由" in response.content.decode()
    client.post(f"/documents/{document.pk}/publish/", posted(document, "2", reason="省里调整"))
    assert PlanVersion.objects.count() == 2


def test_an_old_page_publishes_nothing_and_leaves_nothing(house, document):
    for number in ("7", "0", "", "x"):
        response = house.client("own").post(f"/documents/{document.pk}/publish/", posted(document, number))
        assert response.status_code == 409
    assert Programme.objects.count() == 0
    assert not AuditEvent.objects.filter(action__in=("programme.add", "plan.publish")).exists()


def change_by_a_colleague(house, document):
    mend(house, document, "p:3", status=("assigned", "local"))


def change_by_undoing(house, document):
    undo_last(actor=house.people["own"], document=document, at=NOW)


def change_by_reading_again(house, document):
    reading = document.readings.get()
    reading.pk = None
    reading.save()


@pytest.mark.parametrize("change", [change_by_a_colleague, change_by_undoing, change_by_reading_again])
def test_what_changed_since_it_was_looked_at_is_not_published(house, document, change):
    mend(house, document, "p:2", headline=(values_at(workspace(document).plan, "p:2")["headline"], "新名称"))
    client = house.client("own")
    html = client.get(f"/documents/{document.pk}/publish/").content.decode()
    seen = re.search(r'name="state" value="(.+?)"', html)[1]
    change(house, document)
    response = client.post(f"/documents/{document.pk}/publish/", {"number": "1", "state": seen})
    assert response.status_code == 409
    page = response.content.decode()
    assert "内容有变化，请重新核对" in page
    assert Programme.objects.count() == 0
    fresh = re.search(r'name="state" value="(.+?)"', page)[1]
    assert fresh != seen
    client.post(f"/documents/{document.pk}/publish/", {"number": "1", "state": fresh})
    assert PlanVersion.objects.count() == 1


def test_a_form_that_says_nothing_of_what_was_seen_publishes_nothing(house, document):
    response = house.client("own").post(f"/documents/{document.pk}/publish/", {"number": "1"})
    assert response.status_code == 409
    assert PlanVersion.objects.count() == 0


@pytest.mark.parametrize(
    ("region", "sentence"),
    [
        ("青川市", "不在云岭市的管辖范围内"),
        ("无此地", "地区名录里查不到“无此地”"),
        ("涡阳县", "应由安徽省亳州市涡阳县（或其上级）的办公室"),
    ],
)
def test_a_plan_of_a_region_out_of_reach_is_not_published(house, document, region, sentence):
    mend(house, document, "head", region=("云岭市", region))
    refused = publish(house, document)
    assert refused.code == "region_unknown"
    assert sentence in refused.message
    assert Programme.objects.count() == 0


@pytest.fixture
def anhui(house):
    """An office of a province with one of its cities set up, and the documents it uploads."""
    province = add_region(actor=None, name="安徽省")
    add_region(actor=None, name="亳州市", parent=province)
    give_post(actor=None, user=house.people["outsider"], role="office", region=province)

    def upload(region: str) -> Document:
        uploaded = upload_document(
            actor=house.people["outsider"], office=province, name="方案.txt", data=TEXT.encode(), at=NOW
        )
        changes = {"region": ("青川市", region)}
        set_fields(
            actor=house.people["outsider"], document=uploaded.document, anchor="head", changes=changes, at=NOW
        )
        return uploaded.document

    return upload


@pytest.mark.parametrize(
    ("region", "path"),
    [
        ("涡阳县", "/安徽省/亳州市/涡阳县/"),
        ("亳州市涡阳县", "/安徽省/亳州市/涡阳县/"),
        ("安徽省亳州市涡阳县", "/安徽省/亳州市/涡阳县/"),
        ("合肥市", "/安徽省/合肥市/"),
        ("肥西县", "/安徽省/合肥市/肥西县/"),
    ],
)
def test_a_region_of_the_office_that_was_not_set_up_is_set_up_with_the_plan(house, anhui, region, path):
    document = anhui(region)
    client = house.client("outsider")
    before = Region.objects.count()
    page = client.get(f"/documents/{document.pk}/publish/").content.decode()
    assert path.replace("/", "") in page
    assert Region.objects.count() == before
    version = publish(house, document, who="outsider")
    made = version.programme.region
    assert (made.path, made.full_name) == (path, path.replace("/", ""))
    events = AuditEvent.objects.filter(action="region.add", actor=house.people["outsider"])
    assert events.latest("pk").new == {"path": path, "code": made.code}
    assert made.code
    assert events.count() == Region.objects.count() - before


def test_no_region_is_set_up_for_a_plan_that_is_not_published(house, anhui):
    document = anhui("涡阳县")
    assert publish(house, document, who="outsider", expected_number=3).code == "page_stale"
    assert not Region.objects.filter(name="涡阳县").exists()
    assert not AuditEvent.objects.filter(action="region.add", actor=house.people["outsider"]).exists()


def test_a_name_that_two_regions_of_the_office_have_is_asked_for_in_full(house, db):
    province = add_region(actor=None, name="江苏省")
    give_post(actor=None, user=house.people["outsider"], role="office", region=province)
    document = Document(office=province)
    plan = Plan(Head(region="鼓楼区"))
    assert place_of(document, plan) is None
    assert "江苏省南京市鼓楼区、江苏省徐州市鼓楼区" in place_sentence(document, plan)
    assert place_of(document, Plan(Head(region="徐州市鼓楼区"))).full_name == "江苏省徐州市鼓楼区"


def test_a_city_is_not_within_one_of_its_counties(db):
    county = add_region(actor=None, name="涡阳县")
    plan = Plan(Head(region="亳州市"))
    assert place_of(Document(office=county), plan) is None
    assert "应由安徽省亳州市（或其上级）的办公室" in place_sentence(Document(office=county), plan)


def test_a_plan_without_a_year_is_not_published(house, document):
    reading = document.readings.get()
    reading.plan["year"] = None
    reading.save()
    assert publish(house, document).code == "year_missing"


def test_a_countys_plan_uploaded_by_the_city_becomes_the_countys_programme(house, document):
    mend(house, document, "head", region=("云岭市", "河东县"))
    version = publish(house, document)
    assert version.programme.region == Region.objects.get(name="河东县")
    assert house.client("county").get(f"/programmes/{version.programme_id}/").status_code == 200


@pytest.mark.parametrize("who", ["county", "sister", "outsider", "reader", "administrator"])
def test_others_may_not_publish(house, document, who):
    with pytest.raises(PermissionDenied):
        publish(house, document, who=who)
    assert (Programme.objects.count(), PlanVersion.objects.count()) == (0, 0)


def test_what_is_under_reading_is_not_published(house, document):
    Document.objects.filter(pk=document.pk).update(state="reading")
    document.refresh_from_db()
    assert publish(house, document).code == "not_read"


def test_the_page_shows_what_will_be_published(house, document):
    html = house.client("own").get(f"/documents/{document.pk}/publish/").content.decode()
    for words in ("发布第 1 版", "云岭市2023年3项民生实事实施方案", "标题写 3 项", "云岭市　2023"):
        assert words in html


@pytest.mark.django_db(transaction=True)
def test_of_two_clicks_at_the_same_moment_one_publishes(house, document):
    start = threading.Barrier(2)
    outcomes = []

    def click(who: str) -> None:
        try:
            start.wait()
            outcomes.append(publish(house, document, who=who, expected_number=1))
        finally:
            connection.close()

    threads = [threading.Thread(target=click, args=(who,)) for who in ("own", "colleague")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NotPublished", "PlanVersion"]
    assert PlanVersion.objects.count() == 1
    assert PublishedProject.objects.count() == 3
