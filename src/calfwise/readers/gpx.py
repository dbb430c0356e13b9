"""GPX 1.0 and 1.1, with the extensions that watches and apps add -> runs."""

from hashlib import sha256

import numpy as np

from calfwise.model.run import Device
from calfwise.readers.recording import Recording
from calfwise.readers.xml import HEAD_BYTES, Document, first_tag, read_points
from calfwise.readers.xml_points import TIME, Grammar, Points, child_text
from calfwise.readers.xml_sessions import Session, Source, recording_of, samples_of, sport_told, zone_of

CORE = {"time": TIME, "ele": "altitude_m"}
EXTENSIONS = {
    "speed": "speed_mps",
    "hr": "heart_rate",
    "heartrate": "heart_rate",
    "cad": "strides_per_minute",
    "cadence": "strides_per_minute",
    "runcadence": "strides_per_minute",
    "atemp": "temperature",
    "temp": "temperature",
    "power": "power_w",
    "watts": "power_w",
    "powerinwatts": "power_w",
}
"""By local name in any namespace: apps misplace them, and nobody uses these names for anything else."""
CUMULATIVE = ("cluetrust", "gpxdata")
"""Here `distance` is what was covered so far; OpenTracks' own is what was covered since the last point."""

DISTANCE_SHARE_NEEDED = 0.5
"""With fewer samples that carry a distance of their own, positions tell it better. [1]"""


def _column(namespace: str, name: str) -> str | None:
    name = name.lower()
    if name in CORE and ("/" not in namespace or "topografix.com" in namespace):
        return CORE[name]
    if name == "distance" and any(each in namespace.lower() for each in CUMULATIVE):
        return "distance_m"
    return EXTENSIONS.get(name)


GPX = Grammar(
    wanted="a GPX file",
    roots=frozenset({"gpx", "trk"}),
    sessions=frozenset({"trk"}),
    group="trkseg",
    point="trkpt",
    attributes=("lat", "lon"),
    column=_column,
)


def looks_like_gpx(head: bytes) -> bool:
    """Whether a file that begins so is GPX.

    >>> looks_like_gpx(b'<gpx version="1.1">'), looks_like_gpx(b"<html>")
    (True, False)
    """
    return first_tag(head[:HEAD_BYTES]) in GPX.roots


def read_gpx(data: bytes, *, file: str, location: bool = False) -> Recording:
    """The tracks of a GPX file, each a session: those of runs with all samples, the others as facts.

    Parameters
    ----------
    data
        The file's bytes, in UTF-8, UTF-16 or an alphabet the file names.
    file
        How to call it in messages.
    location
        Whether `Run.track` is filled. Positions are always used to compute distance, as GPX rarely has its own.

    Returns
    -------
    Recording
        `salvaged` tells of damage; `remarks` why there is no run. Segments are separated by pauses. GPX knows no
        timer: time on the run is what was recorded, without pauses and silences.

    Raises
    ------
    UnreadableFile
        If it is empty, not GPX, or names a document type or entities.

    Examples
    --------
    >>> point = '<trkpt lat="0" lon="0.{:04}"><time>2026-03-01T07:{:02}:00Z</time></trkpt>'
    >>> points = "".join(point.format(15 * minute, minute) for minute in range(60))
    >>> data = f"<gpx><trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>".encode()
    >>> run = read_gpx(data, file="sunday.gpx").runs[0]
    >>> run.start.isoformat(), run.timer_s, round(run.distance_m)
    ('2026-03-01T07:00:00+00:00', 3540.0, 9841)
    """
    document = read_points(data, file=file, grammar=GPX)
    source = Source(id=sha256(data).hexdigest()[:16], file=file, format="gpx", location=location)
    return recording_of(document, session_of=lambda points: _session(points, document), source=source)


def _session(points: Points, document: Document) -> Session:
    samples, part = samples_of(points)
    own_m = samples.columns.get("distance_m")
    if own_m is not None and samples.latitude_deg is not None and np.isfinite(own_m).mean() < DISTANCE_SHARE_NEEDED:
        del samples.columns["distance_m"]
    sport, sub_sport = sport_told(child_text(points.element, "type"))
    return Session(
        samples=samples,
        part=part,
        sport=sport,
        sub_sport=sub_sport,
        device=Device(product=" ".join(document.root.get("creator", "").split()) or None),
        zone=zone_of(points),
    )
