"""A FIT file -> its sessions: runs with their samples, other sports as facts."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

import numpy as np

from calfwise.model import constants as c
from calfwise.model.run import Device, OtherActivity, Run, Span
from calfwise.readers.assemble import DAY_S, Assembled, Samples, assemble
from calfwise.readers.fit.clock import Clock, clock_of
from calfwise.readers.fit.decode import FitFile, Table
from calfwise.readers.fit.heart import Beats
from calfwise.readers.fit.profile import (
    FILE_TYPES,
    LAST_DATE,
    MAKERS,
    SPORTS,
    SUB_SPORTS,
    EventField,
    FileField,
    LapField,
    Message,
    Scaled,
    SessionField,
    SportField,
)
from calfwise.readers.fit.records import samples_of
from calfwise.readers.sports import RUNNING, is_run

ACTIVITY_FILE = 4
MOST_SESSIONS = 200
"""A triathlon has five; of more only the first are told apart."""
MOST_PAUSES = 2_000
"""A run has a handful; of more only the first are kept."""
INDOOR = ("treadmill", "indoor", "virtual")


@dataclass(frozen=True, slots=True)
class Summary:
    """What a session message says; `None` where it says nothing."""

    sport: str
    sub_sport: str | None = None
    start_epoch_s: float | None = None
    elapsed_s: float | None = None
    timer_s: float | None = None
    distance_m: float | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What all sessions of a file share."""

    id: str
    file: str
    device: Device
    clock: Clock
    stops_epoch_s: tuple[tuple[float, float], ...]
    location: bool


def sessions_of(
    fit: FitFile, *, content_id: str, file: str, location: bool, beats: Beats | None = None
) -> list[Run | OtherActivity]:
    """The sessions of one FIT file in order of time, records split between them by when each begins."""
    clock = clock_of(fit)
    samples = samples_of(fit, clock, beats)
    summaries = _summaries(fit, clock)
    context = Context(content_id, file, _device(fit), clock, _stops(fit, clock), location)
    if samples is None or not np.isfinite(samples.epoch_s).any():
        return [_fact(context, i, s) for i, s in enumerate(summaries) if s.start_epoch_s and s.elapsed_s]
    found: list[Run | OtherActivity] = []
    for index, (summary, own) in enumerate(_shares(summaries, samples)):
        assembled = assemble(own, location=location, indoor=summary.sub_sport in INDOOR)
        if assembled is None:
            continue
        if is_run(summary.sport, assembled.columns):
            found.append(_run(context, index, summary, assembled))
        else:
            found.append(_fact(context, index, summary, assembled))
    return found


def _shares(summaries: list[Summary], samples: Samples) -> list[tuple[Summary, Samples]]:
    """Each session with its records: from its start to the next one's."""
    dated = [summary for summary in summaries if summary.start_epoch_s is not None]
    if len(dated) < 2:
        return [((summaries or [Summary("unknown")])[0], samples)]
    dated.sort(key=lambda summary: summary.start_epoch_s or 0.0)
    edges = [summary.start_epoch_s or 0.0 for summary in dated[1:]]
    share = np.searchsorted(edges, samples.epoch_s, side="right")
    share[np.isnan(samples.epoch_s)] = -1
    pairs = [(summary, _from_zero(samples.take(share == index))) for index, summary in enumerate(dated)]
    return [(summary, own) for summary, own in pairs if len(own)]


def _from_zero(samples: Samples) -> Samples:
    """The samples with distance counted from their own start: multisport watches count on."""
    distance_m = samples.columns.get("distance_m")
    if distance_m is not None and np.isfinite(distance_m).any():
        samples.columns["distance_m"] = distance_m - np.nanmin(distance_m)
    return samples


def _run(context: Context, index: int, summary: Summary, assembled: Assembled) -> Run:
    columns = assembled.columns
    last_s = float(columns.time_s[-1])
    pauses = _pauses(context, assembled.start_epoch_s, last_s)
    distance_m = summary.distance_m
    if distance_m is None and np.isfinite(columns.distance_m).any():
        distance_m = float(np.nanmax(columns.distance_m))
    start, local = _local(context, assembled.start_epoch_s)
    return Run(
        id=f"{context.id}:{index}",
        file=context.file,
        format="fit",
        start=start,
        local_time_known=local,
        sport=RUNNING,
        sub_sport=summary.sub_sport,
        distance_m=distance_m,
        timer_s=_timer_s(summary, last_s, pauses),
        elapsed_s=_elapsed_s(summary, last_s),
        columns=columns,
        device=context.device,
        developer=assembled.developer,
        pauses=pauses,
        gaps=tuple(gap for gap in assembled.gaps if not _inside(gap, pauses)),
        notes=assembled.notes + ((context.clock.note,) if context.clock.note else ()),
        track=assembled.track,
    )


def _elapsed_s(summary: Summary, last_s: float) -> float:
    """As long as the samples last, or longer where the summary says so and can be right."""
    said_s = summary.elapsed_s or 0.0
    return max(last_s, said_s if said_s <= c.LONGEST_SILENCE_DAYS * DAY_S else 0.0)


def _timer_s(summary: Summary, last_s: float, pauses: tuple[Span, ...]) -> float:
    """The summary's word where it can be right; else what the pauses leave."""
    if summary.timer_s and summary.timer_s <= _elapsed_s(summary, last_s):
        return summary.timer_s
    return max(0.0, last_s - sum(pause.end_s - pause.start_s for pause in pauses))


