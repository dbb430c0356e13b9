"""Which spots got quiet, how long it took, and which are still tender.

What is not said is not quiet: a spot counts as quiet only when pressing said so and nothing spoke against it for weeks
in which the runner went on telling.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from calfwise.model.fix.working.rules import WorkingRules
from calfwise.model.fix.working.said import counted
from calfwise.model.journal import History
from calfwise.model.session import Spot


class SpotState(StrEnum):
    """How a spot stands, by this page's rule."""

    WAITING = "waits"
    TENDER = "tender"
    QUIETER = "quiet lately"
    SILENT = "no word lately"
    QUIET = "quiet"


class SpotCourse(Struct, frozen=True):
    """The last time a spot was tender, from its first word to where it stands."""

    spot: Spot
    state: SpotState
    first: date
    """The first day on which it was tender."""
    first_nrs: int
    last: date
    last_nrs: int
    sessions: int
    """That worked on it from then until it was quiet, or until now."""
    quiet_on: date | None = None
    """Since then it was never tender."""
    days: int | None = None
    """From the first tender day to the first quiet one. [d]"""
    came_back: int = 0
    """How often it had been quiet before. [1]"""


class SpotsQuiet(Struct, frozen=True):
    """All of them."""

    courses: tuple[SpotCourse, ...]
    """Those that wait or are tender first."""
    middle_days: int | None
    """Half of the spots were quiet by then, those still tender counted in; `None`: not yet, or too few. [d]"""
    text: str
    sources: tuple[str, ...]


class _Felt(NamedTuple):
    day: date
    nrs: int
    after: bool
    """Right after a session: everything is quieter then, so a quiet one is dated by the next word."""


class _Spell(NamedTuple):
    """Tender, until it was quiet for long enough."""

    felt: Sequence[_Felt]
    quiet_on: date | None
    """The first day that it was no longer tender, if it stayed so up to the next spell or now."""
    settled: bool
    """Whether that was for long enough, and told."""


def spots_quiet(history: History, *, rules: WorkingRules, now: datetime) -> SpotsQuiet:
    """Every spot that was ever tender.

    Parameters
    ----------
    history
        Marks at check-ins, tenderness after sessions, and who waits.
    rules
        When a spot is tender, and when it is quiet.
    now
        Aware; its offset is the runner's home.
    """
    words = _word_days(history, now)
    felt = _felt(history, now)
    courses = [course for spot, row in felt.items() if (course := _course(spot, row, words, history, rules, now))]
    order = list(SpotState)
    courses.sort(key=lambda course: (order.index(course.state), course.spot))
    middle = _middle_days(courses, rules)
    return SpotsQuiet(tuple(courses), middle, _said(courses, middle, rules), (rules.source, rules.aim))


def _felt(history: History, now: datetime) -> dict[Spot, list[_Felt]]:
    """Each spot's tenderness in order of time; of one day the marks at check-ins before those after a session."""
    rows = [(at, mark, False) for at, mark in history.marks]
    rows += [(past.at, rated, True) for past in history.sessions for rated in past.after]
    found: dict[Spot, list[_Felt]] = {}
    for at, rated, after in sorted(rows, key=lambda row: row[0]):
        if at <= now:
            found.setdefault(rated.spot, []).append(_Felt(_day(at, now), rated.tenderness_nrs, after))
    return found


def _word_days(history: History, now: datetime) -> list[date]:
    """Days with any word about the calves."""
    said = [note.at for note in history.soreness] + [at for at, _ in (*history.spot_mornings, *history.marks)]
    return sorted({_day(at, now) for at in said if at <= now})


