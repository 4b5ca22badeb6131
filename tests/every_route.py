"""Every route of the site with its row of who gets what, and an address of it that there is."""

import importlib
import pkgutil
from datetime import UTC, datetime

from django.urls import get_resolver, reverse

import permissions
from minsheng_web.records.actions.pairings import Decision, decide_pairing
from minsheng_web.records.actions.publish_document import publish_document
from minsheng_web.records.models import Document, PlanVersion, ProjectPairing
from permissions.rows import Row

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

PERMISSIONS: dict[str, Row] = {
    name: row
    for module in pkgutil.iter_modules(permissions.__path__, "permissions.")
    if module.name != "permissions.rows"
    for name, row in importlib.import_module(module.name).PERMISSIONS.items()
}


def routes() -> dict[str, object]:
    """Every route of the site by name."""
    found = {}
    for included in get_resolver().url_patterns:
        for pattern in included.url_patterns:
            found[pattern.name] = pattern
    return found


def address(name: str, document: Document, delivery) -> str:
    version, row = delivery.version, PERMISSIONS[name]
    known = {
        "document_id": document.pk,
        "programme": version.programme_id,
        "number": 1,
        "region_id": version.programme.region_id,
    }
    known |= row.kwargs(delivery) if row.kwargs else {}
    wanted = routes()[name].pattern.converters
    path = reverse(f"office:{name}", kwargs={key: known[key] for key in wanted})
    return path + keys_of(row.query, version)


def keys_of(text: str, version: PlanVersion) -> str:
    """The text with the keys of two versions of the city's programme and of a pairing of them."""
    if not any(word in text for word in ("FIRST", "SECOND", "PAIRING")):
        return text
    second = version.programme.versions.filter(number=2).first() or publish_again(version)
    if text == "PAIRING":
        pairing = ProjectPairing.objects.filter(undone_at=None).first() or decide_pairing(
            actor=version.published_by, a=version, b=second, decision=Decision(1, None), seen=None, at=NOW
        )
        return str(pairing.pk)
    return text.replace("FIRST", str(version.pk)).replace("SECOND", str(second.pk))


def publish_again(version: PlanVersion) -> PlanVersion:
    again = publish_document(actor=version.published_by, document=version.document, at=NOW, reason="调整")
    assert isinstance(again, PlanVersion)
    return again
