"""A planned day's running as a FIT workout that a watch guides: steps first, as values; then the file.

Bytes depend on the day alone: the same day gives the same file, whenever it is written.
"""

import zlib
from collections.abc import Sequence
from datetime import UTC, datetime, time
from enum import StrEnum

import msgspec
from fit_tool import ConformanceLevel, FitFile, FitFileBuilder, ProfileScope, validate_fit_file
from fit_tool.fit_file_builder import calc_records_size
from fit_tool.fit_file_header import FitFileHeader, ProtocolVersion
from fit_tool.profile.messages.file_id_message import FileIdMessage
from fit_tool.profile.messages.workout_message import WorkoutMessage
from fit_tool.profile.messages.workout_step_message import WorkoutStepMessage
from fit_tool.profile.profile_type import (
    FileType,
    Intensity,
    Manufacturer,
    Sport,
    WorkoutStepDuration,
    WorkoutStepTarget,
)
from msgspec import Struct, structs

from calfwise.model.care.protocol import RoutineItem
from calfwise.model.weeks import Element, ElementKind, LaidDay

GUIDED = frozenset({ElementKind.EASY, ElementKind.LONG, ElementKind.TEMPO, ElementKind.CADENCE, ElementKind.WALK_RUN,
                    ElementKind.GRASS})  # fmt: skip
"""What a watch can guide; strength, drills and massage are the player's."""
SLOWER, FASTER = 0.03, 0.03
"""How far a pace may be from the one asked for before the watch speaks: 8 s at 4:30 a kilometre (our rule). [1]"""
EASY_SLOWER = 0.25
"""An easy run may be slower by this much: 6:00 a kilometre as slow as 8:00 (our rule). [1]"""
NEAR_SPM = 3
"""How far a cadence may be from the one asked for (our rule). [steps/min]"""
STEPS_A_STRIDE = 2
"""FIT counts running cadence by one leg, in rpm (Profile, workout_step, custom_target_cadence_low)."""
SECONDS_A_MINUTE = 60
WHOLE_M, WHOLE_S = 10, 5
"""Nobody sees a metre or a second on a wrist. [m] [s]"""
LONGEST_NAME = 24
"""Of a workout; watches show about so many letters. [1]"""
METRES_A_KM = 1000
PROTOCOL = 1, 0
"""Nothing in a workout needs the second, which older watches refuse."""
CHECKED = (ConformanceLevel.WIRE, ConformanceLevel.PROFILE)
"""Not the library's idea of a workout: it counts no way back among the steps, and Garmin's own examples do."""


class Effort(StrEnum):
    """What a step is for; watches colour them so."""

    WARM_UP = "warm-up"
    ACTIVE = "active"
    RECOVERY = "recovery"
    COOL_DOWN = "cool-down"


class Step(Struct, frozen=True):
    """One stretch, by distance or by time."""

    name: str
    effort: Effort
    seconds: float | None = None
    metres: float | None = None
    """Where it goes by distance; then no seconds."""
    speed_mps: tuple[float, float] | None = None
    """Slowest and fastest. [m/s]"""
    cadence_spm: tuple[int, int] | None = None
    """Fewest and most. [steps/min]"""
    notes: str = ""


class Again(Struct, frozen=True):
    """Go back, until the steps since then were done so many times."""

    to: int
    """The place of the first of them, from nought."""
    times: int


Steps = tuple[Step | Again, ...]
EFFORT = {
    Effort.WARM_UP: Intensity.WARMUP,
    Effort.ACTIVE: Intensity.ACTIVE,
    Effort.RECOVERY: Intensity.RECOVERY,
    Effort.COOL_DOWN: Intensity.COOLDOWN,
}
NAMES = {
    ElementKind.EASY: "Easy",
    ElementKind.LONG: "Long",
    ElementKind.TEMPO: "Brisk part",
    ElementKind.CADENCE: "Metronome",
    ElementKind.WALK_RUN: "Walk and run",
    ElementKind.GRASS: "Bare feet",
}
PARTS = {
    "walk": ("Walk", Effort.RECOVERY),
    "walk-brisk": ("Walk briskly", Effort.WARM_UP),
    "run-between-walks": ("Run, easy", Effort.ACTIVE),
    "easy-run": ("Run, easy", Effort.ACTIVE),
    "jog-easy": ("Jog, easy", Effort.WARM_UP),
}
"""Exercises that walks and runs are made of, by id."""


