"""Apple Health's `export.xml` -> runs, and the other workouts as facts of the day."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from hashlib import sha256
from itertools import islice
from typing import BinaryIO

from calfwise.model.run import OtherActivity, Run, Span, Told
from calfwise.readers.apple.columns import samples_of_run, values_by_quantity
from calfwise.readers.apple.dates import at_home
from calfwise.readers.apple.quantities import sport_of
from calfwise.readers.apple.records import Gathering
from calfwise.readers.apple.route import Open, Route, route_of
from calfwise.readers.apple.series import Span as Stretch
from calfwise.readers.apple.series import Values
from calfwise.readers.apple.tape import Tape
from calfwise.readers.apple.workouts import Workout, workouts_of
from calfwise.readers.assemble import Assembled, assemble
from calfwise.readers.recording import Recording
from calfwise.readers.sports import RUNNING

ORIGIN = "Apple Health"
MOST_WORKOUTS = 20_000
"""Ten years of five a day."""
ROUNDED_S = 60.0
"""A duration this much longer than the workout itself is only rounded, to minutes by some apps. [s]"""
LONGEST_RUN_S = 100 * 3600.0
"""Of a longer one only the totals are kept: a watch that was never stopped. [s]"""


def read_health(stream: BinaryIO, *, file: str, route: Open, location: bool = False) -> Iterator[Recording]:
    """The workouts of a health export, one by one in the file's order; runs with all their samples.

    Parameters
    ----------
    stream
        The bytes of `export.xml`, unpacked; read twice or more, so it must be able to go back to its beginning.
    file
        How to call it in messages.
    route
        Gives the bytes of a route by the path the export names (`/workout-routes/route_2024-05-03_7.05am.gpx`),
        `None` where it is not there.
    location
        Whether `Run.track` is filled.

    Yields
    ------
    Recording
        One a workout. A last one without workouts tells of damage (`salvaged`) or why nobody ran (`remarks`).

    Raises
    ------
    UnreadableFile
        At once, if it is no health export, or its document type has more than declarations of elements and
        attributes. Nothing else: what precedes any damage is given.

    Notes
    -----
    Memory is bounded for a file of any size: first the workouts are read, then of the records before them only those
    of running, and only as many at a time as fit (`records.MOST_VALUES`). Birth date, sex and all other records are
    passed over as text. Apple's type `RunningStrideLength` is one step.

    Examples
    --------
    >>> from io import BytesIO
    >>> workout = ('<Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="30" durationUnit="min" '
    ...     'totalDistance="5" totalDistanceUnit="km" sourceName="Watch" startDate="2024-05-03 07:05:12 +0200" '
    ...     'endDate="2024-05-03 07:35:12 +0200"/>')
    >>> export = BytesIO(f"<HealthData>{workout}</HealthData>".encode())
    >>> run, = next(read_health(export, file="export.xml", route=lambda path: None)).runs
    >>> run.start.isoformat(), run.timer_s, run.distance_m
    ('2024-05-03T07:05:12+02:00', 1800.0, 5000.0)
    """
    tape = Tape(stream, file=file)
    return _Reader(tape, file=file, open_route=route, location=location).recordings()


class _Reader:
    """One export, read once; what is to be said of it gathers on the way."""

    def __init__(self, tape: Tape, *, file: str, open_route: Open, location: bool) -> None:
        self._tape = tape
        self._file = file
        self._open_route = open_route
        self._location = location
        self._salvaged: list[str] = []
        self._unreadable = 0

    def recordings(self) -> Iterator[Recording]:
        workouts = self._workouts()
        runs = [workout for workout in workouts if workout.is_run]
        gathered = self._gathered(runs)
        for workout in workouts:
            if workout.is_run:
                yield Recording(runs=(self._run(workout, next(gathered)),))
            else:
                yield Recording(others=(_fact(workout, self._file),))
        if self._unreadable:
            self._salvaged.append(f"{_counted(self._unreadable, 'record')} left out that could not be read")
        remarks = () if runs else ("it holds no running workout",)
        if self._salvaged or remarks:
            yield Recording(salvaged=tuple(self._salvaged), remarks=remarks)

    def _workouts(self) -> list[Workout]:
        """All of them, and what is to be said of those that are damaged."""
        found: list[Workout] = []
        damaged_at: list[int] = []
        numbered = workouts_of(self._tape.pieces())
        for at, workout in islice(numbered, MOST_WORKOUTS):
            if workout is None or workout.damaged:
                damaged_at.append(self._tape.begin + at)
            if workout is not None:
                found.append(workout)
        if next(numbered, None) is not None:
            self._salvaged.append(f"only its first {MOST_WORKOUTS:,} workouts were read")
        elif not self._tape.whole:
            kept = f"{_counted(len(found), 'workout')} kept" if found else "its workouts, which come last, are missing"
            self._salvaged.append(f"the export breaks off after {self._tape.size:,} bytes: {kept}")
        if damaged_at and (self._tape.whole or len(damaged_at) > 1):
            damaged = _counted(len(damaged_at), "workout")
            self._salvaged.append(f"{damaged} damaged (the first at byte {damaged_at[0]:,})")
        return found

    def _gathered(self, runs: Sequence[Workout]) -> Iterator[Gathering]:
        """For each run, in order, the records of its time."""
        spans = [_span(run) if _lasted_s(run) <= LONGEST_RUN_S else (0.0, 0.0) for run in runs]
        while spans:
            gathering = Gathering(spans)
            gathering.read(self._tape.pieces())
            self._unreadable = max(self._unreadable, gathering.unreadable)
            yield from [gathering] * gathering.taken
            spans = spans[gathering.taken :]

    def _run(self, workout: Workout, gathering: Gathering) -> Run:
        notes = _notes(workout, gathering)
        span = _span(workout)
        timer_s = _timer_s(workout)
        values: dict[str, Values] = {}
        way: Route | None = None
        if _lasted_s(workout) <= LONGEST_RUN_S:
            values = values_by_quantity(gathering.series, owner=workout.owner, span=span, notes=notes)
            way = route_of(workout.routes, open_route=self._open_route, span=span, notes=notes)
        assembled = assemble(samples_of_run(values, way, span=span, timer_s=timer_s), location=self._location)
        assert assembled is not None, "a workout has a beginning"
        return _run(workout, assembled, file=self._file, notes=notes)


def _run(workout: Workout, assembled: Assembled, *, file: str, notes: Sequence[str]) -> Run:
    pauses = pauses_of(workout)
    return Run(
        id=_id(workout),
        file=file,
        format="apple",
        start=at_home(workout.start, workout.zone_name),
        local_time_known=True,
        sport=RUNNING,
        sub_sport="treadmill" if workout.indoor else None,
        distance_m=workout.distance_m,
        timer_s=_timer_s(workout),
        elapsed_s=max(_lasted_s(workout), _timer_s(workout)),
        columns=assembled.columns,
        device=workout.owner.device,
        pauses=pauses,
        gaps=tuple(gap for gap in assembled.gaps if not _touched(gap, pauses)),
        notes=(*notes, *assembled.notes),
        track=assembled.track,
        told=Told(origin=ORIGIN),
    )


def _fact(workout: Workout, file: str) -> OtherActivity:
    return OtherActivity(
        id=_id(workout),
        file=file,
        start=at_home(workout.start, workout.zone_name),
        sport=sport_of(workout.activity_type),
        duration_s=_timer_s(workout),
        distance_m=workout.distance_m,
    )


def _notes(workout: Workout, gathering: Gathering) -> list[str]:
    notes = []
    if workout.damaged:
        notes.append("the workout is damaged in the export: what precedes the damage was kept")
    if _lasted_s(workout) > LONGEST_RUN_S:
        notes.append("it lasts more than 100 hours: only its totals were kept")
    elif gathering.full:
        notes.append("it has more values than a recording may have: the first of them were kept")
    return notes


def _id(workout: Workout) -> str:
    """The same in every export: from when it began and who recorded it."""
    text = f"{ORIGIN} {int(workout.start.timestamp())} {workout.owner.source}"
    return sha256(text.encode(errors="replace")).hexdigest()[:16]


def _span(workout: Workout) -> Stretch:
    return workout.start.timestamp(), workout.end.timestamp()


def _lasted_s(workout: Workout) -> float:
    return (workout.end - workout.start).total_seconds()


def _timer_s(workout: Workout) -> float:
    """Apple's own duration, pauses left out; without a possible one, what the pauses leave. [s]"""
    if workout.duration_s is not None and workout.duration_s <= _lasted_s(workout) + ROUNDED_S:
        return workout.duration_s
    return _lasted_s(workout) - sum(pause.end_s - pause.start_s for pause in pauses_of(workout))


def pauses_of(workout: Workout) -> tuple[Span, ...]:
    """From each stop to the next start; the last stop may have none. [s since the workout's start]"""
    pauses: list[Span] = []
    stopped_s: float | None = None
    last_s = _lasted_s(workout)
    for date, stops in (*sorted(workout.events), (workout.end, False)):
        at_s = min(max((date - workout.start) / timedelta(seconds=1), 0.0), last_s)
        if stops:
            stopped_s = at_s if stopped_s is None else stopped_s
        elif stopped_s is not None:
            pauses += [Span(stopped_s, at_s)] if at_s > stopped_s else []
            stopped_s = None
    return tuple(pauses)


def _touched(gap: Span, pauses: Sequence[Span]) -> bool:
    return any(pause.start_s < gap.end_s and pause.end_s > gap.start_s for pause in pauses)


def _counted(number: int, name: str) -> str:
    return f"1 {name} was" if number == 1 else f"{number:,} {name}s were"
