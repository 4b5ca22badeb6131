"""The comparison page: what it shows, its filters, its file, and what it asks of the database."""

import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from minsheng.plans.plan_json import plan_from_json
from minsheng_web.records.actions.pairings import Decision, Disputed, decide_pairing, undo_pairing
from minsheng_web.records.actions.people import add_user, give_post
from minsheng_web.records.actions.population import NotStated, state_population
from minsheng_web.records.actions.publishing import publish_plan
from minsheng_web.records.models import AuditEvent, ProjectPairing, Region


def words(page):
    body = page[page.index("<main") :]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", body))


@pytest.fixture
def second(house, version):
    """Version 2: project 1 promises 120 instead of 100, project 3 is gone."""
    plan = plan_from_json(version.plan)
    first = plan.projects[0]
    target = replace(first.quantities[0], value=Decimal(120), comparator="ge")
    changed = replace(first, quantities=(target, *first.quantities[1:]))
    plan = replace(plan, projects=(changed, plan.projects[1]))
    return publish_plan(
        actor=house.official,
        region=house.yunhe,
        plan=plan,
        lines=tuple(version.lines),
        at=version.published_at,
        reason="市政府常务会议调整",
    )


@pytest.fixture
def neighbour(house):
    return house.publish(house.sister, house.linshan, count=2)


def both(version, second):
    return {"v": [version.pk, second.pk]}


def rows_of(html):
    """(heading, change) of every project and target, in order."""
    body = html[html.index('id="comparison"') :]
    found = re.findall(
        r'<th scope="row(?:group)?" class="what">(.*?)</th>.*?<td class="change">(.*?)</td>', body, re.DOTALL
    )
    return [
        (words("<main" + head).split()[0].removeprefix("<main"), words("<main" + change).strip())
        for head, change in found
    ]


def test_two_versions_side_by_side(house, version, second, see):
    html = see(house.official, "/compare/", **both(version, second))
    page = words(html)
    assert "云河市2025年民生实事版本对照" in page
    assert "市政府常务会议调整" in page
    assert "首次发布" in page
    assert "≥120个" in page
    assert "增加 20个（+20%）" in page
    assert "改动 1 新增 0 取消 5" in page
    assert rows_of(html)[:2] == [("老年食堂1", "改动"), ("老年食堂", "改动")]
    assert rows_of(html)[-6][1] == "取消"


def test_only_what_changed(house, version, second, see):
    html = see(house.official, "/compare/", **both(version, second), changed="1")
    assert [change for _, change in rows_of(html)] == ["改动", "改动", *["取消"] * 6]
    assert 'name="changed" value="1" checked' in html
    assert f"table.xlsx?v={version.pk}&amp;v={second.pk}&amp;changed=1" in html


@pytest.mark.parametrize(
    ("query", "projects"),
    [
        ({"category": "养老服务"}, ["老年食堂1", "老年食堂3"]),
        ({"category": "社会保障"}, ["老年食堂2"]),
        ({"unit": "市第2局"}, ["老年食堂2"]),
        ({"unit": "无此单位"}, []),
        ({"unit": "市民政局", "changed": "1"}, ["老年食堂1", "老年食堂3"]),
    ],
)
def test_filters(house, version, second, see, query, projects):  # noqa: PLR0917 - fixtures
    html = see(house.official, "/compare/", **both(version, second), **query)
    assert re.findall(r'<span class="of-project">(.*?)</span>', html) == projects


def test_a_filter_gives_only_the_table(client, house, version, second):
    client.force_login(house.official)
    response = client.get("/compare/", both(version, second), headers={"HX-Request": "true"})
    assert "<html" not in response.content.decode()
    assert 'id="compare-file" hx-swap-oob="true"' in response.content.decode()


def test_two_cities_compare_only_what_is_of_the_whole(house, version, neighbour, see):
    page = words(see(house.reader, "/compare/", v=[version.pk, neighbour.pk]))
    assert "云河市、林山市民生实事对照" in page
    assert "东原县" not in page
    assert "不同地区之间只对照全域目标" in page


def columns(client, person, versions):
    client.force_login(person)
    response = client.get("/compare/", {"v": [version.pk for version in versions]})
    chosen = re.findall(r'<option value="(\d+)" selected>', response.content.decode())
    shown = response.context["screen"].versions
    assert [int(key) for key in chosen] == [version.pk for version in shown]
    return list(shown)


def test_the_older_stands_first_however_they_were_chosen(client, house, version, second, neighbour):
    earlier = house.publish(house.official, house.yunhe, count=4, year=2024)
    for order in ([second, version, earlier], [earlier, version, second], [version, earlier, second]):
        assert columns(client, house.official, order) == [earlier, version, second]
    for order in ([neighbour, version], [version, neighbour]):  # of one year: as chosen
        assert columns(client, house.reader, order) == order
    assert columns(client, house.reader, [second, neighbour, version]) == [version, second, neighbour]


