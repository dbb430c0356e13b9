"""The page, shaped: the verdict in words, the figures beside it, spots and years."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from calfwise import library
from calfwise.model.fix.working.answer import Working
from calfwise.model.fix.working.figures import Figures
from calfwise.model.fix.working.said import Per, number
from calfwise.model.fix.working.spots import SpotCourse, SpotState
from calfwise.model.fix.working.verdict import Kind
from calfwise.model.load.change import said as model_said
from calfwise.model.session import Spot
from calfwise_web.fact import Fact
from calfwise_web.spots.words import on, spot_said
from calfwise_web.templatetags.words import counted
from calfwise_web.today.reasons import Line, sources_of
from calfwise_web.units import NOTHING
from calfwise_web.working.charts import LOCKED_TONE, SORE_TONE, THIN_TONE, WINDOWS_DRAWN, Key
from calfwise_web.working.snapshot import Shown, per_of

TITLES = {
    Kind.TOO_EARLY: "Too early to say",
    Kind.CANNOT_TELL: "We can't tell",
    Kind.FEWER: "Fewer sessions",
    Kind.NONE: "None needed",
    Kind.ALIKE: "Too few to tell apart",
    Kind.MORE: "More sessions",
}
TONES = {
    SpotState.QUIET: "good",
    SpotState.WAITING: "wait",
    SpotState.TENDER: "wait",
    SpotState.QUIETER: "plain",
    SpotState.SILENT: "plain",
}
SPAN = (
    "What chance alone moves spans nine times in ten. Sessions come in twos and threes, because what waits is done the "
    "next day; each counts as half of one that comes by itself."
)
HELD_BACK = (
    "Fewer sessions are called fewer only where half of the mornings after runs were answered and quiet, running went "
    "on, and no leg was locked for long."
)


@dataclass(frozen=True, slots=True)
class SpotRow:
    """One spot."""

    spot: Spot
    title: str
    state: str
    tone: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """Some days in a table."""

    name: str
    rate: str
    band: str
    thin: bool
    sessions: str
    distance: str
    answered: str
    sore: str
    locked: str
    carried: str = ""


@dataclass(frozen=True, slots=True)
class WorkingPage:
    """All of it."""

    title: str
    text: tuple[str, ...]
    why: Line
    facts: tuple[Fact, ...]
    hundred: str
    over_time: bool
    """Whether there is any window to draw."""
    windows_note: str
    windows_key: tuple[Key, ...]
    mornings_key: tuple[Key, ...]
    carried: tuple[str, ...]
    carried_why: Line
    against: str
    against_why: Line
    weeks: bool
    spots: str
    spots_why: Line
    spot_rows: tuple[SpotRow, ...]
    years: tuple[Row, ...]
    """The latest first; empty where there is only one."""
    same_weeks: tuple[Row, ...]
    same_days: str
    """Which days these are."""


def working_page(shown: Shown) -> WorkingPage:
    """Everything in words."""
    answer, per = shown.answer, per_of(shown.prefers)
    today = answer.now.last
    return WorkingPage(
        title=TITLES[answer.verdict.kind],
        text=answer.verdict.text,
        why=Line("", (SPAN, HELD_BACK), sources_of(answer.verdict.sources)),
        facts=tuple(_facts(answer, per)),
        hundred=per.hundred,
        over_time=bool(answer.windows),
        windows_note=_windows_note(answer),
        windows_key=tuple(_windows_key(answer)),
        mornings_key=tuple(_mornings_key(answer)),
        carried=answer.carried.text,
        carried_why=Line("", (), sources_of(answer.carried.sources)),
        against=answer.against.text,
        against_why=Line("", (), sources_of(answer.against.sources)),
        weeks=any(week.strikes for week in answer.weeks),
        spots=answer.spots.text,
        spots_why=Line("", (), sources_of(answer.spots.sources)),
        spot_rows=tuple(_spot_row(course, today) for course in answer.spots.courses),
        years=tuple(_years(answer, per)) if len(answer.years) > 1 else (),
        same_weeks=tuple(_same_weeks(answer, per)) if answer.same_weeks else (),
        same_days=f"{model_said(answer.now.first)} to {model_said(today)}",
    )


def _facts(answer: Working, per: Per) -> Iterator[Fact]:
    now = answer.now
    yield _rate_fact(now, per)
    answered = f"{now.answered} of {now.mornings}" if now.mornings else NOTHING
    few = "too few to rely on" if now.thin and now.mornings else ""
    yield Fact("Mornings answered", answered, band=few)
    yield Fact("Sore mornings", f"{now.sore} of {now.rated}" if now.rated else NOTHING)
    yield Fact("Running", f"{now.distance_m / per.metres:,.0f}", per.unit)
    if now.locked_days:
        yield Fact("A leg locked", f"{now.locked_days} of {now.days}", "days")


def _rate_fact(now: Figures, per: Per) -> Fact:
    term = f"Sessions per {per.hundred}"
    if now.rate is None:
        return Fact(term, NOTHING, band=f"not estimated: {now.why_not}")
    return Fact(term, number(per.scale * now.rate.value), band=_band(now, per), about=now.thin)


def _band(figures: Figures, per: Per) -> str:
    if figures.rate is None:
        return ""
    low, high = (number(per.scale * end) for end in (figures.rate.low, figures.rate.high))
    return f"{low} to {high}" if figures.rate.value else f"at most {high}"


def _windows_note(answer: Working) -> str:
    drawn = f"The last {WINDOWS_DRAWN} of {len(answer.windows)}. " if len(answer.windows) > WINDOWS_DRAWN else ""
    so_far = "The last one is not over." if answer.windows and answer.windows[-1].days < answer.now.days else ""
    return f"{drawn}The whisker spans what chance alone does, nine times in ten. {so_far}".strip()


def _windows_key(answer: Working) -> Iterator[Key]:
    windows = answer.windows[-WINDOWS_DRAWN:]
    yield Key("bar", "sessions")
    if any(each.thin for each in windows):
        yield Key("floor", "less than half of the mornings answered", THIN_TONE)
    if any(each.locked_days for each in windows):
        yield Key("floor", "a leg was locked", LOCKED_TONE)


def _mornings_key(answer: Working) -> Iterator[Key]:
    yield Key("bar", "answered", "ink-soft")
    if any(each.sore for each in answer.windows[-WINDOWS_DRAWN:]):
        yield Key("inner", f"of these sore, above {library.working().sore_above_nrs} of 10", SORE_TONE)


def _spot_row(course: SpotCourse, today: date) -> SpotRow:
    done = counted(course.sessions, "session,sessions")
    parts = [f"Tender at {course.first_nrs} of 10 {on(course.first, today)}"]
    if course.quiet_on is not None:
        took = (course.quiet_on - course.first).days
        after = "the same day" if took == 0 else f"after {counted(took, 'day,days')}"
        parts.append(f"quiet {after}, {done}")
    else:
        parts.append(f"{done} since; {course.last_nrs} of 10 {on(course.last, today)}")
    if course.came_back:
        parts.append(f"it came back {counted(course.came_back, 'time,times')}")
    return SpotRow(course.spot, spot_said(course.spot), course.state.value, TONES[course.state], "; ".join(parts) + ".")


def _years(answer: Working, per: Per) -> Iterator[Row]:
    for year in reversed(answer.years):
        carried = NOTHING if year.carried is None else f"{round((year.carried.strikes or 0) / 2):,}"
        name = f"{year.year} so far" if year.figures.last == answer.now.last else f"{year.year}"
        yield _row(year.figures, per, name=name, carried=carried)


def _same_weeks(answer: Working, per: Per) -> Iterator[Row]:
    for each in (answer.now, *answer.same_weeks):
        yield _row(each, per, name=f"{each.last.year}")


def _row(figures: Figures, per: Per, *, name: str, carried: str = "") -> Row:
    told = figures.sessions is not None
    return Row(
        name=name,
        rate=NOTHING if figures.rate is None else number(per.scale * figures.rate.value),
        band=_band(figures, per) or figures.why_not,
        thin=figures.thin and figures.rate is not None,
        sessions=f"{figures.sessions}" if told else NOTHING,
        distance=f"{figures.distance_m / per.metres:,.0f} {per.unit}",
        answered=f"{figures.answered} of {figures.mornings}" if told else NOTHING,
        sore=f"{figures.sore}" if figures.rated else NOTHING,
        locked=f"{figures.locked_days}" if figures.locked_days else "",
        carried=carried,
    )
