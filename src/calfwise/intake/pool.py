"""Decoder processes: batches of recordings out, what they gave back, in order; one bad file takes nothing with it."""

import multiprocessing
import os
import resource
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain
from typing import NamedTuple

from calfwise.errors import UnreadableFile
from calfwise.intake.work import Decoded, Whose, decoded, unreadable

BATCH_BYTES = 2 * 2**20
"""So much of recordings travels at once: a dozen usual hours. [bytes]"""
AHEAD = 2
"""Batches on their way to each process: enough that none waits, few enough for little memory."""
FEW, FEW_BYTES = 24, 8 * 2**20
"""Fewer recordings, of fewer bytes in all, are done sooner than processes start."""
MOST_MEMORY = 2**30
"""Address space of a decoder process; usual recordings need a fifth of it. [bytes]"""

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
    pool = _Pool(workers, whose)
    try:
        yield from pool.run(_batches(chain(first, coming)))
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


class _Pool:
    """Processes that are started anew when one of them falls."""

    def __init__(self, workers: int, whose: Whose) -> None:
        self.workers = workers
        self.whose = whose
        self._executor = self._started(workers)

    @staticmethod
    def _started(workers: int) -> ProcessPoolExecutor:
        # A server that has imported everything forks decoders cheaply, and has no threads that a fork could tear.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["calfwise.intake.work"])
        return ProcessPoolExecutor(workers, mp_context=context, initializer=_limit_memory)

    def run(self, batches: Iterator[list[Job]]) -> Iterator[Done]:
        waiting: deque[tuple[list[Job], Future[list[Decoded]]]] = deque()
        for batch in batches:
            waiting.append((batch, self._submit(batch)))
            if len(waiting) >= AHEAD * self.workers:
                yield from self._result(*waiting.popleft())
        while waiting:
            yield from self._result(*waiting.popleft())

    def _submit(self, batch: list[Job]) -> "Future[list[Decoded]]":
        try:
            return self._executor.submit(_decoded_batch, batch, self.whose)
        except BrokenProcessPool:
            self._executor = self._started(self.workers)
            return self._executor.submit(_decoded_batch, batch, self.whose)

    def _result(self, batch: list[Job], future: "Future[list[Decoded]]") -> Iterator[Done]:
        try:
            given = future.result()
        except BrokenProcessPool:
            given = [self._alone(job) for job in batch]
        yield from (Done(file, each) for (file, _), each in zip(batch, given, strict=True))

    def _alone(self, job: Job) -> Decoded:
        """A recording of a batch that fell, in a process of its own: it falls alone if it was the one."""
        file, _ = job
        with self._started(1) as executor:
            try:
                return executor.submit(_decoded_batch, [job], self.whose).result()[0]
            except BrokenProcessPool:
                came = "one that took its decoder down"
                return unreadable(UnreadableFile(file, wanted="a recording", came=came, where="the whole file"))

    def stop(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)


def _decoded_batch(batch: list[Job], whose: Whose) -> list[Decoded]:
    return [decoded(data, file=file, whose=whose) for file, data in batch]


def _limit_memory() -> None:
    """In a decoder: a recording that wants the whole machine gets a MemoryError instead."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
