"""Workouts for a watch, written by one library and read back by two others."""

import io
from datetime import UTC, date, datetime
from typing import Any

import fitdecode
import pytest
from garmin_fit_sdk import Decoder, Stream

from calfwise.model.session import PracticeItem
from calfwise.model.weeks import Element, ElementKind, Estimate, LaidDay
from calfwise.writers.workout import GUIDED, workout_fit, workout_name

TUESDAY = date(2026, 11, 24)
SECRET = "because you were 5 of 10 sore"


def item(protocol: str, *counts: int, rest_s: int = 0) -> PracticeItem:
    return PracticeItem(protocol=protocol, side=None, counts=counts, rest_s=rest_s)


PARTS = {
    "walk-run": (item("walk", 300), item("run-between-walks", 60, 60, 60, 60, 60, 60, rest_s=120), item("walk", 300)),
    "tempo": (item("easy-run", 480), item("tempo-run", 120, 120, 120, rest_s=90), item("easy-run", 300)),
    "cadence": (
        item("easy-run", 300), item("cadence-run", 180), item("easy-run", 180), item("cadence-run", 180),
        item("easy-run", 300),
    ),
    "grass": (item("grass-barefoot", 60, 60, 60, rest_s=60),),
}  # fmt: skip
EASY = {"kind": ElementKind.EASY, "minutes": 40, "distance_m": 6400.0}
TEMPO = {"kind": ElementKind.TEMPO, "minutes": 45, "part_minutes": 16, "speed_mps": 3.6}
CADENCE = {"kind": ElementKind.CADENCE, "minutes": 35, "part_minutes": 10, "cadence_spm": 174}
WALK_RUN = {"kind": ElementKind.WALK_RUN, "minutes": 28, "routine": "walk-run", "level": 1}
GRASS = {"kind": ElementKind.GRASS, "minutes": 5, "part_minutes": 5}


def day(*elements: dict[str, Any], changed: str | None = None) -> LaidDay:
    made = tuple(Element(**{"asks": Estimate(), "why": SECRET, "sources": ()} | each) for each in elements)
    return LaidDay(TUESDAY, made, changed)


def written(*elements: dict[str, Any]) -> bytes:
    file = workout_fit(day(*elements), parts=PARTS)
    assert file is not None
    return file


def read_by_garmin(file: bytes) -> dict[str, list[dict[str, Any]]]:
    assert Decoder(Stream.from_byte_array(bytearray(file))).check_integrity()
    messages, errors = Decoder(Stream.from_byte_array(bytearray(file))).read()
    assert errors == []
    return messages


def steps_by_garmin(file: bytes) -> list[dict[str, Any]]:
    return read_by_garmin(file)["workout_step_mesgs"]


def steps_by_fitdecode(file: bytes) -> list[dict[str, tuple[Any, str | None]]]:
    """Each field with its unit."""
    with fitdecode.FitReader(io.BytesIO(file), check_crc=fitdecode.CrcCheck.RAISE) as frames:
        return [
            {field.name: (field.value, field.units) for field in frame.fields if field.value is not None}
            for frame in frames
            if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.name == "workout_step"
        ]


def test_an_easy_run_goes_by_distance_and_at_ones_ease():
    (step,) = steps_by_garmin(written(EASY))
    (same,) = steps_by_fitdecode(written(EASY))
    assert (step["duration_type"], step["duration_distance"], step["duration_value"]) == ("distance", 6400.0, 640_000)
    assert same["duration_distance"] == (6400.0, "m")
    assert step["target_type"] == same["target_type"][0] == "open"


def test_an_easy_run_without_a_distance_goes_by_time():
    (step,) = steps_by_garmin(written(EASY | {"distance_m": None}))
    (same,) = steps_by_fitdecode(written(EASY | {"distance_m": None}))
    assert (step["duration_type"], step["duration_time"], step["duration_value"]) == ("time", 2400.0, 2_400_000)
    assert same["duration_time"] == (2400.0, "s")


def test_an_easy_run_at_a_pace_may_always_be_slower():
    """3.0 m/s, 5:33 a kilometre: from 2.25 (7:24) to 3.09 (5:24)."""
    (step,) = steps_by_garmin(written(EASY | {"speed_mps": 3.0}))
    (same,) = steps_by_fitdecode(written(EASY | {"speed_mps": 3.0}))
    assert (step["custom_target_speed_low"], step["custom_target_speed_high"]) == (2.25, 3.09)
    assert (step["custom_target_value_low"], step["custom_target_value_high"]) == (2250, 3090)
    assert same["custom_target_speed_low"] == (2.25, "m/s")
    assert same["custom_target_speed_high"] == (3.09, "m/s")


