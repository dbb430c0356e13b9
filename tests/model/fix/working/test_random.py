"""Random journals: what must hold whatever was run, said and done."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from calfwise.model.fix.working.figures import Figures
from calfwise.model.fix.working.verdict import Kind, Verdict
from calfwise.model.journal import Screened
from tests.model.fix.working.made import TODAY, day, moment, mornings, ran, sessions, told, working

DAYS = 200
FIRST = DAYS + 1
"""The journal's first word."""
SUCCESS = (Kind.FEWER, Kind.NONE)
STRONG = (*SUCCESS, Kind.MORE)
ADDS_UP = (
    "run_days", "distance_m", "sessions", "told_m", "answered_m", "mornings", "answered", "rated", "sore",
    "locked_days",
)  # fmt: skip

Days = frozenset[int]
SETTINGS = settings(max_examples=150, deadline=None)


def days(most: int = 60, low: int = 0, high: int = DAYS) -> st.SearchStrategy[Days]:
    return st.frozensets(st.integers(low, high), max_size=most)


def every(step: int) -> Days:
    return frozenset(range(0, DAYS, step))


RUNS = st.one_of(days(80), st.integers(2, 5).map(every))
ANSWERS = st.one_of(days(80), st.just(frozenset(range(DAYS))))


@st.composite
def falling(draw: st.DrawFn) -> Days:
    """Sessions, many at first and few lately, so that something is to be told."""
    return draw(days(30, 90, DAYS)) | draw(days(4, 0, 89))


SESSIONS = st.one_of(days(30), falling(), falling(), st.just(frozenset()))


def verdict(runs: Days, answers: Days, done: Days, *, silent: Days = frozenset()) -> Verdict:
    return working(ran([*runs, *(ago + 0.1 for ago in silent)]), *mornings({FIRST, *answers}), *sessions(done)).verdict


@SETTINGS
@given(RUNS, ANSWERS, SESSIONS, st.integers(1, DAYS - 1))
def test_two_stretches_hold_what_both_together_hold(runs: Days, answers: Days, done: Days, at: int) -> None:
    everything = told(ran(runs), *mornings({FIRST, *answers}), *sessions(done))
    whole = everything.figures(day(FIRST), TODAY)
    parts = everything.figures(day(FIRST), day(at)), everything.figures(day(at) + timedelta(days=1), TODAY)
    for name in ADDS_UP:
        assert getattr(whole, name) == sum(getattr(part, name) for part in parts), name


@SETTINGS
@given(RUNS, ANSWERS, SESSIONS, days(30))
def test_runs_whose_mornings_were_not_answered_make_no_verdict_stronger(
    runs: Days, answers: Days, done: Days, more: Days
) -> None:
    """Running in silence: fewer sessions a kilometre, and still nothing more to say."""
    silent = frozenset(ago for ago in more if ago - 1 not in answers and ago >= 2)
    before, after = verdict(runs, answers, done), verdict(runs, answers, done, silent=silent)
    assert after.kind not in STRONG or after.kind is before.kind


@SETTINGS
@given(st.integers(4, 14), st.integers(0, 5), st.integers(0, 41))
def test_silent_running_between_answered_runs_makes_no_fall(then: int, now: int, more: int) -> None:
    """Close to what chance explains: up to as many kilometres again, and not one word about them."""
    runs, answers = every(2), frozenset(range(1, DAYS, 2))
    done = frozenset(range(100, 100 + 4 * then, 4)) | frozenset(range(10, 10 + 8 * now, 8))
    silent = frozenset(range(3, 3 + 2 * more, 2))
    before, after = verdict(runs, answers, done), verdict(runs, answers, done, silent=silent)
    assert after.kind not in STRONG or after.kind is before.kind


@SETTINGS
@given(RUNS, ANSWERS, SESSIONS, days(60))
def test_quiet_answers_left_out_make_no_verdict_stronger(runs: Days, answers: Days, done: Days, out: Days) -> None:
    before, after = verdict(runs, answers, done), verdict(runs, answers - out, done)
    assert after.kind not in STRONG or after.kind is before.kind


@SETTINGS
@given(RUNS, ANSWERS, SESSIONS)
def test_who_stops_running_is_never_told_of_a_success(runs: Days, answers: Days, done: Days) -> None:
    assert verdict(frozenset(ago for ago in runs if ago >= 84), answers, done).kind not in SUCCESS


@SETTINGS
@given(RUNS, ANSWERS, SESSIONS)
def test_who_stops_answering_is_never_told_of_a_success(runs: Days, answers: Days, done: Days) -> None:
    quit_then = frozenset(ago for ago in done if ago >= 84)
    assert verdict(runs, frozenset(ago for ago in answers if ago >= 84), quit_then).kind not in SUCCESS


@SETTINGS
@given(RUNS, ANSWERS, SESSIONS, st.integers(8, 83))
def test_a_lock_is_never_told_as_a_success(runs: Days, answers: Days, done: Days, since: int) -> None:
    """Nine days and more of 84."""
    lock = Screened(at=moment(since, 6), outcome="referral", rules="made", level="U", reasons=("swelling",))
    events = (*mornings({FIRST, *answers}), *sessions(done), lock)
    assert working(ran(runs), *events).verdict.kind not in SUCCESS


@SETTINGS
@given(RUNS, ANSWERS, SESSIONS)
def test_every_figure_lies_in_its_interval_and_is_missing_for_a_reason(runs: Days, answers: Days, done: Days) -> None:
    found = working(ran(runs), *mornings({FIRST, *answers}), *sessions(done))
    for each in (*found.windows, found.now, *(year.figures for year in found.years)):
        check(each)
    assert found.verdict.text


def check(figures: Figures) -> None:
    assert (figures.rate is None) == bool(figures.why_not)
    if figures.rate is not None:
        assert 0 <= figures.rate.low <= figures.rate.value <= figures.rate.high
    assert figures.sore <= figures.rated <= figures.answered <= figures.mornings <= figures.run_days
    assert figures.answered_m <= figures.told_m <= figures.distance_m
