"""What happens while a session is played, as the page writes it down: one event a tap, a deadline, a hidden screen."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

Name = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{1,64}\Z")]


class Kind(StrEnum):
    """What can happen."""

    BEGIN = "begin"
    ELAPSED = "elapsed"
    """The step's deadline came while the page was watched."""
    LESS = "less"
    RIGHT = "right"
    RISING = "rising"
    """It still rises."""
    TOO_MUCH = "too-much"
    """Six or more."""
    PAUSE = "pause"
    RESUME = "resume"
    HIDDEN = "hidden"
    """Nobody sees the page: locked, another tab, closed."""
    RETURNED = "returned"
    """It is seen again, the same page or a new one."""
    CONFIRM_DONE = "confirm-done"
    """"I went on": the set counts, by the runner's word."""
    CONFIRM_NOT = "confirm-not"
    """"I did not": what is left of the set is done again."""
    SKIP = "skip"
    FOUND = "found"
    """The proposed place is tender."""
    RATED = "rated"
    """Tenderness afterwards, 0-10."""
    SIGN = "sign"
    """A sign turned up: its id, with ":left", ":right" or ":both" where it is of a leg."""
    SIGNS_NONE = "signs-none"
    STOP = "stop"
    BECAUSE = "because"
    """Why one stopped: a reason's id."""
    DISCARD = "discard"
    """What is left is dropped, never what was done."""
    END = "end"
    """Closed later, since nobody came back."""
    TAKE_OVER = "take-over"
    """Another device leads from here on. Its value says whom it follows, and how far it knows: "phone:17"."""


class Happened(Struct, frozen=True, forbid_unknown_fields=True):
    """One event of a session."""

    device: Name
    sequence: Annotated[int, Meta(ge=1, le=2**31)]
    """From 1 on each device, without a gap."""
    page: Name
    """One loading of the page."""
    uptime_ms: Annotated[int, Meta(ge=0, le=2**50)]
    """Since that page was loaded, never turned back. [ms]"""
    at: Annotated[datetime, Meta(tz=True)]
    """The device's clock. Decides only which of two devices began first."""
    kind: Annotated[str, Meta(min_length=1, max_length=32)]
    """A `Kind`; a word we do not know is kept and marked."""
    step: Annotated[str, Meta(max_length=32)] = ""
    """The step that the page believed it was in."""
    value: Annotated[str, Meta(max_length=100)] | int | None = None


_event = msgspec.json.Decoder(Happened)


def happened_from_json(line: bytes | str) -> Happened:
    """One event as the page sent it; `msgspec.ValidationError` says what is wrong with it."""
    return _event.decode(line)
