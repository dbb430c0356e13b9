"""Whole runners through weeks, as files: what they are told on the mornings that matter."""

from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from calfwise.errors import UnreadableFile
from calfwise.model.fix.weeks.laid import LaidWeek, Weeks
from calfwise.model.weeks import LaidDay
from calfwise.weeks_scenario import Looked, WeeksScenario, load_weeks_scenario, mornings

HERE = Path(__file__).parent / "scenarios" / "weeks"
FILES = sorted(HERE.glob("*.toml"))
LOOKS = [(file, place) for file in FILES for place in range(len(load_weeks_scenario(file).expect))]


@cache
def lived(file: Path) -> tuple[WeeksScenario, dict[int, Weeks]]:
    scenario = load_weeks_scenario(file)
    return scenario, mornings(scenario)


@pytest.mark.parametrize(("file", "place"), LOOKS, ids=[f"{file.stem}-{place + 1}" for file, place in LOOKS])
def test_the_morning_is_the_one_expected(file, place):
    scenario, seen = lived(file)
    look = scenario.expect[place]
    weeks = seen[look.morning_of]
    first = scenario.now.date()
    on = first + timedelta(days=look.morning_of if look.day is None else look.day)
    day = weeks.day(on)
    assert day is not None, "the day lies in the weeks"
    wanted = {name: getattr(look, name) for name in look.__struct_fields__ if name not in ("morning_of", "day")}
    wanted = {name: value for name, value in wanted.items() if value not in (None, (), {})}
    assert wanted, "something is expected"
    found = {name: said_of(name, look, weeks, day, first + timedelta(days=look.morning_of)) for name in wanted}
    assert found == wanted


def said_of(name: str, look: Looked, weeks: Weeks, day: LaidDay, today) -> object:
    """What is seen of one expectation; the expectation itself where it is met."""
    kinds = {element.kind for element in day.elements}
    week = weeks.weeks[(look.week or 1) - 1]
    to_come = [each for each in weeks.weeks if each.ends >= today]
    held = [element.kind for each in to_come for d in each.days if d.on >= today for element in d.elements]
    said = {
        "holds": lambda: tuple(kind for kind in look.holds if kind in kinds),
        "holds_not": lambda: tuple(kind for kind in look.holds_not if kind not in kinds),
        "km": lambda: between(kilometres([day]), look.km),
        "says": lambda: look.says if look.says and look.says in (day.changed or "") else (day.changed or ""),
        "week": lambda: look.week,
        "lighter": lambda: week.lighter,
        "run_days": lambda: sum(1 for d in week.days if any(e.kind.is_run for e in d.elements)),
        "week_km": lambda: between(kilometres(week.days), look.week_km),
        "times": lambda: {kind: times_of(week, kind) for kind in look.times},
        "told": lambda: tuple(words for words in look.told if words in told_in(week, weeks)),
        "never": lambda: tuple(kind for kind in look.never if kind not in held),
        "first_in_week": lambda: {kind: first_week(weeks, kind, today) for kind in look.first_in_week},
        "unfit": lambda: tuple(words for words in look.unfit if words in unfit_in(weeks)),
        "done": lambda: sum(1 for each in weeks.matched if each.element is not None and each.done_on is not None),
    }
    return said[name]()


def kilometres(days) -> float:
    return sum(element.distance_m or 0.0 for day in days for element in day.elements if element.kind.is_run) / 1000


def between(found, wanted):
    return wanted if wanted[0] <= found <= wanted[1] else found


def times_of(week: LaidWeek, kind) -> int:
    return sum(1 for day in week.days for element in day.elements if element.kind == kind)


def told_in(week: LaidWeek, weeks: Weeks) -> str:
    return " | ".join(reason.text for reason in (*week.told, *weeks.told))


def unfit_in(weeks: Weeks) -> str:
    return " | ".join(f"{each.why} {each.would_need}" for each in weeks.unfit)


def first_week(weeks: Weeks, kind, today) -> int | None:
    return next(
        (
            number
            for number, week in enumerate(weeks.weeks, 1)
            if any(element.kind == kind for day in week.days if day.on >= today for element in day.elements)
        ),
        None,
    )


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_file_tells_of_somebody(file):
    scenario = load_weeks_scenario(file)
    assert " " in scenario.name
    assert scenario.name[0].isupper()
    assert scenario.now.tzinfo is not None


def test_there_are_at_least_25_of_them():
    assert len(FILES) >= 25


def test_a_word_that_nobody_knows_is_refused(tmp_path):
    odd = tmp_path / "odd.toml"
    odd.write_text('name = "Odd"\nnow = 2026-05-11T07:00:00Z\nwhat = 1\n', encoding="utf-8")
    with pytest.raises(UnreadableFile):
        load_weeks_scenario(odd)
