"""One XML session -> a run or a fact of the day: its sport, its pauses, its place in time."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo

import numpy as np
import numpy.typing as npt

from calfwise.model import constants as c
from calfwise.model.run import Device, Floats, OtherActivity, Run, Span
from calfwise.readers.assemble import Assembled, Samples, assemble
from calfwise.readers.recording import Recording
from calfwise.readers.sports import RUNNING, UNTYPED, is_run
from calfwise.readers.xml import Document
from calfwise.readers.xml_points import Points, zone_told

PAUSE_FROM_S = 5.0
"""A shorter hole between two samples is how watches save room, not a pause. [s]"""
PAUSE_FROM_INTERVALS = 3.0
"""Nor is one shorter than this many usual intervals. [1]"""
PAUSE_SHARE_NEEDED = 0.75
"""A hole is a pause if the timer leaves over at least this share of it. [1]"""

UNKNOWN = "unknown"
NO_SAMPLES = "it holds no samples: a planned route, or totals only"
NO_RUNNING_SPEED = "its sport is not named, and it did not move like one"
RUNNING_WORDS = frozenset({"run", "running", "jog", "jogging", "laufen", "lauf", "hardlopen", "corsa", "carrera"})
SUB_SPORTS = frozenset({"indoor", "street", "track", "trail", "treadmill", "ultra", "virtual"})
RIDDLES = {"9": RUNNING, "1": "cycling", "10": "walking", "biking": "cycling"}
"""Strava's numbers, and TCX's own word."""


STOP_MARKS = (100.0, 200.0)
"""Latitudes with which MyTracks and old OpenTracks wrote "stopped" and "went on". [deg]"""

Parts = npt.NDArray[np.intp]
"""Which lap, track or segment each sample belongs to, counted from 0."""


@dataclass(slots=True)
class Session:
    """What a format's reader knows of one session before its samples are put in order."""

    samples: Samples
    part: Parts
    sport: str
    sub_sport: str | None
    device: Device
    zone: tzinfo | None
    """The zone its times are written in; `None` if they name none."""
    timer_s: float | None = None
    """Time with the watch running, where the file tells it. [s]"""
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Source:
    """What all sessions of a file share."""

    id: str
    file: str
    format: str
    location: bool


@dataclass(frozen=True, slots=True)
class _Timing:
    timer_s: float
    elapsed_s: float
    pauses: tuple[Span, ...]
    gaps: tuple[Span, ...]


def sport_told(word: str | None) -> tuple[str, str | None]:
    """Sport and sub-sport from a file's own word; "unknown" where it says nothing that helps.

    >>> sport_told("trail_running"), sport_told("9"), sport_told("Biking"), sport_told("Other"), sport_told("hiking")
    (('running', 'trail'), ('running', None), ('cycling', None), ('unknown', None), ('hiking', None))
    """
    words = re.sub(r"[\s_/-]+", " ", word or "").strip().lower()
    words = RIDDLES.get(words, words)
    if words in UNTYPED:
        return UNKNOWN, None
    each = words.split()
    if RUNNING_WORDS.isdisjoint(each):
        return words, None
    return RUNNING, next((word for word in each if word in SUB_SPORTS), None)


def samples_of(points: Points) -> tuple[Samples, Parts]:
    """Samples in our names and units, and the part of the session each belongs to.

    A pulse of 0 is a lost strap; a distance or speed of 0 throughout was never measured; a position off the globe is
    none. Cadence in both formats counts one leg.
    """
    table, part = points.table(), points.part()
    epoch_s, lat, lon = table.pop("epoch_s"), table.pop("lat", None), table.pop("lon", None)
    if "heart_rate" in table:
        table["heart_rate"] = np.where(table["heart_rate"] > 0, table["heart_rate"], np.nan)
    if "strides_per_minute" in table:
        table["cadence_spm"] = 2 * table.pop("strides_per_minute")
    for name in ("distance_m", "speed_mps"):
        if name in table and not (table[name] > 0).any():
            del table[name]
    if lat is None or lon is None:
        return Samples(epoch_s, table), part
    on_globe = (np.abs(lat) <= 90) & (np.abs(lon) <= 180)
    samples = Samples(epoch_s, table, np.where(on_globe, lat, np.nan), np.where(on_globe, lon, np.nan))
    marks = np.isin(lat, STOP_MARKS) & (lon == 0)
    return (samples.take(~marks), (part + np.cumsum(marks))[~marks]) if marks.any() else (samples, part)


def recording_of(document: Document, *, session_of: Callable[[Points], Session | None], source: Source) -> Recording:
    """All sessions of a file, in its order; `session_of` gives `None` for a planned route."""
    found: list[Run | OtherActivity] = []
    remarks: list[str] = []
    for index, points in enumerate(document.sessions):
        session = session_of(points)
        assembled = assemble(session.samples, location=source.location) if session else None
        if session is None:
            remarks.append("it holds a planned route, not a recording")
        elif assembled is None:
            remarks.append("no sample has a time")
        else:
            found.append(_told(session, assembled, source=source, index=index, damaged=bool(document.salvaged)))
    runs = tuple(each for each in found if isinstance(each, Run))
    others = tuple(each for each in found if isinstance(each, OtherActivity))
    if not document.sessions:
        remarks.append("no sample could be saved" if document.salvaged else NO_SAMPLES)
    remarks += [f"not a run: {NO_RUNNING_SPEED if other.sport == UNKNOWN else other.sport}" for other in others]
    return Recording(runs, others, document.salvaged, () if runs else tuple(dict.fromkeys(remarks)))