def _spells(row: Sequence[_Felt], words: Sequence[date], rules: WorkingRules, today: date) -> Iterator[_Spell]:
    """One after the other: a spell ends when the spot stayed quiet for long enough."""
    spell: list[_Felt] = []
    quiet_on: date | None = None
    for felt in row:
        if felt.nrs > rules.spot_tender_above_nrs:
            if quiet_on is not None and _is_settled(quiet_on, felt.day, words, rules):
                yield _Spell(spell, quiet_on, settled=True)
                spell = []
            spell.append(felt)
            quiet_on = None
        elif spell:
            spell.append(felt)
            quiet_on = quiet_on or _quiet_from(felt, words)
    if spell:
        yield _Spell(spell, quiet_on, settled=quiet_on is not None and _is_settled(quiet_on, today, words, rules))


def _quiet_from(felt: _Felt, words: Sequence[date]) -> date | None:
    """The day it was pressed; after a session the next day with a word, if there was one."""
    if not felt.after:
        return felt.day
    later = bisect_right(words, felt.day)
    return words[later] if later < len(words) else None


def _is_settled(quiet_on: date, until: date, words: Sequence[date], rules: WorkingRules) -> bool:
    told = sum(quiet_on < day <= quiet_on + timedelta(days=rules.spot_quiet_days) for day in words if day <= until)
    return (until - quiet_on).days >= rules.spot_quiet_days and told >= rules.spot_words


def _course(
    spot: Spot, row: Sequence[_Felt], words: Sequence[date], history: History, rules: WorkingRules, now: datetime
) -> SpotCourse | None:
    spells = list(_spells(row, words, rules, now.date()))
    if not spells:
        return None
    spell = spells[-1]
    first, last = spell.felt[0], spell.felt[-1]
    done = [_day(past.at, now) for past in history.sessions if spot in past.session.spots and past.at <= now]
    until = spell.quiet_on if spell.quiet_on is not None else now.date()
    return SpotCourse(
        spot=spot,
        state=_state(spot, spell, history, rules, now.date()),
        first=first.day,
        first_nrs=first.nrs,
        last=last.day,
        last_nrs=last.nrs,
        sessions=sum(first.day <= day <= until for day in done),
        quiet_on=spell.quiet_on,
        days=(spell.quiet_on - first.day).days if spell.quiet_on is not None and spell.settled else None,
        came_back=len(spells) - 1,
    )


def _state(spot: Spot, spell: _Spell, history: History, rules: WorkingRules, today: date) -> SpotState:
    if spell.settled:
        return SpotState.QUIET
    if any(waits.spot == spot for waits in history.waiting):
        return SpotState.WAITING
    if (today - spell.felt[-1].day).days > rules.spot_silent_days:
        return SpotState.SILENT
    return SpotState.TENDER if spell.quiet_on is None else SpotState.QUIETER


def _middle_days(courses: Sequence[SpotCourse], rules: WorkingRules) -> int | None:
    """Kaplan and Meier's median: spots that are not quiet yet count for as long as they were spoken of."""
    if sum(course.days is not None for course in courses) < rules.spots_for_middle:
        return None
    ends = [(course.days, True) if course.days is not None else (_open_days(course), False) for course in courses]
    left = 1.0
    for days in sorted({days for days, quiet in ends if quiet}):
        there = sum(end >= days for end, _ in ends)
        left *= 1 - sum(end == days and quiet for end, quiet in ends) / there
        if left <= 0.5 + 1e-9:
            return days
    return None


def _open_days(course: SpotCourse) -> int:
    return (course.last - course.first).days


def _said(courses: Sequence[SpotCourse], middle: int | None, rules: WorkingRules) -> str:
    if not courses:
        return "No spot was ever marked as tender so far."
    quiet = sum(course.state is SpotState.QUIET for course in courses)
    opening = f"{quiet} of {counted(len(courses), 'spot')} got quiet and stayed so for {rules.spot_quiet_days} days."
    if quiet < rules.spots_for_middle:
        return f"{opening} How long it takes: too early to say, {rules.spots_for_middle} quiet ones are needed."
    if middle is None:
        return f"{opening} Fewer than half, so no middle time yet."
    return f"{opening} Half were quiet within {counted(middle, 'day')}, those still tender counted in."


def _day(at: datetime, now: datetime) -> date:
    return at.astimezone(now.tzinfo).date()
