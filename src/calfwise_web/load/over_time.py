"""What is seen over time, shaped: the window's links, its key, its table, and what changed in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from calfwise_web.day_chart import Tone
from calfwise_web.load.all_days import WasNew
from calfwise_web.load.charts import FAST_TONE, FIGURES, LEG_TONE, Figure, tone_of
from calfwise_web.load.scope import COLUMN, STRETCH, Choice, Scope, choices_of
from calfwise_web.load.seen import Seen
from calfwise_web.load.spans import BAREFOOT, Span
from calfwise_web.load.stance_words import stance_changes, stance_lines
from calfwise_web.load.window import BEFORE, Window, address, leads_to
from calfwise_web.load.words import begins_said, fast_said, from_to, hours, sentence, strikes_said, weight_hours
from calfwise_web.spots.axis import Stretch as Felt
from calfwise_web.units import NOTHING, Units, units_of

NUMBER = '<td class="n">{}</td>'
ROW = f'<tr><th scope="row">{{}}</th>{NUMBER * 9}<td>{{}}</td><td>{{}}</td></tr>'
LINK = '<a href="{}">{}</a>'
GRADE = '<span class="grade" data-grade="{0}" title="Grade {0}"><span class="out">Grade </span>{0}</span>'
CHANGES_SHOWN = 6
MOST_CHANGES = 60
FIRST_RUNS = frozenset({"new-shoe", "barefoot"})
"""Notices that are told as the first run in a pair, or without one."""
MAJOR = frozenset({"after-a-break"})
"""Notices that are told of ten years, too; there the rest would be a fence."""


@dataclass(frozen=True, slots=True)
class Key:
    """What a look of the chart means."""

    look: str
    """bar, inner, about, left, right, mark, wash; floor: a shoe's tone and pattern."""
    text: str
    tone: Tone = "accent"


@dataclass(frozen=True, slots=True)
class Drawn:
    """One chart, and where its numbers and its picture are."""

    figure: Figure
    name: str
    """Of a file saved of it, without its ending."""
    title: str
    note: str
    query: str
    size: str = ""
    key: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """Something that changed, and when."""

    day: date
    text: str

    @property
    def url(self) -> str:
        """The day's own page."""
        return reverse("load:day", args=[f"{self.day}"])


@dataclass(frozen=True, slots=True)
class Way:
    """From this window to another."""

    url: str
    words: str
    rel: str = ""


@dataclass(frozen=True, slots=True)
class OverTime:
    """All of it."""

    choices: tuple[Choice, ...]
    by: str
    query: str
    """As the window's data are asked for."""
    days: str
    """From which day to which."""
    ways: tuple[Way, ...]
    """Earlier, one level up, later."""
    stretch: str
    column: str
    drawn: tuple[Drawn, ...]
    distance_unit: str
    rows: int
    table: SafeString
    """Its rows, put together here: the template engine would take half of the page's time for them."""
    changes: tuple[Changed, ...]
    more_changes: tuple[Changed, ...]
    untold: int
    """Changes that there is no room for."""
    only_major: bool
    stance: tuple[str, ...]
    """Which source of ground contact speaks for the forces."""


UP = {Scope.DAYS: Scope.YEAR, Scope.WEEKS: Scope.YEAR, Scope.YEAR: Scope.ALL}
UP_WORDS = {Scope.YEAR: "See a year", Scope.ALL: "See all"}


def over_time(seen: Seen) -> OverTime:
    """A window in words and numbers."""
    window, scope = seen.window, seen.window.scope
    units = units_of(seen.shown.prefers)
    rows = list(_rows(seen, units))
    changes = tuple(changes_of(seen))
    return OverTime(
        choices=choices_of(scope),
        by=scope,
        query=window.query(),
        days=days_said(seen),
        ways=tuple(_ways(window)),
        stretch=STRETCH[scope],
        column=COLUMN[scope],
        drawn=tuple(_drawn(seen)),
        distance_unit=units.distance,
        rows=len(rows),
        table=format_html_join("", ROW, rows),
        changes=changes[:CHANGES_SHOWN],
        more_changes=changes[CHANGES_SHOWN:MOST_CHANGES],
        untold=max(0, len(changes) - MOST_CHANGES),
        only_major=scope is Scope.ALL,
        stance=stance_lines(seen.shown.stance, home=seen.home),
    )


def days_said(seen: Seen) -> str:
    """From which day to which; days that are still to come are not among them."""
    window = seen.window
    last = min(window.end - timedelta(days=1), max(seen.shown.today, window.spans[-1].first))
    return from_to(window.first, last)


def title_of(seen: Seen, figure: Figure) -> str:
    """What a chart shows, and by what."""
    return f"{figure.title}, by {STRETCH[seen.window.scope]}"


def file_name(seen: Seen, of: str, ending: str) -> str:
    """What a saved chart or table is called: "calfwise-strikes-weeks-2024-05-06.svg"."""
    name = "-".join(filter(None, ("calfwise", of, seen.window.scope, f"{seen.window.first}")))
    return f"{name}.{ending}" if ending else name


def _ways(window: Window) -> Iterator[Way]:
    up = UP.get(window.scope)
    if window.earlier:
        yield Way(address(window.scope, begin=window.earlier), "Earlier", "prev")
    if up:
        is_plain = up is Scope.ALL or window.is_newest
        yield Way(address(up, begin=None if is_plain else window.first - BEFORE[up]), UP_WORDS[up])
    if window.later:
        yield Way(address(window.scope, begin=window.later), "Later", "next")