def test_a_long_run_is_one_long_step():
    (step,) = steps_by_garmin(written({"kind": ElementKind.LONG, "minutes": 95, "distance_m": 15_004.0}))
    assert (step["wkt_step_name"], step["duration_distance"]) == ("Long", 15_000.0)


def test_a_tempo_run_warms_up_runs_briskly_and_cools_down():
    """45 minutes with 16 brisk ones: 29 are left, 14:30 on either side; 3.6 m/s is 4:38 a kilometre, 3 % on either."""
    garmins, others = steps_by_garmin(written(TEMPO)), steps_by_fitdecode(written(TEMPO))
    assert [step["intensity"] for step in garmins] == ["warmup", "active", "cooldown"]
    assert [step["duration_time"] for step in garmins] == [870.0, 960.0, 870.0]
    assert [step["duration_time"] for step in others] == [(870.0, "s"), (960.0, "s"), (870.0, "s")]
    assert [step["target_type"] for step in garmins] == ["open", "speed", "open"]
    brisk = garmins[1]
    assert (brisk["custom_target_speed_low"], brisk["custom_target_speed_high"]) == (3.492, 3.708)
    assert brisk["target_speed_zone"] == 0, "nought: not one of the watch's own zones"
    assert others[1]["custom_target_speed_high"] == (3.708, "m/s")


def test_a_tempo_run_is_guided_as_the_player_guides_it_and_ends_easy():
    """8 easy minutes, three times 2 brisk ones with 90 s between, easy to the end.

    480 s, three rounds of 210 s, and what is left of 2700 s: 1590 s.
    """
    steps = steps_by_garmin(written(TEMPO | {"routine": "tempo", "level": 2, "part_minutes": 6}))
    told = [(step.get("wkt_step_name"), step.get("duration_time"), step.get("repeat_steps")) for step in steps]
    assert told == [
        ("Warm up, easy", 480.0, None), ("Brisk", 120.0, None), ("Easy jog or walk", 90.0, None), (None, None, 3),
        ("Cool down, easy", 1590.0, None),
    ]  # fmt: skip
    assert steps[3]["duration_step"] == 1
    assert [step["target_type"] for step in steps] == ["open", "speed", "open", "open", "open"]


def test_every_part_to_a_metronome_has_its_beat():
    steps = steps_by_garmin(written(CADENCE | {"routine": "cadence", "level": 5, "part_minutes": 6}))
    assert [step["target_type"] for step in steps] == ["open", "cadence", "open", "cadence", "open"]
    assert [step["duration_time"] for step in steps] == [300.0, 180.0, 180.0, 180.0, 1260.0]
    assert {step["custom_target_cadence_low"] for step in steps if step["target_type"] == "cadence"} == {85}


def test_single_minutes_on_bare_feet_repeat():
    steps = steps_by_garmin(written(GRASS | {"routine": "grass", "level": 1, "part_minutes": 3}))
    assert [step.get("duration_time") for step in steps] == [60.0, 60.0, None]
    assert [step.get("wkt_step_name") for step in steps] == ["Bare feet, on grass", "Stand or walk", None]
    assert steps[2]["repeat_steps"] == 3


def test_what_is_easy_around_the_brisk_part_adds_up_to_the_whole():
    for minutes, part in ((45, 16), (31.3, 8.2), (40, 20), (20, 18)):
        steps = steps_by_garmin(written(TEMPO | {"minutes": minutes, "part_minutes": part}))
        assert sum(step["duration_time"] for step in steps) == pytest.approx(minutes * 60, abs=10)
        assert all(step["duration_time"] > 0 for step in steps)
        assert steps[0]["duration_time"] >= steps[-1]["duration_time"]


def test_a_cadence_is_told_to_the_watch_as_strides_of_one_leg():
    """174 steps a minute, three on either side: 171 to 177, so 85 to 89 strides, rounded outwards."""
    garmins, others = steps_by_garmin(written(CADENCE)), steps_by_fitdecode(written(CADENCE))
    assert [step["target_type"] for step in garmins] == ["open", "cadence", "open"]
    beat = garmins[1]
    assert (beat["custom_target_cadence_low"], beat["custom_target_cadence_high"]) == (85, 89)
    assert others[1]["custom_target_cadence_low"] == (85, "rpm")
    assert others[1]["custom_target_cadence_high"] == (89, "rpm")
    assert beat["duration_time"] == 600.0
    assert "174 steps a minute" in beat["notes"], "whoever reads it thinks in steps"


@pytest.mark.parametrize("spm", range(140, 201))
def test_the_cadence_asked_for_is_always_within_what_the_watch_accepts(spm):
    beat = steps_by_garmin(written(CADENCE | {"cadence_spm": spm}))[1]
    assert 2 * beat["custom_target_cadence_low"] <= spm - 3 < spm + 3 <= 2 * beat["custom_target_cadence_high"]
    assert 2 * (beat["custom_target_cadence_high"] - beat["custom_target_cadence_low"]) <= 8


