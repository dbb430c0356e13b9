"""The last weeks day by day: what is laid each morning by the rules of that day, and what is practised of it."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import cycle, islice

from calfwise import library
from calfwise.assess import load_history, weeks_ahead
from calfwise.model.care.protocol import PlayerContent
from calfwise.model.fix.practice import level_of, may_practise, practice_of
from calfwise.model.fix.weeks.telling import days_to_lay
from calfwise.model.journal import (
    AnyEvent,
    CheckIn,
    Done,
    History,
    Morning,
    Planned,
    PracticeDone,
    PracticePlanned,
    fold,
)
from calfwise.model.load.dose import RunLoad
from calfwise.model.session import ExerciseDone, Practice, Spot, TenderSpot
from calfwise.model.weeks import ElementKind, LaidDay
from calfwise.sample.diary import Diary, Kind, PlannedRun
from calfwise.sample.journal import checked_in

AFTER_THE_MORNING = timedelta(minutes=20)
"""From the morning's note to the look at the weeks."""
BEFORE_A_RUN = timedelta(minutes=12)
"""When warm-ups and drills begin."""
WARM_UPS = {Kind.EASY: "warm-up-easy", Kind.LONG: "warm-up-easy", Kind.INTERVALS: "warm-up-fast"}
EXERCISES = ("drills", "grass", "calf-strength", "glute-strength")
"""What no watch records, in the order in which it is done."""
BEFORE_RUNNING = frozenset({"drills", *WARM_UPS.values()})
LOADING = "calf-strength"
FELT = CheckIn | Morning | Planned | Done
"""What was felt and done long ago makes no difference to the days that are laid, only to how long that takes."""
MOST_FELT_NRS = 2
PRESSED, MOST_TENDER_NRS = 3, 1
"""Spots pressed of an evening, in turn, and how tender they are at the most."""


def lived(
    diary: Diary, noted: Sequence[AnyEvent], loads: Sequence[RunLoad], *, until: datetime
) -> tuple[AnyEvent, ...]:
    """Days laid, practices and looks at the calves of the last weeks.

    Parameters
    ----------
    diary
        Whose days they are.
    noted
        What else the journal holds, in order of time.
    loads
        The runs, as far back as weeks are laid from them.
    until
        Nothing is later.

    Returns
    -------
    tuple
        In order of time. Days are laid from what was known that morning; nothing is practised that did not suit then.
    """
    days = _Days(diary, noted, loads)
    for days_before_end in range(diary.story.practising.days_before_end, -1, -1):
        days.live(days_before_end)
    return tuple(event for event in days.events if event.at <= until)


