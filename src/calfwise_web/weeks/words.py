"""What a day holds, as one reads it: what, how long, how fast, and to which beat."""

from datetime import date

from calfwise.model.weeks import Element, ElementKind
from calfwise_web.templatetags.words import counted
from calfwise_web.units import Units

NAMES = {
    ElementKind.EASY: "Easy run",
    ElementKind.LONG: "The long run",
    ElementKind.TEMPO: "Run with a brisk part",
    ElementKind.CADENCE: "Easy run with a metronome",
    ElementKind.WALK_RUN: "Walk and run",
    ElementKind.DRILLS: "Running drills",
    ElementKind.GRASS: "Bare feet on grass",
    ElementKind.CALF_STRENGTH: "Calf strength",
    ElementKind.GLUTE_STRENGTH: "Glute strength",
    ElementKind.MASSAGE: "Check-in, and self-massage if anything is tight",
}
"""At the beginning of a line."""
SHORT = {
    ElementKind.EASY: "easy",
    ElementKind.LONG: "long",
    ElementKind.TEMPO: "brisk part",
    ElementKind.CADENCE: "easy, metronome",
    ElementKind.WALK_RUN: "walk and run",
    ElementKind.DRILLS: "drills",
    ElementKind.GRASS: "bare feet",
    ElementKind.CALF_STRENGTH: "calf strength",
    ElementKind.GLUTE_STRENGTH: "glute strength",
    ElementKind.MASSAGE: "check-in",
}
"""Where a day has one line."""
FAST_FIRST = frozenset({ElementKind.TEMPO, ElementKind.DRILLS})
"""What asks for the longer warm-up."""
REST = "Rest"
UNPLANNED = "Not planned, but done"


def warm_up_of(kind: ElementKind) -> str:
    """The routine before it."""
    return "warm-up-fast" if kind in FAST_FIRST else "warm-up-easy"


def span_said(first: date, last: date) -> str:
    """Days from one to another, near enough to need no year.

    >>> span_said(date(2026, 11, 16), date(2026, 11, 22)), span_said(date(2026, 11, 30), date(2026, 12, 6))
    ('16 – 22 November', '30 November – 6 December')
    """
    month = "" if (first.year, first.month) == (last.year, last.month) else f" {first:%B}"
    return f"{first.day}{month} – {last.day} {last:%B}"


def title_of(element: Element, units: Units) -> str:
    """What it is, with its length: "6 km easy"."""
    length = length_said(element.distance_m, units)
    if element.kind is ElementKind.GRASS:
        return f"{minutes_said(element.part_minutes or element.minutes)} on bare feet, on grass"
    if not element.kind.is_run or not length:
        return NAMES[element.kind]
    match element.kind:
        case ElementKind.LONG:
            return f"{length}, the long one"
        case ElementKind.WALK_RUN:
            return f"Walk and run, {length}"
        case _:
            return f"{length} easy" if element.kind is not ElementKind.TEMPO else f"{length} with a brisk part"


def targets_of(element: Element, units: Units, *, part_is_said: bool = False) -> tuple[str, ...]:
    """How long it takes, and what to aim at; `part_is_said`: beside a sentence that tells its part."""
    said = [minutes_said(element.minutes)]
    part = minutes_said(element.part_minutes) if element.part_minutes and not part_is_said else ""
    pace = units.pace(element.speed_mps) if element.speed_mps else ""
    match element.kind:
        case ElementKind.TEMPO:
            brisk = f"{part} of it brisk" if part else "the brisk part" if pace else ""
            said += [brisk + (f" at about {pace}" if pace else "")] if brisk else []
        case ElementKind.GRASS:
            return ("in place of as many minutes in shoes",)
        case ElementKind.MASSAGE:
            return (f"about {said[0]}",)
        case kind if kind.is_run and pace:
            said.append(f"about {pace}")
    if element.kind is ElementKind.CADENCE and element.cadence_spm:
        said.append((f"{part} of it to a metronome, " if part else "") + f"{element.cadence_spm} steps a minute")
    elif element.cadence_spm:
        said.append(f"{element.cadence_spm} steps a minute")
    return (f"about {said[0]}", *said[1:])


def in_a_word(element: Element, units: Units) -> str:
    """Where a day has one line: "6 km easy, metronome"."""
    length = length_said(element.distance_m, units)
    if element.kind.is_run and length:
        return f"{length} {SHORT[element.kind]}"
    if element.kind.is_run or element.kind is ElementKind.GRASS:
        return f"{minutes_said(element.part_minutes or element.minutes)} {SHORT[element.kind]}"
    return SHORT[element.kind]


def sentence_of(element: Element, units: Units) -> str:
    """The one thing of a day: "6 km easy, the last 10 minutes to a metronome"."""
    title, part = title_of(element, units), minutes_said(element.part_minutes)
    match element.kind:
        case ElementKind.CADENCE if element.part_minutes:
            return f"{title}, {part} of it to a metronome"
        case ElementKind.TEMPO if element.part_minutes:
            return f"{title} of {part}"
        case _:
            return title


def length_said(distance_m: float | None, units: Units) -> str:
    """A length without a needless decimal; empty where it is not known.

    >>> length_said(6000.0, Units()), length_said(6400.0, Units()), length_said(None, Units())
    ('6 km', '6.4 km', '')
    """
    if not distance_m:
        return ""
    return f"{distance_m / units.metres:.1f}".removesuffix(".0") + f" {units.distance}"


def minutes_said(minutes: float) -> str:
    """Whole minutes; one at least.

    >>> minutes_said(0.4), minutes_said(34.6)
    ('1 minute', '35 minutes')
    """
    return counted(max(1, round(minutes)), "minute,minutes")


def day_named(day: date) -> str:
    """
    >>> day_named(date(2026, 11, 23))
    'Monday, 23 November'
    """
    return f"{day:%A}, {day.day} {day:%B}"


def weekdays_said(days: tuple[int, ...], names: tuple[str, ...]) -> str:
    """
    >>> weekdays_said((1, 3, 6), ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))
    'Tue, Thu and Sun'
    """
    *others, last = (names[day] for day in days)
    return f"{', '.join(others)} and {last}" if others else last
