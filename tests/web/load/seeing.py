"""A window of a made journal, without a database."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from calfwise.assess import load_history
from calfwise.model.journal import AnyEvent, Prefers, fold
from calfwise.model.load.dose import RunLoad
from calfwise.model.runner import Shoe
from calfwise_web.load.all_days import all_days_body, all_days_of
from calfwise_web.load.queries import Told
from calfwise_web.load.scope import Scope
from calfwise_web.load.seen import Seen, seen_of
from calfwise_web.load.snapshot import load_body, shown_of
from calfwise_web.load.window import Asked
from calfwise_web.spots.snapshot import spots_body, spots_of
from calfwise_web.whole import Whole
from tests.model.load.made import load

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 18, 12, 0, tzinfo=BERLIN)
"""A Wednesday."""
TODAY = NOW.date()
DAILY = Shoe(id="daily", name="Daily", since=date(2016, 1, 1), until=date(2026, 3, 1))
FLAT = Shoe(id="flat", name="Flat <b>", since=date(2026, 3, 1))


def ran(days_ago: float, km: float = 5.0, **more: object) -> RunLoad:
    return load(start=NOW - timedelta(days=days_ago, hours=4), km=km, **more)  # type: ignore[arg-type]


def whole_of(loads: Sequence[RunLoad], *events: AnyEvent, now: datetime = NOW) -> Whole:
    prefers = Prefers(at=NOW - timedelta(days=4000), time_zone="Europe/Berlin")
    history = fold((prefers, *events))
    answer = load_history(loads, runner=history.runner, history=history, now=now)
    return Whole(history, tuple(loads), answer, now, len(loads), (prefers, *events))


def told_of(whole: Whole) -> Told:
    """As the pages read it: written, and read again."""
    return Told(shown_of(load_body(whole)), all_days_of(all_days_body(whole)), spots_of(spots_body(whole)))


def seen(
    loads: Sequence[RunLoad],
    *events: AnyEvent,
    by: Scope = Scope.WEEKS,
    begin: date | None = None,
    chosen: date | None = None,
) -> Seen:
    found = seen_of(told_of(whole_of(loads, *events)), Asked(by, begin, chosen))
    assert found is not None
    return found


def ten_years(runs: int = 3000) -> list[RunLoad]:
    """A run every 29 hours, with what years of running have: two pairs, fast days, a break."""
    first = ran(3650)
    made = []
    for i in range(runs):
        start = first.start + timedelta(hours=29 * i)
        fast = 400 if i % 6 == 0 else 0
        shoe = DAILY if i % 3 else FLAT
        made.append(
            load(start=start, km=5 + i % 9, strikes=5000 + i % 9 * 1000, speeds={2.8: 4000, 3.8: fast}, shoe=shoe)
        )
    return made
