"""The office's addresses, all under the namespace ``office``."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from minsheng_web.office import urls_programmes
from minsheng_web.office.views.session import SignIn

app_name = "office"

urlpatterns = [
    path("sign-in/", SignIn.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    *urls_programmes.urlpatterns,
]