class _Days:
    def __init__(self, diary: Diary, noted: Sequence[AnyEvent], loads: Sequence[RunLoad]) -> None:
        self.diary, self.loads = diary, loads
        self.noted = [
            event for event in noted if not isinstance(event, FELT) or event.at.date() >= diary.weeks_look_back
        ]
        self.noted_at = [event.at for event in self.noted]
        self.runs = {run.start.date(): run for run in diary.planned}
        self.massaged = {event.at.date() for event in noted if isinstance(event, Done)}
        self.content: PlayerContent = library.player()
        self.rules = library.weeks()
        self.random = diary.practice_random
        self.events: list[AnyEvent] = []
        self.usual_spots = cycle(Spot(place.side, place.zone) for place in diary.story.usual_spots.places)

    def history(self, at: datetime) -> History:
        """What is known then."""
        return fold([*self.noted[: bisect_right(self.noted_at, at)], *self.events])

    def live(self, days_before_end: int) -> None:
        """One day."""
        diary, practising = self.diary, self.diary.story.practising
        on = diary.day(days_before_end)
        morning = diary.moment(days_before_end, diary.story.mornings.hour) + AFTER_THE_MORNING
        laid = self._laid(morning) if on >= diary.weeks_begin else None
        run = self.runs.get(on)
        at = diary.moment(days_before_end, practising.evening_hour)
        if run is not None:
            self._warm_up(run, on)
            at = run.start + timedelta(minutes=practising.after_run_min)
        for routine in self._wanted(on, laid):
            follows, begins = self.random.random() < practising.followed_share, at
            if run is not None and routine in BEFORE_RUNNING:
                begins = run.start - BEFORE_A_RUN
            if follows and on not in self.massaged and self._practises(routine, begins, on if laid else None):
                at = max(at, self.events[-1].at + AFTER_THE_MORNING)
        if laid is not None and any(element.kind is ElementKind.MASSAGE for element in laid.elements):
            self._look(days_before_end, on)

    def _laid(self, at: datetime) -> LaidDay:
        """The day as the weeks have it that morning; what differs from what was told is told."""
        history = self.history(at)
        load = load_history(self.loads, runner=history.runner, history=history, now=at)
        weeks = weeks_ahead(
            load, runner=history.runner, history=history, content=self.content, rules=self.rules, now=at
        )
        assert weeks is not None, "the runner wished for weeks"
        told = days_to_lay(weeks, history=history, rules=self.rules.told, now=at)
        if told is not None:
            self.events.append(told)
        return weeks.today

    def _wanted(self, on: date, laid: LaidDay | None) -> list[str]:
        """Routines of that day: as laid, before there were weeks as the runner's habits have it."""
        if laid is not None:
            named = {element.routine for element in laid.elements}
        else:
            named = {habit.routine for habit in self.diary.story.practising.habits if on.weekday() in habit.weekdays}
        return [routine for routine in EXERCISES if routine in named]

    def _warm_up(self, run: PlannedRun, on: date) -> None:
        routine = WARM_UPS.get(run.kind)
        if routine is not None and self.random.random() < self.diary.story.practising.warm_up_share:
            before = 2 * BEFORE_A_RUN
            self._practises(routine, run.start - before, on if on >= self.diary.weeks_begin else None)

    def _practises(self, routine: str, at: datetime, on: date | None) -> bool:
        """One routine at the level that comes next, where it suits; whether it did."""
        history = self.history(at)
        shut = may_practise(routine, history=history, soreness=None, screening=None, content=self.content, now=at)
        if shut is not None:
            return False
        level, why = level_of(routine, history, content=self.content, now=at)
        practice = practice_of(routine, level, content=self.content, at=at, reason=why, on=on)
        self.events += [PracticePlanned(at=at, practice=practice), self._done(practice)]
        return True

    def _done(self, practice: Practice) -> PracticeDone:
        """All of it, or now and then all but the last exercise; how the calves felt in the meantime."""
        stopped = len(practice.items) > 1 and self.random.random() < self.diary.story.practising.stopped_share
        items = practice.items[:-1] if stopped else practice.items
        felt = int(self.random.integers(0, MOST_FELT_NRS + (practice.routine == LOADING)))
        return PracticeDone(
            at=practice.at + timedelta(seconds=_total_s(practice)),
            level=practice.level,
            stopped_early=stopped,
            session=practice.id,
            routine=practice.routine,
            done=tuple(ExerciseDone(item.protocol, item.side, item.counts) for item in items),
            felt_nrs=felt,
            on=practice.on,
        )

    def _look(self, days_before_end: int, on: date) -> None:
        """An evening's word: some of the usual spots are pressed, and nothing is tight."""
        looks = self.random.random() < self.diary.story.practising.check_in_share
        at = self.diary.moment(days_before_end, self.diary.story.massage.hour, int(self.random.integers(30)))
        tender_nrs = self.random.integers(MOST_TENDER_NRS + 1, size=PRESSED).tolist()
        said = [event.soreness for event in self._mornings(on)]
        if looks and said and on not in self.massaged and (said[-1].worst_nrs or 0) <= MOST_TENDER_NRS:
            spots = tuple(map(TenderSpot, islice(self.usual_spots, PRESSED), tender_nrs))
            self.events += checked_in(at, soreness=said[-1], spots=spots)

    def _mornings(self, on: date) -> Iterator[Morning]:
        return (event for event in self.noted if isinstance(event, Morning) and event.at.date() == on)


def _total_s(practice: Practice) -> int:
    """Exercises and what lies between them. [s]"""
    return sum(item.total_s for item in practice.items) + (len(practice.items) - 1) * practice.between_s


def merged(*parts: Iterable[AnyEvent]) -> tuple[AnyEvent, ...]:
    """All of them in order of time."""
    return tuple(sorted((event for part in parts for event in part), key=lambda event: event.at))
