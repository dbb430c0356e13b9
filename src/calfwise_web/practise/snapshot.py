"""What routines rest on that only the whole journal tells. Whether one suits today is asked when it is shown."""

from datetime import datetime

import msgspec
from msgspec import Struct

from calfwise import library
from calfwise.model.care.outcomes import Limited, Reason, Screening, Unanswered
from calfwise.model.fix.practice import may_practise
from calfwise.model.journal import Prefers
from calfwise.model.load.easy import own_cadence_spm
from calfwise_web.today.snapshot import screened_last
from calfwise_web.whole import Whole

PAGE = "practise"


class Ground(Struct, frozen=True):
    """What routines rest on."""

    now: datetime
    """When this was worked out, on the runner's own clock."""
    prefers: Prefers
    cadence_spm: float | None
    """The runner's own at easy pace; `None`: not known. [steps/min]"""
    strikes_per_km: float | None
    """Of an own easy kilometre, both legs. [1/km]"""
    impulse_bw_s_per_km: float | None
    """Both calves. [BW s/km]"""
    screened_at: datetime | None = None
    """The check-in that the gate answered last."""
    limits: dict[str, Reason] = {}
    """By routine: why that check-in's limits or open questions speak against it."""


_decoder = msgspec.json.Decoder(Ground)


def ground_of(body: bytes | memoryview) -> Ground:
    """A snapshot read again."""
    return _decoder.decode(body)


def practise_body(whole: Whole) -> bytes:
    """The snapshot of a journal."""
    return msgspec.json.encode(ground(whole))


def ground(whole: Whole) -> Ground:
    """What routines rest on as of now."""
    easy, screened = whole.answer.easy, screened_last(whole)
    return Ground(
        now=whole.now,
        prefers=whole.history.prefers or Prefers(at=whole.now),
        cadence_spm=own_cadence_spm(whole.answer.outings, now=whole.now),
        strikes_per_km=easy.strikes_per_km if easy else None,
        impulse_bw_s_per_km=easy.impulse_bw_s_per_km if easy else None,
        screened_at=screened.check_in.at if screened else None,
        limits=_limits(whole, screened.answer.screening) if screened else {},
    )


def _limits(whole: Whole, screening: Screening) -> dict[str, Reason]:
    """What is not in the journal's own lines: a referral is."""
    if not isinstance(screening, Limited | Unanswered):
        return {}
    content = library.player()

    def shut(routine: str, screened: Screening | None) -> Reason | None:
        return may_practise(
            routine, history=whole.history, soreness=None, screening=screened, content=content, now=whole.now
        )

    told = {routine: shut(routine, screening) for routine in content.routines}
    return {routine: why for routine, why in told.items() if why is not None and why != shut(routine, None)}
