"""The declared settings: how their texts are read."""

import pytest

from minsheng_web.conf.secret_key import secret_key
from minsheng_web.conf.settings_list import SETTINGS, Setting, read_setting, read_settings


def test_names_and_environments_are_each_declared_once():
    assert len({setting.name for setting in SETTINGS}) == len(SETTINGS)
    assert len({setting.environment for setting in SETTINGS}) == len(SETTINGS)


def test_an_empty_environment_gives_the_defaults():
    assert read_settings({}) == {setting.name: setting.default for setting in SETTINGS}


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_a_default_is_of_its_kind(setting):
    assert isinstance(setting.default, tuple if setting.kind is list else setting.kind)
    assert setting.meaning.endswith(".")


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (int, "7", 7),
        (bool, "1", True),
        (bool, "Yes", True),
        (bool, "off", False),
        (bool, "", False),
        (list, "a, b,,c ", ("a", "b", "c")),
        (str, " kept ", " kept "),
    ],
)
def test_a_text_is_read(kind, text, value):
    assert read_setting(Setting("X", kind, None, "m.", "X"), {"X": text}) == value


@pytest.mark.parametrize(("kind", "text"), [(int, "seven"), (int, ""), (bool, "perhaps")])
def test_a_text_that_is_no_such_value_names_the_variable(kind, text):
    with pytest.raises(ValueError, match="MINSHENG_X"):
        read_setting(Setting("X", kind, None, "m.", "MINSHENG_X"), {"MINSHENG_X": text})


def test_the_secret_key_is_made_once_and_kept_to_its_owner(tmp_path):
    first = secret_key("", tmp_path / "var")
    assert len(first) >= 50
    assert secret_key("", tmp_path / "var") == first
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_given_secret_key_leaves_no_file(tmp_path):
    assert secret_key("given", tmp_path / "var") == "given"
    assert not (tmp_path / "var").exists()
