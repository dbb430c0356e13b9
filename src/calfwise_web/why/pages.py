"""The Why page, shaped: what is asked about, each cause with what speaks for and against it, and what is not known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from calfwise import library
from calfwise.model.fix.cause import Cause, Point, Ranked, Side, Standing
from calfwise.model.load.change import said
from calfwise_web.templatetags.words import said as said_with_year
from calfwise_web.today.reasons import Line, sentences, sources_of
from calfwise_web.why.forms import Life
from calfwise_web.why.snapshot import Shown
from calfwise_web.why.words import SURE

STANDS_OUT = (Standing.SPEAKS, Standing.COULD)
NOBODY_CAN_TELL = (
    "Nobody can tell the cause from recordings: this is where to look first, ranked by a rule of ours. "
    "What is called unproven here is unproven, however often one hears it."
)
NOTHING_STANDS_OUT = "Nothing stands out in your runs and shoes. That happens, and is worth knowing too."
NO_RUNS = "There are no runs yet, so only what you say can tell."
TONES = {Standing.SPEAKS: "wait", Standing.COULD: "plain"}
ANSWERED_AT: dict[str, tuple[str, str]] = {
    "new-runner": ("settings:page", "Say it in Settings"),
    "age": ("settings:page", "Say it in Settings"),
    "shoe": ("shoes:list", "Say it in Shoes"),
    "barefoot": ("shoes:list", "Say it in Shoes"),
    "longer-run": ("imports:page", "Bring your runs"),
}
"""Where what is not known of a cause can be said: the route's name, and its words."""
TESTS = {
    "knee-to-wall": "knee to wall",
    "heel-raise-count": "single-leg heel raises",
    "bridge-hold": "bridge hold",
    "side-leg-raise": "side-lying leg raise",
    "single-leg-squat": "single-leg squat",
}


@dataclass(frozen=True, slots=True)
class Link:
    """Somewhere to go; without an address only words."""

    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class CauseCard:
    """One possible reason."""

    id: str
    title: str
    standing: str
    tone: str
    sure: str
    speaks_for: tuple[Line, ...]
    against: tuple[Line, ...]
    open: str
    """What would have to be known besides."""
    known: Line
    would_tell: str
    tests: tuple[Link, ...]
    fix: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """A reason of which nothing is known, and what would have to be."""

    title: str
    text: str
    links: tuple[Link, ...]
    """Where it can be said, or tested."""


@dataclass(frozen=True, slots=True)
class WhyPage:
    """All of it."""

    opening: str
    cards: tuple[CauseCard, ...]
    nothing: str
    not_noticed: tuple[CauseCard, ...]
    not_known: tuple[Unknown, ...]
    asks: Life | None
    """Questions that nobody answered."""
    answered: Life | None
    """Those that can be answered anew."""
    open_answered: bool
    runs: int
    locked: bool
    """Something comes first that no run explains away."""
    weeks: str
    """Of the timeline; empty where there is nothing to draw."""
    runs_title: str
    closing: str = NOBODY_CAN_TELL


def why_page(shown: Shown, *, today: date, sent: Life | None = None) -> WhyPage:
    """Everything in words; `sent` is a form that was not right."""
    content = library.reasons().causes
    known = [ranked for ranked in shown.causes if ranked.cause in content]
    cards = tuple(_card(ranked, content[ranked.cause]) for ranked in known if ranked.standing in STANDS_OUT)
    asks, answered = life_forms(shown.life)
    return WhyPage(
        opening=_opening(shown, today, len(cards)),
        cards=cards,
        nothing="" if cards else NOTHING_STANDS_OUT if shown.runs else NO_RUNS,
        not_noticed=tuple(
            _card(ranked, content[ranked.cause]) for ranked in known if ranked.standing is Standing.NOT_NOTICED
        ),
        not_known=tuple(
            _unknown(ranked, content[ranked.cause]) for ranked in known if ranked.standing is Standing.UNKNOWN
        ),
        asks=_in_place_of(asks, sent),
        answered=_in_place_of(answered, sent),
        open_answered=_in_place_of(answered, sent) is not answered,
        runs=shown.runs,
        locked=shown.locked,
        weeks=_weeks(shown, today),
        runs_title=f"Runs, in {'miles' if shown.prefers.distance == 'mi' else 'kilometres'}",
    )


