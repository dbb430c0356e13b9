"""What the calves are used to, and which source of ground contact the forces rest on."""

from collections.abc import Iterator

from calfwise.assess import LoadHistory
from calfwise.cli.page import keys, say
from calfwise.model.load.alignment import OtherSource, StanceStory
from calfwise.model.load.change import said
from calfwise.model.load.used_to import Exposure, UsedTo

METRES_A_KM, SECONDS_A_MINUTE, MS_A_SECOND = 1000, 60, 1000
KNOWN = (
    "That is what your calves took, counted from your recordings. What they can take, nobody can read from a watch. Of "
    "all this only the longest run was studied, against overuse injuries of every kind."
)


def show_used_to(load: LoadHistory) -> None:
    """30 and 90 days."""
    if load.used_to is None:
        return
    say("What your calves are used to", bold=True)
    names = {outing.shoe.id: outing.shoe.name for outing in load.outings if outing.shoe}
    for days in load.used_to:
        say(f"{days.days} days: {'; '.join(_parts(days, names)) or 'no run'}.", indent=2)
    say(f"{KNOWN}{keys(('Frandsen2025',))}", indent=2, dim=True)


def _parts(days: UsedTo, names: dict[str, str]) -> Iterator[str]:
    if not days.outings:
        return
    yield f"{days.outings} outings, {days.distance_m / METRES_A_KM:.0f} km"
    if days.longest:
        yield f"the longest {days.longest.amount / METRES_A_KM:.1f} km on {said(days.longest.day)}"
    if days.strikes:
        yield f"at most {days.strikes.amount / 2:,.0f} strikes a leg at once"
    if days.fast_strikes:
        yield f"at most {days.fast_strikes.amount / 2:,.0f} fast ones"
    worn = [shoe for shoe in days.shoes if shoe.id is not None]
    if worn:
        yield "in " + ", ".join(f"{names.get(shoe.id or '', shoe.id)} {_amount(shoe)}" for shoe in worn)
    if days.barefoot.runs:
        yield f"barefoot {_amount(days.barefoot)}"


def _amount(exposure: Exposure) -> str:
    hours, minutes = divmod(round(exposure.running_s / SECONDS_A_MINUTE), 60)
    long = f"{hours}:{minutes:02d} h" if hours else f"{minutes} min"
    return long if exposure.strikes is None else f"{long} ({exposure.strikes / 2:,.0f} strikes a leg)"


def show_stance(story: StanceStory) -> None:
    """Where another device measured ground contact, and what that means for comparing forces."""
    for other in story.others:
        say(f"{stance_text(other)}{keys(('OurRule',))}", indent=2)


def stance_text(other: OtherSource) -> str:
    """One other source in words."""
    when = f"From {said(other.first)} {other.first.year} to {said(other.last)} {other.last.year}"
    whose = f"{when} ground contact came from another source ({other.source})"
    if other.shift_s is None:
        return f"{whose}; nothing ties the two, so forces are compared only after that."
    more = "longer" if other.shift_s < 0 else "shorter"
    apart_ms = abs(other.shift_s) * MS_A_SECOND
    return f"{whose}; it reads {apart_ms:.0f} ms {more} in {other.ties} runs with both, and is shifted by that."
