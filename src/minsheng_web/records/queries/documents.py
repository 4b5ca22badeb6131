"""Uploads as the list shows them."""

from django.db.models import OuterRef, QuerySet, Subquery

from minsheng_web.records.access import Person, documents_for
from minsheng_web.records.models import Document, PlanVersion, Reading
from minsheng_web.records.models.documents import DocumentState


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


def read_by_other_versions(version: str | None) -> QuerySet[Document]:
    """Documents last read by another version (None: all that were read). For the program itself."""
    latest = Reading.objects.filter(document=OuterRef("pk")).order_by("-id").values("reader_version")[:1]
    read = Document.objects.filter(state=DocumentState.READ).defer("lines").annotate(latest=Subquery(latest))
    return read if version is None else read.exclude(latest=version)
