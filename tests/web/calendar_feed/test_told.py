"""What a calendar is told of the weeks: what to do, whether it was done, and nothing of how calves feel."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from msgspec import structs

from calfwise.model.fix.weeks.laid import Weeks
from calfwise.model.journal import CheckIn, Consent, DaysLaid, Morning, Prefers, WantsWeeks
from calfwise.model.session import Soreness
from calfwise.model.weeks import Element, ElementKind, Estimate, LaidDay, WeeksWish
from calfwise_web.calendar_feed.held import PAGE, held_of
from calfwise_web.calendar_feed.snapshot import versions
from calfwise_web.journal import lines
from calfwise_web.journal.models import Journal
from calfwise_web.refresh import refresh
from tests.web.calendar_feed.conftest import press
from tests.web.load.holding import NOW, hold
from tests.web.load.seeing import ran
from tests.web.weeks.made import EASY, STRENGTH, WISH, plan, told_before
from tests.writers.test_ics import lines_of

LAST = datetime(2027, 1, 1, tzinfo=UTC)
"""After what every journal begins with."""
SECRET = "SoreAsSixOfTen"
"""In every reason of these days."""


def wished(journal: Journal, *events: Any, wish: WeeksWish | None = WISH) -> None:
    hold(journal, [], WantsWeeks(at=NOW - timedelta(days=3), wish=wish), *events)


def told(journal: Journal) -> dict[date, list[Any]]:
    found: dict[date, list[Any]] = {}
    for each in held_of(journal.snapshots.filter(page=PAGE).first()).told:
        found.setdefault(each.on, []).append(each)
    return found


def with_secrets(made: Weeks) -> Weeks:
    """The same weeks, each reason of which tells of sore calves."""

    def day(laid: LaidDay) -> LaidDay:
        whys = tuple(structs.replace(element, why=SECRET) for element in laid.elements)
        return structs.replace(laid, elements=whys, changed=SECRET)

    weeks = tuple(structs.replace(week, days=tuple(map(day, week.days))) for week in made.weeks)
    return structs.replace(made, weeks=weeks, today=day(made.today))


def test_every_element_of_every_day_is_told(planned, journal):
    planned(plan())
    wished(journal)
    days = told(journal)
    assert len(days) == 4 * 5
    assert [each.summary for each in days[date(2026, 11, 16)]] == ["6 km easy"]
    assert [each.summary for each in days[date(2026, 11, 22)]] == ["11 km, the long one"]
    (cadence,) = days[date(2026, 11, 25)]
    assert "172 steps a minute" in cadence.description


def test_nothing_of_how_calves_feel_and_no_reason_reaches_the_file(planned, journal, browser):
    planned(with_secrets(plan()))
    wished(
        journal,
        CheckIn(at=NOW - timedelta(hours=2), soreness=Soreness(left=6, right=0)),
        Morning(at=NOW - timedelta(hours=1), soreness=Soreness(left=6, right=0)),
    )
    row = journal.snapshots.get(page=PAGE)
    file = Client().get(press(browser)).content
    assert b"6 km easy" in file
    for words in (SECRET.encode(), b"sore", b"Sore", b"pain", b"calves", b"/10", b"of 10"):
        assert words not in file, words
        assert words not in bytes(row.body), words


def test_a_run_that_was_done_is_marked(planned, journal):
    planned(plan())
    hold(journal, [ran(2, 6.4)], *told_before(plan(), NOW - timedelta(days=3)))
    days = told(journal)
    assert [each.summary for each in days[date(2026, 11, 16)]] == ["Done: 6 km easy"]
    assert not [each for on, each in days.items() if on != date(2026, 11, 16) and each[0].summary.startswith("Done")]


def names(path: str) -> list[str]:
    return [str(event["UID"]) for event in Calendar.from_ical(Client().get(path).content).events]


def test_a_run_of_another_day_says_when_it_was_run(planned, journal):
    """Monday's run was run on Tuesday."""
    planned(plan())
    hold(journal, [ran(1, 6.4)], *told_before(plan(), NOW - timedelta(days=3)))
    (monday,) = told(journal)[date(2026, 11, 16)]
    assert monday.summary == "Done: 6 km easy"
    assert monday.description.endswith("Done on Tuesday, 17 November.")


