"""The runner's facts, and which shoe a day was run in."""

from datetime import UTC, date, datetime, timedelta, timezone

import msgspec
import pytest

from calfwise.model.runner import Runner, Shoe, shoe_of_day, shoe_on

DAILY = Shoe(id="daily", name="Daily", since=date(2025, 1, 1))
RACER = Shoe(id="racer", name="Racer", since=date(2026, 2, 1))
DEFAULT = msgspec.structs.replace(DAILY, default=True)
GRASS = Shoe(id="grass", name="Barefoot", since=date(2026, 3, 2), until=date(2026, 3, 3), barefoot=True)
DAY = date(2026, 3, 2)


def test_of_pairs_in_their_time_the_one_begun_last_is_worn():
    assert shoe_of_day(DAY, shoes=(DAILY, RACER)) == RACER
    assert shoe_of_day(date(2026, 1, 31), shoes=(DAILY, RACER)) == DAILY
    assert shoe_of_day(date(2024, 12, 31), shoes=(DAILY, RACER)) is None


def test_a_default_is_worn_whatever_else_came_into_the_cupboard_later():
    assert shoe_of_day(DAY, shoes=(DEFAULT, RACER)) == DEFAULT


def test_of_two_defaults_the_later_one_is_worn():
    newer = Shoe(id="newer", name="Newer", since=date(2026, 3, 1), default=True)
    assert shoe_of_day(DAY, shoes=(DEFAULT, RACER, newer)) == newer
    assert shoe_of_day(date(2026, 2, 28), shoes=(DEFAULT, RACER, newer)) == DEFAULT


def test_a_default_that_was_laid_aside_is_worn_no_longer():
    aside = msgspec.structs.replace(DEFAULT, until=DAY)
    assert shoe_of_day(DAY, shoes=(aside, RACER)) == RACER
    assert shoe_of_day(DAY - timedelta(days=1), shoes=(aside, RACER)) == aside


def test_a_barefoot_day_is_barefoot_and_the_next_one_is_not():
    shoes = (DEFAULT, RACER, GRASS)
    assert shoe_of_day(DAY, shoes=shoes) == GRASS
    assert shoe_of_day(DAY + timedelta(days=1), shoes=shoes) == DEFAULT


def test_a_pair_that_begins_on_a_barefoot_day_begins_with_the_next_run():
    new = Shoe(id="z-new", name="New", since=DAY)
    assert shoe_of_day(DAY, shoes=(DAILY, new, GRASS)) == GRASS


def test_bare_feet_from_now_on_give_way_to_a_default():
    barefoot = Shoe(id="barefoot", name="Barefoot", since=DAY, barefoot=True)
    assert shoe_of_day(DAY, shoes=(DAILY, barefoot)) == barefoot
    assert shoe_of_day(DAY, shoes=(DEFAULT, barefoot)) == DEFAULT


def test_the_day_is_the_runners_own():
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)  # 0:30 on 2 March one hour east
    shoes = (DAILY, GRASS)
    assert shoe_on(start=late, shoes=shoes, home=UTC) == DAILY
    assert shoe_on(start=late, shoes=shoes, home=timezone(timedelta(hours=1))) == GRASS


def test_what_was_written_before_shoes_bent_and_runners_weighed_is_still_read():
    shoe = msgspec.json.decode(b'{"id":"a","name":"A","since":"2026-01-01","barefoot":false}', type=Shoe)
    assert (shoe.flexibility, shoe.default) == (None, False)
    runner = msgspec.json.decode(b'{"birth_year":1980,"running_since":"2010-01-01"}', type=Runner)
    assert (runner.mass_kg, runner.height_m) == (None, None)


@pytest.mark.parametrize(
    "line",
    [
        b'{"mass_kg":19.9}',
        b'{"mass_kg":300.1}',
        b'{"height_m":0.49}',
        b'{"height_m":180}',
        b'{"shoe_size":44}',
    ],
)
def test_a_mass_that_no_runner_has_and_a_height_in_centimetres_are_refused(line):
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(line, type=Runner)


def test_a_mass_of_70_kg_and_a_height_of_1_80_m_are_kept():
    runner = msgspec.json.decode(b'{"mass_kg":70,"height_m":1.80}', type=Runner)
    assert (runner.mass_kg, runner.height_m) == (70, 1.80)
