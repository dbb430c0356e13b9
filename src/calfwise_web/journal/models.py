"""Everything recorded about one runner. Rows are not the model's values: services translate.

Every row hangs on a `Journal`. What a person said stands in `Entry`, one line each, only ever added to; everything
else here comes from recordings or can be made again.
"""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models


class Journal(models.Model):
    """One runner's journal. An account has its own, and perhaps the sample runner's, which it may remove."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="journals")
    sample = models.BooleanField(default=False)
    revision = models.PositiveBigIntegerField(default=0)
    """Raised with every change that a page shows, in the same transaction."""
    model_version = models.CharField(max_length=80, blank=True)
    """Of the loads that pages show; another version's are made beside them and take over whole."""
    begun_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "sample"], name="one_journal_of_each_kind")]

    def wait_for_others(self) -> None:
        """Let whoever writes to this journal finish first, in the caller's transaction."""
        type(self).objects.filter(pk=self.pk).select_for_update().first()
        self.refresh_from_db(fields=["revision", "model_version"])

    def changed(self) -> None:
        """Say, in the caller's transaction, that pages must be worked out anew."""
        type(self).objects.filter(pk=self.pk).update(revision=models.F("revision") + 1)


class Entry(models.Model):
    """One line of the journal, as the terminal writes it; never changed, never written twice."""

    journal = models.ForeignKey(Journal, on_delete=models.CASCADE, related_name="entries")
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    line = models.TextField()
    digest = models.CharField(max_length=64)
    """SHA-256 of the line."""
    said_here = models.BooleanField(default=True)
    """Said in this account; otherwise imports brought it, and undoing the last of them takes it away."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["journal", "digest"], name="a_line_once")]
        indexes: ClassVar = [models.Index(fields=["journal", "at"], name="entry_in_time")]


class Bringing(models.Model):
    """An import that brought a line; several may have brought the same."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="bringings")
    batch = models.UUIDField()
    """The import's key."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "batch"], name="a_line_once_an_import")]
        indexes: ClassVar = [models.Index(fields=["batch"], name="lines_of_an_import")]


class Recording(models.Model):
    """An original, byte for byte; where it lies follows from its digest (calfwise_web.journal.originals)."""

    class Form(models.TextChoices):
        FILE = "file", "a recording"
        HEALTH = "health", "an Apple Health export"
        TABLE = "table", "runs typed in"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    journal = models.ForeignKey(Journal, on_delete=models.CASCADE, related_name="recordings")
    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()
    name = models.CharField(max_length=500)
    """As it was called where it came from."""
    form = models.CharField(max_length=10, choices=Form, default=Form.FILE)
    kept = models.BooleanField(default=True)
    """Whether the original is still here."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["journal", "digest"], name="an_original_once")]


class Run(models.Model):
    """One run of a recording, with what lists show of it: projected from its load and the journal."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    journal = models.ForeignKey(Journal, on_delete=models.CASCADE, related_name="runs")
    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="runs")
    run_id = models.CharField(max_length=120)
    """The model's own name for it, from the recording's bytes; journal lines speak of it."""
    start = models.DateTimeField()
    end = models.DateTimeField()
    twin_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="twins")
    """Another recording of the same run, which tells more; then this one counts nothing."""
    twin_why = models.CharField(max_length=300, blank=True)

    day = models.DateField(null=True)
    """On the runner's own calendar."""
    title = models.CharField(max_length=300, blank=True)
    distance_m = models.FloatField(null=True)
    running_s = models.FloatField(null=True)
    speed_mps = models.FloatField(null=True)
    grade = models.CharField(max_length=1, blank=True)
    strikes = models.IntegerField(null=True)
    shoe = models.CharField(max_length=120, blank=True)
    surface = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    left_out = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["journal", "run_id"], name="a_run_once")]
        indexes: ClassVar = [
            models.Index(fields=["journal", "-start"], name="run_in_time"),
            models.Index(fields=["journal", "end"], name="run_by_end"),
        ]


class Load(models.Model):
    """What the calves took in one run, by one version of the model."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="loads")
    journal = models.ForeignKey(Journal, on_delete=models.CASCADE, related_name="loads")
    model_version = models.CharField(max_length=80)
    body = models.BinaryField()
    """A `RunLoad`, as MessagePack."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "model_version"], name="a_load_a_version")]
        indexes: ClassVar = [models.Index(fields=["journal", "model_version"], name="loads_of_version")]


class Series(models.Model):
    """A run's columns, thinned for its page; by the model version that its load has."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="series")
    model_version = models.CharField(max_length=80)
    body = models.BinaryField()
    """A `RunSeries`, as compressed MessagePack."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "model_version"], name="a_series_a_version")]


class Snapshot(models.Model):
    """What a page shows of a whole journal, worked out when something changed and not when somebody looks."""

    journal = models.ForeignKey(Journal, on_delete=models.CASCADE, related_name="snapshots")
    page = models.CharField(max_length=20)
    revision = models.PositiveBigIntegerField()
    """Of the journal when this was worked out."""
    made_at = models.DateTimeField()
    body = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["journal", "page"], name="a_snapshot_a_page")]
