"""What the made-up runner noted beside the runs: shoes, a race, mornings, sessions, self-tests, a wish."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from calfwise import library
from calfwise.model.journal import (
    AboutLife,
    AboutRunner,
    AnyEvent,
    CheckIn,
    Done,
    Morning,
    Planned,
    PlansRace,
    Said,
    Screened,
    SelfTested,
    SpotMorning,
    WantsWeeks,
    WearsShoe,
)
from calfwise.model.run import Side
from calfwise.model.runner import Runner, Shoe
from calfwise.model.session import WHOLE_CALF, Session, SessionItem, Soreness, Spot, TenderSpot
from calfwise.model.weeks import WeeksWish
from calfwise.sample.diary import Diary, Kind, PlannedRun
from calfwise.sample.story import Massage, PastMassage, Story, TreatedSpot

BEFORE_A_RUN = timedelta(minutes=5)
"""Shoes are noted just before they are run in."""
WINDING_DOWN = timedelta(minutes=3)
"""Between a session's last set and the note that it is done."""
NO_SHOE_M = 0.0
SELF_TEST_MIN = 15


def events(diary: Diary, *, until: datetime) -> tuple[AnyEvent, ...]:
    """The journal in order of time; nothing in it is later than `until`."""
    runs = diary.planned
    noted: list[AnyEvent] = [
        AboutRunner(
            at=runs[0].start - BEFORE_A_RUN,
            runner=Runner(birth_year=diary.story.runner.birth_year, running_since=runs[0].start.date()),
        ),
        PlansRace(
            at=diary.moment(diary.race_days_before_end + diary.story.race.planned_days_ahead, diary.story.massage.hour),
            on=diary.race_day,
        ),
        *_shoes(diary),
        *_grass(runs),
        *_mornings(diary, runs),
        *_sessions(diary),
        *_last_mornings(diary, until),
        *_self_tests(diary),
        AboutLife(
            at=diary.moment(diary.story.life.days_before_end, diary.story.massage.hour),
            answers=diary.story.life.answers,
        ),
        _wish(diary),
    ]
    return tuple(sorted((event for event in noted if event.at <= until), key=lambda event: event.at))


def _shoes(diary: Diary) -> Iterator[WearsShoe]:
    """Each pair when it comes into use, and again when it is laid aside."""
    hour = diary.story.mornings.hour
    for pair in diary.story.shoes:
        shoe = Shoe(
            id=pair.id,
            name=pair.name,
            since=diary.day(pair.days_before_end),
            heel_drop_m=pair.heel_drop_m,
            stack_m=pair.stack_m,
        )
        yield WearsShoe(at=diary.moment(pair.days_before_end, hour), shoe=shoe)
        if pair.until_days_before_end is not None:
            aside = Shoe(
                id=pair.id,
                name=pair.name,
                since=shoe.since,
                until=diary.day(pair.until_days_before_end),
                heel_drop_m=pair.heel_drop_m,
                stack_m=pair.stack_m,
            )
            yield WearsShoe(at=diary.moment(pair.until_days_before_end, hour), shoe=aside)


def _grass(runs: tuple[PlannedRun, ...]) -> Iterator[WearsShoe]:
    """No shoe at all, one entry a barefoot day: the runs between them were run in shoes."""
    for run in runs:
        if run.kind is Kind.BAREFOOT:
            day = run.start.date()
            shoe = Shoe(
                id=f"grass-{day}",
                name="Barefoot on grass",
                since=day,
                until=day + timedelta(days=1),
                heel_drop_m=NO_SHOE_M,
                stack_m=NO_SHOE_M,
                barefoot=True,
            )
            yield WearsShoe(at=run.start - BEFORE_A_RUN, shoe=shoe)


def _mornings(diary: Diary, runs: tuple[PlannedRun, ...]) -> Iterator[Morning]:
    """How the calves felt after most runs, and lately on most mornings: never much, but once."""
    story, mornings, random = diary.story, diary.story.mornings, diary.journal_random
    own_days = {row.days_before_end - 1 for row in diary.massages}
    last_days = max(row.days_before_end for row in story.last_mornings) + 1
    run_days = {(diary.last_day - run.start.date()).days for run in runs}
    sore = _sore_mornings(diary, runs)
    for days_before_end in range(story.span_days, last_days, -1):
        lately = days_before_end <= mornings.lately_days
        sorest = mornings.sorest_lately if lately else mornings.sorest
        left, right = (int(nrs) for nrs in random.integers(0, sorest + 1, 2))
        noted = random.random() < (mornings.share_lately if lately else mornings.share_after_runs)
        soreness = sore.get(days_before_end)
        if soreness is None and noted and (lately or days_before_end + 1 in run_days):
            soreness = Soreness(left, right)
        if soreness is not None and days_before_end not in own_days:
            yield Morning(at=diary.moment(days_before_end, mornings.hour), soreness=soreness)


