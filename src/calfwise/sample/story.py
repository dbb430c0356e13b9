"""The made-up runner's story as `story.toml` tells it, decoded strictly."""

from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import numpy as np
from msgspec import Meta, Struct

from calfwise.errors import BadContent
from calfwise.model.run import Side
from calfwise.model.session import Rating
from calfwise.model.weeks import Goal

STORY_FILE = Path(__file__).with_name("story.toml")

Days = Annotated[int, Meta(ge=0)]
Weekday = Annotated[int, Meta(ge=0, le=6)]
Share = Annotated[float, Meta(ge=0, le=1)]
Hour = Annotated[int, Meta(ge=0, le=23)]
Seconds = Annotated[int, Meta(ge=0)]


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the story; what its names mean stands beside the values."""


class Person(Part, frozen=True):
    birth_year: int
    cadence_ratio: float
    stance_ratio: float
    left_stance_share: Share
    resting_heart_rate: int
    highest_heart_rate: int
    walking_mps: float


class Home(Part, frozen=True):
    winter_offset_h: int
    summer_offset_h: int
    summer_months: tuple[int, ...]

    def zone(self, day: date) -> timezone:
        """The offset of the runner's clock on a day."""
        offset_h = self.summer_offset_h if day.month in self.summer_months else self.winter_offset_h
        return timezone(timedelta(hours=offset_h))


class Watch(Part, frozen=True):
    manufacturer: int
    product: int
    serial_number: int
    software_version: float
    pause_share: Share
    pause_s: tuple[Seconds, Seconds]


class ChestStrap(Part, frozen=True):
    days_before_end: Days
    product: int
    serial_number: int
    dropouts_per_hour: int
    dropout_s: tuple[Seconds, Seconds]


class Dose(Part, frozen=True):
    """What is trained on a day: a row of the build-up, or a point between two rows."""

    days_before_end: Days
    easy_km: float
    long_km: float
    easy_mps: float
    run_s: float
    walk_s: float
    """After each `run_s` of running; 0 means running through. [s]"""


class Week(Part, frozen=True):
    easy_days: tuple[Weekday, ...]
    extra_day: Weekday
    extra_share: Share
    extra_from_days_before_end: Days
    long_day: Weekday
    skipped_share: Share
    dose_spread: float
    warm_up_walk_s: Seconds
    evening_hour: Hour
    morning_hour: Hour
    start_spread_min: int


class Intervals(Part, frozen=True):
    days_before_end: Days
    until_days_before_end: Days
    warm_up_s: Seconds
    repeats: int
    fast_s: Seconds
    easy_s: Seconds
    faster_mps: float
    extra_km: float


class Holiday(Part, frozen=True):
    days_before_end: Days
    days: int


class Race(Part, frozen=True):
    name: str
    days_before_end: Days
    distance_km: float
    faster_mps: float
    planned_days_ahead: int
    rest_days: int


class Barefoot(Part, frozen=True):
    days_before_end: Days
    days: int
    weekdays: tuple[Weekday, ...]
    first_min: float
    last_min: float
    slower_mps: float
    cadence_ratio: float
    stance_ratio: float


class TooLong(Part, frozen=True):
    days_before_end: Days
    distance_km: float
    rest_days: int


class ShoePair(Part, frozen=True):
    id: str
    name: str
    days_before_end: Days
    heel_drop_m: float
    stack_m: float
    until_days_before_end: Days | None = None


class Mornings(Part, frozen=True):
    hour: Hour
    share_after_runs: Share
    share_lately: Share
    sorest: Rating
    sorest_lately: Rating
    lately_days: Days


class LastMorning(Part, frozen=True):
    days_before_end: Days
    left: Rating
    right: Rating


class SoreMorning(Part, frozen=True):
    """After the last faster repetitions that are at least so many days back."""

    repetitions_days_before_end: Days
    left: Rating
    right: Rating
    days_later: Days = 0


