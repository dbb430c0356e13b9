"""Decoder processes: batches of recordings out, what they gave back, in order; one bad file takes nothing with it."""

import multiprocessing
import os
import resource
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import chain
from multiprocessing import connection
from typing import Generic, NamedTuple, TypeVar

from calfwise.errors import UnreadableFile
from calfwise.intake.work import TOOK_ITS_DECODER_DOWN, Decoded, Whose, decoded, unreadable

BATCH_BYTES = 2 * 2**20
"""So much of recordings travels at once: a dozen usual hours. [bytes]"""
AHEAD = 2
"""Batches on their way to each process: enough that none waits, few enough for little memory."""
FEW, FEW_BYTES = 24, 8 * 2**20
"""Fewer recordings, of fewer bytes in all, are done sooner than processes start."""
MOST_MEMORY = 2**30
"""Address space of a decoder process; usual recordings need a fifth of it. [bytes]"""

T = TypeVar("T")
Job = tuple[str, bytes]
"""A recording's name and bytes."""


class Done(NamedTuple):
    """A recording's name and what it gave."""

    file: str
    given: Decoded


def processes() -> int:
    """How many decoders run side by side: as many as this process may use cores."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def decode_all(jobs: Iterable[Job], *, whose: Whose) -> Iterator[Done]:
    """What every recording gave, in order.

    Parameters
    ----------
    jobs
        Names and bytes; taken as they are needed, so that few are in memory at once.
    whose
        Runner and shoes.

    Yields
    ------
    Done
        One for every job. A recording that takes its process down is unreadable; its neighbours are tried again.
    """
    coming = iter(jobs)
    first: list[Job] = []
    for job in coming:
        first.append(job)
        if len(first) >= FEW or sum(len(data) for _, data in first) >= FEW_BYTES:
            break
    workers = processes()
    if workers < 2 or (len(first) < FEW and sum(len(data) for _, data in first) < FEW_BYTES):
        for file, data in chain(first, coming):
            yield Done(file, decoded(data, file=file, whose=whose))
        return
    pool = Decoders(workers)
    try:
        given = pool.run(chain(first, coming), work=partial(_decoded_batch, whose=whose), fallen=fell)
        yield from (Done(file, each) for file, each in given)
    finally:
        pool.stop()


def _batches(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    batch: list[Job] = []
    size = 0
    for job in jobs:
        batch.append(job)
        size += len(job[1])
        if size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


class _Sent(NamedTuple, Generic[T]):
    """A batch on its way, and the processes that have it."""

    batch: list[Job]
    future: "Future[list[T]]"
    executor: ProcessPoolExecutor


class Decoders:
    """Warm decoder processes, started anew when one of them falls; for whoever reads again and again.

    Parameters
    ----------
    workers
        How many processes.
    niceness
        How far they step back behind whoever waits for a page.
    recycled_after
        So many batches a process, then a fresh one: what a decoder leaks is not leaked for long.
    wall_s
        A batch that takes longer hangs: its processes are ended. [s]
    preload
        Modules that a decoder finds imported when it starts.
    ahead
        Batches on their way to each: more where whoever asks is busy between two answers.
    """

    def __init__(
        self,
        workers: int,
        *,
        niceness: int = 0,
        recycled_after: int | None = None,
        wall_s: float | None = None,
        preload: tuple[str, ...] = (),
        ahead: int = AHEAD,
    ) -> None:
        self.workers = workers
        self._niceness = niceness
        self._recycled_after = recycled_after
        self._wall_s = wall_s
        self._ahead = ahead
        self._preload = ["calfwise.intake.work", *preload]
        self._executor = self._started(workers)

    def _started(self, workers: int) -> ProcessPoolExecutor:
        # A server that has imported everything forks decoders cheaply, and has no threads that a fork could tear.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(self._preload)
        return ProcessPoolExecutor(
            workers,
            mp_context=context,
            initializer=_prepare,
            initargs=(self._niceness,),
            max_tasks_per_child=self._recycled_after,
        )

    def run(
        self, jobs: Iterable[Job], *, work: Callable[[list[Job]], list[T]], fallen: Callable[[str], T]
    ) -> Iterator[tuple[str, T]]:
        """What every recording gave, in order, under its name; few are in memory at once.

        Parameters
        ----------
        jobs
            Names and bytes; taken as they are needed.
        work
            Gives one result for every job of a batch; it travels to the processes, so it is a function of a module.
        fallen
            What a recording gives that took its process down, by its name.
        """
        waiting: deque[_Sent[T]] = deque()
        try:
            for batch in _batches(jobs):
                waiting.append(self._send(batch, work))
                if len(waiting) >= self._ahead * self.workers:
                    yield from self._result(waiting.popleft(), work, fallen)
            while waiting:
                yield from self._result(waiting.popleft(), work, fallen)
        finally:
            for sent in waiting:
                sent.future.cancel()

    def _send(self, batch: list[Job], work: Callable[[list[Job]], list[T]]) -> "_Sent[T]":
        try:
            return _Sent(batch, self._executor.submit(work, batch), self._executor)
        except BrokenProcessPool:
            self._executor = self._started(self.workers)
            return _Sent(batch, self._executor.submit(work, batch), self._executor)

    def _result(
        self, sent: "_Sent[T]", work: Callable[[list[Job]], list[T]], fallen: Callable[[str], T]
    ) -> list[tuple[str, T]]:
        try:
            given = sent.future.result(self._wall_s)
        except (BrokenProcessPool, TimeoutError, CancelledError):
            if sent.executor is self._executor:
                _end(self._executor)
                self._executor = self._started(self.workers)
            given = [self._alone(job, work, fallen) for job in sent.batch]
        return [(file, each) for (file, _), each in zip(sent.batch, given, strict=True)]

    def _alone(self, job: Job, work: Callable[[list[Job]], list[T]], fallen: Callable[[str], T]) -> T:
        """A recording of a batch that fell, in a process of its own: it falls alone if it was the one."""
        file, _ = job
        with self._started(1) as executor:
            try:
                return executor.submit(work, [job]).result(self._wall_s)[0]
            except (BrokenProcessPool, TimeoutError):
                _end(executor)
                return fallen(file)

    def stop(self) -> None:
        """Let the processes go, without waiting for them."""
        self._executor.shutdown(wait=False, cancel_futures=True)


def _end(executor: ProcessPoolExecutor) -> None:
    for process in list((executor._processes or {}).values()):  # public only from Python 3.14 on
        process.kill()
    executor.shutdown(wait=False, cancel_futures=True)


def fell(file: str) -> Decoded:
    """What a recording gives that takes its decoder down or hangs."""
    came = TOOK_ITS_DECODER_DOWN
    return unreadable(UnreadableFile(file, wanted="a recording", came=came, where="the whole file"))


def _decoded_batch(batch: list[Job], *, whose: Whose) -> list[Decoded]:
    return [decoded(data, file=file, whose=whose) for file, data in batch]


def _prepare(niceness: int) -> None:
    """In a decoder: step back, end with the one who asked, and let no recording have the whole machine's memory."""
    os.nice(niceness)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _end_with_parent() -> None:
    """A parent that was killed says no goodbye: without this its decoders would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
