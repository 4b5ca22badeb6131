"""The second factor: a code of the moment from an app, or a recovery code.

django-otp keeps the secrets, the clock's drift and how long to wait after wrong codes.
"""

import hashlib
import math
import secrets
from base64 import b32encode
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from minsheng_web.records.access import is_administrator, posts_of
from minsheng_web.records.actions.accounts import end_sessions
from minsheng_web.records.actions.refused import Refused
from minsheng_web.records.audit import record
from minsheng_web.records.models import User

RECOVERY_CODES = 10
_CODE_LENGTH = 10
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_KEPT = 16


def has_factor(user: User) -> bool:
    """Whether the user signs in with a second factor."""
    return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())


def must_have_factor(user: User, roles: tuple[str, ...]) -> bool:
    """Whether a post the user holds asks for one."""
    return any(post.role in roles for post in posts_of(user))


def begun_device(user: User) -> TOTPDevice | None:
    """The device being set up, not confirmed yet."""
    return TOTPDevice.objects.filter(user=user, confirmed=False).order_by("-pk").first()


def secret_text(device: TOTPDevice) -> str:
    """The secret as one types it: groups of four."""
    text = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def begin_factor(*, actor: User) -> TOTPDevice | Refused:
    """A new secret to be confirmed with a code; one begun before is forgotten."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=actor.pk)
        if has_factor(actor):
            return Refused("您已设置动态验证码。更换手机的，请联系系统管理员重置后再设置。")
        TOTPDevice.objects.filter(user=actor, confirmed=False).delete()
        return TOTPDevice.objects.create(user=actor, name="app", confirmed=False)


def confirm_factor(*, actor: User, code: str) -> tuple[str, ...] | Refused:
    """The factor counts from now on; the recovery codes, which are shown this once. Other sessions end."""
    with transaction.atomic():
        device = TOTPDevice.objects.select_for_update().filter(user=actor, confirmed=False).last()
        if device is None:
            return Refused("设置已过期，请重新开始设置。")
        fault = _try(device, _digits(code))
        if fault:
            return Refused(fault)
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        codes = _new_codes(actor)
        end_sessions(actor)
        record(actor=actor, action="factor.set", row=actor)
    return codes


def _new_codes(user: User) -> tuple[str, ...]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery", confirmed=True)
    codes = tuple(
        "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH)) for _ in range(RECOVERY_CODES)
    )
    for code in codes:
        device.token_set.create(token=_kept(code))
    return tuple(f"{code[:5]}-{code[5:]}" for code in codes)


def _kept(code: str) -> str:
    """What the database keeps of a recovery code: not the code."""
    return hashlib.sha256(code.encode()).hexdigest()[:_KEPT]


def pass_factor(*, actor: User, code: str) -> User | Refused:
    """Whether the code is the one of this moment, or a recovery code, which is used up by it."""
    plain = "".join(code.split()).replace("-", "").lower()
    with transaction.atomic():
        if len(plain) == _CODE_LENGTH and not plain.isdecimal():
            return _pass_by_recovery(actor, plain)
        device = TOTPDevice.objects.select_for_update().filter(user=actor, confirmed=True).first()
        fault = _try(device, _digits(code)) if device else "没有设置动态验证码。"
    return Refused(fault) if fault else actor


def _pass_by_recovery(actor: User, plain: str) -> User | Refused:
    device = StaticDevice.objects.select_for_update().filter(user=actor).first()
    fault = _try(device, _kept(plain)) if device else "恢复码不正确。"
    if fault:
        return Refused(fault.replace("验证码", "恢复码"))
    left = device.token_set.count()
    record(actor=actor, action="factor.recovery", row=actor, new={"left": left})
    return actor


def _digits(code: str) -> str:
    plain = "".join(code.split())
    return plain if plain.isascii() and plain.isdecimal() and len(plain) == 6 else ""


def _try(device: TOTPDevice | StaticDevice, token: str) -> str:
    """Why the token is not taken, as a sentence; "" where it is. Wrong ones make the next wait longer."""
    allowed, facts = device.verify_is_allowed()
    if not allowed:
        return _wait_words(facts["locked_until"])
    return "" if device.verify_token(token) else "验证码不正确，请输入手机上最新的 6 位数字。"


def _wait_words(until: datetime) -> str:
    seconds = max(1, math.ceil((until - datetime.now(until.tzinfo)).total_seconds()))
    wait = f"{seconds} 秒" if seconds < 90 else f"{math.ceil(seconds / 60)} 分钟"
    return f"验证码连续输错，请等待 {wait}后再试。"


def reset_factor(*, actor: User, user: User) -> bool:
    """Another person's factor is gone, their sessions end. The administrator's to do."""
    if not is_administrator(actor):
        raise PermissionDenied
    with transaction.atomic():
        gone, _ = TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()
        if gone:
            User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
            record(actor=actor, action="factor.reset", row=user)
    return bool(gone)
