"""Exports that are broken, cut, odd or hostile."""

import gzip
import zipfile
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calfwise.errors import UnreadableFile
from calfwise.readers.apple import looks_like_health, read_health
from calfwise.readers.apple.records import Gathering
from calfwise.readers.apple.workouts import pieces_of_workouts
from tests.readers.apple.made import (
    DTD,
    START,
    distance_sum,
    event,
    every,
    export,
    fact,
    only_run,
    read,
    record,
    runs,
    salvaged,
    workout,
)  # fmt: skip

RECORDS = every(5, "RunningSpeed", 10.8) + every(5, "StepCount", 14)
DATA = export(RECORDS, workout(distance_sum("1.8", "km")), workout(seconds=300), workout(sport="Yoga"))
IOS_16 = """<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 12 -->
<!ELEMENT HealthData (ExportDate,Me,(Record)*)>
<!ATTLIST VisionPrescription
  type             CDATA #REQUIRED
  brand            CDATA #IMPLIED
<!ELEMENT RightEye EMPTY>
<!ATTLIST Audiogram
  device CDATA #IMPLIED
>
  startDate CDATA #REQUIRED
>
]>
"""


@pytest.mark.parametrize("dtd", [DTD, IOS_16, "", "<!DOCTYPE HealthData []>", "<!DOCTYPE HealthData [\n]\n>"])
def test_apples_own_document_types_are_harmless_even_where_they_are_wrong(dtd: str):
    data = export(RECORDS, workout(), dtd=dtd)
    assert looks_like_health(data[:4096])
    assert len(runs(data)) == 1


@pytest.mark.parametrize(
    ("dtd", "came"),
    [
        ('<!DOCTYPE HealthData [<!ENTITY a "b">]>', "an entity"),
        ('<!DOCTYPE HealthData [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "an entity"),
        ('<!DOCTYPE HealthData [<!ELEMENT a ANY><!ENTITY % p SYSTEM "http://x"> %p;]>', "an entity"),
        ("<!DOCTYPE HealthData [ %p; ]>", "an entity"),
        ('<!DOCTYPE HealthData [<!NOTATION n SYSTEM "x">]>', "a notation"),
        ('<!DOCTYPE HealthData SYSTEM "http://example.org/health.dtd">', "a document type from elsewhere"),
        ('<!DOCTYPE HealthData PUBLIC "-//A" "http://x" [<!ELEMENT a ANY>]>', "a document type from elsewhere"),
        ("<!DOCTYPE HealthData [<!ELEMENT a ANY>]><!DOCTYPE HealthData SYSTEM 'x'>", "a document type from elsewhere"),
        ('<!DOCTYPE HealthData [<!ATTLIST a b CDATA "]>"><!ENTITY a "b">]>', "an entity"),
        ("<!DOCTYPE HealthData [<![INCLUDE[<!ELEMENT a ANY>]]>]>", "<! in the document type"),
        ("<!DOCTYPE HealthData [<HealthData>]>", "<H in the document type"),
        ("<!DOCTYPE HealthData [<!-- unclosed", "<!-- in the document type"),
    ],
)
def test_anything_but_declarations_of_elements_and_attributes_is_refused(dtd: str, came: str):
    with pytest.raises(UnreadableFile) as refused:
        read_health(BytesIO(export(workout(), dtd=dtd)), file="export.xml", route=lambda path: None)
    assert refused.value.came == f"{came}, refused for safety"
    assert refused.value.where == "line 2"


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 50, b"<gpx></gpx>", b"<ClinicalDocument/>", "<HealthData>".encode("utf-16"), b"PK\3\4"]
)
def test_what_is_no_health_export_is_refused(data: bytes):
    assert not looks_like_health(data)
    with pytest.raises(UnreadableFile, match="an Apple Health export"):
        read(data)


def test_a_beginning_without_data_is_refused():
    with pytest.raises(UnreadableFile, match="a beginning without data"):
        read(DTD.encode())


def test_entities_in_the_data_are_never_resolved():
    run = only_run(export(workout(fact("HKTimeZone", "&zone;"), distance_sum("1.8", "km"))))
    assert run.start == START
    assert run.notes == ("the workout is damaged in the export: what precedes the damage was kept",)


@pytest.mark.parametrize("cut", range(0, len(DATA), 1009))
def test_what_precedes_a_cut_is_kept_and_said(cut: int):
    data = DATA[:cut]
    try:
        found = read(data)
    except UnreadableFile:
        assert cut < len(export(dtd=DTD))
        return
    workouts = [each for recording in found for each in (*recording.runs, *recording.others)]
    assert len(workouts) >= data.count(b"</Workout>")
    assert "the export breaks off after" in found[-1].salvaged[0]
    if b"</Workout>" in data:
        first = found[0].runs[0]
        assert first.distance_m == 1800
        assert first.columns.speed_mps[:-1] == pytest.approx(3.0)


def test_a_workout_cut_in_the_middle_keeps_its_records_and_its_own_beginning():
    data = export(RECORDS, workout(event("Pause", 100), event("Resume", 130)))
    run = only_run(data[: data.index(b"HKWorkoutEventTypeResume")])
    assert (run.timer_s, run.pauses[0].start_s) == (600, 100)
    assert run.columns.speed_mps[:-1] == pytest.approx(3.0)
    assert "damaged" in run.notes[0]


def test_a_cut_before_the_workouts_is_said():
    assert salvaged(export(RECORDS)[:-20])[0].endswith("its workouts, which come last, are missing")


