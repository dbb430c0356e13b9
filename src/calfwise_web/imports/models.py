"""What was brought, and what became of each file."""

import uuid
from typing import ClassVar

from django.db import models

from calfwise_web.journal.models import Journal, Recording


class Batch(models.Model):
    """Files brought at one time: gathered, read by the worker under a lease, and, if wanted, undone."""

    class State(models.TextChoices):
        GATHERING = "gathering", "being brought"
        WAITING = "waiting", "waiting"
        WORKING = "working", "being read"
        DONE = "done", "done"
        CANCELLED = "cancelled", "stopped"
        FAILED = "failed", "given up"
        UNDOING = "undoing", "being undone"
        UNDONE = "undone", "undone"

    ACTIVE = (State.WAITING, State.WORKING, State.UNDOING)
    """The worker has something to do with it."""

    class Origin(models.TextChoices):
        FILES = "files", "files you brought"
        ARCHIVE = "archive", "an archive you brought"
        WATCHED = "watched", "the watched folder"
        SAMPLE = "sample", "the sample runner"
        EXPORT = "export", "a calfwise export"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    journal = models.ForeignKey(Journal, on_delete=models.CASCADE, related_name="batches")
    state = models.CharField(max_length=10, choices=State, default=State.GATHERING)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.FILES)
    label = models.CharField(max_length=300, blank=True)
    source = models.TextField(blank=True)
    """The files of the watched folder that it reads, as a JSON list; empty: what was uploaded."""
    made_at = models.DateTimeField(auto_now_add=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    touched_at = models.DateTimeField(auto_now=True)
    files = models.IntegerField(null=True)
    """How many there are, once somebody has counted."""
    told = models.IntegerField(default=0)
    """How many have their outcome."""
    runs = models.IntegerField(default=0)
    """New ones among them."""
    lines = models.IntegerField(default=0)
    """New journal lines among them."""
    stop_wanted = models.BooleanField(default=False)
    leased_by = models.CharField(max_length=60, blank=True)
    leased_until = models.DateTimeField(null=True)
    falls = models.IntegerField(default=0)
    """How often a worker fell since the last outcome."""
    at = models.CharField(max_length=500, blank=True)
    """The file in hand, once workers fell: if they fall over it again and again, it is the one."""
    trouble = models.CharField(max_length=300, blank=True)
    """Why it was given up, in words."""

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "made_at"], name="batch_to_do"),
            models.Index(fields=["journal", "-made_at"], name="batch_in_time"),
        ]


class Outcome(models.Model):
    """What became of one file; told once a batch, however often a worker falls."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="outcomes")
    journal = models.ForeignKey(Journal, on_delete=models.CASCADE, related_name="outcomes")
    name = models.CharField(max_length=500)
    outcome = models.CharField(max_length=12)
    """As calfwise.readers.Outcome names it."""
    why = models.CharField(max_length=500, blank=True)
    runs = models.IntegerField(default=0)
    """New ones from this file."""
    recording = models.ForeignKey(Recording, null=True, on_delete=models.SET_NULL, related_name="outcomes")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["batch", "name"], name="a_file_told_once")]


class Noticed(models.Model):
    """A file of the watched folder as last seen: unchanged ones are not read again."""

    journal = models.ForeignKey(Journal, on_delete=models.CASCADE, related_name="noticed")
    path = models.CharField(max_length=1000)
    size = models.BigIntegerField()
    changed_ns = models.BigIntegerField()
    batch = models.ForeignKey(Batch, null=True, on_delete=models.SET_NULL, related_name="noticed")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["journal", "path"], name="a_path_once")]
