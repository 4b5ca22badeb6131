"""The grid's pages: what they show, what a post answers, and how often they ask the database."""

import json
from decimal import Decimal
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minsheng_web.records.models import Indicator, ReportLine, ReportPeriod
from reporting import AT, february, give_colleague, more_lines


def address(delivery, part: str = "") -> str:
    return f"/reports/{delivery.period.pk}/{delivery.line.unit_id}/{part}"


def post(delivery, cells, who: str = "local", client=None):
    client = client or delivery.house.client(who)
    return client.post(address(delivery, "cells/"), {"cells": json.dumps(cells)})


def cell(delivery, field, text, shown="") -> dict:
    return {"line": delivery.line.pk, "field": field, "shown": shown, "text": text}


def test_the_list_names_own_units_first_and_counts_what_is_filled(delivery):
    ReportLine.objects.filter(pk=delivery.other.pk).update(amount=Decimal(3), edited_at=AT)
    page = delivery.house.client("lead").get("/reports/").content.decode()
    assert page.index("河东县人力资源社会保障局") < page.index("河西县人力资源社会保障局")
    assert "0 / 1" in page
    assert "1 / 1" in page
    own = delivery.house.client("local").get("/reports/").content.decode()
    assert "本单位" in own
    assert "河西县" not in own


def test_who_has_no_lines_is_not_shown_the_way(delivery):
    shown = {
        who: 'href="/reports/"' in delivery.house.client(who).get("/").content.decode()
        for who in ("local", "auditor", "sister", "outsider")
    }
    assert shown == {"local": True, "auditor": True, "sister": False, "outsider": False}


def test_closed_periods_stand_apart_and_can_be_read(delivery):
    february(delivery)
    client = delivery.house.client("local")
    page = client.get("/reports/").content.decode()
    assert "已关闭的填报期" in page
    old = ReportPeriod.objects.get(key="2023-M02")
    assert "已接收" in client.get(f"/reports/?period={old.pk}").content.decode()
    grid = client.get(f"/reports/{old.pk}/{delivery.line.unit_id}/").content.decode()
    assert "2023年2月已经关闭" in grid
    assert 'class="cell' not in grid.replace('class="cell-still', "")


def test_the_grid_shows_last_period_pace_and_what_carries_on(delivery):
    february(delivery, money_arrived=5_000_000)
    page = delivery.house.client("local").get(address(delivery)).content.decode()
    assert "≥18,000" in page
    assert "3,000" in page
    assert "4,500" in page
    assert 'placeholder="5"' in page
    assert "与上期相同" in page


@pytest.mark.parametrize("who", ["lead", "own", "county", "auditor", "leader", "reader"])
def test_who_may_not_type_reads_the_same_page(delivery, who):
    page = delivery.house.client(who).get(address(delivery)).content.decode()
    assert "城镇新增就业" in page
    assert "<input" not in page.split("<main")[1]
    assert "report_grid.js" not in page


def test_a_saved_cell_comes_back_with_the_line(delivery):
    february(delivery)
    answer = post(delivery, [cell(delivery, "amount", "1200")]).json()
    assert [told["outcome"] for told in answer["cells"]] == ["saved"]
    assert answer["lines"][0]["values"]["cumulative"] == "4,200"
    assert answer["lines"][0]["gap"] == "差 300"
    assert answer["lines"][0]["filled"] is True


def test_findings_come_beside_the_cell(delivery):
    february(delivery)
    line = post(delivery, [cell(delivery, "cumulative", "2800")]).json()["lines"][0]
    assert line["levels"]["cumulative"] == "error"
    assert line["asks_reason"] is True
    assert any("累计只增不减" in problem["message"] for problem in line["problems"])


def test_each_cell_of_a_block_is_judged_by_itself(delivery):
    cells = [
        cell(delivery, "amount", "很多"),
        cell(delivery, "next_step", "招聘会"),
        cell(delivery, "money.paid", "3"),
    ]
    told = post(delivery, cells).json()["cells"]
    assert [one["outcome"] for one in told] == ["unusable", "saved", "saved"]
    line = ReportLine.objects.get(pk=delivery.line.pk)
    assert (line.amount, line.next_step, line.money_paid) == (None, "招聘会", 3_000_000)


def test_two_people_at_one_cell(delivery):
    delivery.house.people["mate"] = give_colleague(delivery)
    client = delivery.house.client("local")
    post(delivery, [cell(delivery, "amount", "100")], client=client)
    told = post(delivery, [cell(delivery, "amount", "200")], who="mate").json()["cells"][0]
    assert (told["outcome"], told["now"], told["typed"]) == ("conflict", "100", "200")
    assert "冯东" in told["message"]
    told = post(delivery, [cell(delivery, "amount", "200", shown="100")], who="mate").json()["cells"][0]
    assert told["outcome"] == "saved"


