"""TCX, version 2 and the old version 1, with Garmin's activity extension -> runs."""

from hashlib import sha256

import numpy as np

from calfwise.model.run import Device, Floats
from calfwise.readers.assemble import Samples
from calfwise.readers.recording import Recording
from calfwise.readers.xml import HEAD_BYTES, first_tag, read_points
from calfwise.readers.xml_points import TIME, Element, Grammar, Points, child_text, epochs_s, local_name, numbers
from calfwise.readers.xml_sessions import Parts, Session, Source, recording_of, samples_of, sport_told, zone_of

COLUMNS = {
    "Time": TIME,
    "LatitudeDegrees": "lat",
    "LongitudeDegrees": "lon",
    "AltitudeMeters": "altitude_m",
    "DistanceMeters": "distance_m",
    "HeartRateBpm": "heart_rate",  # version 1 writes the number here, version 2 in a Value inside
    "Value": "heart_rate",
    "Cadence": "strides_per_minute",
    "RunCadence": "strides_per_minute",
    "Speed": "speed_mps",
    "Watts": "power_w",
}
MAKERS = frozenset({"amazfit", "apple", "coros", "fitbit", "garmin", "huawei", "polar", "samsung", "suunto", "tomtom"})
FOLDERS = frozenset({"Running", "Biking", "Other"})
"""What version 1 keeps its runs in, instead of writing their sport."""

CLOCK_UNSET_BEFORE_S = 631_238_400.0
"""1990-01-02: Garmin counts from 1989-12-31, so a date before this is a clock that nobody set. [s]"""

RESTART_M = 10.0
"""A distance that falls by more than this from one lap to the next counts anew in each lap. [m]"""


def _column(namespace: str, name: str) -> str | None:
    return COLUMNS.get(name) if "/" not in namespace or "garmin.com" in namespace else None


TCX = Grammar(
    wanted="a TCX file",
    roots=frozenset({"TrainingCenterDatabase", "Activities", "Activity", "MultiSportSession"}),
    sessions=frozenset({"Activity", "Run", "Course"}),
    group="Track",
    point="Trackpoint",
    attributes=(),
    column=_column,
)


def looks_like_tcx(head: bytes) -> bool:
    """Whether a file that begins so is TCX.

    >>> looks_like_tcx(b'  <?xml version="1.0"?><TrainingCenterDatabase>'), looks_like_tcx(b"<gpx>")
    (True, False)
    """
    return first_tag(head[:HEAD_BYTES]) in TCX.roots


def read_tcx(data: bytes, *, file: str, location: bool = False) -> Recording:
    """The activities of a TCX file, each a session, its laps joined: runs with all samples, the others as facts.

    Parameters
    ----------
    data
        The file's bytes, in UTF-8, UTF-16 or an alphabet the file names.
    file
        How to call it in messages.
    location
        Whether `Run.track` is filled. Positions are used to compute distance where the file has none, either way.

    Returns
    -------
    Recording
        `salvaged` tells of damage; `remarks` why there is no run. A run's timer is the sum of its laps' times.

    Raises
    ------
    UnreadableFile
        If it is empty, not TCX, or names a document type or entities.

    Examples
    --------
    >>> point = "<Trackpoint><Time>2026-03-01T07:00:0{}Z</Time><DistanceMeters>{}</DistanceMeters></Trackpoint>"
    >>> track = "".join(point.format(second, 3 * second) for second in range(10))
    >>> lap = f"<Lap><TotalTimeSeconds>10</TotalTimeSeconds><Track>{track}</Track></Lap>"
    >>> data = f"<Activities><Activity Sport='Running'>{lap}</Activity></Activities>".encode()
    >>> run = read_tcx(data, file="short.tcx").runs[0]
    >>> run.timer_s, run.distance_m, run.columns.speed_mps[0].item()
    (10.0, 27.0, 3.0)
    """
    document = read_points(data, file=file, grammar=TCX)
    source = Source(id=sha256(data).hexdigest()[:16], file=file, format="tcx", location=location)
    return recording_of(document, session_of=_session, source=source)


def _session(points: Points) -> Session | None:
    """`None` for a course: a route to follow, with times nobody ran."""
    activity = points.element
    if local_name(activity.tag) == "Course":
        return None
    samples, part = samples_of(points)
    if "distance_m" in samples.columns:
        samples.columns["distance_m"] = joined_distance_m(samples.columns["distance_m"], part)
    sport, sub_sport = sport_told(_sport_word(activity))
    notes: list[str] = []
    _set_clock(samples, child_text(activity, "Id"), notes)
    return Session(
        samples=samples,
        part=part,
        sport=sport,
        sub_sport=sub_sport,
        device=_device(activity),
        zone=zone_of(points),
        timer_s=_timer_s(activity),
        notes=notes,
    )


def joined_distance_m(distance_m: Floats, part: Parts) -> Floats:
    """Distance covered so far, also where the file starts again from 0 in each lap. [m]

    >>> joined_distance_m(np.array([0.0, 500, 1000, 0, 500]), np.array([0, 0, 0, 1, 1])).tolist()
    [0.0, 500.0, 1000.0, 1000.0, 1500.0]
    """
    measured = np.flatnonzero(np.isfinite(distance_m))
    fall_m = -np.diff(distance_m[measured])
    restarts = (np.diff(part[measured]) > 0) & (fall_m > RESTART_M)
    joined = distance_m.copy()
    joined[measured[1:]] += np.cumsum(np.where(restarts, distance_m[measured[:-1]], 0.0))
    return joined


def _sport_word(activity: Element) -> str | None:
    folders = [local_name(around.tag) for around in activity.iterancestors()]
    return activity.get("Sport") or next((folder for folder in folders if folder in FOLDERS), None)


def _set_clock(samples: Samples, id_text: str | None, notes: list[str]) -> None:
    """Move samples of a clock that nobody set to the time the file names itself after."""
    timed = np.isfinite(samples.epoch_s)
    named_s = epochs_s([id_text])[0]
    if not timed.any() or samples.epoch_s[timed][0] >= CLOCK_UNSET_BEFORE_S or not named_s >= CLOCK_UNSET_BEFORE_S:
        return
    samples.epoch_s += named_s - samples.epoch_s[timed][0]
    notes.append("the watch's clock was not set: the date was taken from the file's own name for the run")


def _timer_s(activity: Element) -> float | None:
    """The laps' times together; `None` where a lap lacks one. [s]"""
    laps = [lap for lap in activity if local_name(lap.tag) == "Lap"]
    total_s = float(numbers([child_text(lap, "TotalTimeSeconds") for lap in laps]).sum())
    return total_s if total_s > 0 else None


def _device(activity: Element) -> Device:
    name = child_text(activity, "Creator", "Name")
    number = child_text(activity, "Creator", "ProductID")
    serial = child_text(activity, "Creator", "UnitId")
    version = [child_text(activity, "Creator", "Version", f"Version{part}") for part in ("Major", "Minor")]
    product = name or (number and f"product {number}")
    if product and version[0] and version != ["0", "0"]:
        product += f", software {version[0]}.{version[1] or 0}"
    maker = name.split()[0].lower() if name else None
    return Device(maker=maker if maker in MAKERS else None, product=product, serial=None if serial == "0" else serial)
