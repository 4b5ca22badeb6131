"""A changed figure over a roster or stated counts: exact sums, wrong files, and nobody else's roster."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from minsheng_web.records.actions.simulations import (
    cancel_simulation,
    end_stalled_simulations,
    remove_old_rosters,
    run_simulation,
)
from minsheng_web.records.models import AuditEvent, Simulation
from minsheng_web.records.roster_store import folder
from standards_of_cities import LIVING, words_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
HERE = f"/standards/{LIVING}/simulate/"
HEAD = ["person_id", "region", "hardship_kind", "disability_grade", "months_eligible"]
ROWS = [
    ["340000199001010011", "谯城区", "low_income", "1", "12"],
    ["340000199001010022", "谯城区", "none", "1", "12"],
    ["340000199001010033", "涡阳县", "extreme_poverty", "4", "6"],
    ["340000199001010044", "涡阳县", "low_income", "2", ""],
    ["340000199001010055", "涡阳县", "low_income", "9", "12"],
]


@pytest.fixture(autouse=True)
def _no_rosters_left():
    yield
    for place in folder().iterdir():
        place.unlink() if place.is_file() else None


def roster(rows=ROWS, head=HEAD, name="名册.csv", encoding="utf-8") -> SimpleUploadedFile:
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return SimpleUploadedFile(name, out.getvalue().encode(encoding))


def form(**more) -> dict:
    return {
        "figure": "fen:8000",
        "value": "90",
        "as_of": "2023-06-01",
        "figure-local_standard_fen": "",
        "source": "roster",
    } | more


def kept() -> list[str]:
    return [place.name for place in folder().iterdir()]


def ask(client, **more):
    response = client.post(HERE, form(**more))
    assert response.status_code == 302, words_of(response)
    return Simulation.objects.latest("pk")


def test_a_roster_is_counted_exactly_and_then_gone(browse):
    client = browse("first")
    row = ask(client, roster=roster())
    assert (row.state, row.roster_key, row.message) == ("done", "", "")
    assert kept() == []
    result = row.result
    assert (result["cases"], result["eligible_before"], result["problem_cases"]) == (5, 2, 2)
    assert result["total"] == {"name": "合计", "before_fen": 144000, "after_fen": 162000}
    assert result["payers"] == [
        {"name": "基础部分", "before_fen": 144000, "after_fen": 162000},
        {"name": "县级", "before_fen": 0, "after_fen": 0},
    ]
    assert [(r["name"], r["after_fen"], r["winners"], r["problems"]) for r in result["regions"]] == [
        ("谯城区", 108000, 1, 0),
        ("涡阳县", 54000, 1, 2),
    ]
    bands = {(b["low"], b["high"]): b["cases"] for b in result["bands"] if b["cases"]}
    assert bands == {(0, 0): 1, (5001, 10000): 1, (10001, 50000): 1}
    assert {p["code"]: p["before"] for p in result["problems"]} == {
        "missing:months_eligible": 1,
        "domain:disability_grade": 1,
    }


def test_the_page_says_it_in_words_and_tables(browse):
    client = browse("money")
    row = ask(client, roster=roster(encoding="gb18030"))
    page = client.get(f"/simulations/{row.pk}/")
    said = words_of(page)
    assert "共5人（件），调整前应发1,440.00元，调整后应发1,620.00元，增加180.00元。" in said
    assert "有2人（件）缺项或数值有问题，不能算" in said
    assert "增加50至100元" in said
    assert "名册已经删除" in said
    assert page.content.decode().count('data-chart="bar"') == 3
    for person in ROWS:
        assert person[0] not in page.content.decode()


def test_more_rows_of_counts_keep_what_was_typed(browse):
    client = browse("first")
    typed = form(more="1", rows="6") | {
        "c5-region": "涡阳县",
        "c5-cases": "12",
        "c0-cases": "x",
        "roster": roster(),
    }
    answer = client.post(HERE, typed)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count('aria-label="第12行 地区"') == 1
    assert "第13行" not in page
    assert '<input type="hidden" name="rows" value="12">' in page
    assert 'name="c5-region" value="涡阳县"' in page
    assert 'name="c0-cases" value="x"' in page
    assert 'id="source-counts" value="counts" checked' in page
    assert "选过的文件要重新选" in page
    assert kept() == []
    assert not Simulation.objects.exists()


def test_a_row_that_was_added_counts(browse):
    browse("first").post(HERE, form(source="counts", rows="12") | {"c11-region": "涡阳县", "c11-cases": "31"})
    asked = Simulation.objects.get().asked
    assert [(row["region"], row["cases"]) for row in asked["counts"]] == [("涡阳县", 31)]


@pytest.mark.parametrize(
    ("rows", "shown"), [("", 6), ("2", 6), ("-9", 6), ("x", 6), ("99999", 120), ("9" * 99, 6), ("120", 120)]
)
def test_rows_asked_for_are_bounded(browse, rows, shown):
    page = browse("first").post(HERE, form(rows=rows, source="counts")).content.decode()
    assert page.count(' 地区"') == shown
    assert ('name="more"' in page) == (shown < 120)


def test_stated_counts(browse):
    row = ask(
        browse("first"),
        source="counts",
        **{
            "c0-region": "谯城区",
            "c0-cases": "25000000",
            "c0-hardship_kind": "low_income",
            "c0-disability_grade": "1",
            "c0-months_eligible": "12",
            "c2-region": "涡阳县",
            "c2-cases": "7",
            "c2-hardship_kind": "none",
            "c2-disability_grade": "1",
            "c2-months_eligible": "12",
        },
    )
    assert row.result["cases"] == 25_000_007
    assert row.result["total"]["after_fen"] == 25_000_000 * 12 * 9000
    assert row.result["unchanged"] == 7


def test_regional_figures_and_a_changed_parameter(browse):
    figures = SimpleUploadedFile(
        "参数.csv",
        f"name,region,from,value,standard\nlocal_standard_fen,谯城区,2023-01-01,8500,{LIVING}\n".encode(),
    )
    client = browse("first")
    row = ask(client, roster=roster(ROWS[:3]), figures=figures, figure="$local_standard_fen", value="100")
    assert row.result["total"] == {
        "name": "合计",
        "before_fen": 8500 * 12 + 8000 * 6,
        "after_fen": 10000 * 18,
    }
    assert row.result["payers"][1] == {"name": "县级", "before_fen": 6000, "after_fen": 2000 * 18}
    assert kept() == []


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_the_papers(browse, kind):
    client = browse("first")
    row = ask(client, roster=roster())
    response = client.get(f"/simulations/{row.pk}/paper.{kind}")
    assert response.status_code == 200
    with ZipFile(io.BytesIO(response.content)) as file:
        inside = "".join(file.read(name).decode() for name in file.namelist() if name.endswith(".xml"))
    assert "困难残疾人生活补贴调整测算" in inside
    assert "谯城区" in inside
    assert ROWS[0][0] not in inside
    assert client.get(f"/simulations/{row.pk}/paper.pdf").status_code == 404


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, "没有选择名册"),
        ({"roster": SimpleUploadedFile("名册.doc", b"x")}, "名册只能是 csv、xlsx 或 parquet"),
        ({"roster": roster(), "figure": ""}, "请选要改的数"),
        ({"roster": roster(), "value": "一百"}, "请写金额，单位元"),
        ({"roster": roster(), "as_of": "2020-01-01"}, "这一天标准不在执行期内"),
        (
            {"roster": roster(), "figures": SimpleUploadedFile("参数.csv", b"name,from\nx,2023-01-01\n")},
            "分地区的数没有读懂",
        ),
        ({"source": "counts"}, "请至少写一行"),
        ({"source": "counts", "c0-cases": "-3"}, "请写1至1000000000的整数"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_kept(browse, more, told):
    for upload in more.values():
        if isinstance(upload, SimpleUploadedFile):
            upload.seek(0)
    response = browse("first").post(HERE, form(**more))
    assert response.status_code == 422
    assert told in words_of(response)
    assert Simulation.objects.count() == 0
    assert kept() == []


@pytest.mark.parametrize(
    ("upload", "told"),
    [
        (SimpleUploadedFile("名册.parquet", b"no parquet"), "名册.parquet：读不出表格"),
        (SimpleUploadedFile("名册.xlsx", b"no sheet"), "名册.xlsx：文件打不开或已损坏"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_by_its_name(browse, upload, told):
    upload.seek(0)
    row = ask(browse("first"), roster=upload)
    assert row.state == "refused"
    assert told in row.message
    assert str(folder()) not in row.message
    assert kept() == []


def test_a_roster_without_a_column_says_which(browse):
    client = browse("first")
    row = ask(client, roster=roster([r[:4] for r in ROWS], HEAD[:4]))
    assert "名册里没有这些列，用到它们的人（件）不能算：保障月数（months_eligible）" in words_of(
        client.get(f"/simulations/{row.pk}/")
    )


def test_a_roster_over_the_limit_is_not_kept(browse, settings):
    settings.ROSTER_LIMIT_MB = 0
    response = browse("first").post(HERE, form(roster=roster()))
    assert "名册超过0MB" in words_of(response)
    assert kept() == []


@pytest.mark.parametrize("who", ["second", "above", "administrator", "reader"])
def test_nobody_else_sees_a_simulation(browse, who):
    row = ask(browse("first"), roster=roster())
    other = browse(who)
    for path in ("", "progress/", "paper.xlsx"):
        assert other.get(f"/simulations/{row.pk}/{path}").status_code == 404
    assert other.post(f"/simulations/{row.pk}/cancel/").status_code == 404
    assert f"/simulations/{row.pk}/" not in other.get("/simulations/").content.decode()


@pytest.mark.parametrize("who", ["reader", "administrator", "outsider"])
def test_who_may_not_simulate_leaves_no_roster(browse, who):
    assert browse(who).get(HERE).status_code == 403
    assert browse(who).post(HERE, form(roster=roster())).status_code == 403
    assert kept() == []


def test_a_form_without_its_token_is_refused_and_leaves_no_roster(bozhou):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(bozhou["first"])
    assert client.post(HERE, form(roster=roster())).status_code == 403
    assert kept() == []


def test_a_site_may_keep_rosters_some_days(browse, settings):
    settings.ROSTER_DAYS = 3
    row = ask(browse("first"), roster=roster())
    assert kept() == [row.roster_key]
    assert (folder() / row.roster_key).stat().st_mode & 0o077 == 0
    today = row.roster_until
    assert remove_old_rosters(today=today, at=NOW) == 0
    assert remove_old_rosters(today=today + timedelta(days=1), at=NOW) == 1
    assert kept() == []


def waiting(people, **values) -> Simulation:
    return Simulation.objects.create(
        standard=LIVING, name="x", asked={}, edition="", asked_by=people["first"], asked_at=NOW, **values
    )


def test_what_is_cancelled_is_not_run(bozhou):
    row = waiting(bozhou)
    assert cancel_simulation(actor=bozhou["first"], simulation=row, at=NOW)
    assert run_simulation(simulation_id=row.pk) == "skipped"
    assert not cancel_simulation(actor=bozhou["first"], simulation=row, at=NOW)
    assert AuditEvent.objects.filter(action="simulation.cancel").count() == 1


def test_a_killed_run_is_ended_and_its_roster_removed(bozhou):
    key = "0" * 48 + ".csv"
    (folder() / key).write_text("x")
    row = waiting(bozhou, state="running", heartbeat_at=NOW, roster_key=key)
    assert end_stalled_simulations(at=NOW + timedelta(seconds=5)) == 0
    assert end_stalled_simulations(at=NOW + timedelta(minutes=5)) == 1
    row.refresh_from_db()
    assert (row.state, row.roster_key) == ("refused", "")
    assert kept() == []


def test_what_belongs_to_no_simulation_goes_after_a_day(bozhou):
    (folder() / ("1" * 48 + ".csv")).write_text("x")
    assert remove_old_rosters(today=date(2026, 3, 2), at=datetime.now(UTC)) == 0
    assert remove_old_rosters(today=date(2026, 3, 2), at=datetime.now(UTC) + timedelta(days=2)) == 1
    assert kept() == []
