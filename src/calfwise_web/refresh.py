"""What pages show of a whole journal, worked out when something changed: pages themselves only read.

Both the server (after what a runner said) and the worker (after files came in, and every new day) do this. Whoever
began from the newer revision wins; an older answer is never written over a newer one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo

from django.db import transaction
from msgspec import structs

from calfwise import __version__
from calfwise.assess import load_history
from calfwise.intake import richness
from calfwise.model.described import described, races_of
from calfwise.model.journal import AnyEvent, fold
from calfwise.model.load.alignment import aligned
from calfwise.model.load.budget import next_run_budget
from calfwise.model.load.dose import RunLoad
from calfwise.readers.duplicates import Twin, twins
from calfwise_web.calendar_feed.snapshot import calendar_body
from calfwise_web.helped.snapshot import helped_body
from calfwise_web.journal.held import load_of
from calfwise_web.journal.lines import events_of, home_of
from calfwise_web.journal.models import Journal
from calfwise_web.journal.projection import paired, projected, rows_of, save
from calfwise_web.load.all_days import all_days_body
from calfwise_web.load.snapshot import load_body
from calfwise_web.next_run.snapshot import next_body
from calfwise_web.practise.snapshot import practise_body
from calfwise_web.runs.snapshot import head_body
from calfwise_web.shoes.snapshot import gear_body
from calfwise_web.spots.snapshot import spots_body
from calfwise_web.today.snapshot import today_body
from calfwise_web.weeks.laying import told_now, with_weeks
from calfwise_web.weeks.snapshot import near_body, weeks_body
from calfwise_web.whole import Whole
from calfwise_web.why.snapshot import why_body
from calfwise_web.working.snapshot import working_body

HEAD = "head"
"""The snapshot that says how far the others are: all are written with it, in one transaction."""
PAGES: dict[str, Callable[[Whole], bytes]] = {
    "load": load_body,
    "days": all_days_body,
    "gear": gear_body,
    "runs": head_body,
    "today": today_body,
    "spots": spots_body,
    "why": why_body,
    "next": next_body,
    "practise": practise_body,
    "weeks": weeks_body,
    "near": near_body,
    "calendar": calendar_body,
    "helped": helped_body,
    "working": working_body,
}
SHAPE = f"{__version__}: {' '.join(sorted(PAGES))}".encode()
"""Which calfwise made the pages, and which pages it has: another one makes them anew."""
AFTER_WORDS = ("load", "today", "spots", "next", "why", "weeks", "near", "calendar", "helped", "practise", "working")
"""Pages that show how the calves feel, or what that makes of the days to come."""


def refresh(journal: Journal, *, now: datetime) -> None:
    """Bring runs and snapshots up to the journal's present revision."""
    journal.refresh_from_db(fields=["revision", "model_version"])
    rows = rows_of(journal)
    held = _loads(journal)
    whole, dropped = _gathered(journal, held, now)
    whole, told = with_weeks(whole)
    bodies = {page: made(whole) for page, made in PAGES.items()}
    home = home_of(whole.history.prefers)
    changed = [*projected(rows, held, history=whole.history, home=home), *paired(rows, dropped)]
    with transaction.atomic():
        if _newer_is_there(journal):
            return
        save(changed)
        told_now(journal, told)
        _show(journal, bodies, now)


def refresh_said(journal: Journal, before: Whole, said: Sequence[AnyEvent], *, now: datetime) -> None:
    """The same after words about the calves alone, in the transaction that wrote them: no run is read again.

    Parameters
    ----------
    journal
        Its pages were current before these words, and nobody else writes to it meanwhile (`Journal.wait_for_others`).
    before
        All of it before these words, as of the same moment.
    said
        Words that change nothing about runs, shoes, races or preferences.
    now
        Aware.
    """
    journal.refresh_from_db(fields=["revision", "model_version"])
    events = tuple(sorted((*before.events, *said), key=lambda event: event.at))
    history = fold(events)
    home = home_of(history.prefers)
    races = races_of([load for load in before.loads if load.start <= now], history=history, home=home)
    budget = next_run_budget(before.answer.outings, races=races, soreness=history.soreness, now=before.now)
    whole = replace(before, history=history, events=events, answer=structs.replace(before.answer, budget=budget))
    whole, told = with_weeks(whole)
    told_now(journal, told)
    _show(journal, {page: PAGES[page](whole) for page in AFTER_WORDS}, now)


def _show(journal: Journal, bodies: Mapping[str, bytes], now: datetime) -> None:
    """Write what pages show, and how far that goes."""
    for page, body in {**bodies, HEAD: SHAPE}.items():
        journal.snapshots.update_or_create(
            page=page, defaults={"revision": journal.revision, "made_at": now, "body": body}
        )


def whole_of(journal: Journal, *, now: datetime) -> Whole:
    """The journal and its runs as of now."""
    return _gathered(journal, _loads(journal), now)[0]


def _gathered(journal: Journal, held: list[RunLoad], now: datetime) -> tuple[Whole, tuple[Twin, ...]]:
    """Everything, and the runs that are twins of others."""
    events = tuple(events_of(journal))
    history = fold(events)
    home = home_of(history.prefers)
    kept, dropped = twins(held, richness=richness)
    loads, _ = aligned(described(kept, history=history, home=home))
    here = now.astimezone(home)
    answer = load_history(kept, runner=history.runner, history=history, now=here)
    return Whole(history, loads, answer, here, len(kept), events), tuple(dropped)


def is_current(journal: Journal) -> bool:
    """Whether pages show the journal's present revision."""
    head = journal.snapshots.filter(page=HEAD).first()
    return head is not None and head.revision >= journal.revision


def is_stale(journal: Journal, *, now: datetime, home: tzinfo) -> bool:
    """Whether pages show an earlier revision or an earlier day, or were made by another calfwise."""
    head = journal.snapshots.filter(page=HEAD).first()
    if head is None or head.revision < journal.revision or bytes(head.body) != SHAPE:
        return True
    return head.made_at.astimezone(home).date() < now.astimezone(home).date()


def _newer_is_there(journal: Journal) -> bool:
    head = journal.snapshots.filter(page=HEAD).first()
    return head is not None and head.revision > journal.revision


def _loads(journal: Journal) -> list[RunLoad]:
    """Of the version that pages show."""
    bodies = journal.loads.filter(model_version=journal.model_version).values_list("body", flat=True)
    return [load_of(body) for body in bodies.iterator(chunk_size=500)]
