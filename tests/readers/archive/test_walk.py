"""Everything a file or folder holds is offered, however it is packed."""

import gzip
import io
import os
import zipfile
import zlib
from pathlib import Path

import pytest

from calfwise.errors import UnreadableFile
from calfwise.readers.archive import Entry, Kind, Limits, Refused, entries
from tests.readers.archive.hostile import SMALL
from tests.readers.archive.making import GOOD, Item, end, good, gzipped, local, read_all, zipped

KIB = 2**10
APPLE = b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE HealthData [\n<!ELEMENT HealthData (Workout*)>\n]>\n'
APPLE += b'<HealthData locale="en_GB"></HealthData>'


def offered(path: Path, limits: Limits | None = None) -> list[Entry]:
    found = list(entries(path, limits))
    assert all(isinstance(each, Entry) for each in found), found
    return found


def only(path: Path, limits: Limits | None = None) -> Entry:
    (entry,) = offered(path, limits)
    return entry


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def python_zip(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return held.getvalue()


def test_a_plain_file_is_its_own_entry(tmp_path):
    entry = only(put(tmp_path, "run.gpx", GOOD))
    assert (entry.name, entry.container, entry.kind) == (str(tmp_path / "run.gpx"), "", Kind.RECORDING)
    assert (entry.size, entry.read(), entry.path) == (len(GOOD), GOOD, (tmp_path / "run.gpx").as_posix())


def test_a_folder_is_walked_in_order_of_name_and_hidden_files_are_passed_over(tmp_path):
    for name in ("b/2.gpx", "b/1.gpx", "a.gpx", ".git/c.gpx", "c/.d.gpx", "__MACOSX/e.gpx"):
        put(tmp_path, name, GOOD)
    names = [Path(entry.name).relative_to(tmp_path).as_posix() for entry in offered(tmp_path)]
    assert names == ["a.gpx", "b/1.gpx", "b/2.gpx"]


def test_a_gzip_is_known_by_its_bytes_and_not_by_its_name(tmp_path):
    assert only(put(tmp_path / "a", "run.fit", gzipped(GOOD))).read() == GOOD
    assert only(put(tmp_path / "b", "run.fit.gz", GOOD)).read() == GOOD


def test_a_gzip_of_several_parts_is_read_whole(tmp_path):
    parts = gzipped(GOOD[:30]) + gzipped(GOOD[30:]) + bytes(512)
    assert only(put(tmp_path, "run.gpx.gz", parts)).unpack().data == GOOD


def test_a_zip_is_known_by_its_bytes_and_named_as_one_says_it(tmp_path):
    entry = only(put(tmp_path, "export", python_zip({"activities/123.fit.gz": gzipped(GOOD)})))
    assert entry.name == f"{tmp_path}/export › activities/123.fit.gz"
    assert (entry.container, entry.path) == (f"{tmp_path}/export", "activities/123.fit.gz")
    assert entry.read() == GOOD


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_zips_in_zips_are_walked_whether_they_are_packed_or_not(method, tmp_path):
    inner = python_zip({"me@example.org_1.fit": GOOD})
    export = python_zip({"DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip": inner}, method)
    entry = only(put(tmp_path, "garmin.zip", python_zip({"garmin.zip": export}, method)))
    assert entry.name.endswith("› garmin.zip › DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip › "
                               "me@example.org_1.fit")  # fmt: skip
    assert entry.read() == GOOD


def test_a_nested_zip_too_large_to_hold_is_streamed_and_reads_the_same(tmp_path):
    runs = {f"{i:02}.fit": os.urandom(40 * KIB) for i in range(30)}
    outer = put(tmp_path, "garmin.zip", python_zip({"files.zip": python_zip(runs), "last.gpx": GOOD}))
    tight = Limits(held_bytes=64 * KIB, directory_bytes=16 * KIB)
    read, refused = read_all(outer, limits=tight)
    assert not refused
    assert read == runs | {"last.gpx": GOOD}


def test_entries_can_still_be_read_after_the_walk_in_any_order(tmp_path):
    runs = {f"{i}.fit": os.urandom(2000 * KIB) for i in range(3)}
    outer = put(tmp_path, "garmin.zip", python_zip({"files.zip": python_zip(runs), "last.fit": GOOD}))
    for limits in (Limits(), Limits(held_bytes=KIB, directory_bytes=16 * KIB)):
        found = offered(outer, limits)
        for entry in reversed(found):
            assert entry.read() == (runs | {"last.fit": GOOD})[entry.path]


def test_python_makes_zips_that_read_the_same(tmp_path):
    files = {f"straße/lauf {i} ☀.gpx": os.urandom(i * 1000) for i in range(1, 9)}
    assert read_all(put(tmp_path, "a.zip", python_zip(files))) == (files, {})


def test_zip64_and_a_comment_and_bytes_after_the_end_are_read(tmp_path):
    assert read_all(put(tmp_path, "wide.zip", zipped(good(), wide=True)))[0] == {"good.gpx": GOOD}
    assert read_all(put(tmp_path, "comment.zip", zipped(good(), comment=b"PK\5\6 hello")))[0] == {"good.gpx": GOOD}
    assert read_all(put(tmp_path, "after.zip", zipped(good()) + b"\r\n"))[0] == {"good.gpx": GOOD}


def test_two_zips_one_after_the_other_are_the_second(tmp_path):
    both = zipped(good("first.gpx")) + zipped(good("second.gpx"))
    assert read_all(put(tmp_path, "both.zip", both)) == ({"second.gpx": GOOD}, {})


def test_an_empty_zip_holds_nothing_and_that_is_fine(tmp_path):
    assert offered(put(tmp_path, "empty.zip", end(0, 0, 0))) == []


def test_hidden_files_and_folders_of_a_zip_are_passed_over(tmp_path):
    files = {"__MACOSX/._run.fit": b"x", ".DS_Store": b"x", "runs/": b"", "runs/a.gpx": GOOD}
    assert [entry.path for entry in offered(put(tmp_path, "a.zip", python_zip(files)))] == ["runs/a.gpx"]


def test_windows_folders_in_a_zip_are_folders(tmp_path):
    (entry,) = offered(put(tmp_path, "a.zip", zipped(good("activities\\1.gpx"))))
    assert entry.path == "activities/1.gpx"


def test_names_that_would_steer_a_terminal_are_told_without_that(tmp_path):
    entry = only(put(tmp_path, "a.zip", zipped(good("run\x1b[2J\u202efit.gpx"))))
    assert entry.name.endswith("› run\ufffd[2J\ufffdfit.gpx")
    assert entry.read() == GOOD


def test_tables_come_before_the_recordings_they_tell_about(tmp_path):
    files = {"activities/1.gpx": GOOD, "media/1.jpg": b"x", "activities.csv": b"Activity ID\n"}
    kinds = [entry.kind for entry in offered(put(tmp_path / "zip", "a.zip", python_zip(files)))]
    assert kinds == [Kind.STRAVA_TABLE, Kind.RECORDING, Kind.BESIDE]
    for name, data in files.items():
        put(tmp_path / "folder", name, data)
    kinds = [entry.kind for entry in offered(tmp_path / "folder")]
    assert kinds == [Kind.STRAVA_TABLE, Kind.RECORDING, Kind.BESIDE]


def test_an_entry_knows_its_name_beside_a_table(tmp_path):
    table, run, elsewhere = offered(
        put(
            tmp_path,
            "a.zip",
            python_zip({"export/activities/1.gpx": GOOD, "export/activities.csv": b"", "2.gpx": GOOD}),
        )
    )
    assert run.told_beside(table) == "activities/1.gpx"
    assert elsewhere.told_beside(table) is None
    assert only(put(tmp_path / "x", "1.gpx", GOOD)).told_beside(table) is None


def test_nothing_is_read_before_it_is_asked_for(tmp_path):
    whole = bytearray(zipped(good(), Item("broken.fit", os.urandom(50 * KIB), method=0)))
    whole[len(local(good())) + 40 * KIB] ^= 1
    first, broken = offered(put(tmp_path, "a.zip", bytes(whole)))
    assert first.read() == GOOD
    with pytest.raises(UnreadableFile, match="wanted a file to unpack, got bytes that fail their checksum"):
        broken.read()


@pytest.mark.parametrize("size", [100, 5 * KIB, 300 * KIB])
def test_a_gzip_that_breaks_off_keeps_what_came_before(size, tmp_path):
    data = os.urandom(size)
    unpacked = only(put(tmp_path, "run.fit.gz", gzipped(data)[:-60])).unpack()
    assert size - 100 < len(unpacked.data) < size
    assert data.startswith(unpacked.data)
    assert unpacked.salvaged == f"the gzip breaks off after {len(unpacked.data):,} bytes"


@pytest.mark.parametrize("size", [1, 100, 5 * KIB, 4096 + 256 * KIB, 700 * KIB + 1])
def test_a_damaged_gzip_keeps_every_byte_before_the_damage(size, tmp_path):
    data = (b"a run along the canal " * (size // 20 + 1))[:size]
    packer = zlib.compressobj(wbits=31)
    no_such_block = b"\x07" * 500
    packed = packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH) + no_such_block
    for path in (put(tmp_path, "run.gz", packed), put(tmp_path, "a.zip", zipped(Item("run.gz", packed)))):
        unpacked = only(path).unpack()
        assert (len(unpacked.data), unpacked.data == data) == (size, True)
        assert unpacked.salvaged == f"the gzip is damaged after {size:,} bytes"


def test_a_gzip_with_a_wrong_checksum_is_kept_whole_and_that_is_said(tmp_path):
    packed = bytearray(gzipped(GOOD))
    packed[-8] ^= 1
    unpacked = only(put(tmp_path, "run.gpx.gz", bytes(packed))).unpack()
    assert (unpacked.data, unpacked.salvaged) == (GOOD, f"the gzip is damaged after {len(GOOD)} bytes")


def test_a_gzip_followed_by_something_else_is_kept_and_that_is_said(tmp_path):
    unpacked = only(put(tmp_path, "run.gpx.gz", gzipped(GOOD) + b"trailing")).unpack()
    assert (unpacked.data, unpacked.salvaged) == (
        GOOD,
        f"the gzip is followed by something else after {len(GOOD)} bytes",
    )


def test_apple_healths_export_is_offered_as_a_stream_however_large(tmp_path):
    large = APPLE[:-13] + b" " * (3 * 2**20) + b"</HealthData>"
    export = {"apple_health_export/Exportieren.xml": large, "apple_health_export/workout-routes/route 1.gpx": GOOD}
    for path in (put(tmp_path / "zip", "export.zip", python_zip(export)), put(tmp_path / "plain", "Export.xml", large)):
        entry = offered(path, SMALL)[0]
        assert entry.kind == "apple-health"
        with entry.open() as stream:
            assert stream.read(5) == b"<?xml"
            assert 5 + sum(len(block) for block in iter(lambda stream=stream: stream.read(10_000), b"")) == len(large)
        with pytest.raises(UnreadableFile, match="more than 1 MiB"):
            entry.read()


def test_apple_healths_clinical_documents_are_no_recordings(tmp_path):
    path = put(tmp_path, "export_cda.xml", b'<?xml version="1.0"?><ClinicalDocument>' + bytes(2 * 2**20))
    assert only(path, SMALL).kind is Kind.BESIDE


def test_a_sibling_is_found_by_its_relative_name_in_a_zip_and_in_a_folder(tmp_path):
    export = {"apple_health_export/export.xml": APPLE, "apple_health_export/workout-routes/route_1.gpx": GOOD}
    for name, data in export.items():
        put(tmp_path / "folder", name, data)
    put(tmp_path, "secret.gpx", GOOD)
    for path in (put(tmp_path, "export.zip", python_zip(export)), tmp_path / "folder"):
        entry = next(found for found in offered(path) if found.kind is Kind.APPLE_HEALTH)
        route = entry.sibling("/workout-routes/route_1.gpx")
        assert route is not None
        assert route.read() == GOOD
        for name in ("nowhere.gpx", "../secret.gpx", "../../secret.gpx", "", "workout-routes", "C:/secret.gpx"):
            assert entry.sibling(name) is None


def test_a_sibling_that_is_a_link_is_not_followed(tmp_path):
    put(tmp_path, "outside/secret.gpx", GOOD)
    put(tmp_path, "folder/export.xml", APPLE)
    (tmp_path / "folder/link.gpx").symlink_to(tmp_path / "outside/secret.gpx")
    (tmp_path / "folder/routes").symlink_to(tmp_path / "outside")
    entry = next(found for found in entries(tmp_path / "folder") if isinstance(found, Entry))
    assert entry.sibling("link.gpx") is None
    assert entry.sibling("routes/secret.gpx") is None


def test_a_link_that_was_named_itself_is_followed(tmp_path):
    put(tmp_path, "runs/1.gpx", GOOD)
    (tmp_path / "link").symlink_to(tmp_path / "runs")
    assert only(tmp_path / "link").read() == GOOD


def test_a_missing_file_is_refused_by_name(tmp_path):
    (refused,) = entries(tmp_path / "nowhere.fit")
    assert isinstance(refused, Refused)
    assert (refused.name, refused.why) == (f"{tmp_path}/nowhere.fit", "No such file or directory")
    assert str(refused.error).startswith(f"{tmp_path}/nowhere.fit: wanted a file to unpack, got No such file")


def test_a_file_that_goes_away_meanwhile_is_unreadable(tmp_path):
    path = put(tmp_path, "run.gpx", GOOD)
    entry = only(path)
    path.unlink()
    with pytest.raises(UnreadableFile, match="No such file"):
        entry.read()
    with pytest.raises(UnreadableFile, match="No such file"), entry.open() as stream:
        stream.read()


def test_a_recording_larger_than_any_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "huge.fit"
    with path.open("wb") as file:
        file.truncate(3 * 2**30)
    (refused,) = entries(path)
    assert isinstance(refused, Refused)
    assert refused.why == "3,072 MiB, where at most 64 MiB are read"


def test_what_lies_beside_is_told_by_its_name_and_not_opened(tmp_path):
    put(tmp_path, "photo.jpg", gzip.compress(b"x"))
    put(tmp_path, "report.docx", python_zip({"word/document.xml": b"x"}))
    assert {entry.kind for entry in offered(tmp_path)} == {Kind.BESIDE}


def test_each_file_of_a_folder_has_a_budget_of_its_own(tmp_path):
    for i in range(3):
        put(tmp_path, f"{i}.zip", zipped(*[Item(f"{j}.fit", bytes(900 * KIB)) for j in range(4)]))
    read, refused = read_all(tmp_path, limits=SMALL)
    assert not refused
    assert len(read) == 4


def test_deep_folders_are_walked_without_recursion(tmp_path):
    deep = tmp_path
    for _ in range(400):
        deep = deep / "d"
    put(deep, "run.gpx", GOOD)
    assert len(offered(tmp_path)) == 1
