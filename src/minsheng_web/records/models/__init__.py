"""All models; each lives in the module of its subject."""

from minsheng_web.records.models.audit import AuditEvent
from minsheng_web.records.models.documents import CorrectionRow, Document, Reading
from minsheng_web.records.models.measures import PublishedMeasure
from minsheng_web.records.models.pairings import ProjectPairing
from minsheng_web.records.models.people import Post, User
from minsheng_web.records.models.programmes import (
    PlanVersion,
    Programme,
    PublishedProject,
    PublishedTarget,
    PublishedUnit,
)
from minsheng_web.records.models.regions import Region

__all__ = [
    "AuditEvent",
    "CorrectionRow",
    "Document",
    "PlanVersion",
    "Post",
    "Programme",
    "ProjectPairing",
    "PublishedMeasure",
    "PublishedProject",
    "PublishedTarget",
    "PublishedUnit",
    "Reading",
    "Region",
    "User",
]