def test_a_period_closed_while_the_form_is_open_keeps_what_was_typed(delivery):
    client = delivery.house.client("local")
    client.get(address(delivery))
    ReportPeriod.objects.filter(pk=delivery.period.pk).update(closed_at=AT)
    response = post(delivery, [cell(delivery, "amount", "1200")], client=client)
    told = response.json()["cells"][0]
    assert (response.status_code, told["outcome"], told["typed"]) == (200, "locked", "1200")
    assert "已经关闭" in told["message"]
    assert response.json()["lines"][0]["lock"] == told["message"]


def test_who_was_signed_out_is_told_so_and_nothing_is_written(delivery):
    response = delivery.house.client("visitor").post(
        address(delivery, "cells/"),
        {"cells": json.dumps([cell(delivery, "amount", "1")])},
        headers={"HX-Request": "true"},
    )
    assert response.status_code == 401
    assert unquote(response["Sign-In-Address"]).endswith(f"next={address(delivery)}")
    assert ReportLine.objects.get(pk=delivery.line.pk).amount is None


@pytest.mark.parametrize(
    "cells",
    [
        "",
        "[]",
        "{}",
        "7",
        "[1]",
        '[{"line": "x"}]',
        '[{"line": 0, "field": "amount", "shown": "", "text": ""}]',
    ],
)
def test_a_form_nobody_could_have_sent_is_refused(delivery, cells):
    response = delivery.house.client("local").post(address(delivery, "cells/"), {"cells": cells})
    assert response.status_code == 400


def test_a_field_of_another_kind_is_refused(delivery):
    assert post(delivery, [cell(delivery, "stages.started", "3月5日")]).status_code == 400


def test_all_rows_without_a_change_in_one_go(delivery):
    february(delivery)
    more_lines(delivery, 3)
    answer = delivery.house.client("local").post(address(delivery, "same/")).json()
    assert [line["line"] for line in answer["lines"]] == [delivery.line.pk]
    assert answer["lines"][0]["values"]["amount"] == "0"


@pytest.mark.parametrize("kind", ["stages", "yes_no", "full_coverage", "standard", "at_least", "growth"])
def test_every_kind_has_its_editor(delivery, kind):
    Indicator.objects.filter(pk=delivery.indicator.pk).update(
        kind=kind, unit="%" if kind == "at_least" else ""
    )
    page = delivery.house.client("local").get(address(delivery)).content.decode()
    fields = {
        "stages": ["stages.preparation", "stages.in_use"],
        "yes_no": ["done"],
        "full_coverage": ["done", "amount", "cumulative"],
        "standard": ["done", "cumulative"],
        "at_least": ["cumulative"],
        "growth": ["cumulative"],
    }[kind]
    assert [field for field in fields if f'data-field="{field}"' not in page] == []
    assert ('data-field="amount"' in page) is (kind == "full_coverage")


def test_names_cannot_put_markup_into_the_page(delivery):
    Indicator.objects.filter(pk=delivery.indicator.pk).update(name='<script>alert("x")</script>')
    ReportLine.objects.filter(pk=delivery.line.pk).update(difficulty='"><img src=x>')
    page = delivery.house.client("local").get(address(delivery)).content.decode()
    assert '<script>alert("x")' not in page
    assert "<img src=x>" not in page


@pytest.mark.parametrize("who", ["local", "own"])
def test_three_hundred_lines_cost_the_queries_of_one(delivery, who):
    february(delivery)
    client = delivery.house.client(who)

    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    paths = (address(delivery), "/reports/", address(delivery, "sheet.xlsx"))
    client.get("/reports/")
    few = [asked(path) for path in paths]
    more_lines(delivery, 299)
    assert [asked(path) for path in paths] == few
    assert max(few) <= 16


def test_saving_a_block_costs_two_queries_a_line_and_no_more(delivery):
    lines = more_lines(delivery, 60)
    client = delivery.house.client("local")

    def asked(some) -> int:
        cells = [{"line": line.pk, "field": "amount", "shown": "", "text": "1"} for line in some]
        with CaptureQueriesContext(connection) as queries:
            assert post(delivery, cells, client=client).status_code == 200
        return len(queries)

    asked(lines[:1])
    one = asked(lines[1:2])
    assert asked(lines[10:60]) == one + 2 * 49