def test_a_damaged_workout_costs_nothing_but_itself():
    first, second = workout(), workout(source="Strava", device="")
    data = export(RECORDS, first.replace("endDate", "\0\0"), second.replace("</Workout>", ""), workout(seconds=300))
    found = runs(data)
    assert [run.elapsed_s for run in found] == [600, 300]
    assert salvaged(data)[0].startswith("2 workouts were damaged (the first at byte ")


def test_signs_that_no_xml_may_hold_are_passed_over():
    """Apple lets \\x0b through."""
    run = only_run(export(workout(fact("HKNote", "a\x0bb"), distance_sum("1.8", "km"))))
    assert (run.distance_m, run.notes) == (1800, ())


def test_records_in_which_something_is_missing_are_counted():
    odd = record("StepCount", "many", 0, 5) + record("HeartRate", -1, 0) + record("HeartRate", "inf", 0)
    backward = record("RunningSpeed", 10.8, 10, 5)
    cut = '<Record type="HKQuantityTypeIdentifierHeartRate" sourceName="a\n'
    data = export(odd, backward, cut, RECORDS, workout())
    assert salvaged(data) == ("5 records were left out that could not be read",)
    assert only_run(data).columns.speed_mps[:-1] == pytest.approx(3.0)


def test_a_damaged_stretch_among_the_records_loses_only_itself():
    data = bytearray(export(RECORDS, workout()))
    middle = data.index(b"StepCount") - 2000
    data[middle : middle + 1500] = bytes(1500)
    run = only_run(bytes(data))
    assert np.isfinite(run.columns.speed_mps).mean() > 0.9
    assert run.columns.cadence_spm[:-1] == pytest.approx(168)


def test_an_old_export_with_every_point_in_it_is_read():
    points = '<Location date="2017-02-07 09:14:52 +0300" latitude="1" longitude="1" speed="2"/>\n' * 20_000
    run = only_run(export(RECORDS, workout(f"<WorkoutRoute>{points}</WorkoutRoute>", distance_sum("1.8", "km"))))
    assert (run.distance_m, run.notes) == (1800, ())


def test_a_workout_out_of_all_proportion_keeps_its_beginning():
    run = only_run(export(workout(fact("HKIndoorWorkout", "1"), fact("a", "b") * 50_000)))
    assert (run.sub_sport, run.elapsed_s) == ("treadmill", 600)
    assert "damaged" in run.notes[0]


class Failing(BytesIO):
    """A disk or an unpacker that gives up in the middle."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() >= 300_000:
            raise EOFError
        return super().read(size)


def test_a_stream_that_fails_in_the_middle_ends_there():
    stream = Failing(export(workout(), RECORDS * 200))
    found = list(read_health(stream, file="export.xml", route=lambda path: None))
    assert len(found[0].runs) == 1
    assert "breaks off" in found[-1].salvaged[0]


class OneWay(BytesIO):
    def seek(self, offset: int, whence: int = 0) -> int:
        raise OSError("not seekable")


def test_a_stream_that_cannot_go_back_is_refused():
    with pytest.raises(UnreadableFile, match="a file to read twice"):
        read_health(OneWay(DATA), file="export.xml", route=lambda path: None)


def test_exports_inside_archives_are_read_the_same(tmp_path: Path):
    wanted = [run.id for run in runs(DATA)]
    with zipfile.ZipFile(tmp_path / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("apple_health_export/export.xml", DATA)
    with zipfile.ZipFile(tmp_path / "export.zip") as archive, archive.open("apple_health_export/export.xml") as stream:
        found = list(read_health(stream, file="x", route=lambda path: None))  # type: ignore[arg-type]
    assert [run.id for recording in found for run in recording.runs] == wanted
    with gzip.open(BytesIO(gzip.compress(DATA))) as packed:
        found = list(read_health(packed, file="x", route=lambda path: None))  # type: ignore[arg-type]
    assert [run.id for recording in found for run in recording.runs] == wanted


@given(st.lists(st.integers(1, 60), min_size=1, max_size=400), st.integers(0, len(DATA) - 1))
@settings(max_examples=40, deadline=None)
def test_where_the_pieces_are_cut_changes_nothing(sizes: list[int], big: int):
    body = DATA[DATA.index(b"<HealthData ") :]
    edges = [0, *np.cumsum(sizes).tolist(), max(int(np.sum(sizes)), min(big, len(body))), len(body)]
    pieces = [body[begin:end] for begin, end in pairwise(edges) if end > begin]
    assert [each.text for each in pieces_of_workouts(pieces)] == [each.text for each in pieces_of_workouts([body])]
    span = (START.timestamp(), START.timestamp() + 600)
    whole, cut = Gathering([span]), Gathering([span])
    whole.read([body])
    cut.read(pieces)
    assert {key: series.value.tolist() for key, series in cut.series.items()} == {
        key: series.value.tolist() for key, series in whole.series.items()
    }


@given(st.binary(max_size=60), st.integers(0, len(DATA)), st.integers(0, 60))
@settings(max_examples=150, deadline=None)
def test_nothing_but_an_unreadable_file_comes_of_damage(patch: bytes, place: int, gone: int):
    data = DATA[:place] + patch + DATA[place + gone :]
    try:
        found = read(data)
    except UnreadableFile:
        return
    assert sum(len(recording.runs) + len(recording.others) for recording in found) >= 1
