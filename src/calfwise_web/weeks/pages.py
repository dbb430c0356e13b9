"""The weeks ahead, shaped: this week day by day, the others folded, and what does not fit."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse

from calfwise.model.weeks import Element, ElementKind, WeeksWish
from calfwise_web.load.sourced import Source, sources_of
from calfwise_web.templatetags.words import counted
from calfwise_web.units import Units, clock, units_of
from calfwise_web.weeks import words
from calfwise_web.weeks.bar import Account, accounts_of, each_leg
from calfwise_web.weeks.forms import DAYS, LEAVE_OUT, RETURN, goal_said
from calfwise_web.weeks.shown import Did, Misfit, Practised, Ran, Said, Shown, ShownDay, ShownElement, ShownWeek

STRENGTH = (ElementKind.CALF_STRENGTH, ElementKind.GLUTE_STRENGTH)
RULES = "rules"
"""The model's reason that holds for whoever has weeks: it stands last."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence and where it comes from."""

    text: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Somewhere to go."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class ElementCard:
    """One thing to do on a day."""

    title: str
    targets: tuple[str, ...]
    asks: str
    """What it asks of the calves, by the plan's estimate."""
    why: Line
    start: Link | None
    links: tuple[Link, ...]
    more: tuple[Link, ...]
    """Of a run to come: told in full, and as a file for a watch."""
    done: str
    """What was done of it; empty: nothing so far."""
    done_asks: str
    """And what that took."""
    is_first: bool = False
    """What one begins with today."""


@dataclass(frozen=True, slots=True)
class DayCard:
    """One day."""

    on: date
    iso: str
    name: str
    short: str
    tag: str
    """today, done, let go; empty for days to come."""
    tone: str
    elements: tuple[ElementCard, ...]
    in_a_line: str
    done_line: str
    """Of a day that is over: what was done, in a line."""
    besides: tuple[str, ...]
    changed: str
    is_today: bool
    is_past: bool
    is_slim: bool
    """Over, and nothing to tell of it."""
    may_be_left: bool
    """Whether one can say that it does not suit."""
    not_on: bool
    """One has said so."""
    nothing: str
    """What stands there where nothing is laid."""


@dataclass(frozen=True, slots=True)
class WeekCard:
    """One week."""

    title: str
    dates: str
    iso: str
    days: tuple[DayCard, ...]
    accounts: tuple[Account, ...]
    lines: tuple[Line, ...]
    in_a_line: str
    """What it holds: "3 runs, 21 km; strength twice"."""
    may_be_left: bool


@dataclass(frozen=True, slots=True)
class Page:
    """All of it."""

    intro: str
    wish: str
    """What was wished for, in a line."""
    week: WeekCard | None
    """The one that is open."""
    is_present: bool
    """Whether it is the week of today."""
    ahead: tuple[WeekCard, ...]
    past: tuple[WeekCard, ...]
    misfits: tuple[tuple[str, Line], ...]
    """What does not fit with where it comes from, and what would make it fit."""
    told: tuple[Line, ...]
    """What holds for all of them: soreness, locks, races, age."""
    rules: tuple[Line, ...]
    """How weeks are planned at all."""
    waits: bool
    """For the word of a professional."""
    today_iso: str
    over: bool
    """The weeks are over."""


