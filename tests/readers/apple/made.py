"""Made health exports, in Apple's structure: small ones to work out by hand, and one of any size."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from html import escape
from io import BytesIO
from pathlib import Path

from calfwise.model.run import Run
from calfwise.readers.apple import read_health
from calfwise.readers.recording import Recording

START = datetime.fromisoformat("2024-05-03T07:00:00+02:00")
WATCH = "Anna’s Apple Watch"
PHONE = "Anna’s iPhone"
WATCH_DEVICE = (
    "<<HKDevice: 0x281db6c10>, name:Apple Watch, manufacturer:Apple Inc., model:Watch, hardware:Watch6,2, "
    "software:10.6.1, creation date:2024-04-24 17:12:03 +0000>"
)
PHONE_DEVICE = (
    "<<HKDevice: 0x1744864b0>, name:iPhone, manufacturer:Apple Inc., model:iPhone, hardware:iPhone14,2, software:17.6>"
)
DEVICES = {WATCH: WATCH_DEVICE, PHONE: PHONE_DEVICE}
DTD = """<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 14 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout|ActivitySummary)*)>
<!ATTLIST HealthData
  locale CDATA #REQUIRED
>
<!ELEMENT ExportDate EMPTY>
<!ELEMENT Record ((MetadataEntry|HeartRateVariabilityMetadataList)*)>
<!ATTLIST Record
  type          CDATA #REQUIRED
  unit          CDATA #IMPLIED
>
<!-- Note: Any Records that appear as children of a correlation also appear as top-level records in this document. -->
<!ELEMENT Workout ((MetadataEntry|WorkoutEvent|WorkoutRoute|WorkoutStatistics)*)>
]>
"""
HEAD = """<HealthData locale="en_GB">
 <ExportDate value="2024-06-01 12:00:00 +0200"/>
 <Me HKCharacteristicTypeIdentifierDateOfBirth="1980-02-03" HKCharacteristicTypeIdentifierBloodType="x"/>
"""
UNITS = {
    "RunningGroundContactTime": "ms",
    "RunningSpeed": "km/hr",
    "RunningStrideLength": "m",
    "RunningVerticalOscillation": "cm",
    "RunningPower": "W",
    "HeartRate": "count/min",
    "StepCount": "count",
    "DistanceWalkingRunning": "km",
    "ActiveEnergyBurned": "kcal",
}


def at(second: float, *, zone_of: datetime = START) -> str:
    """The date that many seconds after the start, cut to whole seconds, as Apple writes it."""
    return (zone_of + timedelta(seconds=second)).strftime("%Y-%m-%d %H:%M:%S %z")


def record(
    kind: str, value: float | str, begin: float, end: float | None = None, *, unit: str | None = None,
    source: str = WATCH, device: str | None = None, inside: str = "", start: datetime = START,
) -> str:  # fmt: skip
    """A record, its attributes in Apple's order; of a moment without an end."""
    until = begin if end is None else end
    told = escape(DEVICES.get(source, "") if device is None else device)
    return (
        f' <Record type="HKQuantityTypeIdentifier{kind}" sourceName="{escape(source)}" sourceVersion="10.6.1"'
        + (f' device="{told}"' if told else "")
        + f' unit="{unit or UNITS[kind]}" creationDate="{at(until + 7, zone_of=start)}"'
        f' startDate="{at(begin, zone_of=start)}" endDate="{at(until, zone_of=start)}" value="{value}"'
        + (f">\n  {inside}\n </Record>\n" if inside else "/>\n")
    )


def every(
    seconds: int, kind: str, value: float | str, *, until: int = 600, unit: str | None = None, source: str = WATCH,
    device: str | None = None,
) -> str:  # fmt: skip
    """Adjoining records of one value, from the start on."""
    return "".join(
        record(kind, value, begin, begin + seconds, unit=unit, source=source, device=device)
        for begin in range(0, until, seconds)
    )


def workout(
    *inside: str, sport: str = "Running", seconds: float = 600, duration: str | None = None, start: datetime = START,
    source: str = WATCH, device: str | None = None, more: str = "",
) -> str:  # fmt: skip
    """A workout of ten minutes from the start; `duration` in minutes."""
    told = escape(DEVICES.get(source, "") if device is None else device)
    return (
        f' <Workout workoutActivityType="HKWorkoutActivityType{sport}"'
        f' duration="{seconds / 60 if duration is None else duration}" durationUnit="min"{more}'
        f' sourceName="{escape(source)}" sourceVersion="10.6.1" device="{told}" creationDate="{at(seconds + 9)}"'
        f' startDate="{at(0, zone_of=start)}" endDate="{at(seconds, zone_of=start)}">\n{"".join(inside)} </Workout>\n'
    )


