"""The office's addresses, all under the namespace ``office``."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from minsheng_web.office import (
    urls_breakdown,
    urls_comparing,
    urls_pace,
    urls_people,
    urls_periods,
    urls_programmes,
    urls_reports,
    urls_standards,
)
from minsheng_web.office.views import correcting, imports, proofreading, publishing
from minsheng_web.office.views.session import SignIn

app_name = "office"

DOCUMENT = "documents/<int:document_id>/"

urlpatterns = [
    path("sign-in/", SignIn.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("documents/", imports.documents, name="documents"),
    path(DOCUMENT, imports.document, name="document"),
    path(f"{DOCUMENT}progress/", imports.document_progress, name="document-progress"),
    path(f"{DOCUMENT}cancel/", imports.document_cancel, name="document-cancel"),
    path(f"{DOCUMENT}read-again/", imports.document_read_again, name="document-read-again"),
    path(f"{DOCUMENT}editor/", proofreading.document_editor, name="document-editor"),
    path(f"{DOCUMENT}lines/", proofreading.document_lines, name="document-lines"),
    path(f"{DOCUMENT}corrections/", proofreading.document_corrections, name="document-corrections"),
    path(f"{DOCUMENT}correct/", correcting.document_correct, name="document-correct"),
    path(f"{DOCUMENT}remove/", correcting.document_remove, name="document-remove"),
    path(f"{DOCUMENT}add/", correcting.document_add, name="document-add"),
    path(f"{DOCUMENT}undo/", correcting.document_undo, name="document-undo"),
    path(f"{DOCUMENT}publish/", publishing.document_publish, name="document-publish"),
    *urls_programmes.urlpatterns,
    *urls_comparing.urlpatterns,
    *urls_people.urlpatterns,
    *urls_breakdown.urlpatterns,
    *urls_reports.urlpatterns,
    *urls_periods.urlpatterns,
    *urls_pace.urlpatterns,
    *urls_standards.urlpatterns,
]