# ----------------------------------------------------------------------------------------------------------- the charts
def _drawn(seen: Seen) -> Iterator[Drawn]:
    window = seen.window
    so_far = window.is_newest and window.scope is not Scope.DAYS
    last = f"The last bar is this {STRETCH[window.scope]} so far." if so_far else ""
    for name, figure in FIGURES.items():
        if name == "force" and not any(span.achilles_force_bw for span in window.spans):
            continue
        yield Drawn(
            figure=figure,
            name=file_name(seen, name, ""),
            title=title_of(seen, figure),
            note=figure.note or last,
            query=window.query(),
            size="tall" if name == "strikes" else "low",
            key=tuple(_key(seen)) if name == "strikes" else (),
        )


def _key(seen: Seen) -> Iterator[Key]:
    """What is there to be seen in the chart of strikes, and nothing else."""
    spans = seen.window.spans
    yield Key("bar", "foot strikes")
    if any(span.fast_strikes for span in spans):
        yield Key("inner", "of these fast", FAST_TONE)
    if any(span.is_about for span in spans):
        yield Key("about", "about: told by pace")
    if any(one.left_nrs is not None for one in seen.felt):
        yield Key("left", "left calf sore, 0–10", LEG_TONE)
    if any(one.right_nrs is not None for one in seen.felt):
        yield Key("right", "right calf sore", LEG_TONE)
    if any(one.sessions or one.practised for one in seen.felt):
        yield Key("mark", "session or exercises", "ink")
    if seen.breaks:
        yield Key("wash", "14 days and more without a run", "ink-soft")
    worn = dict.fromkeys(stretch.shoe for stretch in seen.floor)
    for shoe in worn:
        yield Key("floor", seen.shoe(shoe), tone_of(seen, shoe))


# ------------------------------------------------------------------------------------------------------------ the table
def _rows(seen: Seen, units: Units) -> Iterator[tuple[object, ...]]:
    """Newest first; of single days only those with a run or a word."""
    felt: Sequence[Felt | None] = seen.felt or [None] * len(seen.window.spans)
    for span, one in zip(reversed(seen.window.spans), reversed(felt), strict=True):
        told = one is not None and not one.is_empty
        if span.runs or told or seen.window.scope is not Scope.DAYS:
            yield _row(seen, span, one, units)


def _row(seen: Seen, span: Span, felt: Felt | None, units: Units) -> tuple[object, ...]:
    """The cells of one day, week or month, in the table's order."""
    name = begins_said(span.first, seen.window.scope, today=seen.shown.today)
    leads = leads_to(seen.window, span)
    label = format_html(LINK, leads, name) if leads else name
    sore = (_sore(felt), f"{felt.sessions + felt.practised}" if felt and felt.sessions + felt.practised else "")
    if not span.runs:
        return (label, *(NOTHING,) * 6, *sore, NOTHING, "", "")
    band = span.impulse_bw_s
    return (
        label,
        strikes_said(span),
        fast_said(span),
        " – ".join(map(weight_hours, (band.low, band.high))) if band else NOTHING,
        _force_said(span),
        f"{span.distance_m / units.metres:.1f}",
        hours(span.running_s),
        *sore,
        f"{span.runs}",
        format_html(GRADE, span.grade) if span.grade else "",
        ", ".join(map(seen.shoe, span.shoes)),
    )


def _force_said(span: Span) -> str:
    band = span.achilles_force_bw
    return f"{band.low:.1f} – {band.high:.1f}" if band else NOTHING


def _sore(felt: Felt | None) -> str:
    """Left and right."""
    if felt is None or (felt.left_nrs is None and felt.right_nrs is None):
        return ""
    return " / ".join(NOTHING if nrs is None else f"{nrs}" for nrs in (felt.left_nrs, felt.right_nrs))


# --------------------------------------------------------------------------------------------------- what changed, when
def changes_of(seen: Seen) -> list[Changed]:
    """All that changed in the window, newest first, a day's things as one."""
    by_day: dict[date, list[str]] = {}
    for each in _changes(seen, is_all=seen.window.scope is Scope.ALL):
        by_day.setdefault(each.day, []).append(each.text)
    return [Changed(day, " ".join(dict.fromkeys(by_day[day]))) for day in sorted(by_day, reverse=True)]


def told_of_day(seen: Seen, day: date) -> list[Changed]:
    """All that changed on one day."""
    return [each for each in _changes(seen, is_all=False) if each.day == day]


def _changes(seen: Seen, *, is_all: bool) -> Iterator[Changed]:
    units = units_of(seen.shown.prefers)
    steps = {day for day in seen.shown.big_steps if seen.has(day)}
    for each in seen.news:
        if _is_told(each, steps=steps, is_all=is_all):
            yield Changed(each.day, _told(each, units, is_step=each.day in steps))
    for day, id_ in seen.first_runs():
        yield Changed(day, sentence(f"first run {'barefoot' if id_ == BAREFOOT else f'in {seen.shoe(id_)}'}"))
    for day in seen.spots.races if seen.spots else ():
        if seen.has(day) and day <= seen.shown.today:
            yield Changed(day, "A race.")
    for pause in seen.breaks:
        if not pause.over:
            yield Changed(pause.first, sentence(f"no run since, for {pause.days} days"))
    for day, text in stance_changes(seen.shown.stance, home=seen.home):
        if seen.has(day):
            yield Changed(day, text)


def _is_told(each: WasNew, *, steps: set[date], is_all: bool) -> bool:
    if each.kind in FIRST_RUNS:
        return False
    return not is_all or each.kind in MAJOR or (each.kind == "longer" and each.day in steps)


def _told(each: WasNew, units: Units, *, is_step: bool) -> str:
    if each.kind != "longer" or each.distance_m is None or each.ratio is None:
        return sentence(each.text)
    length = units.length(each.distance_m)
    longer = f"{length}, {each.ratio - 1:.0%} more than your longest of the 30 days before"
    return sentence(f"a big step: {longer}" if is_step else longer)
