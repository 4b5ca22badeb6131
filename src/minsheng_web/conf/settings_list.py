"""Every setting of the program, declared once: settings.py, docs/settings.md and a test read this list."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: ``environment`` overrides ``default``; ``kind`` is str, int, bool or list (commas)."""

    name: str
    kind: type
    default: Any
    meaning: str
    environment: str


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "DATA_FOLDER",
        str,
        "var",
        "Folder of uploaded files, the embedded database and the secret key file.",
        "MINSHENG_DATA_FOLDER",
    ),
    Setting(
        "DATABASE_URL",
        str,
        "",
        "Database address, e.g. postgres://user:password@host/name. Empty: SQLite in the data folder.",
        "DATABASE_URL",
    ),
    Setting(
        "SECRET_KEY",
        str,
        "",
        "Key that signs sessions. Empty: made once and kept in the data folder.",
        "MINSHENG_SECRET_KEY",
    ),
    Setting("DEBUG", bool, False, "Show developers' error pages. Never on a real site.", "MINSHENG_DEBUG"),
    Setting(
        "ALLOWED_HOSTS",
        list,
        ("127.0.0.1", "localhost", "[::1]"),
        "Host names the site answers to.",
        "MINSHENG_ALLOWED_HOSTS",
    ),
    Setting(
        "TRUSTED_ORIGINS",
        list,
        (),
        "Origins (https://host) that may post forms when a proxy stands before the site.",
        "MINSHENG_TRUSTED_ORIGINS",
    ),
    Setting(
        "HTTPS",
        bool,
        False,
        "The site is served over HTTPS: secure cookies and strict transport security.",
        "MINSHENG_HTTPS",
    ),
    Setting("TIME_ZONE", str, "Asia/Shanghai", "Time zone of the dates shown.", "MINSHENG_TIME_ZONE"),
    Setting("SESSION_HOURS", int, 10, "Hours after which one must sign in again.", "MINSHENG_SESSION_HOURS"),
    Setting(
        "SESSION_IDLE_MINUTES",
        int,
        60,
        "Minutes without a request after which one must sign in again; 0: never.",
        "MINSHENG_SESSION_IDLE_MINUTES",
    ),
    Setting(
        "INVITATION_DAYS", int, 7, "Days in which an invitation can be accepted.", "MINSHENG_INVITATION_DAYS"
    ),
    Setting(
        "PASSWORD_LINK_HOURS",
        int,
        24,
        "Hours in which a link to set a new password works.",
        "MINSHENG_PASSWORD_LINK_HOURS",
    ),
    Setting(
        "SECOND_FACTOR_ROLES",
        list,
        ("administrator",),
        "Roles of posts whose holders must sign in with a second factor; empty: nobody must.",
        "MINSHENG_SECOND_FACTOR_ROLES",
    ),
    Setting(
        "LOCKOUT_FAILURES",
        int,
        5,
        "Wrong passwords in a row after which an account is locked for that address.",
        "MINSHENG_LOCKOUT_FAILURES",
    ),
    Setting("LOCKOUT_MINUTES", int, 15, "Minutes a lock-out lasts.", "MINSHENG_LOCKOUT_MINUTES"),
    Setting(
        "UPLOAD_LIMIT_MB", int, 20, "Largest file that may be uploaded, in MB.", "MINSHENG_UPLOAD_LIMIT_MB"
    ),
    Setting(
        "EVIDENCE_LIMIT_MB",
        int,
        20,
        "Largest file that may be added as evidence, in MB; not above the largest upload.",
        "MINSHENG_EVIDENCE_LIMIT_MB",
    ),
    Setting(
        "EVIDENCE_PER_LINE",
        int,
        30,
        "Files of evidence one report line may have, withdrawn ones not counted.",
        "MINSHENG_EVIDENCE_PER_LINE",
    ),
    Setting(
        "ROSTER_LIMIT_MB",
        int,
        400,
        "Largest roster that may be uploaded for a simulation, in MB.",
        "MINSHENG_ROSTER_LIMIT_MB",
    ),
    Setting(
        "ROSTER_DAYS",
        int,
        0,
        "Days an uploaded roster is kept after its simulation; 0: removed as soon as it is counted.",
        "MINSHENG_ROSTER_DAYS",
    ),
    Setting(
        "STALL_SECONDS",
        int,
        20,
        "Seconds without a sign of life after which a reading is taken for dead and queued again.",
        "MINSHENG_STALL_SECONDS",
    ),
    Setting(
        "TASKS_AT_ONCE",
        bool,
        False,
        "Run background work inside the request instead of in the worker (tests, tiny sites).",
        "MINSHENG_TASKS_AT_ONCE",
    ),
    Setting(
        "MAP_FILE",
        str,
        "",
        "GeoJSON file of an approved map, used instead of the shapes here; codes in code, adcode or gb.",
        "MINSHENG_MAP_FILE",
    ),
    Setting(
        "MAP_APPROVAL",
        str,
        "",
        "Approval number (审图号) of that file, printed under every map.",
        "MINSHENG_MAP_APPROVAL",
    ),
)

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off", ""})


def read_setting(setting: Setting, environ: Mapping[str, str]) -> Any:
    """The setting's value. Raises ValueError with the variable's name where the text is no such value."""
    text = environ.get(setting.environment)
    if text is None:
        return setting.default
    if setting.kind is bool:
        return _read_bool(setting, text)
    if setting.kind is list:
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if setting.kind is int:
        try:
            return int(text)
        except ValueError:
            raise ValueError(f"{setting.environment} 的值“{text}”不是整数") from None
    return text


def _read_bool(setting: Setting, text: str) -> bool:
    lowered = text.strip().lower()
    if lowered in _TRUE:
        return True
    if lowered in _FALSE:
        return False
    raise ValueError(f"{setting.environment} 的值“{text}”不对，只能是 1（是）或 0（否）")


def read_settings(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """All settings by name, from the environment or their defaults."""
    return {setting.name: read_setting(setting, environ) for setting in SETTINGS}
