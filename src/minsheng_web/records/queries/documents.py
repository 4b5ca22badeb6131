"""Uploads as the list shows them."""

from django.db.models import OuterRef, QuerySet, Subquery

from minsheng_web.records.access import Person, documents_for
from minsheng_web.records.models import Document, PlanVersion


def document_list(person: Person) -> QuerySet[Document]:
    """The person's uploads, latest first, with ``programme_id`` and ``version_number`` where published."""
    latest = PlanVersion.objects.filter(document=OuterRef("pk")).order_by("-number")
    return (
        documents_for(person)
        .defer("lines")
        .select_related("office", "uploaded_by")
        .annotate(
            programme_id=Subquery(latest.values("programme_id")[:1]),
            version_number=Subquery(latest.values("number")[:1]),
        )
    )
