"""The snapshot that a planned run is held against, and whether there is newer to come."""

import zlib
from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.http import HttpRequest

from calfwise.assess import load_history
from calfwise.model.journal import History
from calfwise_web import access
from calfwise_web.journal.lines import home_of
from calfwise_web.journal.models import Snapshot
from calfwise_web.next_run.snapshot import PAGE, Ready, ready, ready_of
from calfwise_web.whole import Whole


@dataclass(frozen=True, slots=True)
class Held:
    """What is there."""

    ready: Ready
    now: datetime
    """On the runner's own clock."""
    behind: bool
    """Newer numbers are being worked out."""


def held(request: HttpRequest, *, now: datetime) -> Held:
    """All that the page rests on; an account that nothing was worked out for is held against nothing."""
    snapshot = access.snapshot(request, PAGE)
    found = _decoded(snapshot)
    if found is None or snapshot is None:
        prefers = access.preferences(request)
        here = now.astimezone(home_of(prefers))
        return Held(_of_nobody(History(prefers=prefers), here), here, behind=access.runs(request).exists())
    here = now.astimezone(home_of(found.prefers))
    newest = access.journal(request).revision
    return Held(found, here, behind=snapshot.revision < newest or found.now.date() < here.date())


def _of_nobody(history: History, here: datetime) -> Ready:
    nothing = load_history((), runner=history.runner, history=history, now=here)
    return ready(Whole(history, (), nothing, here))


def _decoded(snapshot: Snapshot | None) -> Ready | None:
    """`None`: nothing was worked out yet, or by a calfwise that kept other things."""
    if snapshot is None:
        return None
    try:
        return ready_of(snapshot.body)
    except (msgspec.DecodeError, zlib.error):
        return None
