"""An account and its session in a data folder, as a program of its own: prints the session's cookie."""

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.utils import timezone  # noqa: E402

from calfwise_web.account.models import User  # noqa: E402
from calfwise_web.journal.services import open_journal  # noqa: E402


def session_of(name: str) -> str:
    """Sign a new account in."""
    user = User.objects.create_user(name, password="calm calves climb")
    open_journal(user, time_zone="Europe/Berlin", consent_version="test", at=timezone.now())
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


if __name__ == "__main__":
    print(session_of("ann"))
