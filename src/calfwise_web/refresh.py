"""What pages show of a whole journal, worked out when something changed: pages themselves only read.

Both the server (after what a runner said) and the worker (after files came in, and every new day) do this. Whoever
began from the newer revision wins; an older answer is never written over a newer one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.db import transaction

from calfwise.assess import LoadHistory, load_history
from calfwise.intake import richness
from calfwise.model.described import described
from calfwise.model.journal import History
from calfwise.model.load.dose import RunLoad
from calfwise.readers.duplicates import Twin, twins
from calfwise_web.journal.held import load_of
from calfwise_web.journal.lines import history_of, home_of
from calfwise_web.journal.models import Journal, Run
from calfwise_web.load.snapshot import load_body

HEAD = "head"
"""The snapshot that says how far the others are: all are written with it, in one transaction."""


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything pages are made from."""

    history: History
    loads: tuple[RunLoad, ...]
    """Of the active version, each run once, with its shoe; runs left out are not among them."""
    answer: LoadHistory
    now: datetime
    """On the runner's own clock."""


PROJECTED = (
    "day", "title", "distance_m", "running_s", "speed_mps", "grade", "strikes",
    "shoe", "surface", "kind", "left_out", "twin_of", "twin_why",
)  # fmt: skip
TITLE_LENGTH = WHY_LENGTH = 300
PAGES: dict[str, Callable[[Whole], bytes]] = {"load": load_body}


def refresh(journal: Journal, *, now: datetime) -> None:
    """Bring runs and snapshots up to the journal's present revision."""
    journal.refresh_from_db(fields=["revision", "model_version"])
    history = history_of(journal)
    home = home_of(history.prefers)
    rows = {run.run_id: run for run in journal.runs.all()}
    held = _loads(journal)
    kept, dropped = twins(held, richness=richness)
    loads = described(kept, history=history, home=home)
    here = now.astimezone(home)
    answer = load_history(kept, runner=history.runner, history=history, now=here)
    whole = Whole(history, loads, answer, here)
    bodies = {page: made(whole) for page, made in PAGES.items()}
    changed = [*_projected(rows, held, loads, history), *_paired(rows, dropped)]
    with transaction.atomic():
        if _newer_is_there(journal):
            return
        Run.objects.bulk_update({run.pk: run for run in changed}.values(), PROJECTED, batch_size=200)
        for page, body in {**bodies, HEAD: b""}.items():
            journal.snapshots.update_or_create(
                page=page, defaults={"revision": journal.revision, "made_at": now, "body": body}
            )


def is_stale(journal: Journal, *, now: datetime, home: tzinfo) -> bool:
    """Whether pages show an earlier revision, or an earlier day."""
    head = journal.snapshots.filter(page=HEAD).first()
    if head is None or head.revision < journal.revision:
        return True
    return head.made_at.astimezone(home).date() < now.astimezone(home).date()


def _newer_is_there(journal: Journal) -> bool:
    head = journal.snapshots.filter(page=HEAD).first()
    return head is not None and head.revision > journal.revision


def _loads(journal: Journal) -> list[RunLoad]:
    """Of the version that pages show."""
    bodies = journal.loads.filter(model_version=journal.model_version).values_list("body", flat=True)
    return [load_of(body) for body in bodies.iterator(chunk_size=500)]


def _projected(
    rows: dict[str, Run], held: Iterable[RunLoad], shown: Iterable[RunLoad], history: History
) -> Iterator[Run]:
    """Rows whose facts for lists are no longer those of the loads and the journal."""
    home = home_of(history.prefers)
    with_words = {load.id: load for load in shown}
    for load in held:
        row, about = rows.get(load.id), history.about_runs.get(load.id)
        if row is None:
            continue
        described_load = with_words.get(load.id, load)
        facts = {
            "day": load.local_day(home),
            "title": _title(load)[:TITLE_LENGTH],
            "distance_m": load.distance_m,
            "running_s": load.running_s,
            "speed_mps": load.speed_mps,
            "grade": str(load.grade),
            "strikes": load.strikes,
            "shoe": described_load.shoe.id if described_load.shoe else "",
            "surface": (about and about.surface) or "",
            "kind": (about and about.kind) or "",
            "left_out": bool(about and about.left_out),
        }
        if _set(row, facts):
            yield row


def _paired(rows: dict[str, Run], dropped: Iterable[Twin]) -> Iterator[Run]:
    """Rows that are twins of others now and were not before, or the other way round."""
    out = {twin.run: twin for twin in dropped}
    for run_id, row in rows.items():
        twin = out.get(run_id)
        of = rows.get(twin.of) if twin else None
        if _set(row, {"twin_of_id": of.pk if of else None, "twin_why": twin.why[:WHY_LENGTH] if twin else ""}):
            yield row


def _title(load: RunLoad) -> str:
    return (load.told.title if load.told else None) or ""


def _set(row: Run, facts: Mapping[str, object]) -> bool:
    """Whether anything changed."""
    changed = {name: value for name, value in facts.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return bool(changed)
