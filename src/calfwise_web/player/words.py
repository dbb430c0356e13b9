"""What the player says and shows at each step, filled in from the library's own words."""

import re

from msgspec import Struct

from calfwise.model.care.content import Content
from calfwise.model.care.player_steps import Step, StepKind
from calfwise.model.care.protocol import PlayerContent
from calfwise.model.care.technique import Technique, Way
from calfwise.model.session import WHOLE_CALF, Practice, PracticeItem, Session, Tempo

BEGINNING = re.compile(r"(^|(?<=[.!?] ))[a-z]")
NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
WITH = {
    "thumbs": "your thumbs or fingertips",
    "knuckles": "your knuckles",
    "opposite-knee": "your other knee",
    "ball": "a ball",
    "roller": "a roller",
    "stick": "a stick",
}
MINUTES_IN_SECONDS = 2
"""Below it, odd times are said in seconds."""
LEAD_IN = (StepKind.READY, StepKind.CHANGE, StepKind.SWITCH)
SETS = {"press-and-hold": "hold", "cross-strokes": "set", "long-strokes": "set"}


class Shown(Struct, frozen=True):
    """One step's words, and its drawing by the id it has on the page."""

    full: str
    short: str
    title: str
    place: str
    """How to find it."""
    how: tuple[str, ...]
    """Step by step."""
    dose: str
    cue: str
    figure: str | None
    eased: tuple[str, ...]
    """What is said instead after so many times less."""


def shown_of(step: Step, plan: Session | Practice, *, content: PlayerContent, figure: str | None) -> Shown:
    """The words of one step."""
    words = content.rules.words[_words_id(step, plan)]
    filled = _fillings(step, plan, content)
    return Shown(
        full=_sentence(words.full.format_map(filled)),
        short=_sentence(words.short.format_map(filled)),
        title=_title(step, content),
        place=_where(step, content.care),
        how=_how(step, content),
        dose=_dose(step, plan),
        cue=_cue(step, content),
        figure=figure,
        eased=_eased(step, content),
    )


def place_said(zone: str | None, content: Content) -> str:
    """A place inside a sentence.

    >>> from calfwise.library import content
    >>> place_said("medial-upper", content()), place_said("whole-calf", content())
    ('inner upper calf', 'whole length')
    """
    if zone is None or zone == WHOLE_CALF:
        return "whole length"
    title = content.zones[zone].title
    return title[0].lower() + title[1:]


def _words_id(step: Step, plan: Session | Practice) -> str:
    """Which words of player.toml: nobody sits on the floor after a run."""
    return "practice-signs" if step.kind is StepKind.SIGNS and isinstance(plan, Practice) else step.words


def _fillings(step: Step, plan: Session | Practice, content: PlayerContent) -> dict[str, str]:
    legs = "both legs" if step.side is None else f"{step.side} leg"
    is_practice = step.technique in content.protocols
    return {
        "leg": legs if is_practice else str(step.side or ""),
        "place": place_said(step.zone, content.care),
        "technique": _technique_said(step, content),
        "tool": WITH.get(step.tool or "", "your hands"),
        "effort": NUMBERS[step.effort_nrs or 0],
        "seconds": str(step.seconds or 0),
        "time": time_said(_time_s(step, plan)),
        "reps": str(step.reps or 0),
        "times": times_said(step.reps or 0),
        "tempo": _tempo(step, content),
    }


def _time_s(step: Step, plan: Session | Practice) -> int:
    """How long it takes; getting ready for an exercise, how long its first set will. [s]"""
    if isinstance(plan, Practice) and step.item is not None and step.kind in LEAD_IN:
        return plan.items[step.item].set_seconds[0]
    return step.seconds or 0


def times_said(reps: int) -> str:
    """So often.

    >>> times_said(1), times_said(2), times_said(12)
    ('once', 'twice', '12 times')
    """
    return {1: "once", 2: "twice"}.get(reps, f"{reps} times")


def time_said(seconds: int) -> str:
    """A length of time as one says it.

    >>> time_said(30), time_said(60), time_said(90), time_said(240)
    ('30 seconds', 'one minute', '90 seconds', '4 minutes')
    """
    minutes, rest = divmod(seconds, 60)
    if rest or not minutes:
        return f"{seconds} seconds" if minutes < MINUTES_IN_SECONDS else f"{minutes} minutes {rest} seconds"
    return "one minute" if minutes == 1 else f"{minutes} minutes"


def _tempo(step: Step, content: PlayerContent) -> str:
    protocol = content.protocols.get(step.technique or "")
    return tempo_said(step.tempo_s, protocol.ways) if protocol and step.tempo_s else ""


