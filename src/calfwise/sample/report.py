"""What was written, and the made-up runner's story in plain English."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from calfwise.model import constants as c
from calfwise.sample.diary import M_PER_KM, Diary, Kind, PlannedRun
from calfwise.sample.pace import SHORTEST_WALK_S

MM_PER_M = 1000


@dataclass(frozen=True, slots=True)
class SampleReport:
    """A sample on disk."""

    files: int
    bytes: int
    """Of the recordings, the journal left out."""
    runs: int
    first_day: date
    last_day: date
    lines: tuple[str, ...]
    """The story, a sentence a line."""


def story_lines(diary: Diary, runs: tuple[PlannedRun, ...]) -> tuple[str, ...]:
    """The two years, a sentence a line."""
    return (
        _opening(runs),
        _beginning(runs),
        _holiday(diary),
        _strap(diary),
        f"Since {day_text(_first(runs, Kind.INTERVALS).start.date())} with faster repetitions once a week.",
        f"Ran a {diary.story.race.name} on {day_text(diary.race_day)}.",
        _barefoot(runs),
        _shoes(diary),
        _weeks(diary),
        _too_long(runs),
        _calves(diary),
    )


def corpus_lines(runs: tuple[PlannedRun, ...]) -> tuple[str, ...]:
    """What a benchmark corpus is."""
    return (f"{len(runs)} made-up runs of an hour, one a day, to measure speed with. No story, no journal.",)


def day_text(day: date) -> str:
    """
    >>> day_text(date(2026, 6, 7))
    '7 June 2026'
    """
    return f"{day.day} {day:%B %Y}"


def _opening(runs: tuple[PlannedRun, ...]) -> str:
    first, last = runs[0].start.date(), runs[-1].start.date()
    return f"A made-up runner's {len(runs)} runs from {day_text(first)} to {day_text(last)}, {_km(runs):.0f} km in all."


def _beginning(runs: tuple[PlannedRun, ...]) -> str:
    through = next(run for run in runs if run.dose.walk_s < SHORTEST_WALK_S)
    return f"Began with walking breaks, and without them since {day_text(through.start.date())}."


def _holiday(diary: Diary) -> str:
    holiday = diary.story.holiday
    return f"{holiday.days} days of holiday without a run from {day_text(diary.day(holiday.days_before_end))}."


def _strap(diary: Diary) -> str:
    day = diary.day(diary.story.chest_strap.days_before_end)
    return f"Since {day_text(day)} with a chest strap that measures ground contact."


def _barefoot(runs: tuple[PlannedRun, ...]) -> str:
    barefoot = [run for run in runs if run.kind is Kind.BAREFOOT]
    first, last = day_text(barefoot[0].start.date()), day_text(barefoot[-1].start.date())
    return f"{len(barefoot)} short barefoot runs on grass between {first} and {last}."


def _shoes(diary: Diary) -> str:
    before, now = diary.story.shoes[-2:]
    day = day_text(diary.day(now.days_before_end))
    now_mm, before_mm = now.heel_drop_m * MM_PER_M, before.heel_drop_m * MM_PER_M
    return f"Since {day} in shoes with a heel drop of {now_mm:.0f} mm; before, {before_mm:.0f} mm."


def _weeks(diary: Diary) -> str:
    return (
        f"{len(diary.massages)} evenings with self-massage, few of them lately; "
        f"since {day_text(diary.weeks_begin)} with weeks laid ahead."
    )


def _too_long(runs: tuple[PlannedRun, ...]) -> str:
    run = _first(runs, Kind.TOO_LONG)
    window = timedelta(days=c.LONGEST_WINDOW_DAYS)
    before_km = max(_km([other]) for other in runs if run.start - window <= other.start < run.start)
    day = day_text(run.start.date())
    return f"On {day} a run of {_km([run]):.1f} km; the longest of the 30 days before was {before_km:.1f} km."


def _calves(diary: Diary) -> str:
    last = min(diary.story.last_mornings, key=lambda row: row.days_before_end)
    return f"On the last morning the left calf feels {last.left} of 10 when walking, the right {last.right}."


def _first(runs: tuple[PlannedRun, ...], kind: Kind) -> PlannedRun:
    return next(run for run in runs if run.kind is kind)


def _km(runs: Iterable[PlannedRun]) -> float:
    return sum((run.distance_m or (run.duration_s or 0.0) * run.speed_mps) / M_PER_KM for run in runs)
