"""Made TCX and GPX files: small, and wrong in the ways real ones are."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 1, 7, 0, tzinfo=UTC)
DEGREES_A_METRE = 1 / 111_195.08
"""Of latitude, on the sphere that `terrain` measures on."""

TCX_NAMESPACE = "http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"
EXTENSION_NAMESPACE = "http://www.garmin.com/xmlschemas/ActivityExtension/v2"
GPX_NAMESPACE = "http://www.topografix.com/GPX/1/1"
GARMIN_POINT_NAMESPACE = "http://www.garmin.com/xmlschemas/TrackPointExtension/v1"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def at(second: float) -> str:
    """The time that many seconds after the start, as watches write it."""
    return (START + timedelta(seconds=second)).isoformat().replace("+00:00", "Z")


def trkpt(second: float, *, metres: float, inside: str = "", time: str | None = None) -> str:
    """A GPX point so many metres north of the first one; `time=""` for none."""
    told = at(second) if time is None else time
    time_element = f"<time>{told}</time>" if told else ""
    return f'<trkpt lat="{metres * DEGREES_A_METRE:.8f}" lon="0.0">{time_element}{inside}</trkpt>\n'


def jog(begin: int, end: int, *, mps: float = 3.0, inside: str = "") -> str:
    """Points a second, `[begin, end)`, at one speed."""
    return "".join(trkpt(second, metres=mps * second, inside=inside) for second in range(begin, end))


def segment(points: str) -> str:
    return f"<trkseg>\n{points}</trkseg>\n"


def trk(*segments: str, sport: str | None = "running") -> str:
    told = "" if sport is None else f"<type>{sport}</type>\n"
    return f"<trk>\n{told}{''.join(segments)}</trk>\n"


def gpx(*tracks: str, prefixes: str = f'xmlns:gpxtpx="{GARMIN_POINT_NAMESPACE}"') -> bytes:
    root = f'<gpx version="1.1" creator="us" xmlns="{GPX_NAMESPACE}" {prefixes}>'
    return f"{DECLARATION}{root}\n{''.join(tracks)}</gpx>\n".encode()


def garmin(inside: str) -> str:
    return f"<extensions><gpxtpx:TrackPointExtension>{inside}</gpxtpx:TrackPointExtension></extensions>"


def trackpoint(second: float, *, metres: float | None, inside: str = "", time: str | None = None) -> str:
    """A TCX point; `metres=None` leaves its distance out, `time=""` its time."""
    told = at(second) if time is None else time
    time_element = f"<Time>{told}</Time>" if told else ""
    distance = "" if metres is None else f"<DistanceMeters>{metres}</DistanceMeters>"
    return f"<Trackpoint>{time_element}{distance}{inside}</Trackpoint>\n"


def treads(begin: int, end: int, *, mps: float = 3.0, inside: str = "") -> str:
    """TCX points a second, `[begin, end)`, at one speed."""
    return "".join(trackpoint(second, metres=mps * second, inside=inside) for second in range(begin, end))


def track(points: str) -> str:
    return f"<Track>\n{points}</Track>\n"


def lap(*tracks: str, timer_s: float | None) -> str:
    timer = "" if timer_s is None else f"<TotalTimeSeconds>{timer_s}</TotalTimeSeconds>\n"
    return f"<Lap>\n{timer}<DistanceMeters>9999</DistanceMeters>\n{''.join(tracks)}</Lap>\n"


def activity(*laps: str, sport: str = "Running", after: str = "") -> str:
    return f'<Activity Sport="{sport}">\n<Id>{at(0)}</Id>\n{"".join(laps)}{after}</Activity>\n'


def tcx(*activities: str, prefixes: str = f'xmlns:ns3="{EXTENSION_NAMESPACE}"') -> bytes:
    root = f'<TrainingCenterDatabase xmlns="{TCX_NAMESPACE}" {prefixes}>'
    inside = f"<Activities>\n{''.join(activities)}</Activities>\n"
    return f"{DECLARATION}{root}\n{inside}</TrainingCenterDatabase>\n".encode()


def tpx(inside: str, *, prefix: str = "ns3") -> str:
    return f"<Extensions><{prefix}:TPX>{inside}</{prefix}:TPX></Extensions>"
