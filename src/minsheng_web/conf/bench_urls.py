"""The site's addresses and the yardstick: one indexed query and a line of HTML, for whoever asks."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from minsheng_web.conf.urls import handler400, handler403, handler404, handler500
from minsheng_web.conf.urls import urlpatterns as of_the_site
from minsheng_web.records.models import ReportLine

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@require_safe
@login_not_required
def bare(_request: HttpRequest, line: int) -> HttpResponse:
    """A row by its key."""
    state = ReportLine.objects.values_list("state", flat=True).get(pk=line)
    return HttpResponse(f"<!doctype html><title>bench</title><p>{line} {state}</p>")


urlpatterns = [*of_the_site, path("bench/bare/<int:line>/", bare, name="bare")]
