"""One recording's bytes -> what the web keeps of it: the work that the warm decoders do."""

from msgspec import Struct

from calfwise.intake.pool import Job, fell
from calfwise.intake.work import Decoded, Whose, decoded
from calfwise.model.load.series import series_of
from calfwise.model.load.steps import Steps
from calfwise.model.run import Run
from calfwise_web.journal.held import packed_series


class Taken(Struct, frozen=True):
    """What one recording gave, and each run's series for its page."""

    given: Decoded
    series: tuple[bytes, ...] = ()


def taken(data: bytes, *, file: str, whose: Whose) -> Taken:
    """A recording's loads and series within a decoder's limits; no error comes out."""
    series: list[bytes] = []

    def thinned(run: Run, steps: Steps) -> None:
        series.append(packed_series(series_of(run, steps=steps)))

    given = decoded(data, file=file, whose=whose, also=thinned)
    return Taken(given, tuple(series) if given.loads else ())


def taken_batch(batch: list[Job], *, whose: Whose) -> list[Taken]:
    return [taken(data, file=file, whose=whose) for file, data in batch]


def fallen(file: str) -> Taken:
    """What a recording gives that took its decoder down."""
    return Taken(fell(file))
