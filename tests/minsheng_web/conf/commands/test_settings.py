import json

import pytest

from minsheng.cli import main
from minsheng_web.conf.commands.settings_words import MEANINGS
from minsheng_web.conf.settings_list import SETTINGS


def values(capsys) -> dict:
    assert main(["settings", "--json"]) == 0
    return {setting["environment"]: setting["value"] for setting in json.loads(capsys.readouterr().out)}


def test_every_setting_is_listed_with_the_value_it_has(capsys, monkeypatch):
    monkeypatch.setenv("MINSHENG_SESSION_HOURS", "3")
    monkeypatch.setenv("MINSHENG_ALLOWED_HOSTS", "a.example, b.example")
    found = values(capsys)
    assert list(found) == [setting.environment for setting in SETTINGS]
    assert (found["MINSHENG_SESSION_HOURS"], found["MINSHENG_ALLOWED_HOSTS"]) == (3, "a.example, b.example")


def test_the_plain_list_says_where_a_value_comes_from(capsys, monkeypatch):
    monkeypatch.setenv("MINSHENG_SESSION_HOURS", "3")
    monkeypatch.delenv("MINSHENG_LOCKOUT_MINUTES", raising=False)
    assert main(["settings"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "MINSHENG_SESSION_HOURS = 3 （由环境变量给出）" in lines
    assert "MINSHENG_LOCKOUT_MINUTES = 15 （默认）" in lines


@pytest.mark.parametrize("form", [["--json"], []])
def test_keys_and_passwords_are_never_shown(capsys, monkeypatch, form):
    monkeypatch.setenv("MINSHENG_SECRET_KEY", "kept-to-oneself")
    monkeypatch.setenv("DATABASE_URL", "postgres://clerk:opensesame@db.example:5432/minsheng")
    assert main(["settings", *form]) == 0
    out = capsys.readouterr().out
    assert "kept-to-oneself" not in out
    assert "opensesame" not in out
    assert "postgres://clerk:***@db.example:5432/minsheng" in out


def test_a_value_that_cannot_be_is_refused_in_one_sentence(capsys, monkeypatch):
    monkeypatch.setenv("MINSHENG_SESSION_HOURS", "ten")
    assert main(["settings"]) == 2
    assert capsys.readouterr().err == (
        "设置有误：MINSHENG_SESSION_HOURS 的值“ten”不是整数，请改正这个环境变量。\n"
    )


def test_every_setting_is_told_in_chinese(capsys):
    assert list(MEANINGS) == [setting.name for setting in SETTINGS]
    assert main(["settings"]) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert [line for line in lines if line in MEANINGS.values()] == list(MEANINGS.values())
