"""Whoever holds the address may read: the one place where a row is found by a secret and not by who asks."""

from calfwise_web.account.services import digest_of
from calfwise_web.calendar_feed.models import Feed
from calfwise_web.journal.models import Journal


def journal_of(token: str) -> Journal | None:
    """The journal whose address has this token, while its account is on.

    Wrong, renewed, revoked and switched off are one question and one answer. What is compared is a digest, so how far
    a guess agrees cannot be timed.
    """
    rows = Feed.objects.filter(token_digest=digest_of(token), journal__user__is_active=True)
    feed = rows.select_related("journal").first()
    return None if feed is None else feed.journal
