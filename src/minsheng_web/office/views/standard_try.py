"""Trying one person on a standard: every step told, nothing kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from minsheng.standards.explain import explain
from minsheng.standards.money import yuan
from minsheng_web.office.screens.standard_form import try_form
from minsheng_web.office.views.standards import found_standard


@require_http_methods(["GET", "HEAD", "POST"])
def standard_try(request: HttpRequest, standard: str) -> HttpResponse:
    """The form; POST answers it: what is typed is nowhere stored, and stands in no address."""
    shelf, found = found_standard(standard)
    vocabulary = shelf.book.vocabulary
    posted = {key: str(value) for key, value in request.POST.items()} if request.method == "POST" else {}
    form = try_form(shelf.compiled[found.id], vocabulary, posted, timezone.localdate())
    told = None
    if form.question is not None:
        told = explain(shelf.bench.trace(form.question), found, form.question, vocabulary)
    shares = (told.answer.shares_fen or {}) if told else {}
    context = {
        "nav": "standards",
        "standard": found,
        "notice": shelf.notice_of(found),
        "form": form,
        "told": told,
        "shares": [(vocabulary.payers.get(payer, payer), yuan(part)) for payer, part in shares.items()],
    }
    status = 422 if posted and form.faults else 200
    return render(request, "office/standards/try.html", context, status=status)
