"""The one thing for today, from the weeks ahead: what comes first, what else, and what changed it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from calfwise.model.weeks import ElementKind
from calfwise_web.today.reasons import Line, sources_of
from calfwise_web.units import Units, units_of
from calfwise_web.weeks import words
from calfwise_web.weeks.pages import Link, done_said, links_of, start_of
from calfwise_web.weeks.shown import Did, Near, ShownDay, ShownElement

FIRST = (
    ElementKind.LONG, ElementKind.TEMPO, ElementKind.WALK_RUN, ElementKind.CADENCE, ElementKind.EASY,
    ElementKind.CALF_STRENGTH, ElementKind.DRILLS, ElementKind.GLUTE_STRENGTH, ElementKind.GRASS, ElementKind.MASSAGE,
)  # fmt: skip
"""Which of a day's elements is the one thing."""
RESTS = "rest. Good."
LEFT = "nothing, you said it does not suit. Nothing to make up."
ENOUGH = "That's enough for today."


@dataclass(frozen=True, slots=True)
class OneThing:
    """The card."""

    text: str
    """After "Today:"."""
    targets: str
    also: str
    changed: str
    done: str
    why: Line | None
    start: Link | None
    links: tuple[Link, ...]
    iso: str
    """Its day, where one can say that it does not suit."""


def one_thing(near: Near | None, *, today: date) -> OneThing | None:
    """`None`: there are no weeks, or today is not among their days."""
    shown = next((day for day in near.days if day.on == today), None) if near else None
    if near is None or shown is None:
        return None
    units = units_of(near.prefers)
    if not shown.elements:
        return _nothing(shown, near)
    open_ = _in_order([each for each in shown.elements if each.did is None])
    if not open_:
        return _done(shown, units)
    return _open(shown, open_, units)


def _open(day: ShownDay, open_: Sequence[ShownElement], units: Units) -> OneThing:
    first, *others = open_
    element = first.element
    also = [words.sentence_of(each.element, units) for each in others if each.element.kind is not ElementKind.MASSAGE]
    done = "; ".join(
        done_said(each.did, units, planned_on=day.on) for each in day.elements if each.did and _counts(each.did)
    )
    return OneThing(
        text=f"{_lower(words.sentence_of(element, units))}.",
        targets=" · ".join(words.targets_of(element, units, part_is_said=True)),
        also=f"Also today: {'; '.join(map(_lower, also))}." if also else "",
        changed=day.changed or "",
        done=f"{done}." if done else "",
        why=Line(element.why, (element.why,), sources_of(element.sources)),
        start=None if element.kind is ElementKind.MASSAGE else start_of(element, day.on, today=day.on),
        links=tuple(links_of(element, day.on, today=day.on)),
        iso=day.on.isoformat(),
    )


def _done(day: ShownDay, units: Units) -> OneThing:
    told = (
        f"{_lower(words.sentence_of(each.element, units))} ({_lower(done_said(each.did, units, planned_on=day.on))})"
        for each in day.elements
        if each.did and (_counts(each.did) or len(day.elements) == 1)
    )
    return OneThing(f"{'; '.join(told)}.", "", "", day.changed or "", ENOUGH, None, None, (), "")


def _nothing(shown: ShownDay, near: Near) -> OneThing:
    text = LEFT if shown.on in near.not_on else RESTS
    changed = "" if shown.on in near.not_on else shown.changed or ""
    return OneThing(text, "", "", changed, "", None, None, (), "")


def _counts(did: Did) -> bool:
    """Whether it is told: that the calves were looked after, the rest of Today says."""
    return did.run is not None or did.practice is not None


def _in_order(open_: Sequence[ShownElement]) -> list[ShownElement]:
    return sorted(open_, key=lambda each: FIRST.index(each.element.kind))


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
