"""Exercises as one reads them beside a wall: sets, tempo, rests, how, and why."""

from itertools import groupby

from calfwise.cli.page import gap, keys, say, small
from calfwise.library import player
from calfwise.model.care.protocol import Protocol, Routine
from calfwise.model.constants import IMPULSE_PER_STEP_TIME
from calfwise.model.fix.practice import Offer
from calfwise.model.session import Part, Practice, PracticeItem, Tempo
from calfwise.model.weeks import Estimate

SECONDS_A_MINUTE = 60
PARTS: dict[Part, str] = {
    "raise": "Raise: get warm",
    "activate and mobilise": "Activate and mobilise: wake hips and ankles",
    "potentiate": "Potentiate: get ready for it",
}
RESTS = {"stand": "rest", "walk": "walk"}


def show_offers(offered: tuple[Offer, ...]) -> None:
    """Every routine in a line or two."""
    routines = player().routines
    gap()
    say("What suits today:" if any(offer.shut is None for offer in offered) else "Nothing of it today.", bold=True)
    for offer in (each for each in offered if each.shut is None):
        routine = routines[offer.routine]
        say(f"{offer.routine}{_level_said(routine, offer.level)}", indent=2, bold=True)
        say(f"{routine.short} {offer.why}", indent=4)
    shut = [offer for offer in offered if offer.shut is not None]
    if shut:
        gap()
        say("What waits:", bold=True)
        for offer in shut:
            assert offer.shut is not None
            say(f"{offer.routine}: {offer.shut.text}{keys(offer.shut.sources)}", indent=2)
    gap()
    say("One as a card: calfwise practise calf-strength, and your recordings.", dim=True)


def show_shut(offer: Offer) -> None:
    """Why not today."""
    assert offer.shut is not None
    say(f"{player().routines[offer.routine].title}: not today.", bold=True)
    say(f"{offer.shut.text}{keys(offer.shut.sources)}")


def show_practice(practice: Practice, asks: Estimate) -> None:
    """One level of a routine."""
    content = player()
    routine = content.routines[practice.routine]
    gap()
    say(f"{routine.title}{_level_said(routine, practice.level)}", bold=True)
    part, shown = None, set()
    groups = [list(group) for _, group in groupby(practice.items, key=lambda item: (item.protocol, item.counts))]
    for at, items in enumerate(groups):
        first = items[0]
        protocol = content.protocols[first.protocol]
        if first.part is not None and first.part != part:
            part = first.part
            say(PARTS[part], indent=2)
        if at and practice.between_s:
            say(f"{duration_said(practice.between_s).capitalize()} of rest.", indent=2, dim=True)
        legs = ", left leg, then right" if len(items) > 1 else ""
        say(f"{protocol.title}{legs}: {dose_said(first, protocol)}", indent=2, bold=True)
        for step in () if first.protocol in shown else protocol.steps:
            say(step, indent=4, first="– ")
        shown.add(first.protocol)
    gap()
    stops = dict.fromkeys(line for item in practice.items for line in content.protocols[item.protocol].stop)
    say(f"Stop at: {' '.join(stops)}")
    say(f"Why: {practice.reason} {routine.evidence.claim} {routine.evidence.limits}{keys(practice.sources)}", dim=True)
    if asks.high_bw_s:
        say(f"It asks of both calves about as much as {running_said(asks)} (our estimate).", dim=True)
    say("When you are done: calfwise done --felt N, how your calves felt in the meantime, 0 to 10.")


def dose_said(item: PracticeItem, protocol: Protocol) -> str:
    """Sets, tempo or time, rests and beat.

    >>> protocols = player().protocols
    >>> item = PracticeItem("heel-raises-straight", None, counts=(8, 8), rest_s=120, tempo_s=(3, 0, 3))
    >>> dose_said(item, protocols["heel-raises-straight"])
    '2 × 8, 3 s up and 3 s down, 2 minutes rest'
    >>> item = PracticeItem("clam", None, counts=(1, 2, 1), rest_s=45, tempo_s=(2, 1, 2))
    >>> dose_said(item, protocols["clam"])
    '1-2-1, 2 s open, hold 1 s and 2 s shut, 45 seconds rest'
    >>> item = PracticeItem("run-between-walks", None, counts=(60, 60, 60), rest_s=240)
    >>> dose_said(item, protocols["run-between-walks"])
    '3 × 1 minute, 4 minutes walk'
    """
    amounts = [str(count) if item.tempo_s else duration_said(count) for count in item.counts]
    even = len(set(item.counts)) == 1
    sets = (f"{item.sets} × " if item.sets > 1 else "") + amounts[0] if even else "-".join(amounts)
    if item.tempo_s and item.sets == 1:
        sets = f"{sets} times"
    parts = [sets]
    if item.tempo_s:
        parts.append(_tempo(item.tempo_s, protocol.ways))
    if item.sets > 1 and item.rest_s:
        parts.append(f"{duration_said(item.rest_s)} {RESTS[protocol.rest]}")
    if item.beat_spm:
        parts.append(f"{item.beat_spm} steps a minute")
    return ", ".join(parts)


def running_said(asks: Estimate) -> str:
    """An impulse as minutes of easy running, which ask twice body weight for each second.

    >>> running_said(Estimate(impulse_bw_s=1260.0, low_bw_s=630.0, high_bw_s=2160.0))
    '5 to 18 minutes of running'
    """
    low, high = (round(bw_s / IMPULSE_PER_STEP_TIME / SECONDS_A_MINUTE) for bw_s in (asks.low_bw_s, asks.high_bw_s))
    if high <= 1:
        return "a minute of running, or less"
    return f"{low} to {high} minutes of running"


def duration_said(seconds: int) -> str:
    """A length of time.

    >>> duration_said(45), duration_said(60), duration_said(150), duration_said(240)
    ('45 seconds', '1 minute', '2:30 minutes', '4 minutes')
    """
    minutes, rest = divmod(seconds, SECONDS_A_MINUTE)
    if not minutes:
        return f"{seconds} seconds"
    if rest:
        return f"{minutes}:{rest:02} minutes"
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def _tempo(tempo_s: Tempo, ways: tuple[str, str]) -> str:
    there_s, hold_s, back_s = tempo_s
    return f"{there_s} s {ways[0]}{f', hold {hold_s} s' if hold_s else ''} and {back_s} s {ways[1]}"


def _level_said(routine: Routine, level: int) -> str:
    """Which of how many, and what it is; nothing where there is only one."""
    if len(routine.levels) == 1:
        return ""
    return f", level {level} of {len(routine.levels)}: {small(routine.levels[level - 1].title)}"