def page_of(shown: Shown, wish: WeeksWish, *, today: date, asked: date | None = None) -> Page:
    """Everything in words; `asked` is a day of the week to be open, else this one."""
    shaped = _Shaped(shown, wish, today)
    weeks = [(week, week.days[0].on, week.days[-1].on) for week in shown.weeks if week.days]
    present = asked or today
    open_ = next((week for week, first, last in weeks if first <= present <= last), None)
    if open_ is None and weeks:
        open_ = weeks[0][0] if present < weeks[0][1] else weeks[-1][0]
    ends = wish.begins + timedelta(weeks=wish.weeks)
    return Page(
        intro=shaped.intro(),
        wish=shaped.wished(),
        week=shaped.week(open_) if open_ else None,
        is_present=open_ is not None and open_.days[0].on <= today <= open_.days[-1].on,
        ahead=tuple(shaped.week(week) for week, first, _ in weeks if week is not open_ and first > _first(open_)),
        past=tuple(
            shaped.week(week) for week, first, _ in reversed(weeks) if week is not open_ and first < _first(open_)
        ),
        misfits=tuple(_misfit(each) for each in shown.misfits),
        told=tuple(_line(said) for said in shown.told if said.id != RULES),
        rules=tuple(_line(said) for said in shown.told if said.id == RULES),
        waits=wish.goal == RETURN and wish.agreed_on is None,
        today_iso=today.isoformat(),
        over=ends <= today,
    )


def _first(week: ShownWeek | None) -> date:
    return week.days[0].on if week else date.min


@dataclass(frozen=True, slots=True)
class _Shaped:
    """The page in the making."""

    shown: Shown
    wish: WeeksWish
    today: date

    @property
    def units(self) -> Units:
        return units_of(self.shown.prefers)

    def intro(self) -> str:
        wish = self.wish
        last = wish.begins + timedelta(weeks=wish.weeks, days=-1)
        goal = goal_said(wish.goal)
        return f"{words.span_said(wish.begins, last)} · {goal[:1].lower()}{goal[1:]}"

    def wished(self) -> str:
        """What was wished for."""
        wish = self.wish
        parts = [f"Runs on {words.weekdays_said(wish.run_days, DAYS)}"] if wish.run_days else ["No day for running"]
        if wish.other_days:
            parts.append(f"strength on {words.weekdays_said(wish.other_days, DAYS)}")
        if wish.most_minutes:
            parts.append(f"one run at most {words.minutes_said(wish.most_minutes)}")
        if wish.leave_out:
            parts.append(
                "without " + ", ".join(LEAVE_OUT[kind].lower() for kind in wish.leave_out if kind in LEAVE_OUT)
            )
        if wish.goal == RETURN and wish.agreed_on:
            by = wish.agreed_by or "a professional"
            parts.append(f"{by} agreed on {wish.agreed_on.day} {wish.agreed_on:%B}")
        return "; ".join(parts) + "."

    def week(self, week: ShownWeek) -> WeekCard:
        days = week.days
        first, last = week.days[0].on, week.days[-1].on
        present = first <= self.today <= last
        return WeekCard(
            title="This week" if present else f"Week {week.number} of {self.wish.weeks}",
            dates=words.span_said(first, last),
            iso=first.isoformat(),
            days=tuple(self.day(day) for day in days),
            accounts=accounts_of(week),
            lines=tuple(_line(said) for said in week.lines),
            in_a_line=_week_said(week, self.units, past=last < self.today),
            may_be_left=last >= self.today and any(d.on >= self.today and d.on not in self.wish.not_on for d in days),
        )

    def day(self, day: ShownDay) -> DayCard:
        on, today = day.on, self.today
        cards = _with_first(tuple(self.element(each, on) for each in day.elements))
        tag, tone = self.tag(day)
        not_on = on in self.wish.not_on
        return DayCard(
            on=on,
            iso=on.isoformat(),
            name=words.day_named(on),
            short=f"{on:%a} {on.day}",
            tag=tag,
            tone=tone,
            elements=cards,
            in_a_line=self.in_a_line(day),
            done_line=self.done_line(day) if on < today else "",
            besides=tuple(self.besides(day)),
            changed="" if not_on else day.changed or "",
            is_today=on == today,
            is_past=on < today,
            is_slim=on < today and not (cards or day.besides or day.changed),
            may_be_left=bool(cards) and on >= today and not not_on and not day.is_done,
            not_on=not_on and on >= today,
            nothing="" if cards or (day.changed and not not_on) else _nothing(day, not_on=not_on, today=today),
        )

    def tag(self, day: ShownDay) -> tuple[str, str]:
        done = any(each.did for each in day.elements)
        if day.is_done:
            return "done", "good"
        if day.on == self.today:
            return "today", ""
        if day.on > self.today or not day.elements:
            return "", ""
        return ("partly done", "plain") if done else ("let go", "plain")

    def in_a_line(self, day: ShownDay) -> str:
        said = [words.in_a_word(each.element, self.units) for each in day.elements]
        if not said and day.on < self.today and day.besides:
            return words.UNPLANNED
        return " · ".join(said) or words.REST

    def done_line(self, day: ShownDay) -> str:
        """What was done: "8.1 km in 45:10, 3,100 foot strikes each leg"."""
        parts = []
        for did in day.done:
            elsewhere = f" on {did.on:%A}" if did.on != day.on else ""
            told = run_said(did.run, self.units) if did.run else practice_said(did.practice) if did.practice else ""
            parts += [told + elsewhere] if told else []
        strikes = sum(did.asked.strikes for did in day.done)
        parts += [f"{each_leg(strikes)} foot strikes each leg"] if strikes else []
        said = ", ".join(parts)
        return said[:1].upper() + said[1:]

    def besides(self, day: ShownDay) -> Iterable[str]:
        """What was done that nobody had planned."""
        for did in day.besides:
            if did.run is not None:
                yield f"Run: {run_said(did.run, self.units)}. {_took(did)}".strip()
            elif did.practice is not None:
                yield f"Done besides: {practice_said(did.practice)}."

    def element(self, each: ShownElement, on: date) -> ElementCard:
        element, units = each.element, self.units
        open_ = on >= self.today and each.did is None
        return ElementCard(
            title=words.title_of(element, units),
            targets=words.targets_of(element, units),
            asks=asks_said(element),
            why=Line(element.why, sources_of(element.sources)),
            start=start_of(element, on, today=self.today) if open_ else None,
            links=tuple(links_of(element, on, today=self.today)) if open_ else (),
            more=tuple(self.more(element, on)) if open_ else (),
            done=done_said(each.did, units, planned_on=on) if each.did else "",
            done_asks=_took(each.did) if each.did else "",
        )

    def more(self, element: Element, on: date) -> Iterable[Link]:
        """Where a run to come is told in full."""
        if not element.kind.is_run:
            return
        if element.distance_m:
            yield Link("See it as a forecast", forecast_url(element, self.units))
        if on != self.today:
            yield workout_of(on)


