"""The fast way through machine-written XML reads exactly what the careful way reads, or gives up."""

from pathlib import Path

import numpy as np
import pytest

from calfwise.model.run import COLUMN_NAMES, Run
from calfwise.readers import read_bytes, xml, xml_lift
from calfwise.readers.gpx import GPX
from tests.conftest import real_files

POINT = '<trkpt lat="{lat:.6f}" lon="0.1"><ele>{ele}</ele><time>2026-05-03T09:{minute:02}:{second:02}Z</time></trkpt>'


def gpx(points: list[str], *, before: str = "", between: str = "") -> bytes:
    half = len(points) // 2
    inner = "".join(points[:half]) + between + "".join(points[half:])
    return (
        f'<?xml version="1.0"?><gpx xmlns="http://www.topografix.com/GPX/1/1">{before}'
        f"<trk><trkseg>{inner}</trkseg></trk></gpx>"
    ).encode()


def points(count: int = 120) -> list[str]:
    return [POINT.format(lat=45 + i * 2.7e-5, ele=100 + i / 10, minute=i // 60, second=i % 60) for i in range(count)]


def both_ways(data: bytes, monkeypatch: pytest.MonkeyPatch) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    quick = read_bytes(data, file="x", location=True)
    monkeypatch.setattr(xml, "lifted", lambda data, grammar: None)
    careful = read_bytes(data, file="x", location=True)
    assert quick.salvaged == careful.salvaged
    assert quick.others == careful.others
    return quick.runs, careful.runs


def assert_equal(quick: tuple[Run, ...], careful: tuple[Run, ...]) -> None:
    assert len(quick) == len(careful)
    for one, other in zip(quick, careful, strict=True):
        assert (one.id, one.start, one.distance_m, one.timer_s, one.pauses, one.gaps, one.notes) == (
            other.id, other.start, other.distance_m, other.timer_s, other.pauses, other.gaps, other.notes,
        )  # fmt: skip
        for name in COLUMN_NAMES:
            np.testing.assert_array_equal(getattr(one.columns, name), getattr(other.columns, name), err_msg=name)


def test_points_of_one_shape_are_lifted() -> None:
    assert xml_lift.lifted(gpx(points()), GPX) is not None


@pytest.mark.parametrize(
    "odd",
    [
        '<trkpt lat="45" lon="0.1"><time>2026-05-03T10:00:00Z</time><ele>5</ele></trkpt>',
        '<trkpt lon="0.1" lat="45"><ele>5</ele><time>2026-05-03T10:00:00Z</time></trkpt>',
        "<trkpt lat='45' lon='0.1'><ele>5</ele><time>2026-05-03T10:00:00Z</time></trkpt>",
        '<trkpt lat="45" lon="0.1"><ele>5</ele><time>2026-05-03T10:00:00Z</time>words</trkpt>',
        '<trkpt lat="45" lon="0.1"/>',
        "<!-- a comment -->",
        "<name>Tom &amp; Ann</name>",
    ],
    ids=["other order", "other attributes", "other quotes", "words", "empty", "comment", "entity"],
)
def test_anything_odd_is_left_to_the_careful_way(odd: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = gpx(points(), between=odd)
    assert xml_lift.lifted(data, GPX) is None
    assert_equal(*both_ways(data, monkeypatch))


@pytest.mark.parametrize("missing", ["<ele>100.0</ele>", "<time>2026-05-03T09:00:00Z</time>"], ids=["altitude", "time"])
def test_a_part_that_some_points_lack_is_missing_there_alone(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = gpx([points()[0].replace(missing, ""), *points()[1:]])
    assert xml_lift.lifted(data, GPX) is not None
    assert_equal(*both_ways(data, monkeypatch))


def test_segments_and_tracks_keep_their_points(monkeypatch: pytest.MonkeyPatch) -> None:
    data = gpx(points(240), between="</trkseg><trkseg></trkseg><trkseg/></trk><trk><trkseg>")
    assert xml_lift.lifted(data, GPX) is not None
    quick, careful = both_ways(data, monkeypatch)
    assert [len(run.columns) for run in quick] == [120, 120]
    assert_equal(quick, careful)


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.999])
def test_a_file_that_breaks_off_is_salvaged_by_the_careful_way(cut: float, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = gpx(points(240))
    data = whole[: int(len(whole) * cut)]
    assert xml_lift.lifted(data, GPX) is None
    assert_equal(*both_ways(data, monkeypatch))


def test_no_text_makes_the_expression_slow() -> None:
    """Possessive: a million almost-points are passed over in one go."""
    almost = '<trkpt lat="45" lon="0.1"><ele>5</ele><time>' * 20_000
    assert xml_lift.lifted(gpx(points()).replace(b"</trkseg>", almost.encode() + b"</trkseg>"), GPX) is None


@pytest.mark.real
@pytest.mark.parametrize("file", real_files("*.[gt][pc]x"), ids=lambda file: file.stem[:48])
def test_real_files_read_alike_both_ways(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert_equal(*both_ways(file.read_bytes(), monkeypatch))
