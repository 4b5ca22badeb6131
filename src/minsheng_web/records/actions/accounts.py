"""Stopping and resuming accounts, setting passwords, ending sessions."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from minsheng_web.records.access import forget_posts
from minsheng_web.records.actions.appointing import is_last_administrator
from minsheng_web.records.actions.invitations import password_fault, state_of_key
from minsheng_web.records.actions.refused import Refused
from minsheng_web.records.audit import record
from minsheng_web.records.duties import may_manage_account
from minsheng_web.records.models import Holding, PasswordLink, Post, User
from minsheng_web.records.tokens import token_hash


def held_posts(user: User) -> tuple[Post, ...]:
    """Every post the user holds now."""
    held = Post.objects.filter(holdings__user=user, holdings__until=None)
    return tuple(held.select_related("region", "unit"))


def _require_manager(actor: User, user: User) -> None:
    if not may_manage_account(actor, held_posts(user)):
        raise PermissionDenied


def end_sessions(user: User) -> None:
    """End every session of the user at once. Inside a transaction of an action."""
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    user.refresh_from_db(fields=["session_round"])


def stop_account(*, actor: User, user: User, reason: str, at: datetime) -> User | Refused:
    """Nobody signs in with the account any more; its posts end, its sessions end at once."""
    _require_manager(actor, user)
    if not reason.strip():
        return Refused("请写明停用账号的原因，例如“调离”。")
    if actor.pk == user.pk:
        return Refused("不能停用自己的账号，请由别人办理。")
    reason = reason.strip()[:200]
    with transaction.atomic():
        if is_last_administrator(user):
            return Refused("这是最后一位系统管理员，不能停用。")
        if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
            return Refused(f"{user}的账号已经停用。")
        posts = [str(post) for post in held_posts(user)]
        Holding.objects.filter(user=user, until=None).update(until=at, reason=reason)
        PasswordLink.objects.filter(user=user, used_at=None, withdrawn_at=None).update(withdrawn_at=at)
        end_sessions(user)
        forget_posts(user)
        user.is_active = False
        record(actor=actor, action="user.stop", row=user, old={"posts": posts}, new={"reason": reason})
    return user


def resume_account(*, actor: User, user: User) -> User | Refused:
    """The account may be used again; posts are given anew. Without a post it is the administrator's to do."""
    _require_manager(actor, user)
    with transaction.atomic():
        if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
            return Refused(f"{user}的账号没有停用。")
        user.is_active = True
        record(actor=actor, action="user.resume", row=user)
    return user


def make_password_link(
    *, actor: User, user: User, token: str, lasts: timedelta, at: datetime
) -> PasswordLink | Refused:
    """A one-time link to set a new password; those made before work no longer."""
    _require_manager(actor, user)
    if not user.is_active:
        return Refused(f"{user}的账号已停用，请先恢复账号。")
    with transaction.atomic():
        PasswordLink.objects.filter(user=user, used_at=None, withdrawn_at=None).update(withdrawn_at=at)
        link = PasswordLink.objects.create(
            user=user, token_hash=token_hash(token), made_by=actor, made_at=at, expires_at=at + lasts
        )
        record(actor=actor, action="password.link", row=user)
    return link


def find_password_link(token: str) -> PasswordLink | None:
    """The link of a token."""
    return PasswordLink.objects.select_related("user").filter(token_hash=token_hash(token)).first()


def use_password_link(*, link: PasswordLink, password: str, again: str, at: datetime) -> User | Refused:
    """Set the password; every session of the account ends. The token is the permission."""
    fault = password_fault(link.user, password, again)
    if fault:
        return Refused(fault)
    with transaction.atomic():
        held = PasswordLink.objects.select_for_update().get(pk=link.pk)
        if state_of_key(held, at) or not link.user.is_active:
            return Refused("这个链接已经失效，请联系管理人员重新获取。")
        held.used_at = at
        held.save(update_fields=["used_at"])
        _set_password(link.user, password)
        record(actor=link.user, action="password.set", row=link.user, new={"by": "link"})
    return link.user


def change_password(*, actor: User, old: str, password: str, again: str) -> User | Refused:
    """One's own password; sessions elsewhere end."""
    if not actor.check_password(old):
        return Refused("原密码不正确，请重新输入。")
    fault = password_fault(actor, password, again)
    if fault:
        return Refused(fault)
    if old == password:
        return Refused("新密码与原密码相同，请换一个。")
    with transaction.atomic():
        _set_password(actor, password)
        record(actor=actor, action="password.set", row=actor, new={"by": "self"})
    return actor


def _set_password(user: User, password: str) -> None:
    user.set_password(password)
    user.save(update_fields=["password"])
    end_sessions(user)


def sign_out_everywhere(*, actor: User) -> None:
    """End every session of one's own account."""
    with transaction.atomic():
        end_sessions(actor)
        record(actor=actor, action="user.sign_out_everywhere", row=actor)