def _with_first(cards: tuple[ElementCard, ...]) -> tuple[ElementCard, ...]:
    """The first that can be begun is the one that its page shows so."""
    first = next((card for card in cards if card.start), None)
    return tuple(replace(card, is_first=card is first) for card in cards)


def done_said(did: Did, units: Units, *, planned_on: date) -> str:
    """What was done of an element."""
    elsewhere = f" on {did.on:%A}" if did.on != planned_on else ""
    if did.run is not None:
        return f"Done{elsewhere}: {run_said(did.run, units)}"
    return f"Done{elsewhere}" + (_in_part(did.practice) if did.practice else "")


def _in_part(practice: Practised) -> str:
    felt = f", calves {practice.felt_nrs} of 10 in the meantime" if practice.felt_nrs is not None else ""
    return f"{' in part' if practice.stopped_early else ''}{felt}"


def run_said(run: Ran, units: Units) -> str:
    """A run that was done: "6.2 km in 37:10"."""
    return f"{units.length(run.distance_m)} in {clock(run.running_s)}"


def practice_said(practice: Practised) -> str:
    name = next((words.NAMES[kind] for kind in ElementKind if kind.value == practice.routine), "")
    return (name or practice.routine.replace("-", " ")).lower() + _in_part(practice)


def asks_said(element: Element) -> str:
    """What an element asks, by the plan's estimate; empty where it asks next to nothing."""
    return _counted(element.asks.strikes, element.asks.fast_strikes, element.asks.impulse_bw_s, about="about ")