def workout_fit(day: LaidDay, *, walks: Sequence[RoutineItem] = ()) -> bytes | None:
    """A day's running as one FIT workout.

    Parameters
    ----------
    day
        As it is laid. Its reasons do not go into the file.
    walks
        The parts of its walk and run, as the routine has them at its level.

    Returns
    -------
    bytes or None
        A file of type workout, sport running: durations [ms] [cm], speeds [mm/s], cadence of one leg [rpm].
        `None` where the day holds nothing that a watch can guide.
    """
    steps = workout_steps(day, walks=walks)
    if not steps:
        return None
    builder = FitFileBuilder()
    builder.add(_file_id(day, steps))
    workout = WorkoutMessage()
    workout.workout_name = workout_name(day)
    workout.sport = Sport.RUNNING
    workout.num_valid_steps = len(steps)
    builder.add(workout)
    for place, step in enumerate(steps):
        builder.add(_again(step, place) if isinstance(step, Again) else _step(step, place))
    validate_fit_file(builder.records, CHECKED, profile_scope=ProfileScope.FULL, raise_on_error=True)
    size = calc_records_size(builder.records)
    header = FitFileHeader(records_size=size, protocol_version=ProtocolVersion(*PROTOCOL), gen_crc=True)
    written: bytes = FitFile(header, builder.records).to_bytes()
    return written


def workout_name(day: LaidDay) -> str:
    """The weekday's date, and what it is.

    >>> from datetime import date
    >>> from calfwise.model.weeks import Estimate
    >>> easy = Element(ElementKind.EASY, 40, Estimate(), "", (), distance_m=6400)
    >>> workout_name(LaidDay(date(2026, 5, 3), (easy,)))
    '3 May Easy 6.4 km'
    """
    first = next(element for element in day.elements if element.kind in GUIDED)
    length = f" {first.distance_m / METRES_A_KM:.1f} km".replace(".0 ", " ") if first.distance_m else ""
    return f"{day.on.day} {day.on:%b} {NAMES[first.kind]}{length}"[:LONGEST_NAME].strip()


def workout_steps(day: LaidDay, *, walks: Sequence[RoutineItem] = ()) -> Steps:
    """What a watch guides, in the order of the day; bare feet come first, while the calves are fresh."""
    guided = [element for element in day.elements if element.kind in GUIDED]
    steps: list[Step | Again] = []
    for element in sorted(guided, key=lambda element: element.kind is not ElementKind.GRASS):
        steps += _moved(_steps_of(element, walks), by=len(steps))
    return tuple(steps)


def _moved(steps: Sequence[Step | Again], *, by: int) -> list[Step | Again]:
    return [structs.replace(step, to=step.to + by) if isinstance(step, Again) else step for step in steps]


def _steps_of(element: Element, walks: Sequence[RoutineItem]) -> Sequence[Step | Again]:
    match element.kind:
        case ElementKind.TEMPO | ElementKind.CADENCE if 0 < element.part_minutes < element.minutes:
            return _around(element)
        case ElementKind.TEMPO | ElementKind.CADENCE:
            return (_asked(element),)
        case ElementKind.WALK_RUN if walks:
            return _walks(walks)
        case ElementKind.GRASS:
            minutes = element.part_minutes or element.minutes
            return (Step("Bare feet, on grass", Effort.ACTIVE, seconds=_seconds(minutes), notes=GRASS_NOTES),)
        case _:
            return (_whole(element),)


GRASS_NOTES = "Short, level, clean grass. Shoes within reach. Stop when a calf speaks up."


def _whole(element: Element) -> Step:
    """An easy run in one piece, as far as it is to go; slower is always fine."""
    asked = element.speed_mps
    return Step(
        NAMES[element.kind],
        Effort.ACTIVE,
        seconds=None if element.distance_m else _seconds(element.minutes),
        metres=_rounded(element.distance_m, WHOLE_M) if element.distance_m else None,
        speed_mps=(asked * (1 - EASY_SLOWER), asked * (1 + FASTER)) if asked else None,
        notes="At your ease: you could talk." if element.kind is not ElementKind.WALK_RUN else "",
    )


