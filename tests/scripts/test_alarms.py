"""A big step is said at most once in 7 days, and docs/validation says how often that is, and for whom."""

import importlib
import subprocess
import sys
from datetime import UTC, date, timedelta
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calfwise.model.load.change import change_of
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.outings import outings_of
from calfwise.model.runner import Runner
from tests.conftest import SHARED
from tests.model.load.made import at, load
from tests.scripts.conftest import SCRIPTS

FIRST = date(2026, 3, 1)


@pytest.fixture
def burden() -> ModuleType:
    return importlib.import_module("burden")


@pytest.fixture
def diaries() -> ModuleType:
    return importlib.import_module("diaries")


def story(burden: ModuleType, *loads: RunLoad) -> Any:
    return burden.Story("made", outings_of(loads, runner=Runner(), home=UTC))


runs = st.lists(st.tuples(st.integers(0, 400), st.floats(0.5, 60)), min_size=1, max_size=150)


@given(runs, st.sets(st.integers(0, 400), max_size=20))
def test_no_two_alerts_are_nearer_than_7_days_whatever_is_run(ran: list[tuple[int, float]], raced: set[int]) -> None:
    outings = outings_of([load(day, km) for day, km in dict(ran).items()], runner=Runner(), home=UTC)
    races = frozenset(FIRST + timedelta(days=day) for day in raced)
    days = [alert.day for alert in change_of(outings, runner=Runner(), races=races, now=at(401)).alerts]
    assert all((later - day).days >= 7 for day, later in pairwise(days))
    assert not races & set(days), "a race raised one"


def test_who_doubles_every_other_day_hears_of_it_once_a_week(burden: ModuleType) -> None:
    """2, 4, 8, 16, 32 km on days 0, 2, 4, 6, 8 and 64 on day 9: alerts on days 2 and 9, for 7 days lie between."""
    doubling = story(burden, *(load(day, km) for day, km in ((0, 2), (2, 4), (4, 8), (6, 16), (8, 32), (9, 64))))
    assert doubling.alerts == doubling.raised() == (FIRST + timedelta(days=2), FIRST + timedelta(days=9))
    assert len(doubling.raised(every_days=0)) == 5


def test_without_the_kilometre_short_runs_would_alarm(burden: ModuleType) -> None:
    """5.9 km is 18 % more than 5, but less than 1 km."""
    short = story(burden, load(0, 5), load(1, 5.9))
    assert (len(short.alerts), len(short.raised(more_m=0))) == (0, 1)


def test_a_month_with_alerts_is_counted_from_each_of_them(burden: ModuleType) -> None:
    days = [FIRST + timedelta(days=ahead) for ahead in (0, 20, 29, 30, 40)]
    assert burden.most_in_a_stretch(days) == 4, "those of days 20, 29, 30 and 40 lie in 30 days"
    assert burden.shortest_gap_days(days) == 1
    assert (burden.most_in_a_stretch([]), burden.shortest_gap_days([])) == (0, None)


def test_over_budget_is_judged_by_what_was_known_that_morning(burden: ModuleType) -> None:
    """5 km allow 6; 8 km are over. Two quiet mornings later 8 km are known, so 8.5 on day 9 are within 9."""
    grown = story(burden, load(0, 5), load(1, 8), load(9, 8.5))
    assert grown.over_quiet == {1}
    assert 1 in grown.over_unsaid


def test_mondays_without_a_number_are_those_of_a_long_break(burden: ModuleType) -> None:
    """From Sunday, 1 March, 100 days off: no number from day 61 on (1 May), so the first such Monday is 4 May."""
    back = story(burden, load(0, 5), load(100, 5))
    assert min(back.numberless) == date(2026, 5, 4)
    assert max(back.numberless) == max(back.mondays) == date(2026, 6, 8)


def test_diaries_are_the_same_for_the_same_seed_and_in_order(diaries: ModuleType) -> None:
    once, again = diaries.diaries(), diaries.diaries()
    assert once == again
    assert once != diaries.diaries(seed=1)
    for diary in once:
        days = [ran.day for ran in diary.runs]
        assert days == sorted(days)
        assert len(set(days)) == len(days), diary.name
        assert diary.pattern.endswith("."), "every runner is told in sentences"


def test_without_the_real_history_the_script_says_so_and_ends_with_3(tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, SCRIPTS / "alarms.py", str(tmp_path)], capture_output=True, text=True)
    assert ended.returncode == 3
    assert "no real history" in ended.stderr


@pytest.mark.real
@pytest.mark.skipif(not (SHARED / "exports").is_dir(), reason=f"no real export here ({SHARED / 'exports'})")
def test_the_page_about_alerts_says_what_the_code_says() -> None:
    checked = subprocess.run([sys.executable, SCRIPTS / "alarms.py", "--check"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
