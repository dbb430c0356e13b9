"""A Garmin account export: titles and gear found again by number or by start."""

import json
import time
from datetime import UTC, datetime, timedelta

import pytest

from calfwise.model.run import Told
from calfwise.readers.archive import Kind, entries
from calfwise.readers.archive.garmin import GarminTable, read_gear, read_summaries
from tests.readers.archive.making import GOOD, Item, zipped

START = datetime(2024, 5, 1, 6, 30, tzinfo=UTC)


def milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def activity(number: int = 15_000_000_001, **changes: object) -> dict[str, object]:
    return {
        "activityId": number,
        "name": "Canal loop",
        "description": "easy",
        "activityType": "running",
        "sportType": "RUNNING",
        "startTimeGmt": float(milliseconds(START)),
        "beginTimestamp": milliseconds(START),
        "distance": 1_002_150.0,
        "splits": [{"nested": [1, 2, 3]}],
    } | changes


def export(*activities: object) -> bytes:
    return json.dumps([{"summarizedActivitiesExport": list(activities)}]).encode()


CANAL_LOOP = Told(origin="Garmin's archive", title="Canal loop", description="easy", sport="running")
UPLOAD = "me@example.org_330000000001.fit"
"""Files carry the upload's number, which is not the activity's."""


def test_a_summary_tells_title_description_and_sport():
    (summary,) = read_summaries(export(activity()))
    assert (summary.activity_id, summary.start, summary.told) == (15_000_000_001, START, CANAL_LOOP)


@pytest.mark.parametrize("apart_s", [-60, -1, 0, 59, 60])
def test_a_run_is_found_by_a_start_within_a_minute(apart_s):
    table = GarminTable(read_summaries(export(activity())))
    assert table.of(UPLOAD, START + timedelta(seconds=apart_s)) == CANAL_LOOP


@pytest.mark.parametrize("apart_s", [-61, 61, 86_400])
def test_a_run_with_another_start_is_not_found(apart_s):
    table = GarminTable(read_summaries(export(activity())))
    assert table.of(UPLOAD, START + timedelta(seconds=apart_s)) is None


def test_the_nearest_start_wins():
    summaries = read_summaries(
        export(
            activity(1_000_001, name="before", startTimeGmt=milliseconds(START - timedelta(seconds=40))),
            activity(1_000_002, name="after", startTimeGmt=milliseconds(START + timedelta(seconds=30))),
        )
    )
    told = GarminTable(summaries).of(UPLOAD, START)
    assert told is not None
    assert told.title == "after"


def test_the_activitys_own_number_in_the_name_wins_over_the_start():
    summaries = read_summaries(export(activity(), activity(15_000_000_002, name="second device")))
    table = GarminTable(summaries)
    for name in ("me@example.org_15000000002.fit", "15000000002_ACTIVITY.fit", "a.zip › b/15000000002.fit.gz"):
        told = table.of(name, START)
        assert told is not None
        assert told.title == "second device"


def test_a_number_that_happens_to_be_another_days_activity_does_not_count():
    old = activity(330_000_000_001, name="years ago", startTimeGmt=milliseconds(START - timedelta(days=900)))
    assert GarminTable(read_summaries(export(activity(), old))).of(UPLOAD, START) == CANAL_LOOP


def test_gear_is_found_by_the_activitys_number():
    gear = {
        "gearDTOS": [{"gearPk": 7, "customMakeModel": "Blue Trainers 3", "displayName": None}],
        "gearActivityDTOs": {"7": [{"activityId": 15_000_000_001, "gearPk": 7}], "8": [{"activityId": 2}]},
    }
    worn = read_gear(json.dumps([gear]).encode())
    assert worn == {15_000_000_001: "Blue Trainers 3"}
    told = GarminTable(read_summaries(export(activity())), worn).of(UPLOAD, START)
    assert told is not None
    assert (told.title, told.gear) == ("Canal loop", "Blue Trainers 3")


