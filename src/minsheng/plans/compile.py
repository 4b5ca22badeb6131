"""From a document to a plan. ``PASSES`` is the order of the work; a reader starts here."""

from collections.abc import Callable

from minsheng.notices.document import Document
from minsheng.plans.assembly import assemble_projects, note_what_is_missing
from minsheng.plans.doubtful import tell_doubtful_numbers
from minsheng.plans.draft import Draft
from minsheng.plans.flows import find_flows, normalise
from minsheng.plans.head import read_head
from minsheng.plans.model import Plan
from minsheng.plans.outline import build_tree, find_projects
from minsheng.plans.project_tables import read_project_tables
from minsheng.plans.tables import read_tables
from minsheng.plans.unnumbered import read_unnumbered_lists

READER_VERSION = "2"
"""Raised whenever the same document may read otherwise than before."""

PASSES: tuple[Callable[[Draft], Draft], ...] = (
    normalise,
    find_flows,
    read_head,
    build_tree,
    find_projects,
    read_project_tables,
    read_unnumbered_lists,
    assemble_projects,
    read_tables,
    tell_doubtful_numbers,
    note_what_is_missing,
)


def compile_plan(document: Document) -> Plan:
    """Read the plan a document states. What cannot be settled is in the plan's ``problems``."""
    draft = Draft(document)
    for step in PASSES:
        draft = step(draft)
    return Plan(draft.head, draft.categories, draft.projects, draft.tables, draft.problems)
