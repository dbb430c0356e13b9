"""Batches, shaped for the templates: every number with its noun, every state with what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from calfwise.model.journal import History
from calfwise.readers import Outcome as Fate
from calfwise.readers.archive.names import INSIDE
from calfwise_web.imports.models import Batch, Outcome
from calfwise_web.imports.queries import ENDED, Undone
from calfwise_web.journal.models import Run
from calfwise_web.templatetags.words import bytes_said, counted, said

PATIENCE = timedelta(seconds=10)
"""A batch that nobody took up for so long tells that no worker is there."""
RATE_FROM_S = 2.0
"""Before this a rate is noise. [s]"""
TAGS = {
    Batch.State.DONE: "good",
    Batch.State.FAILED: "stop",
    Batch.State.CANCELLED: "wait",
    Batch.State.UNDONE: "plain",
}
GROUP_WORDS = {
    "read": "Read",
    "salvaged": "Salvaged",
    "duplicate": "Duplicates",
    "unreadable": "Unreadable",
    "other": "Not runs",
}
OUTCOME_TAGS = {
    Fate.READ.value: ("read", "good"),
    Fate.SALVAGED.value: ("salvaged", "wait"),
    Fate.DUPLICATE.value: ("duplicate", ""),
    Fate.UNREADABLE.value: ("unreadable", "stop"),
    Fate.NO_RUN.value: ("not a run", "plain"),
    Fate.SKIPPED.value: ("passed over", "plain"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One batch in the list of earlier ones."""

    batch: Batch
    title: str
    when: str
    words: str
    state: str
    tag: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """A batch that was begun and not yet read."""

    batch: Batch
    files: int
    words: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is."""

    batch: Batch
    heading: str
    total: int | None
    done: int
    words: str
    came: str
    """What came in so far."""
    unattended: str
    """Why nothing moves, if nothing does."""
    may_stop: bool
    sample: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One group of outcomes to choose."""

    group: str
    words: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One file's outcome."""

    name: str
    within: str
    """The archives and folders it lay in."""
    word: str
    tag: str
    why: str
    runs: list[Run]


@dataclass(frozen=True, slots=True)
class Ended:
    """A batch that is over."""

    title: str
    when: str
    state: str
    tag: str
    summary: str
    next: str
    undo: str
    """What undoing takes away; empty if there is nothing to undo."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that no file tells."""

    words: str
    why: str
    asks: str
    """Whether the answer is about the runner or a shoe."""


def title_of(batch: Batch) -> str:
    """What a batch is called."""
    if batch.origin == Batch.Origin.SAMPLE:
        return "The sample runner"
    if batch.origin == Batch.Origin.WATCHED:
        return "From the watched folder"
    if batch.label:
        return batch.label
    return counted(batch.files, "file,files") or "Your files"


def when_said(moment: datetime, *, now: datetime, home: tzinfo) -> str:
    """A moment as people say it.

    >>> from datetime import UTC
    >>> when_said(datetime(2026, 5, 3, 8, 5, tzinfo=UTC), now=datetime(2026, 5, 3, 9, tzinfo=UTC), home=UTC)
    'today, 08:05'
    >>> when_said(datetime(2026, 5, 3, 8, 5, tzinfo=UTC), now=datetime(2026, 5, 9, 9, tzinfo=UTC), home=UTC)
    '3 May 2026, 08:05'
    """
    here, days = moment.astimezone(home), (now.astimezone(home).date() - moment.astimezone(home).date()).days
    day = {0: "today", 1: "yesterday"}.get(days) or said(here)
    return f"{day}, {here:%H:%M}"


def line(batch: Batch, *, now: datetime, home: tzinfo) -> Line:
    """A batch in the list."""
    came = [counted(batch.runs, "new run,new runs") if batch.runs else "nothing new"]
    if batch.lines:
        came.append(counted(batch.lines, "journal line,journal lines"))
    files = counted(batch.told, "file,files")
    words = f"{files}: {' and '.join(came)}" if batch.state != Batch.State.UNDONE else f"{files}, taken away again"
    return Line(
        batch,
        title_of(batch),
        when_said(batch.made_at, now=now, home=home),
        words,
        Batch.State(batch.state).label,
        TAGS.get(Batch.State(batch.state), ""),
    )