def _told(session: Session, assembled: Assembled, *, source: Source, index: int, damaged: bool) -> Run | OtherActivity:
    columns = assembled.columns
    measured = bool(np.isfinite(columns.distance_m).any())
    distance_m = float(np.nanmax(columns.distance_m)) if measured else None
    timing = _timing(session, assembled, damaged=damaged)
    start, local_time_known = _start(assembled.start_epoch_s, session.zone)
    if not is_run(session.sport, columns):
        return OtherActivity(
            id=f"{source.id}:{index}",
            file=source.file,
            start=start,
            sport=session.sport,
            duration_s=timing.timer_s,
            distance_m=distance_m,
        )
    zoneless = () if session.zone else ("the times name no time zone: they were read as UTC",)
    return Run(
        id=f"{source.id}:{index}",
        file=source.file,
        format=source.format,
        start=start,
        local_time_known=local_time_known,
        sport=RUNNING,
        sub_sport=session.sub_sport,
        distance_m=distance_m,
        timer_s=timing.timer_s,
        elapsed_s=timing.elapsed_s,
        columns=columns,
        device=session.device,
        pauses=timing.pauses,
        gaps=timing.gaps,
        notes=(*session.notes, *assembled.notes, *zoneless),
        track=assembled.track,
    )


def _start(epoch_s: float, zone: tzinfo | None) -> tuple[datetime, bool]:
    """The start, and whether its offset is the runner's own: a watch that writes UTC hides where it was."""
    start = datetime.fromtimestamp(epoch_s, zone or UTC)
    return start, start.utcoffset() != timedelta(0)


def _timing(session: Session, assembled: Assembled, *, damaged: bool) -> _Timing:
    """Timer, pauses and gaps.

    Without a timer in the file (GPX has none) a silence cannot be told from a stop: no gap counts as time on the run.
    A timer far beyond the last sample of a damaged file belongs to what was lost.
    """
    time_s = assembled.columns.time_s
    recorded_s = float(time_s[-1])
    timer_s = session.timer_s
    if timer_s is not None and damaged and timer_s > recorded_s + c.LONGEST_INTERVAL_S:
        timer_s = None
    pauses = pauses_of(time_s=time_s, begins_s=_begins_epoch_s(session) - assembled.start_epoch_s, timer_s=timer_s)
    gaps = tuple(gap for gap in assembled.gaps if gap not in pauses)
    if timer_s is None:
        timer_s = recorded_s - sum(hole.end_s - hole.start_s for hole in (*pauses, *gaps))
    return _Timing(timer_s, max(recorded_s, timer_s), pauses, gaps)


def _begins_epoch_s(session: Session) -> Floats:
    """When each part after the first begins. [s]"""
    timed = np.isfinite(session.samples.epoch_s)
    epoch_s, part = session.samples.epoch_s[timed], session.part[timed]
    return epoch_s[1:][np.diff(part) > 0]


def pauses_of(*, time_s: Floats, begins_s: Floats, timer_s: float | None) -> tuple[Span, ...]:
    """The holes between samples in which the watch was stopped.

    Parameters
    ----------
    time_s : (n,)
        Of the samples, rising from 0. [s]
    begins_s : (n_parts - 1,)
        When each lap, track or segment after the first begins. [s]
    timer_s
        How long the watch ran. Holes are pauses only as far as it leaves time over: first those between parts, then
        the longest. `None`: every hole between parts is a pause. [s]

    Examples
    --------
    >>> pauses_of(time_s=np.array([0.0, 1, 2, 92, 93]), begins_s=np.array([92.0]), timer_s=4.0)
    (Span(start_s=2.0, end_s=92.0),)
    """
    if len(time_s) < 2:
        return ()
    step_s = np.diff(time_s)
    usual_s = float(np.median(step_s))
    holes = step_s > max(PAUSE_FROM_S, PAUSE_FROM_INTERVALS * usual_s)
    after = np.searchsorted(time_s, begins_s)
    between = np.zeros(len(step_s), dtype=bool)
    between[after[(after > 0) & (after < len(time_s))] - 1] = True
    stops = np.flatnonzero(holes & between).tolist()
    if timer_s is not None:
        ordered = sorted(np.flatnonzero(holes).tolist(), key=lambda i: (not between[i], -step_s[i]))
        stopped_s = dict(zip(ordered, step_s[ordered] - usual_s, strict=True))
        stops = sorted(_fitting(stopped_s, spare_s=float(time_s[-1]) - timer_s))
    return tuple(Span(float(time_s[i]), float(time_s[i + 1])) for i in stops)


def _fitting(stopped_s: dict[int, float], *, spare_s: float) -> list[int]:
    """The holes, in their order, that the time left over by the timer covers; laps' times may be rounded."""
    stops = []
    for hole, seconds in stopped_s.items():
        if PAUSE_SHARE_NEEDED * seconds <= spare_s:
            stops.append(hole)
            spare_s -= seconds
    return stops


def zone_of(points: Points) -> tzinfo | None:
    """The zone in which a session's first time is written."""
    return zone_told(points.first_time)
