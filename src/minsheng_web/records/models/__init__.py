"""All models; each lives in the module of its subject."""

from minsheng_web.records.models.accounts import PasswordLink
from minsheng_web.records.models.audit import AuditEvent
from minsheng_web.records.models.breakdown import Allocation, DivisionProposal, DivisionVersion, Indicator
from minsheng_web.records.models.documents import CorrectionRow, Document, Reading
from minsheng_web.records.models.evidence import Evidence
from minsheng_web.records.models.measures import PublishedMeasure
from minsheng_web.records.models.pace import Closing, LightRuleSet, OwnCurve, PaceCell, PaceSeal, Standing
from minsheng_web.records.models.pairings import ProjectPairing
from minsheng_web.records.models.people import Holding, Invitation, Post, User
from minsheng_web.records.models.programmes import (
    PlanVersion,
    Programme,
    PublishedProject,
    PublishedTarget,
    PublishedUnit,
)
from minsheng_web.records.models.regions import Region
from minsheng_web.records.models.reports import (
    Reminder,
    ReportingRule,
    ReportLine,
    ReportPeriod,
    Snapshot,
    SnapshotLine,
)
from minsheng_web.records.models.sheets import SheetBatch
from minsheng_web.records.models.standards import Simulation, StandardEdit, StandardVersionRow
from minsheng_web.records.models.units import Unit, UnitName

__all__ = [
    "Allocation",
    "AuditEvent",
    "Closing",
    "CorrectionRow",
    "DivisionProposal",
    "DivisionVersion",
    "Document",
    "Evidence",
    "Holding",
    "Indicator",
    "Invitation",
    "LightRuleSet",
    "OwnCurve",
    "PaceCell",
    "PaceSeal",
    "PasswordLink",
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
    "Reminder",
    "ReportLine",
    "ReportPeriod",
    "ReportingRule",
    "SheetBatch",
    "Simulation",
    "Snapshot",
    "SnapshotLine",
    "StandardEdit",
    "StandardVersionRow",
    "Standing",
    "Unit",
    "UnitName",
    "User",
]