def gathered(batch: Batch, files: Iterable[tuple[str, int]], *, now: datetime, home: tzinfo) -> Gathered:
    """A batch that was begun, and how far that is."""
    sizes = [size for _, size in files]
    when = when_said(batch.touched_at, now=now, home=home)
    words = f"{counted(len(sizes), 'file is,files are')} here ({bytes_said(sum(sizes))}), the last came {when}."
    return Gathered(batch, len(sizes), words if sizes else f"Begun {when}; nothing has come yet.")


def progress(batch: Batch, *, now: datetime, attended: bool) -> Progress:
    """How far a batch is, how fast it goes, and how long it will take.

    Parameters
    ----------
    attended
        Whether a living worker has any batch in hand.
    """
    return Progress(
        batch=batch,
        heading=_heading(batch),
        total=batch.files or None,
        done=min(batch.told, batch.files or batch.told),
        words=_pace(batch, now),
        came=counted(batch.runs, "new run so far,new runs so far") if batch.runs else "",
        unattended="" if attended else _unattended(batch, now),
        may_stop=batch.state != Batch.State.UNDOING and not batch.stop_wanted,
        sample=batch.origin == Batch.Origin.SAMPLE,
    )


def _heading(batch: Batch) -> str:
    if batch.state == Batch.State.UNDOING:
        return "Taking it away again"
    if batch.stop_wanted:
        return "Stopping after the files in hand"
    if batch.origin == Batch.Origin.SAMPLE:
        return "The sample runner is on the way"
    return "Waiting for its turn" if batch.state == Batch.State.WAITING else "Reading your files"


def _pace(batch: Batch, now: datetime) -> str:
    """ "412 of 1,200 files · 38 a second · about 20 s left" """
    if batch.state == Batch.State.UNDOING:
        return "Other imports keep what they brought."
    if batch.state == Batch.State.WAITING:
        return "It begins in a moment."
    if batch.files is None:
        return "Making two years of runs…" if batch.origin == Batch.Origin.SAMPLE else "Counting the files…"
    words = [f"{min(batch.told, batch.files):,} of {counted(batch.files, 'file,files')}"]
    since_s = (now - batch.begun_at).total_seconds() if batch.begun_at else 0.0
    if since_s >= RATE_FROM_S and batch.told:
        rate = batch.told / since_s
        words.append(f"{rate:,.0f} a second" if rate >= 1 else f"{rate * 60:,.0f} a minute")
        words.append(left_said((batch.files - batch.told) / rate) if batch.told < batch.files else "finishing")
    return " · ".join(words)


def left_said(seconds: float) -> str:
    """How long it will take, no more exactly than anyone knows.

    >>> left_said(3), left_said(23), left_said(95), left_said(5400)
    ('a few seconds left', 'about 25 s left', 'about 2 min left', 'about 1.5 h left')
    """
    if seconds < 10:
        return "a few seconds left"
    if seconds < 60:
        return f"about {5 * max(2, round(seconds / 5))} s left"
    if seconds < 3600:
        return f"about {max(1, round(seconds / 60))} min left"
    return f"about {seconds / 3600:.1f} h left"


def _unattended(batch: Batch, now: datetime) -> str:
    if now - batch.touched_at < PATIENCE or (batch.leased_until and now < batch.leased_until and not batch.falls):
        return ""
    stands = "It goes on where it stands" if batch.told else "Your files wait here, and it begins by itself"
    return f"The reader is not running. {stands} once calfwise is started with ./dev run or calfwise serve."


def ended(
    batch: Batch, counts: dict[str, int], salvaged: int, undone: Undone | None, *, now: datetime, home: tzinfo
) -> Ended:
    """A batch that is over, in words."""
    state = Batch.State(batch.state)
    return Ended(
        title=title_of(batch),
        when=when_said(batch.made_at, now=now, home=home),
        state=state.label,
        tag=TAGS.get(state, ""),
        summary=summary(batch, counts, salvaged),
        next=_next(batch),
        undo=_undo(undone) if undone else "",
    )


