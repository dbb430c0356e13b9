"""A planned day's running as a FIT workout that a watch guides: steps first, as values; then the file.

Bytes depend on the day alone: the same day gives the same file, whenever it is written.
"""

import zlib
from collections.abc import Mapping, Sequence
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

from calfwise.model.session import PracticeItem
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
Parts = Mapping[str, Sequence[PracticeItem]]
"""What is guided, by the id of its routine."""
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
BRISK, BEAT, BARE, BETWEEN_WALKS = "tempo-run", "cadence-run", "grass-barefoot", "run-between-walks"
PARTS = {
    BRISK: ("Brisk", Effort.ACTIVE, "Brisk, and no race."),
    BEAT: ("Metronome", Effort.ACTIVE, "Shorter, quicker steps, at an easy pace."),
    BARE: ("Bare feet, on grass", Effort.ACTIVE, "Short, clean grass; shoes within reach. Stop when a calf speaks up."),
    BETWEEN_WALKS: ("Run, easy", Effort.ACTIVE, ""),
    "easy-run": ("Easy", Effort.ACTIVE, ""),
    "walk": ("Walk", Effort.RECOVERY, ""),
}
"""What guided runs are made of, by the exercise's id: its name on a wrist, what it is for, and a word on it."""
REST = {BRISK: "Easy jog or walk", BEAT: "Easy, without the beat", BARE: "Stand or walk"}
"""Between sets; else a walk."""
WARM_UP, COOL_DOWN = "Warm up, easy", "Cool down, easy"


def workout_fit(day: LaidDay, *, parts: Parts | None = None) -> bytes | None:
    """A day's running as one FIT workout.

    Parameters
    ----------
    day
        As it is laid. Its reasons do not go into the file.
    parts
        What the player guides, by the routine's id; a run without it gets by on its numbers.

    Returns
    -------
    bytes or None
        A file of type workout, sport running: durations [ms] [cm], speeds [mm/s], cadence of one leg [rpm].
        `None` where the day holds nothing that a watch can guide.
    """
    steps = workout_steps(day, parts=parts)
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


def workout_steps(day: LaidDay, *, parts: Parts | None = None) -> Steps:
    """What a watch guides, in the order of the day; bare feet come first, while the calves are fresh."""
    guided = [element for element in day.elements if element.kind in GUIDED]
    steps: list[Step | Again] = []
    for element in sorted(guided, key=lambda element: element.kind is not ElementKind.GRASS):
        steps += _moved(_steps_of(element, (parts or {}).get(element.routine or "", ())), by=len(steps))
    return tuple(steps)


def _moved(steps: Sequence[Step | Again], *, by: int) -> list[Step | Again]:
    return [structs.replace(step, to=step.to + by) if isinstance(step, Again) else step for step in steps]


def _steps_of(element: Element, items: Sequence[PracticeItem]) -> Sequence[Step | Again]:
    match element.kind:
        case ElementKind.TEMPO | ElementKind.CADENCE:
            asked = BRISK if element.kind is ElementKind.TEMPO else BEAT
            return _around(
                element, items if any(item.protocol == asked for item in items) else _by_numbers(element, asked)
            )
        case ElementKind.GRASS:
            return _sets(items or (_once(BARE, element.part_minutes or element.minutes),), element)
        case ElementKind.WALK_RUN if items:
            return _sets(items, element)
        case _:
            return (_whole(element),)


def _whole(element: Element) -> Step:
    """An easy run in one piece, as far as it is to go; slower is always fine."""
    asked, is_mixed = element.speed_mps, element.kind is ElementKind.WALK_RUN
    by_distance = element.distance_m and not is_mixed
    return Step(
        NAMES[element.kind],
        Effort.ACTIVE,
        seconds=None if by_distance else _seconds(element.minutes),
        metres=_rounded(element.distance_m, WHOLE_M) if element.distance_m and by_distance else None,
        speed_mps=(asked * (1 - EASY_SLOWER), asked * (1 + FASTER)) if asked and not is_mixed else None,
        notes="" if is_mixed else "At your ease: you could talk.",
    )


