"""What one takes along to a physio or doctor: answers, soreness, sessions, load and earlier locks, and no finding."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import partial
from itertools import groupby, takewhile

from calfwise import library
from calfwise.model.care.outcomes import Reason
from calfwise.model.care.refer import LOCKED
from calfwise.model.care.signs import Level
from calfwise.model.journal import AnyEvent, CheckIn, History, PastSession, Said, Screened, fold
from calfwise.model.run import BOTH_SIDES, Side
from calfwise.model.runner import Shoe
from calfwise.model.session import WHOLE_CALF, SorenessNote
from calfwise_web.journal.lines import home_of
from calfwise_web.load.pages import news_of
from calfwise_web.load.snapshot import Shown
from calfwise_web.player.words import place_said
from calfwise_web.templatetags.words import said, weekday_said
from calfwise_web.today.card import spot_said
from calfwise_web.today.lifted import is_lifted
from calfwise_web.today.snapshot import Today
from calfwise_web.today.why import asked_of, in_sentence, is_asked, legs_said, sentence, told_later
from calfwise_web.units import NOTHING, units_of

LOOKS_BACK = timedelta(days=28)
WEEKS_SHOWN = 4
NEWS_SHOWN = 4
ROUND_STRIKES = 100
LOCKS_SHOWN = 6
SOONS = {
    Level.EMERGENCY: "emergency number at once",
    Level.TODAY: "a doctor the same day",
    Level.WEEK: "a physio or doctor within a week",
    Level.BLOCK: "no massage, no hurry",
}
"""How soon calfwise asked for somebody to look."""
LEGS = {Said.LEFT: "left", Said.RIGHT: "right", Said.BOTH: "both"}
FELT = {"better": "better", "same": "the same", "worse": "worse", "bruised": "a bruise"}


@dataclass(frozen=True, slots=True)
class Answered:
    """A question that was answered yes, or not surely."""

    text: str
    said: str
    since: str
    """The first day of an unbroken row of the same answer."""


@dataclass(frozen=True, slots=True)
class SoreDay:
    """One day's walking soreness, the worst that was said."""

    day: str
    left: str
    right: str
    when: str


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session that was done."""

    day: str
    what: tuple[str, ...]
    """By leg."""
    after: str
    note: str


@dataclass(frozen=True, slots=True)
class Week:
    """One week's running."""

    first: str
    runs: int
    distance: str
    strikes: str


@dataclass(frozen=True, slots=True)
class Locked:
    """One earlier referral."""

    day: str
    soon: str
    legs: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """All of it, in words."""

    made: str
    referred: str
    """How soon somebody should look, and since when; empty where nothing refers just now."""
    reasons: tuple[str, ...]
    checked: str
    """When the answers were given; empty where there was no check-in."""
    soreness: str
    answers: tuple[Answered, ...]
    unanswered: int
    conditions: tuple[str, ...]
    days: tuple[tuple[SoreDay, ...], ...]
    """In columns side by side."""
    sessions: tuple[SessionLine, ...]
    weeks: tuple[Week, ...]
    news: tuple[str, ...]
    locks: tuple[Locked, ...]
    seen: tuple[str, ...]
    shoes: tuple[str, ...]


def paper_of(events: Sequence[AnyEvent], *, today: Today | None, load: Shown | None, now: datetime) -> Paper:
    """A journal and its load, as a professional reads them."""
    history = fold(events)
    home = home_of(history.prefers)
    here = now.astimezone(home)
    since = now - LOOKS_BACK
    answered = [event for event in events if isinstance(event, CheckIn) and event.answers]
    last = answered[-1] if answered else None
    referred, reasons = _referred(today, home)
    return Paper(
        made=weekday_said(here),
        referred=referred,
        reasons=reasons,
        checked=f"{weekday_said(last.at.astimezone(home))}, {last.at.astimezone(home):%H:%M}" if last else "",
        soreness=_soreness_said(last) if last else "",
        answers=_answers(answered, home=home),
        unanswered=sum(1 for word in last.answers.values() if word is Said.UNSURE) if last else 0,
        conditions=_conditions(history),
        days=_days([note for note in history.soreness if since <= note.at <= now], home=home),
        sessions=tuple(
            _session(past, history, home=home) for past in reversed(history.sessions) if since <= past.at <= now
        ),
        weeks=_weeks(load) if load else (),
        news=tuple(_with_day(line.day, line.text) for line in news_of(load)[:NEWS_SHOWN]) if load else (),
        locks=_locks(history, home=home),
        seen=tuple(
            f"{weekday_said(seen.on)}: {seen.by}. {_said_of(seen.massage_is_fine)}, "
            f"{_about(seen.block) if seen.block else legs_said((seen.side,) if seen.side else (), your=False)}."
            for seen in reversed(history.seen)
        ),
        shoes=tuple(_shoe_said(shoe) for shoe in history.shoes if shoe.is_worn_on(here.date()) and not shoe.barefoot),
    )