def summary(batch: Batch, counts: dict[str, int], salvaged: int) -> str:
    """ "412 files: 388 new runs, 9 duplicates, 2 unreadable, 10 not runs." """
    parts = [counted(batch.runs, "new run,new runs") if batch.runs else ""]
    if batch.runs and salvaged:
        parts[0] += f" ({salvaged:,} from damaged files, as far as they go)"
    parts += [
        counted(batch.lines, "new journal line,new journal lines") if batch.lines else "",
        counted(counts["duplicate"], "duplicate,duplicates") if counts["duplicate"] else "",
        f"{counts['unreadable']:,} unreadable" if counts["unreadable"] else "",
        counted(counts["other"], "not a run,not runs") if counts["other"] else "",
    ]
    told = ", ".join(part for part in parts if part) or "nothing new"
    undone = "Taken out again. It was " if batch.state == Batch.State.UNDONE else ""
    return f"{undone}{counted(batch.told, 'file,files')}: {told}."


def _next(batch: Batch) -> str:
    if batch.state == Batch.State.CANCELLED:
        return (
            "You stopped it. What had come in stays. For the rest, bring the same files again; nothing comes in twice."
        )
    if batch.state == Batch.State.FAILED:
        return batch.trouble or "It was given up. What had come in stays; bring the same files again to try once more."
    if batch.state == Batch.State.UNDONE:
        return "Bring the same files again whenever you like."
    return ""


def _undo(undone: Undone) -> str:
    gone = [
        counted(undone.runs, "run,runs") if undone.runs else "",
        counted(undone.originals, "original file,original files") if undone.originals else "",
        counted(undone.lines, "journal line,journal lines") if undone.lines else "",
    ]
    gone = [part for part in gone if part]
    if not gone:
        return ""
    listed = gone[0] if len(gone) == 1 else f"{', '.join(gone[:-1])} and {gone[-1]}"
    stays = (
        f"{counted(undone.shared, 'original stays,originals stay')}: another import brought the same."
        if undone.shared
        else "What other imports brought stays."
    )
    return f"This takes {listed} out of your journal. {stays} Your own files are not touched."


def filters(counts: dict[str, int], chosen: str) -> list[Filter]:
    """The groups that have any files, and all of them."""
    shown = [Filter("", "All", sum(counts.values()), chosen not in counts)]
    return shown + [
        Filter(group, words, counts[group], group == chosen) for group, words in GROUP_WORDS.items() if counts[group]
    ]


def rows(outcomes: Iterable[Outcome]) -> list[Row]:
    """Outcomes for the table."""
    return [_row(outcome) for outcome in outcomes]


def _row(outcome: Outcome) -> Row:
    word, tag = OUTCOME_TAGS.get(outcome.outcome, (outcome.outcome, ""))
    if outcome.outcome == Fate.READ.value and outcome.runs:
        word = counted(outcome.runs, "new run,new runs")
    runs = list(outcome.recording.runs.all()) if outcome.recording else []
    within, name = parted(outcome.name)
    return Row(name, within, word, tag, outcome.why, runs)


def parted(name: str) -> tuple[str, str]:
    """Where a file lay, and its own name.

    >>> parted("export.zip › activities/1.fit"), parted("sunday.fit")
    (('export.zip › activities', '1.fit'), ('', 'sunday.fit'))
    """
    cut = max(name.rfind("/"), name.rfind(INSIDE) + len(INSIDE) - 1 if INSIDE in name else -1)
    return name[: cut + 1].rstrip(f"/{INSIDE}"), name[cut + 1 :]


def questions(history: History) -> list[Question]:
    """What no file tells and nobody said so far; each may stay open."""
    runner = history.runner
    asked = []
    if runner.running_since is None:
        asked.append(Question("Since when have you been running?", "New runners' calves need more patience.", "runner"))
    if runner.birth_year is None:
        asked.append(Question("Which year were you born?", "Some questions change with age.", "runner"))
    if not history.shoes:
        asked.append(Question("Which shoes do you run in?", "Drop and stiffness change what calves do.", "shoe"))
    return asked


def is_active(batch: Batch) -> bool:
    return batch.state in Batch.ACTIVE


def may_be_undone(batch: Batch) -> bool:
    return batch.state in ENDED and batch.origin != Batch.Origin.SAMPLE
