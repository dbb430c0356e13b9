"""The weeks ahead in words: today's one thing first, then the week that runs line by line, then the others in short."""

from collections.abc import Iterable
from datetime import date

from calfwise.cli.page import gap, keys, say
from calfwise.model.fix.case import kilometres
from calfwise.model.fix.weeks.laid import LaidWeek, Weeks
from calfwise.model.load.change import said
from calfwise.model.weeks import Element, ElementKind, LaidDay, WeeksWish

K = ElementKind
ONE = {
    K.EASY: "easy run",
    K.LONG: "long run",
    K.TEMPO: "tempo run",
    K.CADENCE: "run to a beat",
    K.WALK_RUN: "walk and run",
    K.DRILLS: "drills",
    K.GRASS: "barefoot on grass",
    K.CALF_STRENGTH: "calf strength",
    K.GLUTE_STRENGTH: "glute strength",
    K.MASSAGE: "check-in",
}
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SECONDS_AN_HOUR = 3600


def show_weeks(weeks: Weeks, *, today: date) -> None:
    """Everything."""
    show_today(weeks, today=today)
    for reason in weeks.told:
        say(f"{reason.text}{keys(reason.sources)}", dim=True)
    for number, week in enumerate(weeks.weeks, 1):
        if week.ends < today:
            continue
        gap()
        runs_now = week.begins <= today
        _show_week(week, number=number, of=len(weeks.weeks), today=today, whole=runs_now or number == 1)
    if weeks.unfit:
        gap()
        say("What does not fit yet, and what would make it fit:", bold=True)
        for misfit in weeks.unfit:
            say(f"{misfit.why} {misfit.would_need}{keys(misfit.sources)}", indent=2)
    over = [each for each in weeks.matched if each.element is not None and each.on < today]
    if over:
        gap()
        done = sum(each.done_on is not None for each in over)
        say(f"So far {done} of {len(over)} things were done. Missed ones are gone: nothing is made up for.")


def show_today(weeks: Weeks, *, today: date) -> None:
    """The one thing for today."""
    day = weeks.today
    say(f"Today, {said(today)}: {_one_thing(weeks, day, today=today)}", bold=True)
    for element in day.elements:
        say(f"{element.why}{keys(element.sources)}", indent=2, first=f"{_element(element)}: ")
    if day.changed:
        say(day.changed, indent=2)


def _one_thing(weeks: Weeks, day: LaidDay, *, today: date) -> str:
    if day.elements:
        return f"{', '.join(_element(element) for element in day.elements)}."
    if today < weeks.wish.begins:
        return f"nothing yet. The weeks begin on {said(weeks.wish.begins)}."
    if weeks.weeks and weeks.weeks[-1].ends < today:
        return "these weeks are over. Wish for the next ones with calfwise weeks --plan."
    return "nothing. A day off is part of it."


def _show_week(week: LaidWeek, *, number: int, of: int, today: date, whole: bool) -> None:
    lighter = ", a lighter one" if week.lighter else ""
    say(f"Week {number} of {of}, from {said(week.begins)}{lighter}", bold=True)
    for day in week.days:
        say(_day(day, today=today), indent=2)
    if not whole:
        say(_in_short(week), indent=2, dim=True)
        return
    for reason in week.told:
        say(f"{reason.text}{keys(reason.sources)}", indent=2, dim=True)


def _day(day: LaidDay, *, today: date) -> str:
    held = ", ".join(_element(element) for element in day.elements) or "off"
    mark = " (today)" if day.on == today else ""
    changed = f" · {day.changed}" if day.changed else ""
    return f"{DAYS[day.on.weekday()]} {day.on.day:2}{mark}  {held}{changed}"


def _element(element: Element) -> str:
    name = ONE[element.kind]
    if element.distance_m is not None:
        name += f" {kilometres(element.distance_m)}"
    if element.part_minutes and element.kind in (K.TEMPO, K.CADENCE, K.GRASS):
        name += f", {element.part_minutes:g} min {PARTS[element.kind]}"
    if element.cadence_spm is not None:
        name += f" at {element.cadence_spm}"
    if element.kind in (K.DRILLS, K.CALF_STRENGTH, K.GLUTE_STRENGTH, K.MASSAGE):
        name += f" {element.minutes:.0f} min"
    return name


PARTS = {K.TEMPO: "quick", K.CADENCE: "to a beat", K.GRASS: "on bare feet"}


def _in_short(week: LaidWeek) -> str:
    return (
        f"At most {week.budget.strikes / 2:,.0f} strikes a leg, {week.budget.fast_strikes / 2:,.0f} of them fast, and "
        f"{week.budget.impulse_bw_s / SECONDS_AN_HOUR:.1f} body-weight hours; laid are {week.asks.strikes / 2:,.0f}, "
        f"{week.asks.fast_strikes / 2:,.0f} and {week.asks.impulse_bw_s / SECONDS_AN_HOUR:.1f}."
    )


def show_wish(wish: WeeksWish) -> None:
    """What was written down."""
    days = _weekdays(wish.run_days) or "no day"
    out = f" Left out: {', '.join(ONE[kind] for kind in wish.leave_out)}." if wish.leave_out else ""
    say(f"Noted: {wish.weeks} weeks from {said(wish.begins)}, runs on {days}, goal {wish.goal}.{out}")


def _weekdays(days: Iterable[int]) -> str:
    return ", ".join(DAYS[day] for day in sorted(days))
