"""One place with all that was done there, and how it stands now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from calfwise import library
from calfwise.model.session import Spot
from calfwise_web.spots.record import Past, Touch
from calfwise_web.spots.snapshot import Place, Spots

QUIET_NRS = 1
"""Nothing to speak of when pressed. Our rule. [NRS]"""


class State(StrEnum):
    """How a place stands, the one to be thought of first coming first."""

    RESTING = "resting"
    WAITING = "waiting"
    TENDER = "tender"
    CARED = "being looked after"
    SILENT = "no word lately"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Life:
    """A place, and the sessions that worked there."""

    place: Place
    worked: tuple[tuple[Past, Touch], ...]
    left: tuple[Past, ...]
    """Sessions that did not come to it."""

    @property
    def spot(self) -> Spot:
        return self.place.spot

    @property
    def heard_at(self) -> datetime | None:
        """When it was last pressed or worked on."""
        felt = [self.place.told.felt.at] if self.place.told.felt else []
        return max([*felt, *(past.at for past, _ in self.worked[-1:])], default=None)

    def state(self, now: datetime) -> State:
        """As of now; a spot that has waited too long is looked for anew, as the planner does it."""
        lately = now - timedelta(days=library.content().caps.waiting_days)
        told, waiting = self.place.told, self.place.waiting
        if told.rests_until is not None and now < told.rests_until:
            return State.RESTING
        if waiting is not None and waiting.since >= lately and waiting.tenderness_nrs != 0:
            return State.WAITING
        if told.felt is not None and told.felt.nrs <= QUIET_NRS:
            return State.QUIET
        if self.worked and self.worked[-1][0].at >= lately:
            return State.CARED
        return State.TENDER if self.heard_at is not None and self.heard_at >= lately else State.SILENT


def lives_of(spots: Spots) -> tuple[Life, ...]:
    """Every place."""
    worked: list[list[tuple[Past, Touch]]] = [[] for _ in spots.places]
    left: list[list[Past]] = [[] for _ in spots.places]
    for past in spots.sessions:
        for touch in past.touches:
            worked[touch.place].append((past, touch))
        for number in past.untouched:
            left[number].append(past)
    return tuple(
        Life(place, tuple(own), tuple(missed)) for place, own, missed in zip(spots.places, worked, left, strict=True)
    )


def life_of(spots: Spots | None, spot: Spot) -> Life | None:
    """One place; `None` where nothing was ever said or done there."""
    lives: Sequence[Life] = lives_of(spots) if spots else ()
    return next((life for life in lives if life.spot == spot), None)