def _by_numbers(element: Element, asked: str) -> tuple[PracticeItem, ...]:
    """The part alone, in the middle of the run. What does not halve goes before it."""
    part_s = _seconds(element.part_minutes or element.minutes)
    before_s = (_seconds(element.minutes) - part_s + WHOLE_S) / 2 // WHOLE_S * WHOLE_S
    before = (_once("easy-run", before_s / SECONDS_A_MINUTE),) if before_s >= WHOLE_S else ()
    return (*before, _once(asked, part_s / SECONDS_A_MINUTE))


def _once(protocol: str, minutes: float) -> PracticeItem:
    return PracticeItem(protocol=protocol, side=None, counts=(int(_seconds(minutes)),), rest_s=0)


def _around(element: Element, items: Sequence[PracticeItem]) -> list[Step | Again]:
    """The asked part with what is easy around it; what the run has beyond what is guided is easy, at its end."""
    steps = _sets(items, element)
    easy = PARTS["easy-run"][0]
    first, last = steps[0], steps[-1]
    after_s = 0.0
    if isinstance(last, Step) and last.name == easy:
        after_s = last.seconds or 0.0
        steps.pop()
    if isinstance(first, Step) and first.name == easy:
        steps[0] = structs.replace(first, name=WARM_UP, effort=Effort.WARM_UP)
    after_s = max(after_s, _seconds(element.minutes) - seconds_of(steps))
    return [*steps, Step(COOL_DOWN, Effort.COOL_DOWN, seconds=after_s)] if after_s >= WHOLE_S else steps


def seconds_of(steps: Sequence[Step | Again]) -> float:
    """How long they take, rounds included; stretches by distance count nothing. [s]

    >>> seconds_of((Step("Run", Effort.ACTIVE, 60.0), Step("Walk", Effort.RECOVERY, 120.0), Again(0, 4)))
    720.0
    """
    took_s = 0.0
    for step in steps:
        round_s = seconds_of(steps[step.to : steps.index(step)]) if isinstance(step, Again) else 0.0
        took_s += (step.times - 1) * round_s if isinstance(step, Again) else step.seconds or 0.0
    return took_s


def _sets(items: Sequence[PracticeItem], element: Element) -> list[Step | Again]:
    """Set by set with the rests between; sets that are alike become one, and a way back."""
    steps: list[Step | Again] = []
    for item in items:
        rest = Step(REST.get(item.protocol, "Walk"), Effort.RECOVERY, seconds=item.rest_s) if item.rest_s else None
        if rest is not None and len(item.counts) > 1 and len(set(item.counts)) == 1:
            # The last rest is done, too: a watch repeats whole rounds, and easing off once more harms nobody.
            steps += [_set(item, item.counts[0], element), rest, Again(len(steps), len(item.counts))]
            continue
        for place, seconds in enumerate(item.counts):
            steps += [rest] if rest is not None and place else []
            steps.append(_set(item, seconds, element))
    return steps


def _set(item: PracticeItem, seconds: float, element: Element) -> Step:
    """One set, with the pace or the beat that its day asks for."""
    unknown = item.protocol.replace("-", " ").capitalize(), Effort.ACTIVE, ""
    name, effort, notes = PARTS.get(item.protocol, unknown)
    speed = element.speed_mps if item.protocol == BRISK else None
    spm = (element.cadence_spm or item.beat_spm) if item.protocol == BEAT else None
    return Step(
        name,
        effort,
        seconds=float(seconds),
        speed_mps=(speed * (1 - SLOWER), speed * (1 + FASTER)) if speed else None,
        cadence_spm=(spm - NEAR_SPM, spm + NEAR_SPM) if spm else None,
        notes=f"{spm} steps a minute, at an easy pace." if spm else notes,
    )


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