def tempo_said(tempo_s: Tempo, ways: tuple[str, str]) -> str:
    """How fast one repetition goes, whichever way it moves.

    >>> tempo_said((2, 1, 2), ("up", "down")), tempo_said((1, 0, 1), ("forwards", "back"))
    ('two seconds up, hold for one, two seconds down', 'one second forwards, one second back')
    """
    there, _, back = ((f"{NUMBERS[s]} second" if s == 1 else f"{NUMBERS[s]} seconds") for s in tempo_s)
    held = f"hold for {NUMBERS[tempo_s[1]]}, " if tempo_s[1] else ""
    return f"{there} {ways[0]}, {held}{back} {ways[1]}"


def _technique_said(step: Step, content: PlayerContent) -> str:
    id_ = step.technique or ""
    if id_ in content.protocols:
        return content.protocols[id_].title
    return content.care.techniques[id_].title if id_ in content.care.techniques else ""


def _title(step: Step, content: PlayerContent) -> str:
    if step.technique in content.protocols:
        title = content.protocols[step.technique or ""].title
        return title if step.side is None else f"{title}, {step.side} leg"
    if step.side is None:
        return ""
    if step.zone == WHOLE_CALF:
        return f"{step.side.capitalize()} calf, whole length"
    return f"{step.side.capitalize()}, {place_said(step.zone, content.care)}"


def _where(step: Step, content: Content) -> str:
    if step.zone is None:
        return ""
    if step.zone == WHOLE_CALF:
        return "From just above the ankle up to below the knee, always towards the knee."
    return content.zones[step.zone].where


def _how(step: Step, content: PlayerContent) -> tuple[str, ...]:
    if step.technique in content.protocols:
        return content.protocols[step.technique or ""].steps
    way = way_of(step, content.care)
    return way.steps if way else ()


def way_of(step: Step, content: Content) -> Way | None:
    """The technique with its tool, step by step."""
    technique: Technique | None = content.techniques.get(step.technique or "")
    ways = technique.ways if technique else ()
    return next((way for way in ways if (way.tool, way.position) == (step.tool, step.position)), None)


def _dose(step: Step, plan: Session | Practice) -> str:
    """Which set of how many."""
    if step.item is None or not step.set:
        return ""
    item = plan.items[step.item]
    if isinstance(item, PracticeItem):
        times = times_said(item.counts[step.set - 1]) if item.tempo_s else ""
        number = f"set {step.set} of {item.sets}" if item.sets > 1 else ""
        return ": ".join(filter(None, (number, times)))
    kind = SETS.get(step.technique or "", "set")
    return f"{kind} {step.set} of {item.sets}" if item.sets > 1 else ""


def dose_said(item: PracticeItem) -> str:
    """All of an exercise in a few words.

    >>> raises = PracticeItem("heel-raises-bent", None, counts=(15, 15, 15), rest_s=60, tempo_s=(3, 0, 3))
    >>> dose_said(raises)
    '3 × 15'
    >>> from msgspec.structs import replace
    >>> dose_said(replace(raises, counts=(1, 2, 3, 2, 1))), dose_said(replace(raises, counts=(240, 240), tempo_s=None))
    ('sets of 1, 2, 3, 2, 1', '2 × 4 minutes')
    """
    one = str if item.tempo_s else time_said
    if len(set(item.counts)) > 1:
        return f"sets of {', '.join(map(str, item.counts))}" if item.tempo_s else ", ".join(map(one, item.counts))
    said = one(item.counts[0])
    if item.sets > 1:
        return f"{item.sets} × {said}"
    return times_said(item.counts[0]) if item.tempo_s else said


def _cue(step: Step, content: PlayerContent) -> str:
    """Another one with each set."""
    if step.kind is not StepKind.WORK:
        return ""
    id_ = step.technique or ""
    cues = content.protocols[id_].cues if id_ in content.protocols else content.care.techniques[id_].cues
    return cues[((step.item or 0) + step.set - 1) % len(cues)]


def _eased(step: Step, content: PlayerContent) -> tuple[str, ...]:
    if step.kind is not StepKind.WORK:
        return ()
    protocol = content.protocols.get(step.technique or "")
    if protocol is not None:
        return (protocol.eased,)
    if step.effort_nrs is None:
        return ()
    return tuple(
        f"Lighter now: {NUMBERS[max(1, step.effort_nrs - times)]} out of ten at most."
        for times in range(1, max(2, step.effort_nrs))
    )


def _sentence(text: str) -> str:
    """With a capital at each beginning.

    >>> _sentence("switch sides. right calf. Now.")
    'Switch sides. Right calf. Now.'
    """
    return BEGINNING.sub(lambda found: found[0].upper(), text)
