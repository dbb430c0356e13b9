"""Addresses that ask for calendars that are not there: after some they have to wait.

No token can be guessed; this keeps whoever tries from keeping the machine busy. Counted in memory, by each server
process for itself: a miss must not cost a write to the database.
"""

import threading
from collections import OrderedDict
from ipaddress import IPv6Address, ip_address, ip_network

MOST_MISSES, WITHIN_S = 20, 60.0
MOST_ADDRESSES = 4096
HOUSEHOLD_BITS = 64
"""Of an IPv6 address: what a provider gives to one household."""


class Misses:
    """How often whom missed, lately."""

    def __init__(self) -> None:
        self._times: OrderedDict[str, list[float]] = OrderedDict()
        self._lock = threading.Lock()

    def too_many(self, address: str, *, at_s: float) -> bool:
        """Whether this address has to wait; asked before anything is looked up, so it tells nothing of any token."""
        with self._lock:
            return len(self._late(household(address), at_s)) >= MOST_MISSES

    def note(self, address: str, *, at_s: float) -> None:
        """One more. The longest silent is forgotten where there are too many to remember."""
        with self._lock:
            name = household(address)
            self._times[name] = [*self._late(name, at_s), at_s][-MOST_MISSES:]
            self._times.move_to_end(name)
            while len(self._times) > MOST_ADDRESSES:
                self._times.popitem(last=False)

    def forget(self) -> None:
        """All of it."""
        with self._lock:
            self._times.clear()

    def _late(self, name: str, at_s: float) -> list[float]:
        return [time for time in self._times.get(name, ()) if at_s - time < WITHIN_S]


def household(address: str) -> str:
    """An address as one counts by it.

    >>> household("203.0.113.7"), household("2001:db8:1:2:3:4:5:6"), household("unix:")
    ('203.0.113.7', '2001:db8:1:2::', 'unix:')
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(ip_network((found, HOUSEHOLD_BITS), strict=False).network_address)
    return str(found)


MISSES = Misses()
