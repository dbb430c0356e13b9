"""Journal lines of preferences, single runs and consent; and what History makes of them."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from calfwise.model.journal import (
    AboutRun,
    Consent,
    History,
    PlansRace,
    Prefers,
    WearsShoe,
    event_from_line,
    fold,
    line_of,
)
from calfwise.model.runner import Shoe

AT = datetime(2026, 5, 1, 8, tzinfo=UTC)
LATER = AT + timedelta(days=1)
RUN = "3f2a:0"


@pytest.mark.parametrize(
    "event",
    [
        Prefers(AT),
        Prefers(
            AT,
            distance="mi",
            mass="lb",
            first_weekday=6,
            time_zone="America/Argentina/Buenos_Aires",
            country="AR",
            tools=("ball", "opposite-knee"),
            on_floor=False,
            keep_originals=False,
        ),
        AboutRun(AT, run=RUN),
        AboutRun(AT, run=RUN, shoe="Racer 2", surface="track", kind="workout", left_out=True, note="windy"),
        Consent(AT, to="keep-health-notes", version="2026-11", given=True),
        WearsShoe(AT, shoe=Shoe(id="a", name="A", since=date(2026, 1, 1), flexibility="stiff", default=True)),
    ],
    ids=lambda event: type(event).__name__,
)
def test_what_is_written_is_read_back(event):
    assert event_from_line(line_of(event)) == event


def test_the_lines_have_short_names():
    assert line_of(AboutRun(AT, run=RUN, kind="race")).decode() == (
        '{"event":"run","at":"2026-05-01T08:00:00Z","run":"3f2a:0","shoe":null,"surface":null,"kind":"race",'
        '"left_out":false,"note":null}'
    )
    assert line_of(Consent(AT, to="export", version="1", given=False)).decode() == (
        '{"event":"consent","at":"2026-05-01T08:00:00Z","to":"export","version":"1","given":false}'
    )
    assert b'"event":"prefers"' in line_of(Prefers(AT))


@pytest.mark.parametrize(
    "facts",
    [
        '"event":"prefers","first_weekday":7',
        '"event":"prefers","distance":"furlong"',
        '"event":"prefers","time_zone":"../../etc/passwd"',
        '"event":"prefers","time_zone":"Europe/Berlin\\n"',
        '"event":"prefers","time_zone":"/Europe/Berlin"',
        '"event":"prefers","country":"de"',
        '"event":"prefers","country":"DEU"',
        '"event":"prefers","tools":["<b>ball"]',
        '"event":"prefers","night_mode":true',
        '"event":"run"',
        '"event":"run","run":""',
        '"event":"run","run":"a","surface":"lava"',
        '"event":"run","run":"a","kind":"swim"',
        f'"event":"run","run":"a","note":"{"x" * 2001}"',
        '"event":"consent","to":"Health Notes","version":"1","given":true',
        '"event":"consent","to":"export","version":"1"',
    ],
)
def test_a_line_that_says_something_else_is_refused(facts):
    with pytest.raises(msgspec.ValidationError):
        event_from_line(f'{{"at":"2026-05-01T08:00:00Z",{facts}}}')


@pytest.mark.parametrize("name", ["UTC", "Etc/GMT+5", "America/Port-au-Prince", "EST5EDT", "Europe/Berlin"])
def test_every_form_of_a_time_zones_name_is_taken(name):
    line = f'{{"event":"prefers","at":"2026-05-01T08:00:00Z","time_zone":"{name}"}}'
    assert event_from_line(line).time_zone == name


def test_a_later_preference_replaces_an_earlier_one_whole():
    history = fold([Prefers(LATER, distance="mi"), Prefers(AT, mass="lb", country="GB")])
    assert history.prefers == Prefers(LATER, distance="mi")


def test_the_last_word_on_each_run_counts_whole():
    raced = AboutRun(AT, run=RUN, kind="race", shoe="racer")
    other = AboutRun(AT, run="3f2b:0", surface="trail")
    corrected = AboutRun(LATER, run=RUN, kind="easy")
    assert fold([corrected, raced, other]).about_runs == {RUN: corrected, "3f2b:0": other}


def test_every_consent_given_and_taken_back_stays_on_record():
    given = Consent(AT, to="keep-health-notes", version="1", given=True)
    taken_back = Consent(LATER, to="keep-health-notes", version="1", given=False)
    assert fold([taken_back, given]).consents == (given, taken_back)


def test_a_journal_that_says_nothing_of_this_has_nothing_of_it():
    history = fold([PlansRace(AT, on=date(2026, 5, 3))])
    nothing = (None, {}, ())
    assert (history.prefers, history.about_runs, history.consents) == nothing
    assert (History().prefers, History().about_runs, History().consents) == nothing