@pytest.mark.parametrize("wrap", [lambda a: a, lambda a: {"summarizedActivitiesExport": a}], ids=["bare", "one"])
def test_an_export_without_the_usual_wrapping_is_read_too(wrap):
    assert len(read_summaries(json.dumps(wrap([activity()])).encode())) == 1
    assert len(read_summaries(b"\xef\xbb\xbf" + export(activity()))) == 1


def test_the_whole_of_a_triathlon_does_not_take_its_first_legs_place():
    whole = activity(1_000_001, name="Triathlon", activityType="multi_sport")
    (leg,) = read_summaries(export(whole, activity(1_000_002, activityType="open_water_swimming")))
    assert (leg.activity_id, leg.told.sport) == (1_000_002, "swimming")


def test_an_odd_activity_is_left_out_and_the_others_are_read():
    odd = [{"name": "no number"}, 7, None, activity(name=["a"]), activity(activityId="x")]
    assert [summary.activity_id for summary in read_summaries(export(*odd, activity()))] == [15_000_000_001]


@pytest.mark.parametrize("moment", [None, 1e300, -1e300, 1e17])
def test_a_summary_without_a_sensible_start_is_found_by_its_number_alone(moment):
    table = GarminTable(read_summaries(export(activity(startTimeGmt=moment, beginTimestamp=None))))
    assert table.of(UPLOAD, START) is None
    assert table.of("me_15000000001.fit", START) == CANAL_LOOP


def test_unknown_sports_keep_their_word():
    (summary,) = read_summaries(export(activity(activityType="obstacle_run")))
    assert summary.told.sport == "obstacle_run"


def test_an_empty_table_finds_nothing():
    assert GarminTable(()).of(UPLOAD, START) is None


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"{", id="broken"),
        pytest.param(b"\xff" * 1000, id="bytes"),
        pytest.param(b"[" * 20_000_000, id="deep-lists"),
        pytest.param(b'[{"summarizedActivitiesExport":' * 400_000, id="deep-objects"),
        pytest.param(b"[" + b"{}," * 10_000_000 + b"{}]", id="ten-million-objects"),
        pytest.param(b"[" + b"[]," * 10_000_000 + b"[]]", id="ten-million-lists"),
        pytest.param(b"[" + b"1," * 15_000_000 + b"1]", id="fifteen-million-numbers"),
        pytest.param(b'[{"summarizedActivitiesExport":[' + b"1," * 15_000_000 + b"1]}]", id="numbers-for-activities"),
        pytest.param(b" " * 50_000_000, id="fifty-megabytes"),
    ],
)
def test_a_hostile_table_tells_nothing_and_costs_little(data):
    began = time.process_time()
    assert read_summaries(data) == ()
    assert read_gear(data) == {}
    assert time.process_time() - began < 10


def test_a_whole_export_is_joined_through_its_nested_zips(tmp_path):
    fitness = "DI_CONNECT/DI-Connect-Fitness/me@example.org"
    parts = zipped(Item(UPLOAD, GOOD), Item("me@example.org_330000000002.fit", GOOD))
    path = tmp_path / "garmin.zip"
    path.write_bytes(
        zipped(
            Item("DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip", parts),
            Item(f"{fitness}_0_summarizedActivities.json", export(activity())),
            Item(f"{fitness}_gear.json", b"[]"),
            Item("DI_CONNECT/DI-Connect-User/user_profile.json", b"{}"),
        )
    )
    found = list(entries(path))
    assert [entry.kind for entry in found] == [
        Kind.GARMIN_SUMMARIES, Kind.GARMIN_GEAR, Kind.RECORDING, Kind.RECORDING, Kind.BESIDE,
    ]  # fmt: skip
    table = GarminTable(read_summaries(found[0].read()), read_gear(found[1].read()))
    assert table.of(found[2].name, START) == CANAL_LOOP