def _referred(today: Today | None, home: tzinfo) -> tuple[str, tuple[str, ...]]:
    """What the last check-in's referral says, as long as it stands; else what earlier ones left locked."""
    checked = today.checked if today else None
    if today is None:
        return "", ()
    if checked is not None and checked.level is not None and not is_lifted(today, checked):
        day = weekday_said(checked.check_in.at.astimezone(home))
        legs = "" if checked.level is Level.BLOCK else f" Massage locked: {legs_said(checked.locked, your=False)}."
        return f"{sentence(SOONS[checked.level])}, said on {day}.{legs}", tuple(_reason(r) for r in checked.reasons)
    if today.still_locked:
        lock = today.still_locked[-1]
        text = f"{sentence(SOONS[lock.level])}, said on {weekday_said(lock.since)}. "
        return f"{text}Massage locked: {legs_said(lock.sides, your=False)}.", told_later(lock.why)
    return "", ()


def _reason(reason: Reason) -> str:
    text = f"said: {in_sentence(asked_of(reason.id))}" if is_asked(reason.id) else reason.text
    return sentence(f"{reason.side} leg, {text}" if reason.side else text)


def _soreness_said(check_in: CheckIn) -> str:
    felt = check_in.soreness
    left, right = (NOTHING if value is None else f"{value} of 10" for value in (felt.left, felt.right))
    return f"left {left}, right {right}"


def _answers(answered: Sequence[CheckIn], *, home: tzinfo) -> tuple[Answered, ...]:
    """What the last check-in answered with yes, in the order of the questions, and since when without a break."""
    if not answered:
        return ()
    found = []
    for id_, question in library.gate().questions.items():
        word = answered[-1].answers.get(id_, Said.NO)
        if not word.is_yes or question.asked == "standing":
            continue
        row = list(takewhile(partial(_said_yes, id_), reversed(answered)))
        found.append(Answered(asked_of(id_), LEGS.get(word, "yes"), _short(row[-1].at.astimezone(home))))
    return tuple(found)


def _said_yes(id_: str, check_in: CheckIn) -> bool:
    return check_in.answers.get(id_, Said.NO).is_yes


def _conditions(history: History) -> tuple[str, ...]:
    questions = library.gate().questions
    return tuple(
        asked_of(id_)
        for id_, standing in history.standing.items()
        if id_ in questions and questions[id_].asked == "standing" and standing.said.is_yes
    )


def _days(notes: Sequence[SorenessNote], *, home: tzinfo) -> tuple[tuple[SoreDay, ...], ...]:
    """Days with a word about soreness, newest first, in two columns."""
    by_day: dict[date, list[SorenessNote]] = {}
    for note in notes:
        by_day.setdefault(note.at.astimezone(home).date(), []).append(note)
    days = [
        SoreDay(
            day=_short(day),
            left=_worst([note.soreness.left for note in said]),
            right=_worst([note.soreness.right for note in said]),
            when="morning" if all(note.morning for note in said) else "",
        )
        for day, said in sorted(by_day.items(), reverse=True)
    ]
    half = (len(days) + 1) // 2
    return tuple(tuple(column) for column in (days[:half], days[half:]) if column)


def _worst(values: Sequence[int | None]) -> str:
    said = [value for value in values if value is not None]
    return str(max(said)) if said else NOTHING