def _sore_mornings(diary: Diary, runs: tuple[PlannedRun, ...]) -> dict[int, Soreness]:
    """Sorer ones, by days before the end."""
    faster = [(diary.last_day - run.start.date()).days for run in runs if run.kind is Kind.INTERVALS]
    return {
        min(days for days in faster if days >= row.repetitions_days_before_end) - 1 - row.days_later: Soreness(
            row.left, row.right
        )
        for row in diary.story.sore_mornings
    }


def _last_mornings(diary: Diary, until: datetime) -> Iterator[Morning]:
    """The left calf tightens; an early `until` has its morning note at once."""
    for row in diary.story.last_mornings:
        at = min(diary.moment(row.days_before_end, diary.story.mornings.hour), until)
        yield Morning(at=at, soreness=Soreness(row.left, row.right))


def _sessions(diary: Diary) -> Iterator[AnyEvent]:
    """Self-massage: planned, done, and how it felt the morning after."""
    story = diary.story
    for number, past in enumerate(diary.massages, start=1):
        at = diary.moment(past.days_before_end, story.massage.hour)
        session = Session(id=f"sample-{number}", at=at, items=tuple(_items(past.spots, story.massage)))
        yield from checked_in(
            at,
            soreness=Soreness(past.soreness_before, past.soreness_before),
            spots=tuple(TenderSpot(_spot(row), row.tenderness_nrs) for row in past.spots),
        )
        yield Planned(at=at, session=session)
        done_at = at + timedelta(seconds=session.total_seconds) + WINDING_DOWN
        yield Done(at=done_at, after=tuple(TenderSpot(_spot(row), row.after_nrs) for row in past.spots))
        yield _morning_after(past, diary, story)


def checked_in(at: datetime, *, soreness: Soreness, spots: tuple[TenderSpot, ...]) -> tuple[CheckIn, Screened]:
    """A check-in with no sign of anything, and what the gate answered."""
    gate = library.gate()
    answers = dict.fromkeys(gate.questions, Said.NO)
    told = CheckIn(at=at, soreness=soreness, spots=spots, answers=answers)
    return told, Screened(at=at, outcome="clear", rules=gate.rules.version)


def _self_tests(diary: Diary) -> Iterator[SelfTested]:
    """One after the other, a quarter of an hour each."""
    done: Counter[int] = Counter()
    for row in diary.story.self_tests:
        minute = SELF_TEST_MIN * done[row.days_before_end]
        done[row.days_before_end] += 1
        at = diary.moment(row.days_before_end, diary.story.massage.hour, minute)
        yield SelfTested(at=at, test=row.test, left=row.left, right=row.right)


def _wish(diary: Diary) -> WantsWeeks:
    """Said on the evening before the weeks begin."""
    wanted, begins = diary.story.weeks_ahead, diary.weeks_begin
    return WantsWeeks(
        at=diary.moment((diary.last_day - begins).days + 1, diary.story.massage.hour),
        wish=WeeksWish(begins=begins, weeks=wanted.weeks, run_days=wanted.run_days, goal=wanted.goal),
    )


def _morning_after(past: PastMassage, diary: Diary, story: Story) -> Morning:
    return Morning(
        at=diary.moment(past.days_before_end - 1, story.mornings.hour),
        soreness=Soreness(past.soreness, past.soreness),
        spots=tuple(SpotMorning(_spot(row), row.felt) for row in past.spots),
    )


def _items(spots: Iterable[TreatedSpot], doses: Massage) -> Iterator[SessionItem]:
    """Leg by leg: long strokes, the leg's spots, long strokes."""
    rows = tuple(spots)
    for side in dict.fromkeys(row.side for row in rows):
        yield _strokes(side, doses, reason="Warms the whole calf up first.")
        yield from (_spot_item(row, doses) for row in rows if row.side is side)
        yield _strokes(side, doses, reason="Ends on something light.")


def _strokes(side: Side, doses: Massage, *, reason: str) -> SessionItem:
    return SessionItem(
        side=side,
        zone=WHOLE_CALF,
        technique="long-strokes",
        tool="thumbs",
        position="chair",
        sets=1,
        seconds=doses.strokes_s,
        rest_s=0,
        effort_nrs=doses.effort_nrs,
        reason=reason,
        sources=("Behm2020",),
    )


def _spot_item(row: TreatedSpot, doses: Massage) -> SessionItem:
    pressing = row.technique == "press-and-hold"
    return SessionItem(
        side=row.side,
        zone=row.zone,
        technique=row.technique,
        tool=row.tool,
        position=row.position,
        sets=doses.press_sets if pressing else 1,
        seconds=doses.press_s if pressing else doses.cross_s,
        rest_s=doses.press_rest_s if pressing else 0,
        effort_nrs=doses.effort_nrs,
        reason=f"Tender to pressing, {row.tenderness_nrs} of 10.",
        sources=("CoachRule",),
    )


def _spot(row: TreatedSpot) -> Spot:
    return Spot(row.side, row.zone)
