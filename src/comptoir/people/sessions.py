"""Sessions as Django keeps them in the database; read by a statement that is written down once.

Every page of a member begins so, and the ORM takes longer to put it together than it takes to run.
"""

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from comptoir.common.rows import fetch_row

READ = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """The name by which Django finds it."""

    def load(self) -> dict[str, Any]:
        row = fetch_row(READ, [self.session_key, timezone.now()])
        if row is None:
            self._session_key = None
            return {}
        return dict(self.decode(row[0]))
