"""The site's addresses: the office at the root. Error pages are ours."""

from django.urls import include, path

urlpatterns = [path("", include("minsheng_web.office.urls"))]

handler400 = "minsheng_web.office.views.faults.bad_request"
handler403 = "minsheng_web.office.views.faults.forbidden"
handler404 = "minsheng_web.office.views.faults.not_found"
handler500 = "minsheng_web.office.views.faults.server_error"
