"""Self-tests as pages show them."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from msgspec import Struct, to_builtins

from calfwise.model.fix.selftest import (
    TOO_SORE_NRS,
    SelfTest,
    Shut,
    amount,
    change_said,
    difference_said,
    due,
    due_on,
    of,
    results_of,
)
from calfwise.model.journal import History, SelfTested
from calfwise.model.run import BOTH_SIDES, Side

READY_S = 10
"""To get into place."""
MOST_SHOWN = 24
HOW = {
    "cm": "Touch the wall with your knee, heel down. Then measure.",
    "repetitions": "Up with one beat, down with the next. Go on until you fall short twice.",
    "s": "Hips up, and hold. Keep breathing.",
    "look": "Five slow squats. Watch yourself from the front.",
}
RESULT = {
    "cm": "How far, three times?",
    "repetitions": "How many counted?",
    "s": "How long did you hold?",
    "look": "What did you see?",
}
ALSO = {"cm": "Touch, measure, write it down; then the next try. From the wall to the tip of the big toe."}
"""Beside the question, where what counts is not enough."""
DONE = {"cm": "Write it down", "repetitions": "That's it", "s": "That's it", "look": "Five done"}


class Row(Struct, frozen=True):
    """One day's results."""

    day: datetime
    left: str
    right: str
    difference: str
    """The legs against each other."""


class Shown(Struct, frozen=True):
    """A test and what came of it."""

    id: str
    test: SelfTest
    shut: dict[str, str]
    """Why a leg may not be tested now, by leg; only those."""
    open: bool
    """At least one leg may."""
    rows: tuple[Row, ...]
    """The latest first."""
    changes: tuple[str, ...]
    """Since the day before, leg by leg."""
    due: date | None
    is_due: bool

    @property
    def last(self) -> Row | None:
        return self.rows[0] if self.rows else None

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why legs are shut, each reason once."""
        return tuple(dict.fromkeys(self.shut.values()))


class Step(Struct, frozen=True):
    """One thing on the guided screen."""

    id: str
    kind: str
    """ready, work, result or rest."""
    side: Side
    say: str
    more: str
    short: str
    seconds: int | None = None
    """`None`: waits for a tap. [s]"""
    tempo_s: tuple[float, float, float] | None = None
    """A beat up, a beat down. [s]"""
    act: str = ""
    """On the button that goes on."""
    up: bool = False
    """Which of the two drawings."""


def shown_of(id_: str, test: SelfTest, history: History, shut: dict[Side, Shut | None], *, now: datetime) -> Shown:
    """A test with its results."""
    done = results_of(history, id_)
    return Shown(
        id=id_,
        test=test,
        shut={str(side): why.reason for side, why in shut.items() if why is not None},
        open=any(why is None for why in shut.values()),
        rows=tuple(_row(test, each, now) for each in reversed(done[-MOST_SHOWN:])),
        changes=_changes(test, done),
        due=due_on(test, done, now=now),
        is_due=bool(due({id_: test}, history, now=now)),
    )


def _row(test: SelfTest, done: SelfTested, now: datetime) -> Row:
    told = [_told(test, of(done, side)) for side in BOTH_SIDES]
    return Row(done.at.astimezone(now.tzinfo), told[0], told[1], difference_said(test, done))


def _told(test: SelfTest, value: float | None) -> str:
    return "not tested" if value is None else amount(test.unit, value)


def _changes(test: SelfTest, done: tuple[SelfTested, ...]) -> tuple[str, ...]:
    """Each leg against the last day on which it was tested before."""
    if not done:
        return ()
    said = []
    for side in BOTH_SIDES:
        before = [each for each in done[:-1] if of(each, side) is not None]
        if before:
            said.append(change_said(test, before[-1], done[-1], side))
    return tuple(text for text in said if text)


def steps_of(test: SelfTest, sides: list[Side]) -> tuple[Step, ...]:
    """The guided test: each open leg in its turn, left first, so that two days compare."""
    steps: list[Step] = []
    for side in sides:
        if steps and test.rest_s > READY_S:
            steps.append(_rest(test, side))
        steps += _leg(test, side)
    return tuple(steps)


def _rest(test: SelfTest, side: Side) -> Step:
    more = "Shake your legs out. The other leg should start as rested as the first."
    return Step(f"{side}.rest", "rest", side, f"Rest. Then the {side} leg.", more, "Rest.", seconds=test.rest_s)


def _leg(test: SelfTest, side: Side) -> list[Step]:
    rep_s = test.rep_s
    seconds = None
    if rep_s is not None:
        seconds = round(test.most * rep_s)
    elif test.unit == "s":
        seconds = round(test.most)
    leg = f"{side.capitalize()} leg"
    return [
        Step(f"{side}.ready", "ready", side, f"Get ready: {side} leg.", test.steps[0], f"{leg}, get ready.",
             seconds=READY_S, act="Start now"),
        Step(f"{side}.work", "work", side, f"{leg}. {HOW[test.unit]}", test.counts[0], f"{leg}. Go.", seconds=seconds,
             tempo_s=None if rep_s is None else (rep_s / 2, 0, rep_s / 2), act=DONE[test.unit], up=True),
        Step(f"{side}.result", "result", side, f"{leg}: {RESULT[test.unit][0].lower()}{RESULT[test.unit][1:]}",
             ALSO.get(test.unit, test.counts[-1]), RESULT[test.unit], act="Keep it", up=True),
    ]  # fmt: skip


def guided_data(shown: Shown, sides: list[Side]) -> dict[str, Any]:
    """What the guided page's script is given."""
    told: dict[str, Any] = to_builtins(
        {
            "title": shown.test.title,
            "unit": shown.test.unit,
            "rep_s": shown.test.rep_s,
            "too_sore_nrs": TOO_SORE_NRS,
            "steps": steps_of(shown.test, sides),
            "url": reverse("selftests:test", args=[shown.id]),
        }
    )
    return told
