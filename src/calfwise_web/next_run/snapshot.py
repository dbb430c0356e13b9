"""What a planned run is held against, kept small: thinking of a run reads no run again."""

import zlib
from datetime import date, datetime, timedelta
from statistics import median

import msgspec
from msgspec import Struct, structs

from calfwise import library
from calfwise.assess import LoadHistory
from calfwise.model import constants as c
from calfwise.model.care.screening import locked_before
from calfwise.model.care.signs import Level
from calfwise.model.journal import Prefers
from calfwise.model.load.alignment import StanceStory
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.outings import Outing
from calfwise.model.run import Device
from calfwise.model.runner import Runner, Shoe
from calfwise.model.session import SorenessNote
from calfwise_web.whole import Whole

PAGE = "next"


class Ready(Struct, frozen=True):
    """All that a planned run is held against."""

    now: datetime
    """When this was worked out, on the runner's own clock."""
    prefers: Prefers
    runner: Runner
    shoes: tuple[Shoe, ...]
    """All pairs ever told of."""
    races: tuple[date, ...]
    """Planned, from this day on."""
    load: LoadHistory
    """Outings of 90 days alone, without what a forecast never looks at."""
    usual_m: float | None
    """The middle one of the outings of 30 days."""
    longest_m: float | None
    """Of 30 days."""
    soreness: SorenessNote | None
    """The last word on how the calves feel."""
    locked: bool
    """Somebody should look at a leg before it runs again."""


_decoder = msgspec.json.Decoder(Ready)


def ready_of(body: bytes | memoryview) -> Ready:
    """A snapshot read again. Raises `msgspec.DecodeError` or `zlib.error` where it is none."""
    return _decoder.decode(zlib.decompress(body))


def next_body(whole: Whole) -> bytes:
    """The snapshot of a journal. JSON: MessagePack would keep a time's moment, but not its day.

    Packed: outings repeat each other, so a fifth of the bytes tells them all.
    """
    return zlib.compress(msgspec.json.encode(ready(whole)), 1)


def ready(whole: Whole) -> Ready:
    """What a run is held against as of now: some 90 outings at most for who runs daily, whatever came before."""
    history, now = whole.history, whole.now
    lengths_m = _lengths_m(whole.answer, now)
    locked = locked_before(gate=library.gate(), history=history, now=now)
    return Ready(
        now=now,
        prefers=history.prefers or Prefers(at=now),
        runner=history.runner,
        shoes=history.shoes,
        races=tuple(sorted(day for day in history.races if day >= now.date())),
        load=_small(whole.answer, now),
        usual_m=median(lengths_m) if lengths_m else None,
        longest_m=max(lengths_m, default=None),
        soreness=next((note for note in reversed(history.soreness) if note.at <= now), None),
        locked=any(past.level is not Level.BLOCK for past in locked),
    )


def _lengths_m(answer: LoadHistory, now: datetime) -> list[float]:
    since = now.date() - timedelta(days=c.LONGEST_WINDOW_DAYS)
    return [outing.distance_m for outing in answer.outings if outing.day >= since and outing.distance_m]


def _small(answer: LoadHistory, now: datetime) -> LoadHistory:
    """The same forecast from a hundredth of the bytes."""
    since = now - timedelta(days=c.EASY_WINDOW_DAYS)
    last = answer.outings[-1].day if answer.outings else None
    recent = (outing for outing in answer.outings if outing.start >= since or outing.day == last)
    change, easy = answer.change, answer.easy
    return structs.replace(
        answer,
        outings=tuple(_small_outing(outing) for outing in recent),
        days=(),
        change=structs.replace(change, latest=None, notices=(), alerts=change.alerts[-1:], hard=()),
        stance=StanceStory(),
        easy=None if easy is None else structs.replace(easy, strikes_by_force={}),
        used_to=None,
    )


def _small_outing(outing: Outing) -> Outing:
    return Outing(tuple(_small_load(load) for load in outing.loads), outing.day, outing.easy_speed_mps)


def _small_load(load: RunLoad) -> RunLoad:
    """Without its forces, and what a device or an archive told of it."""
    return structs.replace(
        load, strikes_by_force=(), notes=(), told=None, device=Device(), stance=None, sides=None, file=""
    )
