"""The Load page, shaped: every number and sentence as it is read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import floor

from calfwise.model import constants as c
from calfwise.model.constants import MODEL_VERSION
from calfwise.model.load.budget import Budget
from calfwise.model.load.change import Comparison
from calfwise.model.session import SorenessNote
from calfwise_web.fact import Fact
from calfwise_web.imports.models import Batch
from calfwise_web.journal.lines import home_of
from calfwise_web.load.queries import Held
from calfwise_web.load.snapshot import News, Shown
from calfwise_web.load.sourced import Source, sources_of
from calfwise_web.load.spans import WEEK_DAYS, Span, month_of, week_of
from calfwise_web.load.used_to import UsedToCard, used_to_card
from calfwise_web.load.words import (
    GRADE_WORDS,
    HOUR_S,
    fast_said,
    hours,
    rounded,
    runs_said,
    sentence,
    strikes_said,
    weight_hours,
)
from calfwise_web.templatetags.words import counted, said
from calfwise_web.units import NOTHING, Units, units_of

WEEKS_BEFORE = 4
NEWS_SHOWN = 5
SORENESS_SHOWN = 3
WHOLE_FROM = 10.0
"""Distances from here on need no decimal."""


@dataclass(frozen=True, slots=True)
class State:
    """How far what is shown is behind."""

    seen: str
    """What this page shows, for the question whether there is newer."""
    waiting: bool
    behind: bool
    """Shown is an earlier state."""
    runs: bool
    batch: Batch | None
    words: str
    """How far the import in work is."""
    old_model: str
    """Whose numbers are shown, while a newer model works all runs out anew; empty where it has."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its date and sources."""

    day: date | None
    text: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class NextRun:
    """How far the next run may go."""

    number: str
    """Empty where no number can be given."""
    unit: str
    reasons: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class LoadPage:
    """All of it."""

    as_of: date
    week: str
    week_words: str
    facts: tuple[Fact, ...]
    next_run: NextRun
    compared: bool
    """Whether the last run could be held against others."""
    alert: bool
    news: tuple[Line, ...]
    more_news: tuple[Line, ...]
    soreness: tuple[Line, ...]
    in_all: str
    used_to: UsedToCard | None


# ------------------------------------------------------------------------------------------------------------ the state
def state_of(held: Held, *, now: datetime) -> State:
    """What the page says about itself."""
    shown = held.shown
    behind = held.runs and (shown is None or held.revision < held.newest or _day_is_over(shown, now))
    old_model = held.model_version if held.runs and held.model_version != MODEL_VERSION else ""
    return State(
        seen=f"{held.revision}-{shown.today}-{old_model}" if shown else "",
        waiting=behind or held.batch is not None or bool(old_model),
        behind=behind and shown is not None,
        runs=held.runs,
        batch=held.batch,
        words=_progress(held.batch) if held.batch else "",
        old_model=old_model,
    )


def _day_is_over(shown: Shown, now: datetime) -> bool:
    return now.astimezone(home_of(shown.prefers)).date() != shown.today


def _progress(batch: Batch) -> str:
    if batch.state == Batch.State.UNDOING:
        return "An import is being undone."
    return f"{batch.told:,} of {batch.files:,} files read." if batch.files else "Files are waiting to be read."


# ------------------------------------------------------------------------------------------------------------- the page
def load_page(shown: Shown) -> LoadPage:
    """Everything in words but for what is seen over time."""
    units = units_of(shown.prefers)
    week, before = _week_and_before(shown)
    news = news_of(shown)
    return LoadPage(
        as_of=shown.today,
        week=week_said(week.first),
        week_words=_week_words(week, before),
        facts=_facts(week, before, units),
        next_run=_next_run(shown.budget, units),
        compared=shown.latest is not None,
        alert=_is_recent(shown.alert, shown.today),
        news=news[:NEWS_SHOWN],
        more_news=news[NEWS_SHOWN:],
        soreness=tuple(_soreness(note) for note in shown.soreness[:SORENESS_SHOWN]),
        in_all=_in_all(shown, units),
        used_to=used_to_card(shown, units),
    )