class Massage(Part, frozen=True):
    hour: Hour
    press_s: Seconds
    press_sets: int
    press_rest_s: Seconds
    cross_s: Seconds
    strokes_s: Seconds
    effort_nrs: Rating


class TreatedSpot(Part, frozen=True):
    side: Side
    zone: str
    technique: Literal["press-and-hold", "cross-strokes"]
    tool: str
    position: str
    tenderness_nrs: Rating
    after_nrs: Rating
    felt: Literal["better", "same", "worse", "bruised"]


class PastMassage(Part, frozen=True):
    days_before_end: Days
    soreness: Rating
    """The morning after."""
    spots: tuple[TreatedSpot, ...]
    soreness_before: Rating | None = None


class LookingAfter(Part, frozen=True):
    """Evenings with self-massage, by chance."""

    days_before_end: Days
    until_days_before_end: Days
    a_week: float


class Place(Part, frozen=True):
    side: Side
    zone: str
    tool: str
    position: str


class UsualSpots(Part, frozen=True):
    technique: Literal["press-and-hold", "cross-strokes"]
    tenderness_nrs: tuple[Rating, Rating]
    less_nrs: tuple[Rating, Rating]
    second_share: Share
    felt: tuple[Literal["better", "same", "worse", "bruised"], ...]
    places: tuple[Place, ...]


class Life(Part, frozen=True):
    days_before_end: Days
    answers: dict[str, bool]


class Tested(Part, frozen=True):
    test: str
    days_before_end: Days
    left: float
    right: float


class Habit(Part, frozen=True):
    """What is practised on which weekdays."""

    routine: str
    weekdays: tuple[Weekday, ...]


class Practising(Part, frozen=True):
    days_before_end: Days
    followed_share: Share
    warm_up_share: Share
    check_in_share: Share
    stopped_share: Share
    evening_hour: Hour
    after_run_min: int
    habits: tuple[Habit, ...]


class WeeksAhead(Part, frozen=True):
    days_before_end: Days
    weeks: int
    goal: Goal
    run_days: tuple[Weekday, ...]
    looks_back_days: Days


class Story(Part, frozen=True):
    """All of it."""

    span_days: Days
    runner: Person
    home: Home
    watch: Watch
    chest_strap: ChestStrap
    build_up: tuple[Dose, ...]
    week: Week
    intervals: Intervals
    holiday: Holiday
    race: Race
    barefoot: Barefoot
    too_long: TooLong
    shoes: tuple[ShoePair, ...]
    mornings: Mornings
    sore_mornings: tuple[SoreMorning, ...]
    last_mornings: tuple[LastMorning, ...]
    massage: Massage
    sessions: tuple[PastMassage, ...]
    looking_after: tuple[LookingAfter, ...]
    usual_spots: UsualSpots
    life: Life
    self_tests: tuple[Tested, ...]
    practising: Practising
    weeks_ahead: WeeksAhead

    def dose(self, days_before_end: int) -> Dose:
        """The build-up on one day, on the straight line between its rows.

        >>> story().dose(728).easy_km
        2.6
        """
        rows = sorted(self.build_up, key=lambda row: row.days_before_end)
        at = [row.days_before_end for row in rows]
        named = {
            name: float(np.interp(days_before_end, at, [getattr(row, name) for row in rows]))
            for name in ("easy_km", "long_km", "easy_mps", "run_s", "walk_s")
        }
        return Dose(days_before_end=days_before_end, **named)

    def local(self, moment: datetime) -> datetime:
        """A moment on the runner's clock."""
        return moment.astimezone(self.home.zone(moment.date()))


def story_from(text: bytes) -> Story:
    """A story from TOML; `BadContent` says where it breaks its own rules."""
    try:
        return msgspec.toml.decode(text, type=Story)
    except msgspec.DecodeError as error:
        raise BadContent(f"{STORY_FILE.name}: {error}") from error


@cache
def story() -> Story:
    """The story as shipped."""
    return story_from(STORY_FILE.read_bytes())
