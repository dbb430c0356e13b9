"""A secret address under which a calendar asks for the weeks ahead."""

from typing import ClassVar

from django.db import models

from calfwise_web.journal.models import Journal


class Feed(models.Model):
    """One address a journal. The token in it is told once and never stored; renewing it replaces the digest."""

    journal = models.ForeignKey(Journal, on_delete=models.CASCADE, related_name="feeds")
    token_digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the token, in hexadecimal."""
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["journal"], name="one_feed_a_journal")]
