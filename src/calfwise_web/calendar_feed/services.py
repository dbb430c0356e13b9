"""What makes, renews and ends a calendar's address."""

import secrets
from datetime import datetime

from django.db import transaction

from calfwise_web.account.services import digest_of
from calfwise_web.calendar_feed.models import Feed
from calfwise_web.journal.models import Journal

TOKEN_BYTES = 32
"""256 bits, as `secrets.token_urlsafe` counts."""


def feed_of(journal: Journal) -> Feed | None:
    return journal.feeds.first()


def renew(journal: Journal, *, after: str, now: datetime) -> str | None:
    """A new address in place of the present one; its token, which cannot be told again.

    Parameters
    ----------
    journal
        Its owner asks.
    after
        The present address, as the page that was pressed on knew it (`state_of`).
    now
        Aware.

    Returns
    -------
    str or None
        `None` where the page was of an earlier state: a form that was sent twice must not end what it has just made.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with transaction.atomic():
        journal.wait_for_others()
        if state_of(feed_of(journal)) != after:
            return None
        journal.feeds.update_or_create(defaults={"token_digest": digest_of(token), "made_at": now})
    return token


def revoke(journal: Journal) -> bool:
    """End the address, whatever it is; whether there was one."""
    deleted, _ = journal.feeds.all().delete()
    return bool(deleted)


def state_of(feed: Feed | None) -> str:
    """Which address a page knows of, without telling it."""
    return feed.made_at.isoformat() if feed else ""
