"""What happened while sessions were played, as the phones wrote it down."""

from typing import ClassVar

from django.db import models

from calfwise_web.journal.models import Journal


class Happening(models.Model):
    """One event of a session, exactly as it came; never changed. Sent twice it is here once."""

    journal = models.ForeignKey(Journal, on_delete=models.CASCADE, related_name="happenings")
    session = models.CharField(max_length=64)
    """Of the plan, by id."""
    device = models.CharField(max_length=64)
    sequence = models.PositiveBigIntegerField()
    line = models.TextField()
    """A `Happened`, as JSON."""
    digest = models.CharField(max_length=64)
    """SHA-256 of the line: two events of one number are both kept, and the replay marks one."""
    arrived_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["journal", "session", "digest"], name="a_happening_once")
        ]
        indexes: ClassVar = [models.Index(fields=["journal", "session"], name="happenings_of_session")]
