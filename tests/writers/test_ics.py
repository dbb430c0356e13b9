"""The calendar, read back by the library and line by line."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from calfwise.writers.ics import Entry, calendar_of

CHANGED = datetime(2026, 3, 27, 7, 30, tzinfo=UTC)
CHARACTERS = st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n")


def entry(on: date = date(2026, 3, 29), **more: object) -> Entry:
    told = {"uid": "one", "summary": "6 km easy", "description": "About 40 minutes.", "changed_at": CHANGED}
    return Entry(on=on, **(told | more))  # type: ignore[arg-type]


def lines_of(file: bytes) -> list[bytes]:
    """Content lines as RFC 5545 has them: CR LF ends each, none is longer than 75 octets; unfolded."""
    assert file.endswith(b"\r\n")
    physical = file.removesuffix(b"\r\n").split(b"\r\n")
    assert not [line for line in physical if b"\r" in line or b"\n" in line], "a bare line end"
    assert max(len(line) for line in physical) <= 75
    for line in physical:
        line.decode("utf-8")  # no letter is torn by a fold
    return file.removesuffix(b"\r\n").replace(b"\r\n ", b"").replace(b"\r\n\t", b"").split(b"\r\n")


def test_a_day_is_a_whole_day_without_a_time():
    lines = lines_of(calendar_of([entry()], name="calfwise"))
    assert b"DTSTART;VALUE=DATE:20260329" in lines
    assert b"DTEND;VALUE=DATE:20260330" in lines
    assert not [line for line in lines if line.startswith(b"BEGIN:VTIMEZONE") or b"TZID" in line]


@pytest.mark.parametrize("on", [date(2026, 3, 29), date(2026, 10, 25), date(2026, 12, 31), date(2028, 2, 29)])
def test_a_day_of_23_or_25_hours_is_one_day(on):
    """On 29 March clocks go forward in Berlin, on 25 October back."""
    (event,) = Calendar.from_ical(calendar_of([entry(on)], name="calfwise")).events
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (on, on + timedelta(days=1))


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles", "Europe/Berlin", "UTC"])
def test_when_it_was_changed_is_told_in_utc_wherever_the_runner_is(zone):
    there = CHANGED.astimezone(ZoneInfo(zone))
    file = calendar_of([entry(changed_at=there)], name="calfwise")
    assert b"LAST-MODIFIED:20260327T073000Z" in lines_of(file)
    assert file == calendar_of([entry()], name="calfwise")


def test_a_calendar_is_published_and_invites_nobody():
    lines = lines_of(calendar_of([entry()], name="calfwise: ann, weeks ahead"))
    assert lines[:2] == [b"BEGIN:VCALENDAR", b"VERSION:2.0"]
    assert b"X-WR-CALNAME:calfwise: ann\\, weeks ahead" in lines
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT2H" in lines
    assert b"X-PUBLISHED-TTL:PT2H" in lines
    assert not [line for line in lines if line.startswith((b"METHOD", b"ATTENDEE", b"ORGANIZER", b"BEGIN:VALARM"))]


def test_a_day_takes_no_time_and_is_private():
    lines = lines_of(calendar_of([entry(times_changed=3)], name="calfwise"))
    assert {b"TRANSP:TRANSPARENT", b"CLASS:PRIVATE", b"SEQUENCE:3", b"DTSTAMP:20260327T073000Z"} <= set(lines)


def test_without_entries_it_is_a_calendar_still():
    assert Calendar.from_ical(calendar_of([], name="calfwise")).events == []


def test_words_cannot_begin_a_line_of_their_own():
    spiteful = "8 km\r\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:evil; a\\n, b"
    file = calendar_of([entry(summary=spiteful, description=spiteful)], name=spiteful)
    assert [line for line in lines_of(file) if line.startswith((b"BEGIN", b"END"))] == [
        b"BEGIN:VCALENDAR", b"BEGIN:VEVENT", b"END:VEVENT", b"END:VCALENDAR",
    ]  # fmt: skip


@given(summary=st.text(CHARACTERS, max_size=200), description=st.text(CHARACTERS, max_size=400))
def test_any_words_come_back_as_they_were(summary, description):
    file = calendar_of([entry(summary=summary, description=description)], name="calfwise")
    lines_of(file)
    (event,) = Calendar.from_ical(file).events
    assert (str(event["SUMMARY"]), str(event["DESCRIPTION"])) == (summary, description)


def test_entries_stand_in_the_order_of_their_days_whatever_order_they_came_in():
    entries = [entry(date(2026, 5, day), uid=f"u{day}") for day in (3, 1, 2)]
    file = calendar_of(entries, name="calfwise")
    assert [str(event["UID"]) for event in Calendar.from_ical(file).events] == ["u1", "u2", "u3"]
    assert file == calendar_of(reversed(entries), name="calfwise")


def test_a_fraction_of_a_second_does_not_break_a_time():
    at = datetime(2026, 3, 27, 8, 30, 0, 999_999, tzinfo=timezone(timedelta(hours=1)))
    assert b"DTSTAMP:20260327T073000Z" in lines_of(calendar_of([entry(changed_at=at)], name="calfwise"))
