"""What is spoiled: small made files with everything in them, and the real ones where they are."""

from functools import cache
from itertools import chain

import numpy as np

from calfwise.sample.fit_profile import message
from calfwise.sample.fit_writer import fit_bytes, interleaved
from tests.conftest import real_files
from tests.readers.apple import made as apple
from tests.readers.fit.made import FIRST, START, STOP_ALL, SWIMMING, file_id, records, session, timer
from tests.readers.fit.test_traps import full_of_everything
from tests.readers.xml_fixtures import activity, garmin, gpx, jog, lap, segment, tcx, tpx, track, treads, trk

KINDS = ("fit", "tcx", "gpx", "apple")
LARGEST_REAL = 300_000
ROUTE = "/workout-routes/route_2024-05-03_7.10am.gpx"
ROUTE_BYTES = apple.gpx(apple.point(second, metres=3 * second) for second in range(0, 60, 5))


@cache
def corpus(kind: str, *, real: bool) -> tuple[bytes, ...]:
    """The files of a kind."""
    files = {"fit": _fit, "tcx": _tcx, "gpx": _gpx, "apple": _apple}[kind]()
    if not real or kind == "apple":
        return files
    found = chain.from_iterable(real_files(f"*.{suffix}") for suffix in (kind, kind.upper()))
    return (*files, *(path.read_bytes() for path in found if 50 < path.stat().st_size <= LARGEST_REAL))


def _fit() -> tuple[bytes, ...]:
    whole = full_of_everything()
    paused = [
        file_id(), timer(0, START), records(60, heart_rate=150, altitude=2600.0), timer(60, STOP_ALL), timer(90, START),
        records(np.arange(90.0, 130.0), heart_rate=155), session(seconds=130),
    ]  # fmt: skip
    two = [
        interleaved(
            (records(40, power=240, stance_time=250.0, stance_time_balance=50.0), np.arange(40)),
            (message("hrv", local=6, time=np.full((40, 5), 0.4)), np.arange(40)),
        ),
        session(seconds=20),
        session(start=20, seconds=20, sport=SWIMMING),
    ]  # fmt: skip
    compressed = message(
        "record", local=3, compressed_time=True, timestamp=FIRST + np.arange(1, 60), cadence=84, speed=3.0, distance=3.0
    )
    return (
        whole,
        whole + whole,
        fit_bytes(paused),
        fit_bytes(two, header_size=12),
        fit_bytes([records(1), compressed, session(seconds=60)], header_crc=False),
    )


def _tcx() -> tuple[bytes, ...]:
    fast = tpx("<ns3:Speed>3.0</ns3:Speed><ns3:RunCadence>84</ns3:RunCadence>")
    beats = f"<HeartRateBpm><Value>150</Value></HeartRateBpm>{fast}"
    degrees = "<LatitudeDegrees>47.1</LatitudeDegrees><LongitudeDegrees>8.2</LongitudeDegrees>"
    place = f"<Position>{degrees}</Position><AltitudeMeters>410</AltitudeMeters>"
    creator = "<Creator><Name>Garmin Forerunner</Name><UnitId>12</UnitId><ProductID>1</ProductID></Creator>"
    laps = lap(track(treads(0, 40, inside=beats)), timer_s=40), lap(track(treads(60, 90)), timer_s=30)
    run = activity(lap(track(treads(0, 30, inside=place + beats)), timer_s=30))
    ride = activity(lap(track(treads(50, 60)), timer_s=None), sport="Biking")
    return (
        tcx(activity(*laps, after=creator)),
        tcx(run, ride),
        tcx(activity(lap(track(treads(0, 70, inside=place)), timer_s=70))),
    )


def _gpx() -> tuple[bytes, ...]:
    more = "<ele>410.5</ele>" + garmin("<gpxtpx:hr>150</gpxtpx:hr><gpxtpx:cad>84</gpxtpx:cad>")
    return (
        gpx(trk(segment(jog(0, 30, inside=more)), segment(jog(60, 80)))),
        gpx(trk(segment(jog(0, 70, inside=more)))),
        gpx(trk(segment(jog(0, 20, inside="<speed>3</speed>")), sport="ride"), trk(segment(jog(99, 130)), sport=None)),
        gpx(trk(segment(jog(0, 70)))).decode().encode("utf-16"),
    )  # fmt: skip


def _apple() -> tuple[bytes, ...]:
    kinds = (("HeartRate", 150), ("RunningSpeed", 10.8), ("RunningGroundContactTime", 250), ("StepCount", 80))
    samples = "".join(apple.every(30, kind, value, until=300) for kind, value in kinds)
    stops = apple.event("Pause", 100), apple.event("Resume", 130)
    facts = apple.fact("HKIndoorWorkout", "0"), apple.distance_sum("1.8", "km"), apple.route(ROUTE)
    steps = apple.every(60, "DistanceWalkingRunning", 0.18, source=apple.PHONE)
    return (
        apple.export(samples, apple.workout(*facts, *stops)),
        apple.export(steps, apple.workout(), apple.workout(sport="Cycling"), dtd=""),
    )