def _session(past: PastSession, history: History, *, home: tzinfo) -> SessionLine:
    following = min((later.at for later in history.sessions if later.at > past.at), default=None)
    felt = [
        f"{spot_said(morning.spot)}: {FELT[morning.felt]} the next morning"
        for at, morning in history.spot_mornings
        if past.at < at and (following is None or at < following)
    ]
    return SessionLine(
        day=_short(past.at.astimezone(home)),
        what=tuple(_leg_said(side, past) for side in BOTH_SIDES if any(i.side is side for i in past.session.items)),
        after="; ".join(f"{spot_said(tender.spot)}: {tender.tenderness_nrs} of 10" for tender in past.after),
        note="; ".join([*(["stopped early"] if past.stopped_early else []), *felt]),
    )


def _leg_said(side: Side, past: PastSession) -> str:
    """What was done on one leg: "Left: inner upper calf (press and hold), long strokes"."""
    content = library.content()
    by_place: dict[str, list[str]] = {}
    for item in past.session.items:
        if item.side is side and item.technique in content.techniques:
            names = by_place.setdefault(item.zone, [])
            title = in_sentence(content.techniques[item.technique].title)
            names += [title] if title not in names else []
    strokes = by_place.pop(WHOLE_CALF, [])
    places = [
        f"{place_said(zone, content)} ({', '.join(names)})" for zone, names in by_place.items() if zone in content.zones
    ]
    return f"{side.capitalize()}: {', '.join([*places, *strokes])}"


def _weeks(load: Shown) -> tuple[Week, ...]:
    units = units_of(load.prefers)
    return tuple(
        Week(
            first=f"{span.first.day} {span.first:%b}",
            runs=span.runs,
            distance=units.length(span.distance_m),
            strikes=NOTHING if span.strikes is None else f"{round(span.strikes / 2 / ROUND_STRIKES) * ROUND_STRIKES:,}",
        )
        for span in reversed(load.weeks[-WEEKS_SHOWN:] if any(span.runs for span in load.weeks[-WEEKS_SHOWN:]) else ())
    )


def _short(day: date) -> str:
    """A day of these weeks.

    >>> _short(date(2026, 5, 3))
    'Sun 3 May'
    """
    return f"{day:%a} {day.day} {day:%b}"


def _with_day(day: date | None, text: str) -> str:
    return text if day is None else f"{weekday_said(day)}: {text}"


def _locks(history: History, *, home: tzinfo) -> tuple[Locked, ...]:
    """Earlier referrals, newest first; one that only repeats an earlier one is left out, as is a standing condition."""
    blocks = {id_ for id_, question in library.gate().questions.items() if question.level is None}
    own = [past for past in history.referrals if set(past.reasons) - blocks - {LOCKED}]
    rows = [list(row) for _, row in groupby(own, key=_says)]
    return tuple(_locked(row, home=home) for row in reversed(rows[-LOCKS_SHOWN:]))


def _says(past: Screened) -> tuple[str | None, tuple[Side, ...], frozenset[str]]:
    """What it says: the same on the next day is told once."""
    return past.level, past.locked, frozenset(past.reasons) - {LOCKED}


def _locked(row: Sequence[Screened], *, home: tzinfo) -> Locked:
    past, days = row[0], [weekday_said(each.at.astimezone(home)) for each in (row[0], row[-1])]
    level = next((level for level in Level if level == past.level), Level.TODAY)
    return Locked(
        day=days[0] if days[0] == days[1] else f"{days[0]}, again until {days[1]}",
        soon=SOONS[level],
        legs=legs_said(past.locked, your=False),
        why=tuple(text.replace("You said: ", "Said: ") for text in told_later(past.reasons)),
    )


def _said_of(fine: bool) -> str:
    return "Massage is fine" if fine else "Massage not yet, or no"


def _about(block: str) -> str:
    question = library.gate().questions.get(block)
    return f"with “{question.question}”" if question else block


def _shoe_said(shoe: Shoe) -> str:
    """A pair with what is known of it."""
    facts = [f"since {said(shoe.since)}"]
    if shoe.heel_drop_m is not None:
        facts.append(f"{shoe.heel_drop_m * 1000:.0f} mm heel drop")
    if shoe.minimal:
        facts.append("minimal")
    return f"{shoe.name} ({', '.join(facts)})"