def fact(key: str, value: str) -> str:
    return f'  <MetadataEntry key="{key}" value="{value}"/>\n'


def event(kind: str, second: float) -> str:
    return f'  <WorkoutEvent type="HKWorkoutEventType{kind}" date="{at(second)}"/>\n'


def distance_sum(value: str, unit: str, *, kind: str = "DistanceWalkingRunning") -> str:
    return (
        f'  <WorkoutStatistics type="HKQuantityTypeIdentifier{kind}" startDate="{at(0)}" endDate="{at(600)}"'
        f' sum="{value}" unit="{unit}"/>\n'
    )


def route(path: str = "/workout-routes/route_2024-05-03_7.10am.gpx") -> str:
    return (
        f'  <WorkoutRoute sourceName="{WATCH}" creationDate="{at(609)}" startDate="{at(0)}" endDate="{at(600)}">\n'
        f'   <MetadataEntry key="HKMetadataKeySyncVersion" value="2"/>\n   <FileReference path="{path}"/>\n'
        "  </WorkoutRoute>\n"
    )


def export(*parts: str, dtd: str = DTD) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{dtd}{HEAD}{"".join(parts)}</HealthData>\n'.encode()


def gpx(points: Iterable[str]) -> bytes:
    """A route as Apple writes it."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="Apple Health Export" '
        'xmlns="http://www.topografix.com/GPX/1/1">\n <metadata><time>2024-06-01T10:00:00Z</time></metadata>\n'
        f" <trk><name>Route 2024-05-03 7:10am</name><trkseg>{''.join(points)}</trkseg></trk>\n</gpx>\n"
    ).encode()


def point(second: int, *, metres: float, height: float = 100.0, mps: float = 3.0) -> str:
    """So many metres north, at a height."""
    time = (START + timedelta(seconds=second)).timestamp()
    stamp = datetime.fromtimestamp(time, tz=START.tzinfo).isoformat()
    return (
        f'<trkpt lon="0.0" lat="{metres / 111_195.08:.8f}"><ele>{height:.3f}</ele><time>{stamp}</time>'
        f"<extensions><speed>{mps}</speed><course>0</course><hAcc>2</hAcc><vAcc>1</vAcc></extensions></trkpt>"
    )


def read(data: bytes, *, routes: dict[str, bytes] | None = None, location: bool = False) -> list[Recording]:
    found = read_health(BytesIO(data), file="export.xml", route=(routes or {}).get, location=location)
    return list(found)


def runs(data: bytes, *, routes: dict[str, bytes] | None = None, location: bool = False) -> list[Run]:
    return [run for recording in read(data, routes=routes, location=location) for run in recording.runs]


def only_run(data: bytes, *, routes: dict[str, bytes] | None = None, location: bool = False) -> Run:
    (run,) = runs(data, routes=routes, location=location)
    return run


def salvaged(data: bytes) -> tuple[str, ...]:
    return tuple(each for recording in read(data) for each in recording.salvaged)


RUN_S = 2700
PER_DAY = (("ActiveEnergyBurned", 60), ("HeartRate", 300), ("StepCount", 600), ("DistanceWalkingRunning", 600))
IN_RUNS = (
    ("HeartRate", 5, "150"), ("RunningSpeed", 3, "10.8"), ("RunningPower", 3, "230"),
    ("RunningGroundContactTime", 5, "250"), ("RunningStrideLength", 5, "1.07"),
    ("RunningVerticalOscillation", 5, "8.4"), ("StepCount", 5, "14"), ("DistanceWalkingRunning", 5, "0.015"),
)  # fmt: skip


def _days(kind: str, days: int) -> Iterator[str]:
    """One type's records: all day long, and densely in a run of 45 minutes on each second day."""
    for day in range(days):
        begins = START + timedelta(days=day)
        for name, seconds in PER_DAY:
            if name == kind:
                yield "".join(
                    record(kind, 1, second, second + 1, start=begins) for second in range(RUN_S, 57_600, seconds)
                )
        for name, seconds, value in IN_RUNS:
            if name == kind and day % 2 == 0:
                yield "".join(
                    record(kind, value, second, second + seconds, start=begins) for second in range(0, RUN_S, seconds)
                )


def write_big(path: Path, *, megabytes: float) -> int:
    """An export of about that size; how many runs it holds."""
    a_day = sum(len(part) for kind in UNITS for part in _days(kind, 2)) / 2e6
    days = max(round(megabytes / a_day), 2)
    with path.open("w", encoding="utf-8") as file:
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n{DTD}{HEAD}')
        for kind in sorted(UNITS):
            file.writelines(_days(kind, days))
        for day in range(0, days, 2):
            file.write(workout(seconds=RUN_S, start=START + timedelta(days=day)))
        file.write("</HealthData>\n")
    return len(range(0, days, 2))
