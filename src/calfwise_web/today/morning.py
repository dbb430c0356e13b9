"""The morning after: one question for each spot that was worked on, and how the calves feel when walking."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from calfwise.model.care.signs import Level
from calfwise.model.run import BOTH_SIDES
from calfwise.model.session import Spot
from calfwise_web.journal.lines import home_of
from calfwise_web.today.card import spot_said
from calfwise_web.today.snapshot import MORNINGS_ASKED, Today, Treated
from calfwise_web.today.why import sentence

FELT = {"better": "Better", "same": "The same", "worse": "Worse", "bruised": "A bruise"}
URGENT = (Level.EMERGENCY, Level.TODAY)
RATINGS = tuple(str(value) for value in range(11))


@dataclass(frozen=True, slots=True)
class SpotAsked:
    """One spot's question."""

    name: str
    """Of its field."""
    label: str
    felt: str = ""
    """As typed."""


@dataclass(frozen=True, slots=True)
class LegAsked:
    """One leg's question."""

    name: str
    label: str
    nrs: str = ""
    """As typed."""
    error: str = ""


@dataclass(frozen=True, slots=True)
class MorningCard:
    """What is asked."""

    title: str
    spots: tuple[SpotAsked, ...]
    legs: tuple[LegAsked, ...]
    felt: tuple[tuple[str, str], ...] = tuple(FELT.items())
    ratings: tuple[str, ...] = RATINGS
    error: str = ""


def morning_card(today: Today, *, now: datetime) -> MorningCard | None:
    """What is asked this morning; `None` where nothing is due."""
    after = _session_due(today, now=now)
    if after is None and not _lock_due(today, now=now):
        return None
    return asked(after, today, now=now)


def asked(
    after: Treated | None, today: Today, *, now: datetime, typed: Mapping[str, str] | None = None, error: str = "",
    wrong: Mapping[str, str] | None = None,
) -> MorningCard:  # fmt: skip
    """The questions, with what was typed already."""
    typed, wrong = typed or {}, wrong or {}
    spots = after.spots if after else ()
    return MorningCard(
        title=_title(after, today, now=now),
        spots=tuple(SpotAsked(name_of(spot), spot_said(spot), typed.get(name_of(spot), "")) for spot in spots),
        legs=tuple(
            LegAsked(side.value, f"{side.capitalize()} calf", typed.get(side.value, ""), wrong.get(side.value, ""))
            for side in BOTH_SIDES
        ),
        error=error,
    )


def last_treated(today: Today, *, now: datetime) -> Treated | None:
    """The session that a morning's answer is about: of an earlier day, and not long ago."""
    treated, home = today.treated, home_of(today.prefers)
    if treated is None:
        return None
    over = treated.at.astimezone(home).date() < now.astimezone(home).date()
    return treated if over and timedelta(0) <= now - treated.at <= MORNINGS_ASKED else None


def name_of(spot: Spot) -> str:
    """Of a spot's field."""
    return f"felt-{spot.side}-{spot.zone}"


def _session_due(today: Today, *, now: datetime) -> Treated | None:
    treated = last_treated(today, now=now)
    return None if treated is None or treated.asked else treated


def _lock_due(today: Today, *, now: datetime) -> bool:
    """A lock of an earlier day, and no morning answered yet today. On an urgent day other things come first."""
    home, checked = home_of(today.prefers), today.checked
    day = now.astimezone(home).date()
    if today.morning_at is not None and today.morning_at.astimezone(home).date() == day:
        return False
    if checked and checked.level in URGENT and checked.check_in.at.astimezone(home).date() == day:
        return False
    return any(lock.since < day for lock in today.still_locked)


def _title(after: Treated | None, today: Today, *, now: datetime) -> str:
    if after is None:
        return "How are the calves this morning?"
    home = home_of(today.prefers)
    day = after.at.astimezone(home).date()
    yesterday = day == now.astimezone(home).date() - timedelta(days=1)
    return f"How is it after {'yesterday' if yesterday else sentence(f'{day:%A}')}'s session?"
