"""What the page shows, worked out when something changed."""

import msgspec
from msgspec import Struct

from calfwise import library
from calfwise.assess import is_it_working
from calfwise.model.fix.working.answer import Working
from calfwise.model.fix.working.said import Per
from calfwise.model.journal import Prefers
from calfwise_web.units import units_of
from calfwise_web.whole import Whole

PAGE = "working"


class Shown(Struct, frozen=True):
    """All of it."""

    prefers: Prefers
    answer: Working
    """With its sentences in the runner's own unit."""
    runs: int


_decoder = msgspec.json.Decoder(Shown)


def shown_of(body: bytes | memoryview) -> Shown:
    """A snapshot read again."""
    return _decoder.decode(body)


def working_body(whole: Whole) -> bytes:
    """The snapshot of a journal's page."""
    return msgspec.json.encode(shown(whole))


def shown(whole: Whole) -> Shown:
    """What the page shows of a journal."""
    prefers = whole.history.prefers or Prefers(at=whole.now)
    answer = is_it_working(
        whole.answer,
        history=whole.history,
        rules=library.working(),
        gate=library.gate(),
        now=whole.now,
        per=per_of(prefers),
        first_weekday=prefers.first_weekday,
    )
    return Shown(prefers, answer, whole.runs)


def per_of(prefers: Prefers) -> Per:
    """A hundred of the runner's own units."""
    units = units_of(prefers)
    return Per(units.distance, units.metres)