def _took(did: Did) -> str:
    said = _counted(did.asked.strikes, did.asked.fast_strikes, did.asked.impulse_bw_s, about="")
    return f"It took {said}." if said else ""


def _counted(strikes: float, fast: float, impulse_bw_s: float, *, about: str) -> str:
    parts = []
    if strikes:
        parts.append(f"{about}{each_leg(strikes)} foot strikes each leg")
        if fast:
            parts.append(f"{each_leg(fast)} of them fast")
    elif impulse_bw_s:
        parts.append("no foot strikes")
    if impulse_bw_s:
        parts.append(f"{about}{impulse_bw_s / 60:,.0f} body-weight minutes")
    return ", ".join(parts)


def start_of(element: Element, on: date, *, today: date) -> Link | None:
    """Where the player takes over, or Today."""
    if on != today:
        return None
    if element.kind is ElementKind.MASSAGE:
        return Link("Check in", reverse("home"))
    if element.routine is None:
        return Link("Warm up", practise_url(words.warm_up_of(element.kind))) if element.kind.is_run else None
    return Link("Guide me" if element.kind.is_run else "Start", practise_url(element.routine))


def links_of(element: Element, on: date, *, today: date) -> Iterable[Link]:
    """Beside today's start: the warm-up, and the run as a file for a watch."""
    if on != today:
        return
    if element.routine and (element.kind.is_run or element.kind is ElementKind.DRILLS):
        yield Link("Warm up", practise_url(words.warm_up_of(element.kind)))
    if element.kind.is_run:
        yield workout_of(on)


def workout_of(on: date) -> Link:
    """The day's running as a file for a watch."""
    return Link("For your watch", reverse("feed:workout", args=[on.isoformat()]))


def practise_url(routine: str) -> str:
    """Where a practice begins."""
    return reverse("practise:routine", args=[routine])


def forecast_url(element: Element, units: Units) -> str:
    """The forecast, with this run filled in."""
    asked = {"distance": f"{(element.distance_m or 0.0) / units.metres:.1f}".removesuffix(".0")}
    if element.speed_mps and element.kind is not ElementKind.TEMPO:
        asked["pace"] = clock(units.metres / element.speed_mps)
    return f"{reverse('next:run')}?{urlencode(asked)}"


def _nothing(day: ShownDay, *, not_on: bool, today: date) -> str:
    if not_on:
        return "Not this day, you said. Nothing to make up."
    return "Rest. Good." if day.on >= today else ""


def _week_said(week: ShownWeek, units: Units, *, past: bool) -> str:
    """What a week holds, in a line; of a week that is over, what was done."""
    if past:
        done = [did for day in week.days for did in day.done]
        lengths_m = [did.run.distance_m for did in done if did.run]
        practices = sum(1 for did in done if did.practice and not did.run)
        rest = counted(practices, "practice,practices") if practices else ""
    else:
        elements = [each.element for day in week.days for each in day.elements]
        lengths_m = [element.distance_m or 0.0 for element in elements if element.kind.is_run]
        strength = sum(1 for element in elements if element.kind in STRENGTH)
        rest = f"strength {_times(strength)}" if strength else ""
    runs = counted(len(lengths_m), "run,runs") if lengths_m else "no run"
    return ", ".join(part for part in (runs, words.length_said(sum(lengths_m), units), rest) if part)


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _misfit(each: Misfit) -> tuple[str, Line]:
    return each.would_fit, Line(each.text, sources_of(each.sources))


def _line(said: Said) -> Line:
    return Line(said.text, sources_of(said.sources))


def asked_day(sent: str) -> date | None:
    """A day in an address; `None` where it is none."""
    try:
        return date.fromisoformat(sent)
    except ValueError:
        return None
