"""The weeks ahead as entries of a calendar: what to do on which day, and whether it was done. Never why."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from msgspec import Struct

from calfwise.model.journal import AnyEvent, DaysLaid, Prefers
from calfwise.model.weeks import ElementKind, LaidDay
from calfwise_web.calendar_feed.held import Held, Told, body_of
from calfwise_web.units import Units, units_of
from calfwise_web.weeks.shown import ShownDay, ShownElement
from calfwise_web.weeks.snapshot import shown
from calfwise_web.weeks.words import day_named, targets_of, title_of
from calfwise_web.whole import Whole
from calfwise_web.yours.consent import is_taken_back

SHOWN_AROUND = {ElementKind.MASSAGE: "Check-in"}
"""Where our own name says more than others need to read."""


class Version(Struct, frozen=True):
    """How often a day was laid differently, and when last."""

    day: LaidDay
    times: int
    at: datetime


def calendar_body(whole: Whole) -> bytes:
    """The snapshot of the calendar. Times are those of the journal, so an unchanged plan is an unchanged file."""
    return body_of(held(whole))


def held(whole: Whole) -> Held:
    """All that a calendar is told."""
    if is_taken_back(whole.history.consents):
        return Held(kept=False)
    prefers = whole.history.prefers or Prefers(at=whole.now)
    laid, as_of = versions(whole.events), _as_of(whole)
    return Held(
        kept=True,
        told=tuple(
            told
            for week in shown(whole).weeks
            for day in week.days
            for told in _told(day, laid.get(day.on), units=units_of(prefers), as_of=as_of)
        ),
    )


def versions(events: Iterable[AnyEvent]) -> dict[date, Version]:
    """Every day that was ever laid, as it was told last. Told again as it was is no change."""
    found: dict[date, Version] = {}
    for event in events:
        for day in event.days if isinstance(event, DaysLaid) else ():
            before = found.get(day.on)
            if before is None:
                found[day.on] = Version(day, 0, event.at)
            elif before.day.elements != day.elements:
                found[day.on] = Version(day, before.times + 1, event.at)
    return found


def _told(day: ShownDay, version: Version | None, *, units: Units, as_of: datetime) -> Iterator[Told]:
    """One entry an element; of two of a kind the order of the day tells which."""
    seen: dict[str, int] = {}
    for each in day.elements:
        kind = each.element.kind.value
        seen[kind] = seen.get(kind, 0) + 1
        done_at = each.did.at if each.did else None
        laid_at = version.at if version else as_of
        yield Told(
            name=f"{day.on.isoformat()} {kind} {seen[kind]}",
            on=day.on,
            summary=_summary(each, units),
            description="\n".join(_lines(each, day.on, units)),
            changed_at=max(laid_at, done_at) if done_at else laid_at,
            times_changed=version.times if version else 0,
        )


def _summary(planned: ShownElement, units: Units) -> str:
    kind = planned.element.kind
    title = SHOWN_AROUND.get(kind) or title_of(planned.element, units)
    return f"Done: {title}" if planned.did else title


def _lines(planned: ShownElement, on: date, units: Units) -> Iterator[str]:
    for target in targets_of(planned.element, units):
        yield f"{target[:1].upper()}{target[1:]}."
    if planned.did is not None and planned.did.on != on:
        yield f"Done on {day_named(planned.did.on)}."


def _as_of(whole: Whole) -> datetime:
    """When anything last happened that days not yet told may hang on: a line, a run, or a new day."""
    midnight = whole.now.replace(hour=0, minute=0, second=0, microsecond=0)
    moments = [*(event.at for event in whole.events[-1:]), *(outing.start for outing in whole.answer.outings[-1:])]
    return max([midnight, *(moment for moment in moments if moment <= whole.now)])
