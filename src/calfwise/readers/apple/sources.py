"""Whose values count: of a watch and a phone on one runner, one.

Both count the same steps and the same metres, so for each quantity of a workout one source is taken, never a sum.
"""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from calfwise.model.run import Device

WATCH = "Watch"
_PART = re.compile(r"(?:^|, )(name|manufacturer|model):([^,>]*)")


@dataclass(frozen=True, slots=True)
class Owner:
    """Who wrote a workout or a record."""

    source: str
    """An app or a device, as its owner called it."""
    kind: str | None
    """"Watch" or "iPhone", where the record names its device."""
    maker: str | None = None
    product: str | None = None

    @property
    def device(self) -> Device:
        """For a `Run`: the device, not what its owner called it, where it is known."""
        return Device(maker=self.maker, product=self.product or self.source or None)


class Nearness(IntEnum):
    """How close a record's source is to a workout's, nearest first."""

    SAME = 0
    SAME_NAME = 1
    SAME_KIND = 2
    """An app's workout holds what the watch under it measured."""
    WATCH = 3
    OTHER = 4


@lru_cache(maxsize=512)
def owner_of(source: str, device: str) -> Owner:
    """Who wrote it, from `sourceName` and `device`.

    >>> owner_of("Anna's Watch", "<<HKDevice: 0x1>, name:Apple Watch, manufacturer:Apple Inc., model:Watch, "
    ...     "hardware:Watch6,2, software:9.0>").device
    Device(maker='Apple Inc.', product='Apple Watch Watch6,2', serial=None)
    """
    parts = dict(_PART.findall(device))
    name = parts.get("name", "").strip()
    hardware = _hardware(device)
    return Owner(
        source=source,
        kind=parts.get("model") or None,
        maker=parts.get("manufacturer") or None,
        product=" ".join(part for part in (name, hardware) if part) or None,
    )


def _hardware(device: str) -> str:
    """Apple's number of the model, which holds a comma of its own: Watch6,2."""
    found = re.search(r"hardware:(\w+(?:,\d+)?)", device)
    return found.group(1) if found else ""


def nearness(record: Owner, workout: Owner) -> Nearness:
    """How close the source of a record is to the one of a workout."""
    if record.source == workout.source:
        return Nearness.SAME if record.kind == workout.kind else Nearness.SAME_NAME
    if record.kind is not None and record.kind == workout.kind:
        return Nearness.SAME_KIND
    return Nearness.WATCH if record.kind == WATCH else Nearness.OTHER


def counts_for(record: Owner, workout: Owner) -> bool:
    """Whether steps and metres of this source may stand for the workout's: not a phone's for a watch's."""
    return nearness(record, workout) < Nearness.OTHER or workout.kind != WATCH