def test_walks_and_runs_repeat_without_being_written_out():
    """5 minutes' walk, six times a minute's run and two of walking, 5 minutes' walk."""
    garmins, others = steps_by_garmin(written(WALK_RUN)), steps_by_fitdecode(written(WALK_RUN))
    assert [step.get("wkt_step_name") for step in garmins] == ["Walk", "Run, easy", "Walk", None, "Walk"]
    assert [step.get("duration_time") for step in garmins] == [300.0, 60.0, 120.0, None, 300.0]
    again = garmins[3]
    assert (again["duration_type"], again["duration_step"], again["repeat_steps"]) == ("repeat_until_steps_cmplt", 1, 6)
    assert (others[3]["duration_step"][0], others[3]["repeat_steps"][0]) == (1, 6)
    assert [step["intensity"] for step in garmins[:3]] == ["recovery", "active", "recovery"]


def test_runs_that_grow_between_walks_are_written_out():
    file = workout_fit(day(WALK_RUN), parts={"walk-run": [item("run-between-walks", 60, 120, 180, rest_s=90)]})
    assert file is not None
    assert [step["duration_time"] for step in steps_by_garmin(file)] == [60.0, 90.0, 120.0, 90.0, 180.0]


def test_a_walk_and_run_of_unknown_parts_is_one_stretch_of_time():
    file = workout_fit(day(WALK_RUN))
    assert file is not None
    (step,) = steps_by_garmin(file)
    assert (step["wkt_step_name"], step["duration_time"]) == ("Walk and run", 1680.0)


def test_bare_feet_come_before_shoes_and_are_told_to_stop():
    garmins = steps_by_garmin(written(EASY, GRASS))
    assert [step["wkt_step_name"] for step in garmins] == ["Bare feet, on grass", "Easy"]
    assert garmins[0]["duration_time"] == 300.0
    assert "Stop when a calf speaks up" in garmins[0]["notes"]


def test_a_way_back_knows_its_place_behind_other_steps():
    again = next(step for step in steps_by_garmin(written(WALK_RUN, GRASS)) if "repeat_steps" in step)
    assert again["duration_step"] == 2, "the grass is step 0, the first walk 1"


def test_a_day_without_running_has_no_workout():
    for kind in set(ElementKind) - GUIDED:
        assert workout_fit(day({"kind": kind, "minutes": 20})) is None
    assert workout_fit(LaidDay(TUESDAY)) is None


def test_the_file_says_what_it_is_and_how_many_steps_it_has():
    messages = read_by_garmin(written(WALK_RUN))
    assert messages["file_id_mesgs"][0]["type"] == "workout"
    assert messages["file_id_mesgs"][0]["manufacturer"] == "development"
    assert messages["file_id_mesgs"][0]["time_created"] == datetime(2026, 11, 24, tzinfo=UTC)
    workout = messages["workout_mesgs"][0]
    assert (workout["sport"], workout["wkt_name"]) == ("running", "24 Nov Walk and run")
    assert workout["num_valid_steps"] == len(messages["workout_step_mesgs"]) == 5
    assert [step["message_index"] for step in messages["workout_step_mesgs"]] == [0, 1, 2, 3, 4]


def test_the_same_day_gives_the_same_bytes_and_another_day_another_file():
    assert written(TEMPO) == written(TEMPO)
    numbers = {
        read_by_garmin(file)["file_id_mesgs"][0]["serial_number"]
        for file in (written(TEMPO), written(EASY), written(TEMPO | {"speed_mps": 3.61}))
    }
    assert len(numbers) == 3, "a watch that knows one of them must take the others for new"


def test_reasons_stay_at_home():
    """Why a day is as it is may tell of sore calves; a watch's maker has no business with it."""
    file = workout_fit(day(EASY, CADENCE, changed=SECRET))
    assert file is not None
    assert b"sore" not in file
    assert file == workout_fit(day(EASY | {"why": "x"}, CADENCE | {"why": "y"}))


def test_a_name_fits_a_small_screen():
    assert workout_name(day(EASY)) == "24 Nov Easy 6.4 km"
    assert all(len(workout_name(day({"kind": kind, "minutes": 20, "distance_m": 21_097.5}))) <= 24 for kind in GUIDED)


def test_a_watch_of_ten_years_ago_may_read_it():
    """Protocol 1.0, a header of 14 bytes with its own sum."""
    file = written(EASY)
    assert (file[0], file[1], file[8:12]) == (14, 0x10, b".FIT")
    assert file[12:14] != b"\0\0"
