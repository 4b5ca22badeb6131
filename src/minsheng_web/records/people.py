"""Who makes the request."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from minsheng_web.records.models import User


def signed_in(request: HttpRequest) -> User:
    """The signed-in user. Raises PermissionDenied for a visitor, whom the middleware never lets this far."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
