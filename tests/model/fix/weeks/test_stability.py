"""Small change in, small change out: one run two hundredths longer hardly moves the weeks, nor does a quieter word.

Edges belong to the rules: a gate opens or it does not, a break lasts 14 days or not, a practice fits or not. They are
counted here, and have to be rare.
"""

import random
import time
from datetime import timedelta

from msgspec import structs

from calfwise.model.fix.weeks.laid import Weeks
from calfwise.model.journal import Morning, WantsWeeks
from calfwise.model.load.calf import Band
from calfwise.model.load.dose import RunLoad
from calfwise.model.session import Soreness
from calfwise.model.weeks import WeeksWish
from tests.model.care import in_the_suite
from tests.model.fix.weeks.made import NOW, Made, ran
from tests.model.fix.weeks.test_random import TODAY, metres, runs, to_come

LONGER = 1.02
EDGES_SHARE = 0.05
"""At most so many plans may hold other things on any of their days."""
MOST_MOVED = 0.08
"""A run may change by so much of its length, where what the days hold stays the same; a tenth of a km is rounding."""
ROUNDED_M = 200


def longer(run: RunLoad) -> RunLoad:
    """All of it, two hundredths more."""
    impulse = run.impulse_bw_s
    assert run.distance_m is not None
    assert impulse is not None
    return structs.replace(
        run,
        distance_m=run.distance_m * LONGER,
        duration_s=run.duration_s * LONGER,
        elapsed_s=run.elapsed_s * LONGER,
        running_s=run.running_s * LONGER,
        strikes=round((run.strikes or 0) * LONGER),
        strikes_by_speed=tuple(round(count * LONGER) for count in run.strikes_by_speed),
        impulse_bw_s=Band(impulse.low * LONGER, impulse.value * LONGER, impulse.high * LONGER),
    )


def held(weeks: Weeks) -> list[list[tuple[object, object]]]:
    return [[(element.kind, element.level) for element in day.elements] for day in to_come(weeks)]


def moved(before: Weeks, after: Weeks) -> float:
    """By how much a run changed at the most, rounding left out. [1]"""
    pairs = zip(to_come(before), to_come(after), strict=True)
    lengths = [(metres(one), metres(other)) for one, other in pairs if runs(one) and runs(other)]
    return max((max(0.0, abs(a - b) - ROUNDED_M) / max(a, 1000.0) for a, b in lengths), default=0.0)


@in_the_suite(120, share=0.2)
def test_a_run_two_hundredths_longer_hardly_moves_the_weeks(count: int) -> None:
    compared, edges, far = 0, [], []
    for seed in range(count):
        made = Made(random.Random(seed))
        if not made.loads:
            continue
        before = made.weeks()
        which = random.Random(seed).randrange(len(made.loads))
        made.loads[which] = longer(made.loads[which])
        after = made.weeks()
        compared += 1
        if held(before) != held(after):
            edges.append(seed)
        elif moved(before, after) > MOST_MOVED:
            far.append(seed)
    print(f"of {compared} plans {len(edges)} hold other things, {len(far)} other lengths: {edges} {far}")
    assert len(edges) <= EDGES_SHARE * compared, edges
    assert len(far) <= EDGES_SHARE / 2 * compared, far


def test_a_quiet_word_more_on_a_quiet_day_changes_nothing_of_today() -> None:
    changed = []
    for seed in range(60):
        made = Made(random.Random(seed))
        before = made.weeks().today
        notes = [note for note in made.history().soreness if note.at.date() == TODAY]
        if any((note.soreness.worst_nrs or 0) > 0 for note in notes) or not notes:
            continue
        made.words.append(Morning(at=NOW.replace(hour=7, minute=59), soreness=Soreness(0, 0)))
        if made.weeks().today != before:
            changed.append(seed)
    assert changed == []


def test_the_same_runner_gets_the_same_weeks() -> None:
    for seed in range(20):
        assert Made(random.Random(seed)).weeks() == Made(random.Random(seed)).weeks()


def test_a_plan_of_twelve_weeks_after_ten_years_takes_less_than_a_second() -> None:
    made = Made(random.Random(2))
    made.loads = [ran(NOW - timedelta(days=n), 8 + n % 5) for n in range(1, 3650) if n % 6]
    wish = WeeksWish(begins=TODAY, weeks=12, run_days=(1, 3, 6), goal="further")
    made.words.append(WantsWeeks(at=NOW, wish=wish))
    history, load = made.history(), made.load()
    began = time.perf_counter()
    weeks = made.laid(load, history)
    took_s = time.perf_counter() - began
    print(f"12 weeks after {len(made.loads)} runs: {1000 * took_s:.0f} ms")
    assert len(weeks.weeks) == 12
    assert took_s < 1.0
