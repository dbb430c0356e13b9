"""Accounts with a planned session each, in a data folder, as a program of its own: tells cookies and sessions."""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.auth.hashers import make_password  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.utils import timezone  # noqa: E402

from calfwise_web.account.models import User  # noqa: E402
from calfwise_web.journal.services import open_journal  # noqa: E402
from tests.web.conftest import PASSWORD  # noqa: E402
from tests.web.player.phones import checks_in  # noqa: E402


def planned_for(name: str, password: str) -> dict[str, str]:
    """A new account, signed in, that checked in a moment ago."""
    user = User.objects.create(username=name, password=password)
    journal = open_journal(user, time_zone="Europe/Berlin", consent_version="test", at=timezone.now())
    signed_in = SessionStore()
    signed_in[SESSION_KEY] = str(user.pk)
    signed_in[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    signed_in[HASH_SESSION_KEY] = user.get_session_auth_hash()
    signed_in.save()
    plan = checks_in(journal)
    assert plan is not None
    return {"name": name, "cookie": str(signed_in.session_key), "session": plan.id}


if __name__ == "__main__":
    hashed = make_password(PASSWORD)
    print(json.dumps([planned_for(name, hashed) for name in sys.argv[1:]]))
