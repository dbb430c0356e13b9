"""What pages ask about batches."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from calfwise.model.journal import History, fold
from calfwise.readers import Outcome as Fate
from calfwise_web.imports.models import Batch, Outcome
from calfwise_web.journal import lines
from calfwise_web.journal.lines import events_of
from calfwise_web.journal.models import Journal, Recording

ENDED = (Batch.State.DONE, Batch.State.CANCELLED, Batch.State.FAILED)
"""Over, and may be undone."""
GROUPS: dict[str, tuple[str, ...]] = {
    "read": (Fate.READ.value,),
    "salvaged": (Fate.SALVAGED.value,),
    "duplicate": (Fate.DUPLICATE.value,),
    "unreadable": (Fate.UNREADABLE.value,),
    "other": (Fate.NO_RUN.value, Fate.SKIPPED.value),
}
"""How outcomes are put together for a runner, by the word in the address."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing a batch would take away."""

    runs: int
    originals: int
    lines: int
    shared: int
    """Originals that stay, because another batch brought them, too."""


def gathering(rows: QuerySet[Batch]) -> QuerySet[Batch]:
    return rows.filter(state=Batch.State.GATHERING).order_by("-touched_at")


def active(rows: QuerySet[Batch]) -> QuerySet[Batch]:
    return rows.filter(state__in=Batch.ACTIVE).order_by("made_at")


def over(rows: QuerySet[Batch]) -> QuerySet[Batch]:
    return rows.filter(state__in=(*ENDED, Batch.State.UNDONE)).order_by("-made_at", "-pk")


def counts(outcomes: QuerySet[Outcome]) -> dict[str, int]:
    """How many files came to what, by group."""
    by_outcome = {row["outcome"]: row["n"] for row in outcomes.order_by().values("outcome").annotate(n=Count("pk"))}
    return {group: sum(by_outcome.get(each, 0) for each in together) for group, together in GROUPS.items()}


def salvaged_runs(outcomes: QuerySet[Outcome]) -> int:
    """Damaged files that gave new runs all the same."""
    return outcomes.filter(outcome=Fate.SALVAGED.value, runs__gt=0).count()


def chosen(outcomes: QuerySet[Outcome], *, group: str, text: str) -> QuerySet[Outcome]:
    """The outcomes of one group whose name or reason holds a text, in order of name."""
    if group in GROUPS:
        outcomes = outcomes.filter(outcome__in=GROUPS[group])
    if text:
        outcomes = outcomes.filter(Q(name__icontains=text) | Q(why__icontains=text))
    return outcomes.select_related("recording").prefetch_related("recording__runs").order_by("name", "pk")


def only_from(batch: Batch) -> QuerySet[Recording]:
    """Originals that no other batch holds."""
    others = batch.journal.outcomes.exclude(batch=batch).exclude(batch__state=Batch.State.UNDONE)
    elsewhere = others.filter(recording__isnull=False).values("recording")
    return batch.journal.recordings.filter(outcomes__batch=batch).exclude(pk__in=elsewhere).distinct()


def taken_by_undo(batch: Batch) -> Undone:
    """What undoing would take away, counted."""
    alone = only_from(batch)
    originals = alone.count()
    held = batch.journal.recordings.filter(outcomes__batch=batch).distinct().count()
    return Undone(
        runs=batch.journal.runs.filter(recording__in=alone.values("pk"), twin_of=None).count(),
        originals=originals,
        lines=lines.brought_by(batch.journal, batch.key).count(),
        shared=held - originals,
    )


def is_first_with_runs(batch: Batch) -> bool:
    """Whether the journal's runs began with this batch."""
    if batch.state != Batch.State.DONE or not batch.runs:
        return False
    earlier = batch.journal.batches.filter(made_at__lt=batch.made_at, runs__gt=0)
    return not earlier.exclude(state=Batch.State.UNDONE).exists()


def said_of_runner(journal: Journal) -> History:
    """What the runner said about themselves and their shoes; no more of the journal is read."""
    return fold(events_of(journal, "runner", "shoe"))