def test_a_later_year_chosen_first_calls_nothing_new_given_up(house, version, see):
    earlier = house.publish(house.official, house.yunhe, count=2, year=2024)
    page = words(see(house.official, "/compare/", v=[version.pk, earlier.pk]))
    assert re.search(r"新增 [1-9]\d* 取消 0", page)


def test_three_columns_say_what_differs(house, version, second, neighbour, see):
    html = see(house.reader, "/compare/", v=[version.pk, second.pk, neighbour.pk])
    assert "columns-3" in html
    assert "不是都有" in html
    assert "pairing" not in html


def test_per_ten_thousand_people_where_the_population_is_known(house, version, second, see):
    state_population(actor=house.official, region=house.yunhe, population=530_000, source="公报", seen=None)
    page = words(see(house.official, "/compare/", **both(version, second)))
    assert "每万人 1.89个" in page
    assert "人口 530,000（公报）" in page


def test_nothing_chosen_and_one_chosen(house, version, second, see):
    assert "请在上面选两版方案" in words(see(house.official, "/compare/"))
    assert "请再选一版" in words(see(house.official, "/compare/", v=version.pk))
    assert "请再选一版" in words(see(house.official, "/compare/", v=[version.pk, version.pk]))


@pytest.mark.parametrize("query", ["v=0", "v=x", "v=-1", "v=99999999", "v=99999999999999999999", "v=²"])
def test_what_is_not_there_is_a_404(house, version, see, query):
    assert see.status(house.official, f"/compare/?v={version.pk}&{query}") == 404


def test_out_of_reach_is_a_404(house, version, neighbour, see):
    for path in ("/compare/", "/compare/table.xlsx"):
        assert see.status(house.official, f"{path}?v={version.pk}&v={neighbour.pk}") == 404
    assert "林山市" not in see(house.official, "/compare/")


def test_seven_columns_are_too_many(house, version, see):
    keys = [house.publish(house.official, house.yunhe, count=1, year=year).pk for year in range(2010, 2017)]
    address = "/compare/?" + "&".join(f"v={key}" for key in keys)
    assert see.status(house.official, address) == 404
    assert see.status(house.official, address.rsplit("&", 1)[0]) == 200


def test_the_file_holds_the_same(client, house, version, second):
    client.force_login(house.official)
    response = client.get("/compare/table.xlsx", both(version, second) | {"changed": "1"})
    sheet = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0)
    rows = sheet.to_python(skip_empty_area=False)
    assert rows[2] == [
        "老年食堂1", "老年食堂", "", 1.0, 100.0, "100个", "", 1.0, 120.0, "≥120个", "", "改动", "增加 20个（+20%）",
    ]  # fmt: skip
    assert [row[11] for row in rows[2:]] == ["改动", *["取消"] * 5]
    assert rows[3][7] == "无"


def test_queries_do_not_grow(client, house):
    client.force_login(house.official)

    def asked(count, year):
        one = house.publish(house.official, house.yunhe, count=count, year=year)
        two = house.publish(house.official, house.yunhe, count=count, year=year, reason="调整")
        for number in range(1, count + 1):
            decision = Decision(number, None)
            decide_pairing(
                actor=house.official, a=one, b=two, decision=decision, seen=None, at=one.published_at
            )
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/compare/", both(one, two)).status_code == 200
        return len(queries)

    client.get("/")
    few, many = asked(1, 2020), asked(30, 2021)
    assert few == many
    assert many <= 9


# --- remembered pairings


def decide(house, a, b, one, other, *, seen=None, actor=None):
    return decide_pairing(
        actor=actor or house.official, a=a, b=b, decision=Decision(one, other), seen=seen, at=a.published_at
    )


def test_a_decision_is_used_from_then_on_and_in_either_order(house, version, second, see):
    made = decide(house, second, version, 1, 3)  # the page had the later version first
    assert (made.version_a, made.number_a, made.number_b) == (version, 3, 1)
    html = see(house.official, "/compare/", v=[second.pk, version.pk])
    assert "yunhe某认定" in html
    turned = see(house.official, "/compare/", v=[version.pk, second.pk])
    assert re.findall(r'<span class="of-project">(.*?)</span>', turned) == [
        "老年食堂1",
        "老年食堂2",
        "老年食堂3",
    ]
    third = turned[turned.index("老年食堂3</span>") :]
    assert "yunhe某认定" in third
    assert "第1项</a>" in third


def test_none_of_them(house, version, second, see):
    decide(house, version, second, None, 2)
    page = words(see(house.official, "/compare/", **both(version, second)))
    assert "yunhe某认定无对应项目" in page
    assert "无此项目" in page


def test_deciding_again_replaces_what_was_seen_and_keeps_the_row(house, version, second):
    first = decide(house, version, second, 1, 2)
    again = decide(house, version, second, 1, None, seen=first.pk)
    first.refresh_from_db()
    assert first.undone_by == house.official
    assert again.undone_at is None
    assert ProjectPairing.objects.count() == 2
    assert list(AuditEvent.objects.filter(action__startswith="pairing").values_list("action", flat=True)) == [
        "pairing.decide", "pairing.undo", "pairing.decide",
    ]  # fmt: skip


