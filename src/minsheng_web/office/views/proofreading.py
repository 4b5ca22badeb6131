"""The proofreading screen: the text beside the plan, and the form of the thing that is chosen."""

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from minsheng.plans.compile import READER_VERSION
from minsheng.plans.model import ROLES
from minsheng_web.office.screens.choosing import adding_editor, editor_at
from minsheng_web.office.screens.editor import Editor
from minsheng_web.office.screens.figures import ROLE_LETTERS
from minsheng_web.office.screens.findings import correction_lines, finding_rows
from minsheng_web.office.screens.lines import Gap, shown_lines, text_lines, unfolded
from minsheng_web.office.screens.tree import tree
from minsheng_web.office.words import ROLE_WORDS
from minsheng_web.records.access import documents_for
from minsheng_web.records.actions.corrections import line_of
from minsheng_web.records.duties import may_write
from minsheng_web.records.models import Document
from minsheng_web.records.models.documents import DocumentState
from minsheng_web.records.queries.workspace import Workspace, workspace

PANELS = ("plan", "findings", "corrections")


def opened(request: HttpRequest, document_id: int) -> Workspace:
    """The workspace of a document the person may see; 404 where there is none (yet)."""
    rows = documents_for(request.user).select_related("office", "uploaded_by")
    document = get_object_or_404(rows, pk=document_id, state=DocumentState.READ)
    space = workspace(document)
    if space is None:
        raise Http404
    return space


def screen(request: HttpRequest, document: Document, editor: Editor | None = None) -> HttpResponse:
    """The whole screen; ``?at=`` chooses a thing, ``?panel=`` what the right side shows."""
    space = workspace(document)
    if space is None:
        raise Http404
    if editor is None:
        editor = _asked_for(request, space)
    panel = request.GET.get("panel", "plan")
    return render(
        request,
        "office/proofreading/screen.html",
        screen_values(request, space)
        | {
            "editor": editor,
            "chosen": editor.anchor if editor else "",
            "panel": panel if panel in PANELS else "plan",
            "lines": shown_lines(space.lines, space.plan, _lines_that_matter(request, space)),
            "groups": tree(space),
            "legend": legend(space),
        },
    )


def _lines_that_matter(request: HttpRequest, space: Workspace) -> set[int]:
    """Lines of findings, of corrections and of the address."""
    found = {source.line for finding in space.findings for source in finding.sources}
    found |= {line for line in (line_of(row.anchor) for row in space.corrections) if line is not None}
    asked = request.GET.get("line", "")
    return found | ({int(asked)} if _is_line(asked) else set())


def _is_line(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 9


def _asked_for(request: HttpRequest, space: Workspace) -> Editor | None:
    if request.GET.get("at"):
        return editor_at(space, request.GET["at"])
    if request.GET.get("line"):
        return adding_editor(space, request.GET)
    return None


def screen_values(request: HttpRequest, space: Workspace) -> dict[str, object]:
    """What the screen and its parts share."""
    standing = sum(row.undone_at is None for row in space.corrections)
    return {
        "nav": "documents",
        "document": space.document,
        "space": space,
        "writes": may_write(request.user, space.document.office),
        "findings": finding_rows(space.findings),
        "corrections": correction_lines(space.corrections),
        "standing": standing,
        "mine": any(row.by_id == request.user.pk and row.undone_at is None for row in space.corrections),
        "quantity_count": sum(len(project.quantities) for project in space.plan.projects),
        "newer_reader": space.reading.reader_version != READER_VERSION,
        "latest": space.document.versions.defer("plan", "lines", "findings").order_by("-number").first(),
    }


def legend(space: Workspace) -> list[tuple[str, str, str, int]]:
    """Role, letter, word and how many quantities have it."""
    counts = dict.fromkeys(ROLES, 0)
    for project in space.plan.projects:
        for quantity in project.quantities:
            counts[quantity.role] += 1
    return [(role, ROLE_LETTERS[role], ROLE_WORDS[role], counts[role]) for role in ROLES]


@require_GET
def document_editor(request: HttpRequest, document_id: int) -> HttpResponse:
    """The form of one thing (``?at=``) or of a quantity to add (``?line=`` and its span or text)."""
    space = opened(request, document_id)
    editor = _asked_for(request, space)
    values = {"document": space.document, "writes": may_write(request.user, space.document.office)}
    return render(request, "office/proofreading/_editor.html", values | {"editor": editor})


@require_GET
def document_lines(request: HttpRequest, document_id: int) -> HttpResponse:
    """Lines ``first`` to ``last`` of a long text, at most so many at once, with what is left to unfold."""
    space = opened(request, document_id)
    first, last = request.GET.get("first", ""), request.GET.get("last", "")
    if not (_is_line(first) and _is_line(last)):
        raise BadRequest("lines")
    rows = unfolded(space.lines, int(first), int(last))
    made = text_lines(space.lines, space.plan, (row for row in rows if isinstance(row, int)))
    lines = (*made, *(row for row in rows if isinstance(row, Gap)))
    return render(request, "office/proofreading/_lines.html", {"document": space.document, "lines": lines})


@require_GET
def document_corrections(request: HttpRequest, document_id: int) -> HttpResponse:
    """Every correction ever made: who, when, what, from, to, undone by whom."""
    space = opened(request, document_id)
    return render(request, "office/proofreading/corrections.html", screen_values(request, space))
