"""Django's settings, made from the declared list in settings_list.py."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from minsheng_web.conf.secret_key import secret_key
from minsheng_web.conf.settings_list import read_settings

_SETTINGS = read_settings()
_HERE = Path(__file__).resolve().parent.parent

DATA_FOLDER = Path(_SETTINGS["DATA_FOLDER"]).resolve()
DEBUG: bool = _SETTINGS["DEBUG"]
SECRET_KEY = secret_key(_SETTINGS["SECRET_KEY"], DATA_FOLDER)
ALLOWED_HOSTS = list(_SETTINGS["ALLOWED_HOSTS"])
CSRF_TRUSTED_ORIGINS = list(_SETTINGS["TRUSTED_ORIGINS"])
UPLOAD_LIMIT_MB: int = _SETTINGS["UPLOAD_LIMIT_MB"]
EVIDENCE_LIMIT_MB: int = min(_SETTINGS["EVIDENCE_LIMIT_MB"], UPLOAD_LIMIT_MB)
EVIDENCE_PER_LINE: int = _SETTINGS["EVIDENCE_PER_LINE"]
ROSTER_LIMIT_MB: int = _SETTINGS["ROSTER_LIMIT_MB"]
ROSTER_DAYS: int = _SETTINGS["ROSTER_DAYS"]
MAP_FILE: str = _SETTINGS["MAP_FILE"]
MAP_APPROVAL: str = _SETTINGS["MAP_APPROVAL"]
TASKS_AT_ONCE: bool = _SETTINGS["TASKS_AT_ONCE"]
STALL_SECONDS: int = _SETTINGS["STALL_SECONDS"]
INVITATION_DAYS: int = _SETTINGS["INVITATION_DAYS"]
PASSWORD_LINK_HOURS: int = _SETTINGS["PASSWORD_LINK_HOURS"]
SESSION_IDLE_MINUTES: int = _SETTINGS["SESSION_IDLE_MINUTES"]
SECOND_FACTOR_ROLES: tuple[str, ...] = _SETTINGS["SECOND_FACTOR_ROLES"]

INSTALLED_APPS = [
    "minsheng_web.records",
    "minsheng_web.office",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "minsheng_web.office.sessions.IdleMiddleware",
    "minsheng_web.office.signing_in.SignedInMiddleware",
    "minsheng_web.office.second_factor.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "minsheng_web.conf.urls"
WSGI_APPLICATION = "minsheng_web.conf.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["minsheng_web.office.templatetags.site_head"],
            "libraries": {"static": "minsheng_web.office.templatetags.site_static"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "minsheng_web.office.navigation.may_manage",
            ],
        },
    },
]


_KEPT_OPEN_SECONDS = 60
"""A thread keeps its connection so long: to open one takes longer than most questions asked on it."""


def _sqlite() -> dict[str, Any]:
    DATA_FOLDER.mkdir(parents=True, exist_ok=True)
    file = DATA_FOLDER / "minsheng.sqlite3"
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": file, "CONN_MAX_AGE": _KEPT_OPEN_SECONDS}


def _database() -> dict[str, Any]:
    """The one database. SQLite takes the write lock at once: a read that turns to a write never fails."""
    url = _SETTINGS["DATABASE_URL"]
    database: dict[str, Any] = (
        dict(dj_database_url.parse(url, conn_max_age=_KEPT_OPEN_SECONDS)) if url else _sqlite()
    )
    if database["ENGINE"].endswith("sqlite3"):
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        }
    else:
        # Texts that come again are planned once by the server (records/prepared.py).
        database["OPTIONS"] = database.get("OPTIONS", {}) | {"prepare_threshold": 2}
    return database


# ``static`` is ours in Django's place on purpose (templatetags/site_static.py).
SILENCED_SYSTEM_CHECKS = ["templates.W003"]

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "records.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "minsheng_web.office.known_people.KnownPeople",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "office:sign-in"
LOGIN_REDIRECT_URL = "office:home"
LOGOUT_REDIRECT_URL = "office:sign-in"

AXES_FAILURE_LIMIT: int = _SETTINGS["LOCKOUT_FAILURES"]
AXES_COOLOFF_TIME = timedelta(minutes=_SETTINGS["LOCKOUT_MINUTES"])
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "minsheng_web.office.views.session.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# What an app for codes shows beside the user name.
OTP_TOTP_ISSUER = "民生实事管理"

SESSION_ENGINE = "minsheng_web.office.known_people"
SESSION_COOKIE_AGE = _SETTINGS["SESSION_HOURS"] * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SETTINGS["HTTPS"]
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "minsheng_web.office.views.faults.forged"
SECURE_HSTS_SECONDS = 31_536_000 if _SETTINGS["HTTPS"] else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

FILE_UPLOAD_HANDLERS = ["minsheng_web.office.uploads.LimitedUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# One form holds the counterparts of some 60 units in some 20 counties, two fields each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6_000

_TASKS_BACKEND = (
    "django_tasks.backends.immediate.ImmediateBackend"
    if _SETTINGS["TASKS_AT_ONCE"]
    else "django_tasks_db.DatabaseBackend"
)
TASKS = {"default": {"BACKEND": _TASKS_BACKEND}}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = _SETTINGS["TIME_ZONE"]
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATICFILES_DIRS = [_HERE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "minsheng_web.office.static_files.StaticFiles"},
}
# Files are served straight from the package: nothing has to be collected before a start.
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"tokens": {"()": "minsheng_web.conf.log_tokens.TokenFilter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["tokens"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
