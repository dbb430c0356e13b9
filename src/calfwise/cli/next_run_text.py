"""A planned run in words: first how it stands, then what it asks."""

from collections.abc import Iterator

from calfwise.cli.load_text import band_text
from calfwise.cli.page import keys, say
from calfwise.model.load.change import Comparison, said
from calfwise.model.load.next_run import Fit, Forecast

METRES_A_KM, SECONDS_A_HOUR, SECONDS_A_MINUTE = 1000, 3600, 60
ROUND_STRIKES = 100
HONEST = (
    "The budget is about length alone: nobody has measured how much more a faster or a steeper kilometre may count. It "
    "knows your runs, not how your calves feel today. Sore calves have the first word."
)


def show_forecast(planned: Forecast) -> None:
    """How it stands, what it asks, what is new about it."""
    say(f"{stands(planned)}{keys(planned.budget.sources)}", bold=True)
    for line in asks(planned):
        say(line, indent=2)
    if planned.compared is not None:
        say(f"{compared(planned.compared)}{keys(('Frandsen2025',))}", indent=2)
    for notice in (notice for notice in planned.notices if notice.kind != "longer"):
        say(f"New about it: {notice.text}{keys(notice.sources)}", indent=2)
    for line in afterwards(planned):
        say(f"{line}{keys(('CoachRule',))}", indent=2)
    say(HONEST, dim=True)


def stands(planned: Forecast) -> str:
    """Against what the calves know."""
    budget = planned.budget
    if budget.reference_m is None or budget.upper_m is None:
        return f"No number to hold {_km(planned.distance_m)} against: {budget.reason}."
    known = f"your calves know about {_km(budget.reference_m)}, and the budget ends at {_km(budget.upper_m)}"
    match planned.fit:
        case Fit.KNOWN:
            return f"{_km(planned.distance_m)} is within what your calves know: {known}."
        case Fit.WITHIN:
            return f"{_km(planned.distance_m)} is within the budget: {known}."
        case Fit.RACE:
            return f"A race of {_km(planned.distance_m)}: {_km(planned.over_m)} beyond the budget; {known}."
        case _:
            return f"{_km(planned.distance_m)} goes {_km(planned.over_m)} beyond the budget: {known}."


def asks(planned: Forecast) -> Iterator[str]:
    """What it asks, with its doubt."""
    if planned.strikes is None or planned.duration_s is None:
        yield "How many strikes, nobody can tell yet: say a pace, or bring a few easy runs."
        return
    each = planned.strikes.value / 2
    easy = "" if planned.easy_km is None else f", as many as {planned.easy_km:.1f} of your easy kilometres"
    yield f"About {_rounded(each)} strikes a leg in {_minutes(planned.duration_s)}{easy}."
    if planned.fast_strikes:
        yield f"About {_rounded(planned.fast_strikes / 2)} of them fast: 0.6 m/s or more above your easy pace."
    if planned.barefoot_strikes:
        yield f"About {_rounded(planned.barefoot_strikes / 2)} of them on bare feet."
    if planned.impulse_bw_s is not None:
        hours = [side / SECONDS_A_HOUR for side in (planned.impulse_bw_s.low, planned.impulse_bw_s.high)]
        yield f"Impulse of both calves: {hours[0]:.1f} to {hours[1]:.1f} body-weight hours."
    if planned.achilles_force_bw is None:
        yield "Force: not estimated here."
    else:
        yield f"Calf force, from pace: {band_text(planned.achilles_force_bw)} body weights at the peak of a step."


def compared(comparison: Comparison) -> str:
    """Against the longest of 30 days, as information."""
    longest = f"the longest of the last 30 days, {_km(comparison.longest_before_m)}"
    if comparison.ratio <= 1:
        return f"No longer than {longest}."
    return f"{comparison.ratio - 1:.0%} longer than {longest}."


def afterwards(planned: Forecast) -> Iterator[str]:
    """What follows from it."""
    if planned.big_step:
        yield "That would be a big step. Let the days after it be easy, and ask your calves in the morning."
    before, after, rises = planned.budget.reference_m, planned.reference_after_m, planned.budget.rises_from
    if before is not None and rises is not None and planned.distance_m > before:
        yield f"What they know rose a few days ago: it stays at {_km(before)} for runs before {said(rises)}."
        return
    if before is None or after is None or after <= before:
        return
    if planned.counts_at_once:
        yield f"Afterwards they know up to {_km(after)}; that rises once in 7 days at most."
    else:
        end = _km(planned.budget.upper_m or before)
        yield (
            f"After two mornings at 3 of 10 or less they know up to {_km(after)}; with nothing said of them {end}, and "
            f"with a sore one still {_km(before)}."
        )


def _km(distance_m: float) -> str:
    """
    >>> _km(9940.0), _km(10_000)
    ('9.9 km', '10 km')
    """
    return f"{distance_m / METRES_A_KM:.1f}".removesuffix(".0") + " km"


def _minutes(seconds: float) -> str:
    return f"{seconds / SECONDS_A_MINUTE:.0f} minutes"


def _rounded(count: float) -> str:
    """
    >>> _rounded(4_149.0), _rounded(35.0)
    ('4,100', 'a few')
    """
    rounded = round(count / ROUND_STRIKES) * ROUND_STRIKES
    return f"{rounded:,}" if rounded else "a few"
