"""History, shaped: the table on the load axis, and what was done, newest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from calfwise.model.session import Spot
from calfwise_web.load.scope import COLUMN, STRETCH, Choice, Scope, choices_of
from calfwise_web.load.snapshot import Shown
from calfwise_web.load.words import begins_said
from calfwise_web.spots.axis import Stretch
from calfwise_web.spots.charts import is_crowded
from calfwise_web.spots.record import Past, Touch
from calfwise_web.spots.snapshot import Practised, Spots
from calfwise_web.spots.story import numbers_said
from calfwise_web.spots.words import on, spot_said, way_said
from calfwise_web.templatetags.words import counted
from calfwise_web.units import NOTHING

A_PAGE = 20
"""Sessions on one page of the diary."""
NUMBER = '<td class="n">{}</td>'
ROW = f'<tr><th scope="row">{{}}</th>{NUMBER * 6}<td>{{}}</td></tr>'
FELT = ("better", "same", "worse", "bruised")


@dataclass(frozen=True, slots=True)
class Worked:
    """One place in one session."""

    spot: Spot
    title: str
    text: str
    felt: str
    """The morning after, in words."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that was done."""

    at: datetime
    title: str
    facts: str
    worked: tuple[Worked, ...] = ()
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Diary:
    """One page of what was done."""

    entries: tuple[Entry, ...]
    page: Page[Past | Practised]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """All of it but the diary."""

    choices: tuple[Choice, ...]
    by: str
    stretch: str
    column: str
    chart_note: str
    has_runs: bool
    crowded: bool
    """More sessions than words fit for: they have a chart of their own."""
    rows: int
    table: SafeString
    facts: tuple[str, ...]


def history_page(spots: Spots, load: Shown | None, stretches: Sequence[Stretch], *, scope: Scope) -> HistoryPage:
    """Everything in words."""
    has_runs = any(stretch.span.runs for stretch in stretches)
    rows = [_row(one, scope, spots.now.date()) for one in reversed(stretches) if not one.is_empty]
    stretch = STRETCH[scope]
    highest = f"The sorest word of each {stretch}. " if scope is not Scope.DAYS else ""
    return HistoryPage(
        choices=choices_of(scope),
        by=scope,
        stretch=stretch,
        column=COLUMN[scope],
        chart_note=f"{highest}Where you said nothing, nothing is drawn.",
        has_runs=has_runs,
        crowded=is_crowded(stretches),
        rows=len(rows),
        table=format_html_join("", ROW, rows),
        facts=tuple(_facts(spots)),
    )


def _row(one: Stretch, scope: Scope, today: date) -> tuple[str, ...]:
    """The cells of one day, week or month, in the table's order."""
    strikes = one.span.strikes
    return (
        begins_said(one.first, scope, today=today),
        NOTHING if strikes is None or not one.span.runs else f"{round(strikes / 2):,}",
        _nrs(one.left_nrs),
        _nrs(one.right_nrs),
        f"{len(one.told)}" if one.told else NOTHING,
        f"{one.sessions}" if one.sessions else "",
        f"{one.practised}" if one.practised else "",
        "race" if one.race else "",
    )


def _nrs(nrs: int | None) -> str:
    return NOTHING if nrs is None else f"{nrs}"


# ------------------------------------------------------------------------------------------------------------ the facts
def _facts(spots: Spots) -> Iterator[str]:
    """Sentences about all of it."""
    today = spots.now.date()
    if spots.sessions:
        first = on(spots.sessions[0].at.date(), today)
        yield f"{counted(len(spots.sessions), 'session,sessions')}, the first {first}."
        yield mornings_said([touch for past in spots.sessions for touch in past.touches])
    if raised := [one for one in spots.practised if one.is_habit]:
        times = counted(len(raised), "time,times")
        yield f"Heel raises {times}, last {on(raised[-1].at.date(), today)} at level {raised[-1].level}."
    if guided := [one for one in spots.practised if not one.is_habit]:
        last, times = guided[-1], counted(len(guided), "time,times")
        yield f"Practised {times}, last {on(last.at.date(), today)}: {last.title[0].lower()}{last.title[1:]}."


def mornings_said(touches: Sequence[Touch]) -> str:
    """How places were the morning after, of those anybody told about.

    >>> told, silent = Touch(0, "t", "t", 5, 3, "better"), Touch(0, "t", "t", 5, 3)
    >>> mornings_said([told, told, silent])
    'The morning after: better 2. No word about 1 of 3.'
    """
    if not touches:
        return "Long strokes only, so far."
    told = [touch.felt for touch in touches if touch.felt is not None]
    silent = len(touches) - len(told)
    if not told:
        return "No word yet from any morning after."
    counts = ", ".join(f"{felt} {told.count(felt):,}" for felt in FELT if felt in told)
    return f"The morning after: {counts}." + (f" No word about {silent:,} of {len(touches):,}." if silent else "")


# ------------------------------------------------------------------------------------------------------------ the diary
def diary(spots: Spots, *, page: str | None) -> Diary:
    """Sessions and exercises, newest first."""
    rows: list[Past | Practised] = sorted((*spots.sessions, *spots.practised), key=lambda row: row.at, reverse=True)
    found = Paginator(rows, A_PAGE).get_page(page)
    return Diary(tuple(_entry(row, spots) for row in found.object_list), found)


def _entry(row: Past | Practised, spots: Spots) -> Entry:
    if isinstance(row, Practised):
        facts = f". {row.what}." + (f" {row.felt[:1].upper()}{row.felt[1:]}." if row.felt else "")
        return Entry(row.at, row.title, facts, tag=_tag(row.stopped_early))
    worked = tuple(_worked(touch, spots) for touch in row.touches)
    missed = ", ".join(spot_said(spots.places[number].spot) for number in row.untouched)
    strokes = f"long strokes {' and '.join(row.strokes)}" if row.strokes else ""
    return Entry(
        at=row.at,
        title=counted(len(worked), "spot,spots") if worked else "Long strokes",
        facts=", " + ", ".join(filter(None, (_minutes(row), strokes, f"not reached: {missed}" if missed else ""))),
        worked=worked,
        tag=_tag(row.stopped_early),
    )


def _tag(stopped_early: bool) -> str:
    return "stopped early" if stopped_early else ""


def _minutes(past: Past) -> str:
    """As planned: what a session that was stopped early took, nobody measured."""
    minutes = f"{max(1, round(past.planned_s / 60))} min"
    return f"{minutes} planned" if past.stopped_early else minutes


def _worked(touch: Touch, spots: Spots) -> Worked:
    spot = spots.places[touch.place].spot
    numbers = numbers_said(touch)
    return Worked(
        spot=spot,
        title=spot_said(spot),
        text=way_said(touch.technique, touch.tool) + (f". Tenderness {numbers}" if numbers else ""),
        felt=f"{touch.felt} the morning after" if touch.felt else "no word the morning after",
    )
