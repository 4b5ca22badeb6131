"""Inviting somebody without an account into a post. The token is handed over once; only its hash is kept."""

from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from minsheng_web.records.actions.appointing import Seat, seat_fault, seat_of
from minsheng_web.records.actions.refused import Refused
from minsheng_web.records.audit import record
from minsheng_web.records.duties import may_appoint
from minsheng_web.records.models import Holding, Invitation, PasswordLink, User
from minsheng_web.records.tokens import token_hash

USED, WITHDRAWN, EXPIRED = "used", "withdrawn", "expired"
PASSWORD_RULE = "密码不符合要求：至少 10 位，不能是常见密码，也不能与用户名相近。"  # noqa: S105 - a sentence


def state_of_key(key: Invitation | PasswordLink, at: datetime) -> str:
    """Why an invitation or a password link no longer works; "" where it does."""
    if key.used_at is not None:
        return USED
    if key.withdrawn_at is not None:
        return WITHDRAWN
    return EXPIRED if key.expires_at <= at else ""


def invite(
    *, actor: User, seat: Seat, display_name: str, token: str, lasts: timedelta, at: datetime
) -> Invitation | Refused:
    """An invitation into the post. Raises PermissionDenied where the actor may not appoint there."""
    fault = seat_fault(seat)
    if fault:
        return Refused(fault)
    if not may_appoint(actor, seat.role, seat.where):
        raise PermissionDenied
    name = display_name.strip()
    if not 1 < len(name) <= 50:
        return Refused("请填写被邀请人的姓名（2 到 50 个字）。")
    with transaction.atomic():
        post = seat_of(seat)
        same = Invitation.objects.filter(
            post=post, display_name=name, used_at=None, withdrawn_at=None, expires_at__gt=at
        )
        if same.exists():
            return Refused(f"{name}已有一份未使用的同岗位邀请；需要新链接的，请先撤回原来的邀请。")
        invitation = Invitation.objects.create(
            post=post,
            display_name=name,
            token_hash=token_hash(token),
            made_by=actor,
            made_at=at,
            expires_at=at + lasts,
        )
        record(actor=actor, action="invitation.make", row=invitation, new={"name": name, "post": str(post)})
    return invitation


def withdraw_invitation(*, actor: User, invitation: Invitation, at: datetime) -> bool:
    """The invitation works no longer; False where it had ended before."""
    if not may_appoint(actor, invitation.post.role, invitation.post.region):
        raise PermissionDenied
    with transaction.atomic():
        open_one = Invitation.objects.filter(pk=invitation.pk, used_at=None, withdrawn_at=None)
        done = open_one.update(withdrawn_at=at)
        if done:
            record(actor=actor, action="invitation.withdraw", row=invitation)
    return bool(done)


def find_invitation(token: str) -> Invitation | None:
    """The invitation of a token."""
    held = Invitation.objects.select_related("post__region", "post__unit", "post__programme")
    return held.filter(token_hash=token_hash(token)).first()


def accept_invitation(
    *, invitation: Invitation, username: str, password: str, again: str, at: datetime
) -> User | Refused:
    """A new account that holds the post. The token is the permission, so there is no actor."""
    fault = account_fault(username, password, again, invitation.display_name)
    if fault:
        return Refused(fault)
    try:
        with transaction.atomic():
            return _accept(invitation, username, password, at)
    except IntegrityError:
        return Refused(f"用户名“{username}”已被使用，请换一个。")


def _accept(invitation: Invitation, username: str, password: str, at: datetime) -> User | Refused:
    held = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if state_of_key(held, at):
        return Refused("这份邀请已经失效，请联系邀请您的人。")
    if invitation.post.unit is not None and not invitation.post.unit.active:
        return Refused("这份邀请所属的单位已停用，请联系邀请您的人。")
    if User.objects.filter(username__iexact=username).exists():
        return Refused(f"用户名“{username}”已被使用，请换一个。")
    user = User.objects.create_user(
        username=username, password=password, display_name=invitation.display_name
    )
    Holding.objects.create(post=invitation.post, user=user, since=at)
    held.used_by, held.used_at = user, at
    held.save(update_fields=["used_by", "used_at"])
    record(
        actor=user,
        action="invitation.accept",
        row=held,
        new={"user": username, "post": str(invitation.post), "invited_by": held.made_by_id},
    )
    return user


def account_fault(username: str, password: str, again: str, name: str = "") -> str:
    """What is wrong with a user name and a new password, as a sentence."""
    user = User(username=username, display_name=name)
    try:
        User.username_validator(username)
    except ValidationError:
        return "用户名只能用字母、数字、汉字和 @ . + - _，不能有空格。"
    if not 2 < len(username) <= 50:
        return "用户名应为 3 到 50 个字符。"
    return password_fault(user, password, again)


def password_fault(user: User, password: str, again: str) -> str:
    """What is wrong with a new password, as a sentence."""
    if password != again:
        return "两次输入的密码不一致，请重新输入。"
    try:
        validate_password(password, user)
    except ValidationError:
        return PASSWORD_RULE
    return ""
