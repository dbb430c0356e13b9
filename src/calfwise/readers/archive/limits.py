"""What an archive may cost, and the two ways in which something is left out."""

from dataclasses import dataclass

from calfwise.errors import CalfwiseError

MIB = 2**20
PACKED_PASSES = 12
"""A gzip in a zip in a streamed zip is looked at and read: each packed byte is unpacked six times at the most."""
PACKED_FREE_BYTES = 16 * MIB
MOST_SALVAGED = 200
"""So many damaged files of one archive are kept up to the damaged byte; further ones lose the bytes just before it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one file or archive on disk, all that is nested in it included."""

    recording_bytes: int = 64 * MIB
    """Of one recording, unpacked."""
    archive_bytes: int = 2048 * MIB
    """Unpacked out of one archive, all its entries and nested archives together."""
    archive_entries: int = 100_000
    directory_bytes: int = 24 * MIB
    """Of one archive's table of contents."""
    held_bytes: int = 32 * MIB
    """Nested archives up to this, together, are held in memory; larger ones are streamed."""
    depth: int = 4
    """Archives within archives, a `.gz` counted as one."""


class Unfit(CalfwiseError):  # noqa: N818 - named as one says it
    """Why something is left out: a noun phrase that reads well after "got"."""


class TooLarge(Unfit):
    """More bytes than were wanted."""


class Spent(Unfit):
    """The whole archive has had its share: what is left of it is left out."""

    at: str = ""
    """The file that took the last of it."""


class Meter:
    """Counts what one archive has cost so far. Bytes that are unpacked twice count once.

    >>> meter = Meter(Limits(archive_bytes=100), disk_bytes=80)
    >>> meter.reach("run.fit", 60)
    >>> meter.reach("run.fit", 60)
    >>> meter.reach("walk.fit", 60)
    Traceback (most recent call last):
    calfwise.readers.archive.limits.Spent: more than 0 MiB unpacked together
    """

    def __init__(self, limits: Limits, *, disk_bytes: int) -> None:
        self.limits = limits
        self.entries_left = limits.archive_entries
        self._bytes_left = limits.archive_bytes
        self._packed_left = PACKED_FREE_BYTES + PACKED_PASSES * disk_bytes
        self._salvages_left = MOST_SALVAGED
        self._furthest: dict[object, int] = {}

    def salvage(self) -> bool:
        """Whether the last bytes before a damage are worth the work: in a usual archive, not in thousands of wrecks."""
        self._salvages_left -= 1
        return self._salvages_left >= 0

    def take(self, entries: int) -> None:
        """Count entries of a table of contents."""
        self.entries_left -= entries

    def reach(self, place: object, position: int) -> None:
        """Count that `place` was unpacked up to `position`. Raises `Spent` when that was too much."""
        before = self._furthest.get(place, 0)
        if position > before:
            self._furthest[place] = position
            self._bytes_left -= position - before
        self.check()

    def feed(self, packed: int) -> None:
        """Count packed bytes given to an unpacker, as often as they are given.

        Honest packed bytes cannot be packed again, so at every depth there are no more of them than the file on disk
        has. Made ones can (a gzip of a million empty blocks packs a thousandfold), and cost fifty times more to unpack.
        """
        self._packed_left -= packed
        self.check()

    def check(self) -> None:
        """Raise `Spent` when the archive has had its share."""
        if self._bytes_left < 0:
            raise Spent(f"more than {mib(self.limits.archive_bytes)} unpacked together")
        if self._packed_left < 0:
            raise Spent("more packed bytes than an honest archive of its size can hold")


def mib(size: int) -> str:
    """A size in words.

    >>> mib(1_300_000_000)
    '1,240 MiB'
    """
    return f"{size / MIB:,.0f} MiB"