def test_the_second_of_two_who_differ_is_told_and_nothing_is_written(house, version, second):
    colleague = add_user(actor=None, username="li", display_name="李建国", password="x")
    give_post(actor=None, user=colleague, role="office", region=house.yunhe)
    decide(house, version, second, 1, 2, actor=colleague)
    before = AuditEvent.objects.count()
    for one, other in ((1, None), (1, 1), (3, 2), (None, 2)):
        outcome = decide(house, version, second, one, other)
        assert isinstance(outcome, Disputed)
        assert "李建国已认定第1项与第2项是同一项目" in outcome.message
    assert (ProjectPairing.objects.count(), AuditEvent.objects.count()) == (1, before)


def test_the_same_decision_twice_is_one(house, version, second):
    assert decide(house, version, second, 1, 2) == decide(house, version, second, 1, 2)
    assert ProjectPairing.objects.count() == 1


def test_what_was_seen_and_is_undone_meanwhile_is_not_replaced(house, version, second):
    first = decide(house, version, second, 1, 2)
    assert undo_pairing(actor=house.official, pairing=first, at=version.published_at)
    assert not undo_pairing(actor=house.official, pairing=first, at=version.published_at)
    assert isinstance(decide(house, version, second, 1, None, seen=first.pk), Disputed)
    assert ProjectPairing.objects.filter(undone_at=None).count() == 0


@pytest.mark.parametrize(("one", "other"), [(9, 1), (1, 9), (None, None)])
def test_projects_that_are_not_there_are_refused(house, version, second, one, other):
    with pytest.raises(ValueError, match="project"):
        decide(house, version, second, one, other)


@pytest.mark.parametrize("who", ["sister", "reader", "administrator", "outsider"])
def test_others_neither_decide_nor_undo(house, version, second, who):
    made = decide(house, version, second, 1, 2)
    with pytest.raises(PermissionDenied):
        decide(house, version, second, 2, None, actor=getattr(house, who))
    with pytest.raises(PermissionDenied):
        undo_pairing(actor=getattr(house, who), pairing=made, at=version.published_at)


def test_the_form_leads_back_to_the_page_with_its_filters(client, house, version, second):
    client.force_login(house.official)
    state = f"v={version.pk}&v={second.pk}&changed=1"
    form = {"v": version.pk, "w": second.pk, "a": "3", "b": "2", "state": state}
    response = client.post("/compare/pair/", form)
    assert response["Location"] == f"/compare/?{state}"
    assert ProjectPairing.objects.get().number_b == 2
    response = client.post("/compare/pair/", form | {"b": "1", "state": "//elsewhere"}, follow=True)
    assert "没有保存：yunhe某已认定第3项与第2项是同一项目" in response.content.decode()


@pytest.mark.parametrize("form", [{"a": "x"}, {"v": ""}, {"w": "x"}, {"a": "", "b": ""}, {"a": "99"}])
def test_a_broken_form_is_a_bad_request(client, house, version, second, form):
    client.force_login(house.official)
    whole = {"v": version.pk, "w": second.pk, "a": "1", "b": "2"}
    assert client.post("/compare/pair/", whole | form).status_code == 400
    assert ProjectPairing.objects.count() == 0


# --- population


def test_population_is_stated_with_its_source_and_audited(house):
    def state(population, source, seen):
        return state_population(
            actor=house.official, region=house.yunhe, population=population, source=source, seen=seen
        )

    assert isinstance(state(530_000, " ", None), NotStated)
    assert isinstance(state(0, "公报", None), NotStated)
    assert isinstance(state(530_000, "公报", 1), NotStated)
    assert state(530_000, "公报", None).population == 530_000
    assert state(530_000, "公报", None).population == 530_000
    assert state(None, "", 530_000).population is None
    events = AuditEvent.objects.filter(action="region.population")
    assert [event.new["population"] for event in events] == [530_000, None]


@pytest.mark.parametrize("who", ["sister", "reader", "administrator", "outsider"])
def test_population_is_stated_by_the_regions_own_office(house, who):
    with pytest.raises(PermissionDenied):
        state_population(actor=getattr(house, who), region=house.yunhe, population=5, source="x", seen=None)


def test_population_form(client, house):
    client.force_login(house.official)
    page = client.post(
        f"/regions/{house.yunhe.pk}/population/",
        {"population": "530,000", "source": "公报", "seen": ""},
        follow=True,
    ).content.decode()
    assert "已保存云河市的人口数" in page
    assert Region.objects.get(pk=house.yunhe.pk).population == 530_000
    page = client.post(
        f"/regions/{house.yunhe.pk}/population/", {"population": "abc", "source": "公报"}, follow=True
    ).content.decode()
    assert "人口数应为大于 0 的整数" in page
