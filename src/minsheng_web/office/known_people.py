"""Who a request is from, asked of the database at every request, in texts made once (records/prepared.py)."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.utils import timezone

from minsheng_web.records.access import holder
from minsheng_web.records.models import User
from minsheng_web.records.prepared import Prepared

_session = Prepared[Session](lambda key: Session.objects.filter(session_key=key))
_user = Prepared[User](lambda key: User.objects.filter(pk=key))


class SessionStore(DatabaseSessions):
    """Django's sessions in the database; Django looks for this name in the module SESSION_ENGINE names."""

    def _get_session_from_db(self) -> Session | None:
        """The session as it is stored; None where it is over or was ended."""
        for session in _session(self.session_key):
            if session.expire_date > timezone.now():
                return session
        self._session_key = None
        return None


class KnownPeople(ModelBackend):
    """Django's users with a password."""

    def get_user(self, user_id: Any) -> User | None:
        """The user of a session with the posts at hand; None where the account was removed or stopped."""
        key = int(user_id)
        user = holder(key) or next(iter(_user(key)), None)
        return user if self.user_can_authenticate(user) else None
