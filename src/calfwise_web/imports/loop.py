"""What the worker does, round by round."""

import errno
import logging
import threading
import time

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from calfwise.intake.pool import Decoders
from calfwise_web.imports import batches, claims, watching
from calfwise_web.imports.models import Batch
from calfwise_web.imports.recompute import move_on
from calfwise_web.imports.tidying import drop_left_over, tidy
from calfwise_web.journal.lines import home_of, preferences_of
from calfwise_web.journal.models import Journal
from calfwise_web.player.services import close_left_overnight
from calfwise_web.refresh import is_stale, refresh

NAP_S = 0.3
"""Between two looks for work. [s]"""
NOW_AND_THEN_S = 20.0
"""Between two looks at watched folders, the calendar and the model. [s]"""
FOLLOW_EVERY_S = 4.0
"""While files come in, pages follow at most this often. [s]"""
FOLLOW_SHARE = 0.05
"""And bringing them up to date takes at most this share of the time: ten years wait longer than ten runs."""
DECODERS = 2
NICENESS = 10
RECYCLED_AFTER = 200
"""Batches of about 2 MiB a decoder process."""
AHEAD = 5
"""Batches of 2 MiB on their way to each decoder: enough while a handful is written down."""
WALL_S = 90.0
AFTER_TROUBLE_S = 2.0

log = logging.getLogger("calfwise.worker")


class Loop:
    """Looks for work, and does it; `stopping` ends it between two handfuls."""

    def __init__(self, stopping: threading.Event) -> None:
        self.me = claims.worker_name()
        self.stopping = stopping
        self.decoders = Decoders(
            DECODERS,
            niceness=NICENESS,
            recycled_after=RECYCLED_AFTER,
            wall_s=WALL_S,
            preload=("calfwise_web.imports.decoding",),
            ahead=AHEAD,
        )
        self._looked_at = -NOW_AND_THEN_S
        self._follow_from = 0.0

    def run(self) -> None:
        """Until asked to end. The database being away for a while is no reason to fall."""
        tidy()
        while not self.stopping.is_set():
            close_old_connections()
            try:
                busy = self.once()
            except (DatabaseError, Journal.DoesNotExist):
                log.exception("the database refused, or a journal was deleted meanwhile; trying again")
                close_old_connections()
                busy = not self.stopping.wait(AFTER_TROUBLE_S)
            if not busy:
                self.stopping.wait(NAP_S)
        claims.let_go(self.me)
        self.decoders.stop()

    def once(self) -> bool:
        """One round; whether there was anything to do."""
        if time.monotonic() - self._looked_at > NOW_AND_THEN_S:
            self._looked_at = time.monotonic()
            self._now_and_then()
        batch = claims.next_batch(self.me, now=timezone.now())
        if batch is not None:
            self._work(batch)
        behind = list(claims.journals_behind())
        for journal in behind:
            refresh(journal, now=timezone.now())
        return batch is not None or bool(behind)

    def _work(self, batch: Batch) -> None:
        try:
            self._to_the_end(batch)
        except (claims.LostLeaseError, Journal.DoesNotExist):
            log.warning("batch %s was taken over, or deleted", batch.key)
            drop_left_over(batch)
        except batches.StoppedError:
            pass

    def _to_the_end(self, batch: Batch) -> None:
        try:
            batches.work(batch, decoders=self.decoders, me=self.me, refreshed=lambda: self._follow(batch.journal))
        except OSError as error:
            log.exception("batch %s cannot go on", batch.key)
            batches.give_up(batch, _words(error), me=self.me)

    def _follow(self, journal: Journal) -> None:
        """After a handful: end if asked to, and let pages follow now and then."""
        if self.stopping.is_set():
            raise batches.StoppedError
        if time.monotonic() < self._follow_from:
            return
        began = time.monotonic()
        refresh(journal, now=timezone.now())
        ended = time.monotonic()
        self._follow_from = ended + max(FOLLOW_EVERY_S, (ended - began) / FOLLOW_SHARE)

    def _now_and_then(self) -> None:
        now = timezone.now()
        for journal in claims.journals_of_another_model():
            move_on(journal, decoders=self.decoders, stopping=self._is_wanted_elsewhere)
        for journal in claims.all_journals():
            home = home_of(preferences_of(journal))
            if is_stale(journal, now=now, home=home) and not close_left_overnight(journal, now=now, home=home):
                refresh(journal, now=now)
            watching.look(journal, now=now)

    def _is_wanted_elsewhere(self) -> bool:
        """A new model can wait, between two handfuls; somebody who brought a run should not."""
        return self.stopping.is_set() or claims.is_any_waiting()


def _words(error: OSError) -> str:
    """What stopped the reader, for the runner: mostly a full disk."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "This machine's disk is full. What came in before is kept; make room, then bring the files again."
    why = error.strerror or "an error of the disk"
    return f"This machine could not read or write a file ({why}). What came in before is kept; bring the rest again."