def life_forms(life: Mapping[str, bool]) -> tuple[Life | None, Life | None]:
    """Questions that nobody answered, and those that somebody did."""
    questions = library.reasons().questions
    opened = tuple(id_ for id_ in questions if id_ not in life)
    closed = tuple(id_ for id_ in questions if id_ in life)
    return (
        Life(ids=opened, said=life, auto_id="ask-%s") if opened else None,
        Life(ids=closed, said=life, auto_id="said-%s") if closed else None,
    )


def _in_place_of(form: Life | None, sent: Life | None) -> Life | None:
    """The form as it was sent, where it holds the questions of this one."""
    return sent if form is not None and sent is not None and set(form.fields) & set(sent.errors) else form


def _opening(shown: Shown, today: date, cards: int) -> str:
    sore = shown.sore
    order = "" if not cards else " Worth a look:" if cards == 1 else " Worth a look, in this order:"
    if sore is None:
        return "No sore calves lately." + (" This changed lately, and could matter one day:" if cards else "")
    felt = f" ({sore.felt})" if sore.felt else ""
    if not sore.over:
        return f"Your calves have been sore since {_day(sore.first, today)}{felt}.{order}"
    if sore.first == sore.last:
        return f"Your calves were sore on {_day(sore.first, today)}{felt}.{order}"
    return f"Your calves were sore from {said(sore.first)} to {_day(sore.last, today)}{felt}.{order}"


def _weeks(shown: Shown, today: date) -> str:
    """Which weeks the timeline shows."""
    if not any(day.length_m or day.left is not None or day.right is not None for day in shown.days):
        return ""
    if shown.days[-1].day >= shown.today:
        return "The last eight weeks"
    return f"Eight weeks, up to {_day(shown.days[-1].day, today)}"


def _day(day: date, today: date) -> str:
    return said(day) if day.year == today.year else said_with_year(day)


def _card(ranked: Ranked, cause: Cause) -> CauseCard:
    return CauseCard(
        id=ranked.cause,
        title=cause.title,
        standing=ranked.standing.value,
        tone=TONES.get(ranked.standing, "plain"),
        sure=SURE[cause.sure],
        speaks_for=_lines(ranked.points, Side.FOR),
        against=_lines(ranked.points, Side.AGAINST),
        open=_unknown_said(ranked),
        known=Line(cause.found, (), sources_of(cause.sources)),
        would_tell=cause.would_tell,
        tests=_tests(cause.tests),
        fix=cause.fix,
    )


def _unknown(ranked: Ranked, cause: Cause) -> Unknown:
    there = ANSWERED_AT.get(ranked.cause)
    links = [Link(there[1], reverse(there[0]))] if there else []
    links += [Link("Answer it", "#only-you")] if cause.asks else []
    links += [Link(f"Do the test: {link.words}", link.url) for link in _tests(cause.tests) if link.url]
    return Unknown(cause.title, _unknown_said(ranked), tuple(links))


def _unknown_said(ranked: Ranked) -> str:
    return f"{'; '.join(ranked.unknown)}." if ranked.unknown else ""


def _lines(points: Iterable[Point], side: Side) -> tuple[Line, ...]:
    return tuple(_line(point) for point in points if point.side is side)


def _line(point: Point) -> Line:
    return Line(" ".join(sentences(point.text)), (), sources_of(point.sources))


def _tests(ids: Iterable[str]) -> tuple[Link, ...]:
    return tuple(Link(TESTS[id_], reverse("selftests:test", args=[id_])) for id_ in ids)