def test_the_same_thing_on_the_same_day_keeps_its_name(planned, journal, browser, clock):
    planned(plan())
    wished(journal)
    path = press(browser)
    before = names(path)
    clock(days=1)
    refresh(journal, now=NOW + timedelta(days=1))
    assert names(path) == before
    assert names(press(browser)) == before, "another address is the same calendar"
    assert len(set(before)) == len(before) == 20
    assert all(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", uid) for uid in before)


def test_two_runners_with_the_same_plan_share_no_name(planned, journal, browser, ben, bens_browser):
    planned(plan())
    wished(journal)
    wished(ben.journals.get())
    assert not set(names(press(browser))) & set(names(press(bens_browser)))


def test_two_of_a_kind_on_one_day_are_two(planned, journal):
    made = plan()
    first = structs.replace(made.weeks[0].days[0], elements=(STRENGTH, STRENGTH))
    week = structs.replace(made.weeks[0], days=(first, *made.weeks[0].days[1:]))
    planned(structs.replace(made, weeks=(week, *made.weeks[1:])))
    wished(journal)
    monday = told(journal)[date(2026, 11, 16)]
    assert len({each.name for each in monday}) == 2


def test_a_day_that_is_laid_anew_is_a_later_version_of_the_same(planned, journal, clock):
    planned(plan())
    wished(journal)
    friday = date(2026, 11, 20)
    (before,) = told(journal)[friday]
    made = plan()
    further = structs.replace(STRENGTH, level=3)
    days = tuple(structs.replace(day, elements=(further,)) if day.on == friday else day for day in made.weeks[0].days)
    planned(structs.replace(made, weeks=(structs.replace(made.weeks[0], days=days), *made.weeks[1:])))
    clock(hours=2)
    refresh(journal, now=NOW + timedelta(hours=2))
    (after,) = told(journal)[friday]
    assert (before.times_changed, after.times_changed) == (0, 1)
    assert after.name == before.name
    assert after.changed_at == NOW + timedelta(hours=2) > before.changed_at


def test_told_again_as_it_was_is_no_change():
    day = LaidDay(date(2026, 11, 20), (EASY,))
    events = [DaysLaid(at=NOW + timedelta(hours=n), days=(day,)) for n in range(3)]
    assert versions(events)[day.on].times == 0
    assert versions(events)[day.on].at == NOW
    changed = [*events, DaysLaid(at=NOW + timedelta(days=1), days=(LaidDay(day.on, (STRENGTH,)),))]
    assert (versions(changed)[day.on].times, versions(changed)[day.on].at) == (1, NOW + timedelta(days=1))


def test_an_unchanged_plan_is_an_unchanged_file_all_day(planned, journal, browser, clock):
    planned(plan())
    wished(journal)
    path = press(browser)
    first = Client().get(path)
    clock(hours=3)
    refresh(journal, now=NOW + timedelta(hours=3))
    assert Client().get(path, headers={"if-none-match": first["ETag"]}).status_code == 304


def test_weeks_that_are_ended_leave_the_calendar(planned, journal, browser):
    planned(plan())
    wished(journal)
    path = press(browser)
    assert Calendar.from_ical(Client().get(path).content).events
    lines.write(journal, [WantsWeeks(at=NOW, wish=None)])
    refresh(journal, now=NOW)
    assert Calendar.from_ical(Client().get(path).content).events == []


def test_lines_that_take_the_agreement_back_empty_it_too(planned, journal, browser):
    """An import may bring them; no page was pressed then."""
    planned(plan())
    wished(journal)
    path = press(browser)
    lines.write(journal, [Consent(at=NOW, to="keep-health-notes", version="x", given=False)])
    refresh(journal, now=NOW)
    assert told(journal) == {}
    assert Client().get(path).status_code == 404


def test_miles_are_told_to_those_who_think_in_them(planned, journal):
    planned(plan())
    wished(journal, Prefers(at=LAST, distance="mi", time_zone="Europe/Berlin"))
    assert told(journal)[date(2026, 11, 16)][0].summary == "3.7 mi easy"


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles", "Europe/Berlin"])
def test_a_day_is_the_runners_own_day_wherever_the_calendar_is(planned, journal, browser, zone):
    planned(plan())
    wished(journal, Prefers(at=LAST, time_zone=zone))
    file = Client().get(press(browser)).content
    lines_of(file)
    starts = [event["DTSTART"].dt for event in Calendar.from_ical(file).events]
    assert starts[0] == date(2026, 11, 16)
    assert all(type(start) is date for start in starts)
    assert held_of(journal.snapshots.get(page=PAGE)).told[0].changed_at.utcoffset() is not None


def test_over_the_night_on_which_clocks_change_days_stay_whole(planned, journal, browser, monkeypatch):
    """Weeks from Monday, 19 October 2026; on Sunday 25 Berlin's clocks go back."""
    shift = timedelta(days=-28)
    made = plan()
    moved = structs.replace(
        made,
        weeks=tuple(
            structs.replace(
                week,
                begins=week.begins + shift,
                days=tuple(structs.replace(day, on=day.on + shift) for day in week.days),
            )
            for week in made.weeks
        ),
    )
    planned(moved)
    midnight = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    monkeypatch.setattr(timezone, "now", lambda: midnight.astimezone(UTC))
    lines.write(
        journal, [WantsWeeks(at=midnight - timedelta(days=6), wish=structs.replace(WISH, begins=date(2026, 10, 19)))]
    )
    refresh(journal, now=midnight)
    events = Calendar.from_ical(Client().get(press(browser)).content).events
    sunday = next(event for event in events if event["DTSTART"].dt == date(2026, 10, 25))
    assert sunday["DTEND"].dt == date(2026, 10, 26)


# ------------------------------------------------------------------------------------------------------------- workouts
@pytest.fixture
def weeks(planned: Callable[[Weeks], None], journal: Journal) -> None:
    planned(plan())
    wished(journal)


def test_a_runner_takes_the_days_run_along_as_a_file(weeks, browser):
    answer = browser.get("/weeks/2026-11-18/workout.fit")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="calfwise-2026-11-18.fit"'
    assert answer["Cache-Control"] == "no-store"
    assert answer.content[8:12] == b".FIT"
    assert answer.content == browser.get("/weeks/2026-11-18/workout.fit").content
    assert browser.head("/weeks/2026-11-18/workout.fit").status_code == 200


def test_a_beat_of_the_plan_reaches_the_watch_as_the_player_would_beat_it(weeks, browser):
    from tests.writers.test_workout import steps_by_garmin

    steps = steps_by_garmin(browser.get("/weeks/2026-11-18/workout.fit").content)
    beats = [step for step in steps if step["target_type"] == "cadence"]
    assert beats, "level 1 of the routine beats three times"
    assert {(step["custom_target_cadence_low"], step["custom_target_cadence_high"]) for step in beats} == {(84, 88)}
    assert steps[0]["intensity"] == "warmup"


@pytest.mark.parametrize(
    "day",
    ["2026-11-17", "2026-11-19", "2020-01-01", "9999-12-31", "0001-01-01", "2026-13-45", "20261118", "x", "2026-W47-3"],
)
def test_a_day_without_a_run_has_no_file(weeks, browser, day):
    assert browser.get(f"/weeks/{day}/workout.fit").status_code == 404


def test_another_account_finds_no_file_of_anns_day(weeks, bens_browser):
    assert bens_browser.get("/weeks/2026-11-18/workout.fit").status_code == 404


def test_nobody_is_sent_to_the_sign_in(weeks):
    answer = Client().get("/weeks/2026-11-18/workout.fit")
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=/weeks/2026-11-18/workout.fit")


def test_a_file_is_only_taken_never_sent(weeks, browser):
    for method in ("post", "put", "patch", "delete"):
        assert getattr(browser, method)("/weeks/2026-11-18/workout.fit").status_code == 405


def test_a_file_holds_no_reason(planned, journal, browser):
    planned(with_secrets(plan()))
    wished(journal)
    assert SECRET.encode() not in browser.get("/weeks/2026-11-18/workout.fit").content


def test_every_kind_that_the_words_know_is_told_in_words(planned, journal):
    """A kind that is added and has no words would break the snapshot of everybody."""
    elements = tuple(Element(kind, 20.0, Estimate(), "", ()) for kind in ElementKind)
    made = plan()
    first = structs.replace(made.weeks[0].days[0], elements=elements)
    week = structs.replace(made.weeks[0], days=(first, *made.weeks[0].days[1:]))
    planned(structs.replace(made, weeks=(week, *made.weeks[1:])))
    wished(journal)
    monday = told(journal)[date(2026, 11, 16)]
    assert len(monday) == len(ElementKind)
    assert all(each.summary and each.description for each in monday)
    assert not [each for each in monday if "massage" in each.summary + each.description]
