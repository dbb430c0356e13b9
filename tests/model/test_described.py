"""Runs as the runner describes them: shoe, surface, kind, and which do not count."""

import random
from datetime import UTC, date, timedelta, timezone

import pytest
from msgspec import structs

from calfwise.model.described import described, races_of
from calfwise.model.journal import AboutRun, History, PlansRace, WearsShoe, fold
from calfwise.model.run import Told
from calfwise.model.runner import Shoe, shoe_of_day
from tests.model.load.made import START, load

DAILY = Shoe(id="daily", name="Pegasus 40", since=date(2025, 1, 1), default=True)
RACER = Shoe(id="racer", name="Vaporfly 3", since=date(2026, 2, 1))
AT = START + timedelta(days=30)
RUN = load(id="made:0")


def history(*events):
    return fold([*(WearsShoe(AT, shoe=shoe) for shoe in (DAILY, RACER)), *events])


def one(run, known, home=UTC):
    [answer] = described([run], history=known, home=home)
    return answer


def in_gear(gear):
    return structs.replace(RUN, told=Told("Strava's archive", gear=gear))


def test_a_run_of_which_nothing_is_said_has_the_days_shoe():
    assert one(RUN, history()) == structs.replace(RUN, shoe=DAILY)


@pytest.mark.parametrize("seed", range(20))
def test_of_many_shoes_that_come_and_go_every_day_has_its_own(seed):
    rng = random.Random(seed)
    first = START.date()
    shoes = tuple(
        Shoe(
            id=f"shoe-{i}",
            name="One of many",
            since=first + timedelta(days=rng.randrange(60)),
            until=rng.choice([None, first + timedelta(days=rng.randrange(60))]),
            default=rng.random() < 0.3,
        )
        for i in range(rng.randrange(1, 12))
    )
    known = fold(WearsShoe(AT, shoe=shoe) for shoe in shoes)
    runs = [load(day) for day in range(-2, 62)]
    told = described(runs, history=known, home=UTC)
    assert [run.shoe for run in told] == [shoe_of_day(run.start.date(), shoes=shoes) for run in runs]


def test_the_archives_word_comes_before_the_days_shoe():
    assert one(in_gear("vaporfly  3 "), history()).shoe == RACER


def test_a_word_that_names_no_shoe_of_the_runners_says_nothing():
    assert one(in_gear("Hoka Clifton"), history()).shoe == DAILY


def test_the_archives_word_holds_outside_the_shoes_time_too():
    early = structs.replace(in_gear("Vaporfly 3"), start=START - timedelta(days=60))
    assert one(early, history()).shoe == RACER


def test_of_two_pairs_of_one_name_the_one_in_use_that_day():
    first = structs.replace(RACER, id="first", since=date(2025, 6, 1), until=date(2026, 2, 1))
    pairs = history(WearsShoe(AT, shoe=first))
    assert one(in_gear("Vaporfly 3"), pairs).shoe == RACER
    before = structs.replace(in_gear("Vaporfly 3"), start=START - timedelta(days=60))
    assert one(before, pairs).shoe == first


def test_the_runners_own_word_comes_before_all():
    said = history(AboutRun(AT, run=RUN.id, shoe="daily"))
    assert one(in_gear("Vaporfly 3"), said).shoe == DAILY


def test_a_shoe_that_is_not_in_the_journal_was_not_said():
    assert one(RUN, history(AboutRun(AT, run=RUN.id, shoe="lost"))).shoe == DAILY


def test_without_any_shoe_in_the_journal_a_run_keeps_the_one_it_came_with():
    came = structs.replace(RUN, shoe=RACER)
    assert described([came], history=History(), home=UTC) == (came,)


def test_a_shoe_that_the_journal_took_back_is_not_kept_by_the_run():
    aside = structs.replace(RACER, until=RACER.since)
    never_worn = fold([WearsShoe(AT, shoe=aside)])
    assert one(structs.replace(RUN, shoe=RACER), never_worn).shoe is None


def test_the_day_is_home_s_unless_the_recording_knows_its_own():
    grass = Shoe(id="grass", name="Barefoot", since=date(2026, 3, 2), until=date(2026, 3, 3), barefoot=True)
    known, plus_two = history(WearsShoe(AT, shoe=grass)), timezone(timedelta(hours=2))
    late = structs.replace(RUN, start=START.replace(hour=23))  # 1 March in UTC, 2 March two hours east
    assert one(late, known, home=UTC).shoe == DAILY
    assert one(late, known, home=plus_two).shoe == grass
    assert one(structs.replace(late, local_time_known=True), known, home=plus_two).shoe == DAILY


def test_surface_and_kind_are_the_runners_words_alone():
    said = one(RUN, history(AboutRun(AT, run=RUN.id, surface="treadmill", kind="easy")))
    assert (said.surface, said.kind) == ("treadmill", "easy")
    stale = structs.replace(RUN, surface="road", kind="race")
    assert (one(stale, history()).surface, one(stale, history()).kind) == (None, None)


def test_a_run_left_out_is_not_counted_and_may_come_back():
    other = load(1, id="made:1")
    out = AboutRun(AT, run=RUN.id, left_out=True)
    assert [run.id for run in described([RUN, other], history=history(out), home=UTC)] == ["made:1"]
    back = AboutRun(AT + timedelta(hours=1), run=RUN.id)
    assert [run.id for run in described([RUN, other], history=history(out, back), home=UTC)] == ["made:0", "made:1"]


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ({"kind": "race"}, {date(2026, 3, 1), date(2026, 4, 1)}),
        ({"kind": "race", "left_out": True}, {date(2026, 4, 1)}),
        ({"kind": "long"}, {date(2026, 4, 1)}),
    ],
)
def test_a_race_is_one_that_was_planned_or_a_run_called_one(said, days):
    known = history(PlansRace(AT, on=date(2026, 4, 1)), AboutRun(AT, run=RUN.id, **said))
    assert races_of([RUN], history=known, home=UTC) == days


def test_a_race_that_is_in_no_recording_makes_no_day():
    known = history(AboutRun(AT, run="elsewhere", kind="race"))
    assert races_of([RUN], history=known, home=UTC) == frozenset()
