"""What the calves took, with the runner's words: the terminal's way and the web's give one answer."""

from datetime import UTC, date, timedelta

import msgspec

from calfwise.assess import LoadHistory, load_history
from calfwise.model.journal import AboutRun, AnyEvent, WearsShoe, fold
from calfwise.model.load.dose import RunLoad, run_load
from calfwise.model.runner import Shoe
from tests.model.load.made import START, load, run

OLD = Shoe(id="old", name="Old", since=date(2025, 1, 1))
NEW = Shoe(id="new", name="New", since=date(2026, 3, 3))
NOW = START + timedelta(days=10)
RECORDED = [run(start=START + timedelta(days=day), speed_mps=3.0, cadence_spm=168.0) for day in range(4)]
LONGER = (*(load(day, km=5) for day in range(5)), load(6, km=10, id="made:long"))


def answer(loads: tuple[RunLoad, ...], *events: AnyEvent) -> LoadHistory:
    history = fold(events)
    return load_history(loads, runner=history.runner, history=history, now=NOW)


def test_shoes_told_when_a_run_is_read_or_later_give_one_answer() -> None:
    shoes = [WearsShoe(START, shoe=shoe) for shoe in (OLD, NEW)]
    at_reading = answer(tuple(run_load(one, shoes=(OLD, NEW)) for one in RECORDED), *shoes)
    later = answer(tuple(run_load(one) for one in RECORDED), *shoes)
    assert at_reading == later
    assert [outing.shoe for outing in later.outings] == [OLD, OLD, NEW, NEW]
    assert "new-shoe" in [notice.kind for notice in later.change.notices]


def test_a_run_called_a_race_raises_no_alert() -> None:
    # 10 km after five times 5: twice as long, 5 km more
    assert answer(LONGER).change.alert is not None
    raced = answer(LONGER, AboutRun(NOW, run="made:long", kind="race"))
    assert raced.change.alert is None
    assert raced.change.latest is not None
    assert raced.change.latest.race


def test_a_run_left_out_teaches_the_calves_nothing() -> None:
    without = answer(LONGER, AboutRun(NOW, run="made:long", left_out=True))
    assert without == answer(LONGER[:-1])
    assert without.budget.reference_m == 5000


def test_loads_kept_before_runs_had_words_are_still_read() -> None:
    kept = msgspec.to_builtins(LONGER[0])
    del kept["surface"], kept["kind"]
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(kept), type=RunLoad) == LONGER[0]


def test_midnight_is_the_runners_own() -> None:
    late = load(0, start=START.replace(hour=23, minute=59))
    shoes = [WearsShoe(START, shoe=shoe) for shoe in (OLD, Shoe(id="next", name="Next", since=date(2026, 3, 2)))]
    assert load_history([late], runner=fold([]).runner, history=fold(shoes), now=NOW).outings[0].shoe == OLD
    assert NOW.tzinfo is UTC