def news_of(shown: Shown) -> tuple[Line, ...]:
    """What changed lately, newest first."""
    units = units_of(shown.prefers)
    return (*_latest(shown.latest, units), *_news(shown, units))


def _week_and_before(shown: Shown) -> tuple[Span, tuple[Span, ...]]:
    """This week, and the four before it as far back as there are runs."""
    begins = week_of(shown.prefers.first_weekday)
    this, first = begins(shown.today), begins(shown.in_all.first)
    week = next(span for span in shown.weeks if span.first == this)
    before = tuple(span for span in shown.weeks if first <= span.first < this)
    return week, before[-WEEKS_BEFORE:]


def _week_words(week: Span, before: Sequence[Span]) -> str:
    """This week beside the weeks before it: said, not scored."""
    if not before:
        return "Your first week here: there is nothing to hold it against yet."
    weeks = "the week" if len(before) == 1 else f"the {_number(len(before))} weeks"
    if not any(span.runs for span in before):
        return f"No run in {weeks} before."
    if not week.runs:
        return "No run yet this week. Rest counts too."
    told = [span.strikes for span in before if span.strikes is not None]
    if week.strikes is None or not told:
        return "These recordings do not tell strikes, so weeks compare by distance and time alone."
    if week.strikes > max(told):
        return f"Already more foot strikes than in {'' if len(before) == 1 else 'any of '}{weeks} before."
    if week.strikes < min(told):
        return f"So far fewer foot strikes than in {'' if len(before) == 1 else 'each of '}{weeks} before."
    return f"Within what {weeks} before took."


def _number(count: int) -> str:
    return ("no", "one", "two", "three", "four")[count]


def _facts(week: Span, before: Sequence[Span], units: Units) -> tuple[Fact, ...]:
    band = week.impulse_bw_s
    return (
        Fact(
            "Foot strikes, each leg",
            strikes_said(week),
            band=_before([span.strikes / 2 for span in before if span.strikes is not None], rounded),
            grade=week.grade or "",
            why=_graded(week),
        ),
        Fact(
            "Distance",
            f"{week.distance_m / units.metres:.1f}",
            units.distance,
            _before([span.distance_m / units.metres for span in before], lambda length: f"{length:.0f}"),
        ),
        Fact("Running time", hours(week.running_s), "h", _before([span.running_s for span in before], hours)),
        Fact(
            "Fast strikes, each leg",
            fast_said(week),
            band=_before([span.fast_strikes / 2 for span in before if span.fast_strikes is not None], rounded),
        ),
        Fact(
            "Calf impulse, both legs",
            weight_hours(band.value) if band else NOTHING,
            "body-weight hours" if band else "",
            f"likely {weight_hours(band.low)} to {weight_hours(band.high)}" if band else "",
        ),
    )


def _before(values: Sequence[float], write: Callable[[float], str]) -> str:
    """The weeks before, from the least to the most."""
    if not values:
        return ""
    low, high = write(min(values)), write(max(values))
    weeks = "week" if len(values) == 1 else f"{_number(len(values))} weeks"
    return f"{weeks} before: {low}" if low == high else f"{weeks} before: {low} to {high}"


def _graded(span: Span) -> str:
    """What a stretch's numbers rest on, run by run."""
    return "".join(f"{runs_said(count)}: {GRADE_WORDS[grade]}. " for grade, count in span.graded.items()).strip()


def _next_run(budget: Budget, units: Units) -> NextRun:
    sources = sources_of(budget.sources)
    if budget.reference_m is None or budget.upper_m is None:
        return NextRun("", "", (Line(None, sentence(budget.reason), sources),))
    more = f"{_short(c.ALERT_MORE_M / units.metres)} {units.distance}"
    return NextRun(
        range_said(budget.reference_m / units.metres, budget.upper_m / units.metres),
        f"easy {units.distance}",
        (Line(None, f"From {budget.reason}, up to a tenth more, or {more} where that is more.", sources),),
    )


