"""``minsheng demo``: five programmes and the people to open them, into an empty database only."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from minsheng.cli import main
from minsheng_web.records.actions.demo import load_demo
from minsheng_web.records.actions.people import add_region
from minsheng_web.records.models import AuditEvent, PlanVersion, Region, User
from minsheng_web.records.queries.programmes import programme_rows

SAMPLES = Path(__file__).parents[4] / "samples" / "plans"
AT = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def loaded(db):
    return load_demo(samples=SAMPLES, password="demo-password", at=AT)


def test_five_programmes_for_their_cities(loaded):
    rows = programme_rows(User.objects.get(username="admin"))
    assert [(row.programme.region.path, row.programme.year, row.projects) for row in rows] == [
        ("/安徽省/合肥市/", 2024, 52),
        ("/安徽省/亳州市/", 2023, 50),
        ("/安徽省/淮北市/烈山区/", 2023, 50),
        ("/山东省/临沂市/", 2021, 59),
        ("/安徽省/马鞍山市/", 2020, 50),
    ]


def test_each_city_sees_its_own_and_the_province_its_cities(loaded):
    def regions(name):
        return {row.programme.region.name for row in programme_rows(User.objects.get(username=name))}

    assert regions("bozhou") == {"亳州市"}
    assert regions("linyi") == {"临沂市"}
    assert regions("reader") == {"亳州市", "合肥市", "烈山区", "马鞍山市"}


def test_everything_went_through_the_actions_and_says_what_it_is(loaded):
    assert {version.reason for version in PlanVersion.objects.all()} == {
        "演示数据：按公开文件所载事实另行编写"
    }
    assert AuditEvent.objects.filter(action="plan.publish").count() == 5
    assert {version.published_by.username for version in PlanVersion.objects.all()} == {
        "bozhou", "hefei", "lieshan", "linyi", "maanshan",
    }  # fmt: skip


def test_everyone_named_can_sign_in(loaded, client):
    assert len(loaded) == 7
    for person in loaded:
        response = client.post("/sign-in/", {"username": person.username, "password": "demo-password"})
        assert (response.status_code, response["Location"]) == (302, "/")
        client.logout()


@pytest.mark.django_db
def test_one_bad_sample_leaves_nothing_behind(tmp_path):
    good = json.loads((SAMPLES / "linyi-2021.json").read_text(encoding="utf-8"))
    (tmp_path / "a-2021.json").write_text(json.dumps(good), encoding="utf-8")
    (tmp_path / "b-2021.json").write_text(json.dumps({**good, "year": None}), encoding="utf-8")
    with pytest.raises(ValueError, match="b-2021"):
        load_demo(samples=tmp_path, password="x", at=AT)
    assert (Region.objects.count(), User.objects.count(), PlanVersion.objects.count()) == (0, 0, 0)


# --- the command


@pytest.fixture
def sign_ins(db):
    path = settings.DATA_FOLDER / "demo-sign-ins.txt"
    path.unlink(missing_ok=True)
    yield path
    path.unlink(missing_ok=True)


def test_the_command_prints_who_may_sign_in_and_does_so_again(sign_ins, capsys):
    assert main(["demo", "--password", "demo-password"]) == 0
    first = capsys.readouterr().out
    assert "bozhou    demo-password　亳州市民生办" in first
    assert sign_ins.stat().st_mode & 0o077 == 0
    assert main(["demo", "--if-empty"]) == 0
    assert capsys.readouterr().out == first
    assert PlanVersion.objects.count() == 6


def test_passwords_are_made_up_each_time(sign_ins, capsys):
    assert main(["demo"]) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if "admin" in line)
    password = line.split()[1].split("　")[0]
    assert len(password) == 10
    assert User.objects.get(username="admin").check_password(password)


def test_a_database_that_holds_something_is_left_alone(sign_ins, capsys):
    add_region(actor=None, name="云河市")
    assert main(["demo"]) == 2
    assert capsys.readouterr().err.strip() == (
        "数据库里已经有内容，没有装入演示数据：演示数据只装入空数据库。"
    )
    assert main(["demo", "--if-empty"]) == 0
    assert capsys.readouterr().out == ""
    assert (User.objects.count(), Region.objects.count()) == (0, 1)


def test_samples_that_are_not_there_are_asked_for(sign_ins, tmp_path, capsys):
    assert main(["demo", "--samples", str(tmp_path)]) == 2
    assert "没有找到样例方案" in capsys.readouterr().err
    assert not sign_ins.exists()
