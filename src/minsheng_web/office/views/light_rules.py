"""The rules of the lights: what is in force, editing a copy, trying it on past months, adopting it."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from minsheng.progress.pace.presets import Preset, default_rules, presets
from minsheng.progress.pace.rules import LightRules
from minsheng.progress.pace.rules_check import read_rules
from minsheng_web.office.screens import light_rules as screens
from minsheng_web.office.screens.light_trial import changes_table, trial_table
from minsheng_web.office.views.pace_frame import PacePage, pace_page
from minsheng_web.office.views.report_scope import is_key
from minsheng_web.records.access import light_rules_for
from minsheng_web.records.actions.pace_rules import NotAdopted, adopt_rules
from minsheng_web.records.duties import may_write
from minsheng_web.records.models import LightRuleSet, Programme
from minsheng_web.records.models.regions import Level
from minsheng_web.records.people import signed_in
from minsheng_web.records.queries.pace_trial import NotTried, try_on_past

CURRENT = "current"


@require_http_methods(["GET", "POST"])
def light_rules(request: HttpRequest, programme: int) -> HttpResponse:
    """GET shows the rules in force and a copy to edit; POST tries that copy or adopts it."""
    page = pace_page(request, programme, "light-rules")
    owner = page.programme
    writes = may_write(request.user, owner.region, owner.pk)
    if request.method == "POST" and not writes:
        raise PermissionDenied
    versions = tuple(light_rules_for(request.user).filter(programme=owner).select_related("made_by"))
    asked = request.POST if request.method == "POST" else request.GET
    base, key = _base(versions, asked.get("base", ""))
    context = {
        **page.context,
        **_shown(versions),
        "writes": writes,
        "base": key,
        "presets": presets(),
        "chosen": next((one for one in presets() if one.key == key), None),
        "levels": _levels(owner),
        **_edited(base, {}),
    }
    if request.method == "POST":
        done = _posted(request, page, base, context)
        if done is not None:
            return done
    return render(request, "office/pace/light_rules.html", context)


def _base(versions: tuple[LightRuleSet, ...], key: str) -> tuple[LightRules, str]:
    """The set to start from: a preset by its key, else the one in force."""
    found: Preset | None = next((one for one in presets() if one.key == key), None)
    if found is not None:
        return found.rules, found.key
    return (LightRules.from_json(versions[0].rules) if versions else default_rules()), CURRENT


def _shown(versions: tuple[LightRuleSet, ...]) -> dict[str, Any]:
    """What is in force, in words, and every set there was."""
    rules = [(one, LightRules.from_json(one.rules)) for one in versions]
    now = rules[0][1] if rules else default_rules()
    return {
        "in_force": versions[0] if versions else None,
        "in_force_name": now.name,
        "in_force_words": screens.words_of(now),
        "versions": [(one, screens.words_of(read)) for one, read in rules],
        "seen": versions[0].number if versions else 0,
    }


def _edited(base: LightRules, form: Mapping[str, str]) -> dict[str, Any]:
    """The form: the set it starts from, with what was typed."""
    return {
        "parts": screens.edited_parts(base, form),
        "name": form.get("name", base.name),
        "reason": form.get("reason", ""),
        "level": form.get("level", ""),
    }


def _posted(
    request: HttpRequest, page: PacePage, base: LightRules, context: dict[str, Any]
) -> HttpResponse | None:
    """Adopting leads away; trying adds what came of it to the page."""
    form = {name: text[:500] for name, text in request.POST.items() if isinstance(text, str)}
    context |= _edited(base, form)
    typed = screens.typed_rules(base, form)
    if form.get("act") == "adopt":
        return _adopt(request, page.programme, typed, form, context)
    rules, problems = read_rules(typed)
    context["problems"] = problems
    if rules is not None and not problems:
        level = form.get("level", "")
        known = level if level in dict(Level.choices) else str(page.programme.region.level)
        tried = try_on_past(request.user, page.programme.pk, rules, level=known)
        if isinstance(tried, NotTried):
            context["problems"] = (tried.message,)
        else:
            names = dict(context["choices"].periods) if page.view else {}
            context |= {"tried": trial_table(tried, names), "changes": changes_table(tried)}
    return None


def _adopt(
    request: HttpRequest,
    programme: Programme,
    typed: dict[str, Any],
    form: dict[str, str],
    context: dict[str, Any],
) -> HttpResponse | None:
    seen = form.get("seen", "")
    outcome = adopt_rules(
        actor=signed_in(request),
        programme=programme,
        rules=typed,
        reason=form.get("reason", ""),
        at=timezone.now(),
        seen=int(seen) if is_key(seen) else None,
    )
    if isinstance(outcome, NotAdopted):
        context["problems"] = outcome.messages
        return None
    messages.success(request, f"已采用第{outcome.number}套规则，从下一次关闭填报期起按它亮灯。")
    return redirect("office:light-rules", programme=programme.pk)


def _levels(programme: Programme) -> tuple[tuple[str, str], ...]:
    """Levels to try on: from the programme's own down."""
    levels = [str(value) for value in Level.values]
    own = str(programme.region.level)
    first = levels.index(own) if own in levels else 0
    words = {str(value): str(word) for value, word in Level.choices}
    return tuple((level, words[level]) for level in levels[first:] if level != "village")
