"""Giving, taking and handing over posts; inviting into them."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from minsheng_web.office.views.managing import key, manager, told
from minsheng_web.records.access import (
    invitations_for,
    people_for,
    posts_for,
    programmes_for,
    regions_for,
    units_for,
)
from minsheng_web.records.actions.appointing import Seat, appoint, hand_over, recall
from minsheng_web.records.actions.invitations import invite, withdraw_invitation
from minsheng_web.records.actions.refused import Refused
from minsheng_web.records.duties import may_appoint
from minsheng_web.records.models import User
from minsheng_web.records.people import signed_in
from minsheng_web.records.queries.people import holders_of, post_in_reach, seat_choices, waiting_at
from minsheng_web.records.tokens import new_token


def seat_chosen(request: HttpRequest) -> Seat:
    """The post a form asks for; what is out of the person's reach was not chosen."""
    user = request.user
    units = units_for(user).select_related("region")
    programmes = programmes_for(user).select_related("region")
    return Seat(
        request.POST.get("role", ""),
        regions_for(user).filter(pk=key(request, "region")).first(),
        units.filter(pk=key(request, "unit")).first(),
        programmes.filter(pk=key(request, "programme")).first(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def invite_page(request: HttpRequest) -> HttpResponse:
    """The form of an invitation; once made, its link is shown this one time."""
    user = manager(request)
    context = {"nav": "people", "tab": "people", "choices": seat_choices(user)}
    if request.method != "POST":
        return render(request, "office/people/invite.html", context)
    token, days = new_token(), settings.INVITATION_DAYS
    made = invite(
        actor=user,
        seat=seat_chosen(request),
        display_name=request.POST.get("display_name", ""),
        token=token,
        lasts=timedelta(days=days),
        at=timezone.now(),
    )
    if isinstance(made, Refused):
        return render(
            request, "office/people/invite.html", context | {"fault": made.message, "typed": request.POST}
        )
    link = request.build_absolute_uri(reverse("office:invitation", args=[token]))
    return shown_once(request, {"link": link, "invitation": made, "until": made.expires_at})


def shown_once(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    """A link to hand over: never kept by the browser."""
    response = render(request, "office/people/link.html", context | {"nav": "people"})
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def invitation_withdraw(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """The link of an invitation works no longer."""
    held = invitations_for(request.user).select_related("post__region", "post__unit")
    invitation = get_object_or_404(held, pk=invitation_id)
    done = withdraw_invitation(actor=signed_in(request), invitation=invitation, at=timezone.now())
    name = invitation.display_name
    messages.info(request, f"已撤回对{name}的邀请。" if done else f"对{name}的邀请已使用或已撤回。")
    return redirect("office:people")


def _person(request: HttpRequest, person_id: int) -> User:
    return get_object_or_404(people_for(request.user), pk=person_id)


@require_POST
def person_give(request: HttpRequest, person_id: int) -> HttpResponse:
    """One more post for the person."""
    one, user = _person(request, person_id), manager(request)
    outcome = appoint(actor=user, user=one, seat=seat_chosen(request), at=timezone.now())
    told(request, outcome, f"{one}已上岗：{outcome}。")
    return redirect("office:person", person_id)


@require_POST
def person_take(request: HttpRequest, person_id: int) -> HttpResponse:
    """The person holds the post no longer."""
    one = _person(request, person_id)
    post = get_object_or_404(
        posts_for(request.user).select_related("region", "unit"), pk=key(request, "post")
    )
    outcome = recall(
        actor=signed_in(request),
        user=one,
        post=post,
        reason=request.POST.get("reason", ""),
        at=timezone.now(),
    )
    told(request, outcome, f"{one}已离岗：{post}。" if outcome else f"{one}已不在{post}。")
    return redirect("office:person", person_id)


@require_http_methods(["GET", "HEAD", "POST"])
def post_page(request: HttpRequest, post_id: int) -> HttpResponse:
    """A post: who holds and held it, what waits there, and handing it over."""
    user = signed_in(request)
    post = get_object_or_404(post_in_reach(user), pk=post_id)
    manager(request)
    context: dict[str, object] = {"nav": "people", "tab": "people", "post": post}
    if request.method == "POST":
        taker = people_for(user).filter(pk=key(request, "taker")).first()
        giver = people_for(user).filter(pk=key(request, "giver")).first()
        outcome: object = Refused("请选择移交人和接任人。")
        may = may_appoint(user, post.role, post.region)
        if not may or (taker is not None and giver is not None):
            outcome = hand_over(
                actor=user,
                post=post,
                giver=giver or user,
                taker=taker or user,
                reason=request.POST.get("reason", ""),
                at=timezone.now(),
            )
        if told(request, outcome, f"{post}已由{giver}移交给{taker}，未办事项随岗位转交。"):
            return redirect("office:post", post_id)
        context["typed"] = request.POST
    holders = holders_of(post)
    context |= {
        "now": [one for one in holders if one.until is None],
        "before": [one for one in holders if one.until is not None],
        "waiting": waiting_at(post),
        "may": may_appoint(user, post.role, post.region),
        "takers": people_for(user).filter(is_active=True).order_by("display_name", "pk")[:1000],
        "giver": key(request, "giver"),
    }
    return render(request, "office/people/post.html", context)