def _around(element: Element) -> Sequence[Step]:
    """Easy, the part that is asked for, easy. What does not halve goes before it."""
    rest_s = _seconds(element.minutes) - _seconds(element.part_minutes)
    after_s = _rounded(rest_s / 2 - WHOLE_S / 2, WHOLE_S)
    return tuple(
        step
        for step in (
            Step("Warm up, easy", Effort.WARM_UP, seconds=rest_s - after_s),
            _asked(element),
            Step("Cool down, easy", Effort.COOL_DOWN, seconds=after_s),
        )
        if step.seconds
    )


def _asked(element: Element) -> Step:
    """The brisk part at its pace, or the part to a metronome at its cadence."""
    seconds = _seconds(element.part_minutes or element.minutes)
    speed, spm = element.speed_mps, element.cadence_spm
    if element.kind is ElementKind.TEMPO:
        band = (speed * (1 - SLOWER), speed * (1 + FASTER)) if speed else None
        return Step("Brisk", Effort.ACTIVE, seconds=seconds, speed_mps=band, notes="Brisk, and no race.")
    near = (spm - NEAR_SPM, spm + NEAR_SPM) if spm else None
    notes = f"{spm} steps a minute, at an easy pace." if spm else "Shorter, quicker steps, at an easy pace."
    return Step("Metronome", Effort.ACTIVE, seconds=seconds, cadence_spm=near, notes=notes)


def _walks(items: Sequence[RoutineItem]) -> list[Step | Again]:
    """Walks and runs in turn: sets that are alike become one set and a way back."""
    steps: list[Step | Again] = []
    for item in items:
        name, effort = PARTS.get(item.protocol, (item.protocol.replace("-", " ").capitalize(), Effort.ACTIVE))
        walk = Step("Walk", Effort.RECOVERY, seconds=item.rest_s) if item.rest_s and len(item.sets) > 1 else None
        if walk is not None and len(set(item.sets)) == 1:
            # The last walk goes too: a watch repeats whole rounds, and ending on a walk harms nobody.
            steps += [Step(name, effort, seconds=item.sets[0]), walk, Again(len(steps), len(item.sets))]
            continue
        for place, seconds in enumerate(item.sets):
            steps += [walk] if walk is not None and place else []
            steps.append(Step(name, effort, seconds=seconds))
    return steps


def _seconds(minutes: float) -> float:
    return _rounded(minutes * SECONDS_A_MINUTE, WHOLE_S)


def _rounded(value: float, whole: int) -> float:
    """To whole tens or fives; never nought."""
    return float(max(whole, round(value / whole) * whole))


# ----------------------------------------------------------------------------------------------------------- the file
def _file_id(day: LaidDay, steps: Steps) -> FileIdMessage:
    """Watches tell files apart by their number: made of what is in this one, so that a changed day is another file."""
    written = FileIdMessage()
    written.type = FileType.WORKOUT
    written.manufacturer = Manufacturer.DEVELOPMENT.value
    written.product = 0
    written.serial_number = zlib.crc32(msgspec.json.encode((day.on, steps))) or 1
    written.time_created = int(datetime.combine(day.on, time(), UTC).timestamp() * 1000)
    return written


def _step(step: Step, place: int) -> WorkoutStepMessage:
    written = WorkoutStepMessage()
    written.message_index = place
    written.workout_step_name = step.name
    written.intensity = EFFORT[step.effort]
    if step.metres is not None:
        written.duration_type = WorkoutStepDuration.DISTANCE
        written.duration_distance = step.metres
    else:
        written.duration_type = WorkoutStepDuration.TIME
        written.duration_time = step.seconds
    if step.speed_mps is not None:
        written.target_type = WorkoutStepTarget.SPEED
        written.target_speed_zone = 0
        written.custom_target_speed_low, written.custom_target_speed_high = step.speed_mps
    elif step.cadence_spm is not None:
        fewest, most = step.cadence_spm
        written.target_type = WorkoutStepTarget.CADENCE
        written.target_cadence_zone = 0
        written.custom_target_cadence_low = fewest // STEPS_A_STRIDE
        written.custom_target_cadence_high = -(-most // STEPS_A_STRIDE)
    else:
        written.target_type = WorkoutStepTarget.OPEN
    if step.notes:
        written.notes = step.notes
    return written


def _again(again: Again, place: int) -> WorkoutStepMessage:
    written = WorkoutStepMessage()
    written.message_index = place
    written.duration_type = WorkoutStepDuration.REPEAT_UNTIL_STEPS_CMPLT
    written.duration_step = again.to
    written.target_type = WorkoutStepTarget.OPEN
    written.target_repeat_steps = again.times
    return written