def range_said(low: float, high: float) -> str:
    """From one length to another; the upper end is never rounded up.

    >>> range_said(5.0, 6.0), range_said(9.94, 10.94), range_said(18.2, 20.02)
    ('5 to 6', '9.9 to 10.9', '18 to 20')
    """
    steps = 1 if low >= WHOLE_FROM else 10
    return f"{_short(round(low * steps) / steps)} to {_short(floor(high * steps + 1e-9) / steps)}"


def _short(length: float) -> str:
    return f"{length:.1f}".removesuffix(".0")


def _is_recent(alert: Comparison | None, today: date) -> bool:
    """Whether a big step is so fresh that the next days matter."""
    return alert is not None and (today - alert.day).days < c.ALERT_EVERY_DAYS


def _latest(latest: Comparison | None, units: Units) -> tuple[Line, ...]:
    """The last outing against the longest of the 30 days before it, as information."""
    if latest is None:
        return ()
    ran, longest = units.length(latest.distance_m), units.length(latest.longest_before_m)
    before = f"the longest of the 30 days before, {longest}"
    if latest.race:
        text = f"Your last run: {ran}, a race; {before}."
    elif latest.ratio <= 1:
        text = f"Your last run: {ran}, no longer than {before}."
    else:
        text = f"Your last run: {ran}, {latest.ratio - 1:.0%} longer than {before}."
    return (Line(latest.day, text, sources_of(("Frandsen2025",))),)


def _news(shown: Shown, units: Units) -> tuple[Line, ...]:
    """What else was new, newest first, each once; the last run's length is told already."""
    told: dict[tuple[str, str], Line] = {}
    latest = shown.latest.day if shown.latest else None
    for news in shown.news:
        notice = news.notice
        if notice.kind == "longer" and notice.day == latest:
            continue
        line = Line(notice.day, sentence(_words(news, units)), sources_of(notice.sources))
        told.setdefault((notice.kind, notice.text), line)
    return tuple(told.values())


def _words(news: News, units: Units) -> str:
    """The model's own words, but for lengths, which are said in the runner's unit."""
    compared = news.compared
    if compared is None:
        return news.notice.text
    length = units.length(compared.distance_m)
    return f"{length}, {compared.ratio - 1:.0%} more than your longest of the 30 days before"


def _soreness(note: SorenessNote) -> Line:
    """How the calves felt, as said that day."""
    legs = (("left", note.soreness.left), ("right", note.soreness.right))
    felt = " and ".join(f"{leg} {nrs} of 10" for leg, nrs in legs if nrs is not None)
    when = "walking that morning" if note.morning else "walking"
    return Line(note.at.date(), sentence(f"{felt}, {when}"))


def _in_all(shown: Shown, units: Units) -> str:
    """Everything since the first run."""
    in_all = shown.in_all
    strikes = "" if not in_all.strikes else f" and {rounded(in_all.strikes / 2)} foot strikes of each leg"
    length = f"{in_all.distance_m / units.metres:,.0f} {units.distance}"
    took = f"{length}, {counted(round(in_all.running_s / HOUR_S), 'hour,hours')}{strikes}"
    return f"{runs_said(in_all.runs)} since {said(in_all.first)}: {took}."


# ------------------------------------------------------------------------------------------------------------ the words
def week_said(first: date) -> str:
    """A week, from its first day to its last.

    >>> week_said(date(2026, 4, 27)), week_said(date(2026, 5, 4))
    ('27 April – 3 May', '4 – 10 May')
    """
    last = first + timedelta(days=WEEK_DAYS - 1)
    month = "" if month_of(first) == month_of(last) else f" {first:%B}"
    return f"{first.day}{month} – {last.day} {last:%B}"
