"""The made-up runner's journal: lines that decode, fold, and fit the runs."""

import tomllib
from datetime import timedelta
from importlib.resources import files

from calfwise.model.journal import Done, Morning, fold
from calfwise.model.run import Side
from calfwise.model.runner import shoe_on
from calfwise.model.session import WHOLE_CALF
from calfwise.sample.diary import Kind
from calfwise.sample.story import story

from .conftest import UNTIL

ZONES = {
    "medial-upper", "medial-middle", "medial-lower", "lateral-upper", "lateral-middle", "lateral-lower",
    "junction", "soleus-medial", "soleus-lateral", WHOLE_CALF,
}  # fmt: skip
TECHNIQUES = {"press-and-hold", "cross-strokes", "long-strokes"}
TOOLS = {"thumbs", "knuckles", "ball", "roller", "stick", "opposite-knee"}
POSITIONS = {"floor", "chair"}
MOST_PRESSURE_A_CALF_S = 300


def test_the_runner_began_with_the_first_run(sample):
    history = fold(sample.events)
    assert history.runner.running_since == sample.runs[0].start.date()


def test_every_run_has_its_shoe_and_only_barefoot_runs_have_none(sample):
    history = fold(sample.events)
    for planned in sample.planned:
        shoe = shoe_on(start=planned.start, shoes=history.shoes, home=planned.start.tzinfo)
        assert shoe is not None
        assert shoe.barefoot == (planned.kind is Kind.BAREFOOT)


def test_the_shoe_of_the_last_five_weeks_is_lower(sample):
    history = fold(sample.events)
    last = sample.planned[-1].start
    now, before = (
        shoe_on(start=last - timedelta(days=days), shoes=history.shoes, home=last.tzinfo) for days in (0, 40)
    )
    assert before.heel_drop_m - now.heel_drop_m >= 0.004
    assert (UNTIL.date() - now.since).days == 35


def test_the_race_is_known_before_it_is_run(sample):
    [race] = [planned for planned in sample.planned if planned.kind is Kind.RACE]
    assert fold(sample.events).races == {race.start.date()}
    known = fold([event for event in sample.events if event.at < race.start - timedelta(days=60)])
    assert known.races == {race.start.date()}


def test_mornings_are_quiet_until_the_too_long_run_but_for_one_after_faster_repetitions(sample):
    last_start = sample.planned[-1].start
    before = [note for note in fold(sample.events).soreness if note.at < last_start]
    [sore] = [note for note in before if note.soreness.worst_nrs > 2]
    assert (sore.soreness.left, sore.soreness.right) == (4, 3)
    faster = [planned.start.date() for planned in sample.planned if planned.kind is Kind.INTERVALS]
    assert sore.at.date() - timedelta(days=1) in faster
    assert len(before) > 200
    assert min(note.soreness.worst_nrs for note in before) == 0


def test_nothing_fast_is_run_on_a_sore_day_or_the_day_after(sample):
    sore = {note.at.date() for note in fold(sample.events).soreness if note.soreness.worst_nrs > 2}
    days = sore | {day + timedelta(days=1) for day in sore}
    assert not [
        planned for planned in sample.planned if planned.kind is Kind.INTERVALS and planned.start.date() in days
    ]


def test_the_last_word_is_a_tight_left_calf(sample):
    note = fold(sample.events).soreness[-1]
    assert (note.soreness.of(Side.LEFT), note.soreness.of(Side.RIGHT)) == (5, 2)
    assert note.morning


def test_no_two_mornings_are_noted_at_once(sample):
    moments = [event.at for event in sample.events if isinstance(event, Morning)]
    assert len(moments) == len(set(moments))


def test_sessions_were_done_within_the_limits(sample):
    sessions = fold(sample.events).sessions
    assert len(sessions) == len(sample.diary.massages) > len(story().sessions)
    for number, past in enumerate(sessions):
        items = past.session.items
        assert items[0].zone == items[-1].zone == WHOLE_CALF
        assert 1 <= len(past.session.spots) <= (2 if number < 3 else 3)
        for side in Side:
            assert sum(item.pressure_s for item in items if item.side is side) <= MOST_PRESSURE_A_CALF_S
        for item in items:
            assert item.zone in ZONES
            assert item.technique in TECHNIQUES
            assert item.tool in TOOLS
            assert item.position in POSITIONS
            assert item.effort_nrs <= 4


def test_the_sources_named_in_sessions_are_in_the_bibliography(sample):
    known = tomllib.loads(files("calfwise.library").joinpath("sources.toml").read_text())
    for past in fold(sample.events).sessions:
        assert {source for item in past.session.items for source in item.sources} <= known.keys()


def test_every_session_has_its_morning_after(sample):
    history = fold(sample.events)
    felt = {(at.date(), row.spot) for at, row in history.spot_mornings}
    for past in history.sessions:
        assert {(past.at.date() + timedelta(days=1), spot) for spot in past.session.spots} <= felt
    assert sum(isinstance(event, Done) for event in sample.events) == len(history.sessions)


def test_nothing_waits_after_the_last_session(sample):
    assert fold(sample.events).waiting == ()