def _fact(context: Context, index: int, summary: Summary, assembled: Assembled | None = None) -> OtherActivity:
    start_epoch_s = assembled.start_epoch_s if assembled else summary.start_epoch_s or 0.0
    recorded_s = float(assembled.columns.time_s[-1]) if assembled else 0.0
    return OtherActivity(
        id=f"{context.id}:{index}",
        file=context.file,
        start=_local(context, start_epoch_s)[0],
        sport=summary.sport,
        duration_s=summary.timer_s or summary.elapsed_s or recorded_s,
        distance_m=summary.distance_m,
    )


def _local(context: Context, epoch_s: float) -> tuple[datetime, bool]:
    offset_s = context.clock.utc_offset_s
    if offset_s is None:
        return datetime.fromtimestamp(epoch_s, UTC), False
    return datetime.fromtimestamp(epoch_s, timezone(timedelta(seconds=offset_s))), True


def _pauses(context: Context, start_epoch_s: float, last_s: float) -> tuple[Span, ...]:
    relative = ((stop - start_epoch_s, go - start_epoch_s) for stop, go in context.stops_epoch_s)
    return tuple(
        Span(max(stop, 0.0), min(go, last_s)) for stop, go in relative if go > 0 and stop < last_s and go > stop
    )


def _inside(gap: Span, pauses: tuple[Span, ...]) -> bool:
    """Whether a silence is a pause: the watch was stopped somewhere in it. Pauses follow each other."""
    at = bisect_left(pauses, gap.start_s, key=lambda pause: pause.end_s)
    return any(pause.start_s < gap.end_s and pause.end_s > gap.start_s for pause in pauses[at : at + 2])


def _summaries(fit: FitFile, clock: Clock) -> list[Summary]:
    """From session messages; else the sport alone, from a sport or lap message."""
    table = fit.table(Message.SESSION)
    if table is not None:
        return _session_summaries(table, clock)
    for message, fields in ((Message.SPORT, SportField.SPORT), (Message.LAP, LapField.SPORT)):
        table = fit.table(message)
        if table is not None and fields.number in table.field_numbers:
            return [Summary(_name(SPORTS, table.scaled(fields)[0]) or "unknown")]
    return []


def _session_summaries(table: Table, clock: Clock) -> list[Summary]:
    told = SessionField
    names = ("sport", "sub_sport", "start", "elapsed", "timer", "distance")
    fields = (told.SPORT, told.SUB_SPORT, told.START_TIME, told.ELAPSED_TIME, told.TIMER_TIME, told.DISTANCE)
    rows = zip(*(table.scaled(field)[:MOST_SESSIONS].tolist() for field in fields), strict=True)
    return [_summary(dict(zip(names, row, strict=True)), clock) for row in rows]


def _summary(row: dict[str, float], clock: Clock) -> Summary:
    sub_sport = _known(row["sub_sport"])
    return Summary(
        sport=_name(SPORTS, row["sport"]) or "unknown",
        sub_sport=None if sub_sport is None else SUB_SPORTS.get(int(sub_sport)),
        start_epoch_s=clock.epoch_of(_known(row["start"])),
        elapsed_s=_duration_s(row["elapsed"], SessionField.ELAPSED_TIME),
        timer_s=_duration_s(row["timer"], SessionField.TIMER_TIME),
        distance_m=_known(row["distance"]),
    )


def _known(value: float) -> float | None:
    return value if np.isfinite(value) else None


def _number(table: Table, field: Scaled, i: int) -> float | None:
    return _known(float(table.scaled(field)[i]))


def _duration_s(seconds: float, field: Scaled) -> float | None:
    """A duration that its field can hold; `None` where it is missing or damaged. [s]"""
    return seconds if 0 <= seconds <= LAST_DATE / field.scale else None


def _name(names: dict[int, str], number: float) -> str | None:
    """The profile's name for a number; an unnamed sport is still a sport, so it keeps its number."""
    return None if np.isnan(number) else names.get(int(number), f"sport {int(number)}")


def _device(fit: FitFile) -> Device:
    table = fit.table(Message.FILE_ID)
    if table is None:
        return Device()
    maker = _number(table, FileField.MANUFACTURER, 0)
    product = _number(table, FileField.PRODUCT, 0)
    serial = _number(table, FileField.SERIAL, 0)
    name = table.texts(FileField.PRODUCT_NAME)[0]
    return Device(
        maker=None if maker is None else MAKERS.get(int(maker), f"maker {int(maker)}"),
        product=name or (None if product is None else f"{int(product)}"),
        serial=None if serial is None else f"{int(serial)}",
    )


def file_type(fit: FitFile) -> str | None:
    """What a FIT file without sessions is, in words; `None` for an activity or an unknown type."""
    table = fit.table(Message.FILE_ID)
    number = _number(table, FileField.TYPE, 0) if table else None
    return None if number in (None, ACTIVITY_FILE) else FILE_TYPES.get(int(number or 0))


def _stops(fit: FitFile, clock: Clock) -> tuple[tuple[float, float], ...]:
    """Times from each stop of the timer to its next start; the last stop ends the recording and is no pause."""
    table = fit.table(Message.EVENT)
    if table is None:
        return ()
    timer = table.scaled(EventField.EVENT) == EventField.TIMER
    kinds, times_s = table.scaled(EventField.EVENT_TYPE)[timer], clock.epoch_s(table.timestamps[timer])
    stops: list[tuple[float, float]] = []
    stopped_s: float | None = None
    for kind, time_s in zip(kinds, times_s, strict=True):
        if np.isnan(time_s):
            continue
        if kind in EventField.STOPS and stopped_s is None:
            stopped_s = float(time_s)
        elif kind == EventField.START and stopped_s is not None:
            stops.append((stopped_s, float(time_s)))
            stopped_s = None
    return tuple(stops[:MOST_PAUSES])
