"""Write docs/recordings.md: which fields and oddities calfwise and others read, found out by running them all.

`--check` only compares, and leaves out the real recordings' table where those are not.
"""

import contextlib
import io
import logging
import math
import multiprocessing
import signal
import struct
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.readers import xml_fixtures as x  # noqa: E402
from tests.readers.fit import made  # noqa: E402

from calfwise.errors import CalfwiseError  # noqa: E402
from calfwise.model.run import COLUMN_NAMES  # noqa: E402
from calfwise.readers import gpx, read_bytes, tcx, xml  # noqa: E402
from calfwise.readers.apple.quantities import DISTANCE, QUANTITIES  # noqa: E402
from calfwise.readers.fit import decode, looks_like_fit  # noqa: E402
from calfwise.readers.fit.clock import Clock  # noqa: E402
from calfwise.readers.fit.profile import TIMESTAMP, Message, Record, Scaled  # noqa: E402
from calfwise.readers.fit.records import DEVELOPER_NAMES, samples_of  # noqa: E402
from calfwise.sample.fit_profile import FIT_EPOCH, developer_data_id, field_description, message, raw_message  # noqa: E402
from calfwise.sample.fit_writer import Base, Definition, Field, fit_bytes, table  # noqa: E402

PAGE = ROOT / "docs/recordings.md"
REAL = ROOT.parent / "shared/data/recordings"
REAL_HEADING = "## Real recordings"
START = x.START
RIVALS = ("fitdecode", "garmin-fit-sdk", "fitparse", "gpxpy", "tcxreader")
MADE_LIMIT_S, REAL_LIMIT_S = 20.0, 120.0

Row = dict[str, Any]
Reader = Callable[[bytes, list[Row]], bool]
"""Appends what each record says, as far as it comes, and tells whether it said that something was wrong."""
Series = Sequence[Any]
Wanted = dict[str, Series]


# --- the decoders ---------------------------------------------------------------------------------------------------

FIT_NAMES = {
    "time": ("timestamp",),
    "speed": ("enhanced_speed", "speed"),
    "distance": ("distance",),
    "cadence": ("cadence",),
    "fraction": ("fractional_cadence",),
    "stance": ("stance_time",),
    "heart rate": ("heart_rate",),
}
"""What we compare, and how FIT's decoders call it."""


def fit_row(get: Callable[[str], Any], developer: Any) -> Row:
    """One record of a FIT decoder. Cadence is shown as steps: that FIT counts one leg is no decoder's fault."""
    row = {ours: next((v for name in names if (v := get(name)) is not None), None) for ours, names in FIT_NAMES.items()}
    if isinstance(row["cadence"], int | float):
        row["cadence"] *= 2
    return row | {"time": seconds(row["time"]), "developer": developer}


def seconds(time: Any) -> Any:
    """Since the made recordings' start; a number that tells no date stays one. [s]"""
    if not isinstance(time, datetime):
        return time
    return ((time if time.tzinfo else time.replace(tzinfo=UTC)) - START).total_seconds()


def by_calfwise(data: bytes, rows: list[Row]) -> bool:
    """What comes through our door: the samples of all runs, and whether anything was said about damage or oddities."""
    recording = read_bytes(data, file="made")
    for run in recording.runs:
        cols = run.columns
        named = {"speed": cols.speed_mps, "distance": cols.distance_m, "cadence": cols.cadence_spm}
        named |= {"stance": cols.stance_time_s * 1000, "heart rate": cols.heart_rate}
        named["time"] = cols.time_s + (run.start - START).total_seconds()
        for developer in run.developer:
            name, column = next(iter(developer.columns.items()))
            named["developer"] = column * 1000 if name == "stance_time_s" else column
        rows += [{name: column[i] for name, column in named.items()} | {"sport": run.sport} for i in range(len(cols))]
    return bool(recording.salvaged or recording.remarks or any(run.notes for run in recording.runs))


def by_calfwise_whole(data: bytes, rows: list[Row]) -> bool:
    """Records of all sports, before runs are told from rides: to be counted beside other decoders' records."""
    if looks_like_fit(data):
        rows += [{} for fit in decode(data) for _ in fit.record_timestamps]
    else:
        grammar = tcx.TCX if tcx.looks_like_tcx(data) else gpx.GPX
        document = xml.read_points(data, file="real", grammar=grammar)
        rows += [{} for points in document.sessions for _ in range(len(points))]
    return bool(read_bytes(data, file="real").salvaged)


def by_fitdecode(data: bytes, rows: list[Row]) -> bool:
    import fitdecode

    with fitdecode.FitReader(data) as fit:
        for frame in fit:
            if isinstance(frame, fitdecode.FitDataMessage) and frame.name == "record":
                values = {each.name: each.value for each in reversed(frame.fields)}
                rows.append(fit_row(values.get, _developer(frame.fields)))
    return False


def by_fitparse(data: bytes, rows: list[Row]) -> bool:
    import fitparse

    for record in fitparse.FitFile(data).get_messages("record"):
        values = {each.name: each.value for each in reversed(record.fields)}
        rows.append(fit_row(values.get, _developer(record.fields)))
    return False


def _developer(each_field: Sequence[Any]) -> Any:
    """The first developer field's value, as fitdecode and fitparse keep it."""
    return next((f.value for f in each_field if getattr(f.field_def, "dev_data_index", None) is not None), None)


def by_sdk(data: bytes, rows: list[Row]) -> bool:
    import garmin_fit_sdk

    stream = garmin_fit_sdk.Stream.from_byte_array(bytearray(data))
    messages, errors = garmin_fit_sdk.Decoder(stream).read()
    for record in messages.get("record_mesgs", []):
        rows.append(fit_row(record.get, next(iter(record.get("developer_fields", {}).values()), None)))
    return bool(errors)


def by_gpxpy(data: bytes, rows: list[Row]) -> bool:
    import gpxpy

    for track in gpxpy.parse(io.TextIOWrapper(io.BytesIO(data), "utf-8")).tracks:
        for point in (point for segment in track.segments for point in segment.points):
            texts = [e.text for outer in point.extensions for e in outer.iter() if str(e.tag).endswith("cad")]
            cadence = float(texts[0]) if texts else None
            rows.append({"time": seconds(point.time), "cadence": cadence, "sport": track.type})
    return False


def by_tcxreader(data: bytes, rows: list[Row]) -> bool:
    from tcxreader.tcxreader import TCXReader

    exercise = TCXReader().read(io.BytesIO(data), only_gps=False)
    for point in exercise.trackpoints:
        cadence = point.cadence if point.cadence is not None else point.tpx_ext.get("RunCadence")
        rows.append({"time": seconds(point.time), "distance": point.distance, "cadence": cadence})
    return False


FIT_READERS: dict[str, Reader] = {
    "calfwise": by_calfwise,
    "fitdecode": by_fitdecode,
    "garmin-fit-sdk": by_sdk,
    "fitparse": by_fitparse,
}
XML_RIVALS: dict[str, tuple[str, Reader]] = {"GPX": ("gpxpy", by_gpxpy), "TCX": ("tcxreader", by_tcxreader)}


@dataclass(frozen=True, slots=True)
class Heard:
    """What came out of a decoder."""

    rows: list[Row]
    trouble: str = ""
    """Empty, or "says so", "refuses", "crash: TypeError", "over 20 s"."""


class OutOfTimeError(BaseException):
    """No decoder catches this one by accident."""


@contextlib.contextmanager
def at_most(limit_s: float) -> Iterator[None]:
    def ring(*_: object) -> None:
        raise OutOfTimeError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, limit_s)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Some print or log what they stumble over."""
    nowhere = io.StringIO()
    logging.disable()
    try:
        with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
            yield
    finally:
        logging.disable(logging.NOTSET)


def heard(reader: Reader, data: bytes, *, limit_s: float = MADE_LIMIT_S) -> Heard:
    """Everything a decoder gives before it ends, however it ends: some panic past `Exception`."""
    rows: list[Row] = []
    try:
        with at_most(limit_s), _quiet(), warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            said = reader(data, rows)
    except KeyboardInterrupt:
        raise
    except OutOfTimeError:
        return Heard(rows, f"over {limit_s:.0f} s")
    except BaseException as error:  # noqa: BLE001
        return Heard(rows, "refuses" if _meant(error) else f"crash: {type(error).__name__}")
    warned = any(issubclass(warning.category, UserWarning) for warning in caught)
    return Heard(rows, "says so" if said or warned else "")


def _meant(error: BaseException) -> bool:
    """Whether a library raised it on purpose: an error of its own, or XML's for a file that is not well formed."""
    own = type(error).__module__.split(".")[0] in {"fitdecode", "fitparse", "gpxpy", "garmin_fit_sdk", "tcxreader"}
    return own or isinstance(error, CalfwiseError | SyntaxError)


# --- what a cell says -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Case:
    """An oddity, a made file that has it, and what should come out."""

    name: str
    data: bytes
    wanted: Wanted
    """Columns by name, NaN for what is missing; without any, the file should be refused."""
    else_: dict[str, Wanted] = field(default_factory=dict)
    """Other outcomes that have a name."""
    format: str = "FIT"


def cell(case: Case, heard: Heard) -> str:
    """In a word or two what came out."""
    count = len(heard.rows)
    if count == 0:
        return "refuses" if heard.trouble == "says so" else heard.trouble or "nothing, unsaid"
    if not case.wanted:
        return f"takes it, {count} records{_after(heard)}"
    outcomes = {f"all {len(case.wanted['time'])} records": case.wanted} | case.else_
    label = next((label for label, wanted in outcomes.items() if not _wrong(heard.rows, wanted)), None)
    return (label or _wrong(heard.rows, case.wanted)) + _after(heard)


def _after(heard: Heard) -> str:
    if heard.trouble in ("", "says so"):
        return "; says so" if heard.trouble else ""
    return f", then {heard.trouble}"


def _wrong(rows: list[Row], wanted: Wanted) -> str:
    """The first thing that is not as wanted; empty where all is."""
    length = len(wanted["time"])
    if len(rows) != length:
        return f"{len(rows)} of {length}" if len(rows) < length else f"{len(rows)} instead of {length}"
    for name, values in wanted.items():
        came = [row.get(name) for row in rows]
        if name == "sport":
            if came != list(values):
                return "wrong sport"
            continue
        numbers = np.array([_number(value) for value in came])
        if np.isnan(numbers).all() and not np.isnan(np.asarray(values, float)).all():
            return f"no {name}"
        if not np.allclose(numbers, np.asarray(values, float), atol=0.006, rtol=0, equal_nan=True):
            return f"wrong {name}"
    return ""


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float | np.floating) else math.nan


# --- made FIT files -------------------------------------------------------------------------------------------------

MINUTE = np.arange(60.0)
NAN = math.nan
STEADY: Wanted = {"time": MINUTE, "distance": 3 * MINUTE, "speed": [3.0] * 60, "cadence": [168.0] * 60}
WHOLE = fit_bytes([made.file_id(), made.records(60), made.session(seconds=60)])
GROUND = Field(8, Base.UINT16, developer=0)


def first(count: int, of: Wanted = STEADY) -> Wanted:
    return {name: values[:count] for name, values in of.items()}


def fit_cases() -> list[Case]:
    """Every oddity of FIT that real files taught us."""
    return [
        *_values(),
        *_times(),
        *_ways_of_writing(),
        *_developer_fields(),
        *_damage(),
    ]


def _a_minute(**values: Any) -> bytes:
    return fit_bytes([made.file_id(), made.records(60, **values), made.session(seconds=60)])


def _values() -> list[Case]:
    half = np.where(MINUTE % 2 == 0, 250.0, 0.0)
    quarter = np.where(MINUTE % 2 == 0, 0.5, 0.0)
    packed = [[0x2C, 0x01 | (s & 0xF) << 4, s >> 4] for s in ((48 * MINUTE.astype(int)) & 0xFFF).tolist()]
    odd = (Field(TIMESTAMP, Base.UINT32), Field(4, Base.UINT32, declared_size=1), Field(6, Base.UINT16))
    narrow = table(Definition(20, odd), [made.FIRST + MINUTE, np.full((60, 1), 84), 3000])
    return [
        Case(
            "a stance of 0 means missing",
            _a_minute(stance_time=half),
            STEADY | {"stance": np.where(half > 0, half, NAN)},
            {"0 ms, not missing": STEADY | {"stance": half}},
        ),
        Case(
            "fractional cadence",
            _a_minute(fractional_cadence=quarter),
            STEADY | {"cadence": 168 + 2 * quarter},
            {"in two fields": STEADY | {"fraction": quarter}},
        ),
        Case("compressed speed and distance", _a_minute(speed=None, distance=None, compressed_speed_distance=packed),
             STEADY),
        Case("a 1-byte field declared uint32", fit_bytes([narrow, made.session(seconds=60)]),
             first(60, {name: STEADY[name] for name in ("time", "speed", "cadence")})),
        Case("heart rate only in messages of its own", _heart_rate_apart(), STEADY | {"heart rate": [140.0] * 60}),
    ]  # fmt: skip


def _heart_rate_apart() -> bytes:
    """A strap that kept its beats under water writes `hr` messages: one with a date, then some counted from it."""
    clock, bpm = Field(9, Base.UINT32), Field(6, Base.UINT8)
    dated = {Field(TIMESTAMP, Base.UINT32): made.FIRST, Field(0, Base.UINT16): 0, clock: 1024, bpm: 140}
    counted = {clock: 1024 + 1024 * np.arange(1, 62), bpm: 140}
    beats = [raw_message(132, dated, local=4), raw_message(132, counted, local=5)]
    return fit_bytes([made.file_id(), *beats, made.records(60), made.session(seconds=60)])


def _times() -> list[Case]:
    gone_back = np.concatenate([np.arange(50.0), np.arange(45.0, 50.0), np.arange(50.0, 60.0)])
    compressed = message("record", compressed_time=True, timestamp=made.FIRST + 2 * MINUTE, **_steady_fields())
    switched_on, local = 5000, made.FIRST + 3600
    undated = [
        message("record", timestamp=switched_on + MINUTE, **_steady_fields()),
        message("session", local=1, timestamp=switched_on + 60, start_time=switched_on, sport=1, total_timer_time=60),
        message("activity", local=2, timestamp=switched_on, local_timestamp=local),
    ]
    long_ago = switched_on + MINUTE - (START - FIT_EPOCH).total_seconds()
    return [
        Case(
            "compressed timestamps, with rollover",
            fit_bytes([made.timer(0, made.START), compressed, made.session(seconds=120)]),
            STEADY | {"time": 2 * MINUTE},
        ),
        Case(
            "a clock that jumps back",
            fit_bytes([made.records(gone_back), made.session(seconds=60)]),
            STEADY,
            {"as written, times fall": {"time": gone_back}},
        ),
        Case(
            "time counted from power-on",
            fit_bytes(undated),
            STEADY | {"time": 3600 + MINUTE},
            {
                "seconds, no date": STEADY | {"time": switched_on + MINUTE},
                "a date in 1989": STEADY | {"time": long_ago},
            },
        ),
        Case("the summary first", fit_bytes([made.file_id(), made.session(seconds=60), made.records(60)]), STEADY),
        Case("the summary last", WHOLE, STEADY),
    ]


def _steady_fields() -> dict[str, Any]:
    return {"distance": 3.0 * MINUTE, "speed": 3.0, "cadence": 84}


def _ways_of_writing() -> list[Case]:
    raw = {Field(TIMESTAMP, Base.UINT32): made.FIRST + MINUTE, Field(5, Base.UINT32): 300 * MINUTE}
    raw |= {Field(6, Base.UINT16): 3000, Field(4, Base.UINT8): 84}
    later = fit_bytes([made.records(3600 + MINUTE, distance=3 * MINUTE), made.session(start=3600, seconds=60)])
    twice = {name: np.concatenate([values, values]) for name, values in STEADY.items()}
    twice["time"] = np.concatenate([MINUTE, 3600 + MINUTE])
    return [
        Case(
            "big-endian",
            fit_bytes([raw_message(Message.RECORD, raw, big_endian=True), made.session(seconds=60)]),
            STEADY,
        ),
        Case("two files chained", WHOLE + later, twice),
        Case(
            "multisport: the run alone",
            _ride_and_run(),
            STEADY | {"time": 60 + MINUTE},
            {"all sports in one list": {"time": np.arange(120.0)}},
        ),
        Case("a header CRC of 0", _minute_with(header_crc=False), STEADY),
        Case("a 12-byte header", _minute_with(header_size=12), STEADY),
        Case("a data size of 0", WHOLE[:4] + struct.pack("<I", 0) + WHOLE[8:12] + bytes(2) + WHOLE[14:], STEADY),
    ]


def _minute_with(**options: Any) -> bytes:
    return fit_bytes([made.file_id(), made.records(60), made.session(seconds=60)], **options)


def _ride_and_run() -> bytes:
    """A minute of cycling at 90 turns a minute, then one of running; distance counts on."""
    ride = np.arange(120) < 60
    speed = np.where(ride, 9.0, 3.0)
    distance = np.concatenate([[0.0], np.cumsum(speed)[:-1]])
    sessions = [
        made.session(seconds=60, sport=made.CYCLING, total_distance=540.0),
        made.session(start=60, seconds=60, local=2, total_distance=180.0),
    ]
    return fit_bytes([made.records(120, speed=speed, distance=distance, cadence=np.where(ride, 90, 84)), *sessions])


def _developer_fields() -> list[Case]:
    def file(application: bytes | None, *, stance: float | None, **described: Any) -> bytes:
        parts = [
            developer_data_id(0, application_id=application, local=4),
            field_description(GROUND, local=5, **described),
        ]
        columns = {} if stance is None else {"stance_time": stance}
        return fit_bytes([*parts, made.records(60, developer={GROUND: 240}, **columns), made.session(seconds=60)])

    app = bytes(range(16))
    named = {"name": "Ground Time", "units": "Milliseconds", "message": 20, "number": 41}
    told = STEADY | {"developer": [240.0] * 60}
    undescribed = fit_bytes([made.records(60, developer={GROUND: 240}), made.session(seconds=60)])
    return [
        Case("developer ground time beside the watch's", file(app, stance=260.0, **named),
             told | {"stance": [260.0] * 60}),
        Case("a developer field without a name", file(app, stance=None), told),
        Case("a developer without an application id", file(None, stance=None, name="Ground Time"), told),
        Case("a developer field nobody describes", undescribed, STEADY),
    ]  # fmt: skip


def _damage() -> list[Case]:
    size = made.records(60).rows.itemsize
    last = WHOLE.index(made.records(60).rows.tobytes()) + 57 * size
    undefined = [made.file_id(), made.records(60), bytes([0x0B, 1, 2, 3]), made.session(seconds=60)]
    return [
        Case("an undefined local type after 60 records", fit_bytes(undefined), STEADY),
        Case("cut off within record 58", WHOLE[: last + 5], first(57)),
        Case("NUL from record 58 on", WHOLE[:last] + bytes(len(WHOLE) - last), first(57)),
        Case("a wrong checksum at the end", WHOLE[:-2] + bytes([WHOLE[-2] ^ 1, WHOLE[-1]]), STEADY),
        Case("bytes after the end", WHOLE + b"garbage", STEADY),
        Case("NUL bytes only", bytes(500), {}),
        Case("empty", b"", {}),
    ]


# --- made TCX and GPX files -----------------------------------------------------------------------------------------

POINTS: Wanted = {"time": MINUTE}


def xml_cases() -> list[Case]:
    """Every oddity of XML that real files taught us, in each format that can have it."""
    return [*_both("GPX", _gpx_file, _gpx_points), *_both("TCX", _tcx_file, _tcx_points), *_gpx_alone(), *_tcx_alone()]


def _gpx_points(
    begin: int = 0, end: int = 60, *, cadence: int | None = None, prefix: str = "gpxtpx", **time: str
) -> str:
    told = "" if cadence is None else f"<extensions><{prefix}:cad>{cadence}</{prefix}:cad></extensions>"
    return "".join(x.trkpt(second, metres=3.0 * second, inside=told, **time) for second in range(begin, end))


def _gpx_file(*points: str) -> bytes:
    return x.gpx(x.trk(*map(x.segment, points)))


def _tcx_points(begin: int = 0, end: int = 60, *, cadence: int | None = None, prefix: str = "ns3", **time: str) -> str:
    told = "" if cadence is None else x.tpx(f"<{prefix}:RunCadence>{cadence}</{prefix}:RunCadence>", prefix=prefix)
    return "".join(x.trackpoint(second, metres=3.0 * second, inside=told, **time) for second in range(begin, end))


def _tcx_file(*points: str) -> bytes:
    return x.tcx(x.activity(x.lap(*map(x.track, points), timer_s=60)))


def _both(kind: str, file: Callable[..., bytes], points: Callable[..., str]) -> list[Case]:
    """What either format can have."""
    usual = file(points())
    line = x.DECLARATION.encode()
    root = {"GPX": "gpx", "TCX": "TrainingCenterDatabase"}[kind]
    doctype = f'<!DOCTYPE {root} [<!ENTITY who "us">]>\n'.encode()
    broken = usual[: usual.index(x.at(57).encode()) + 4]
    ampersand = usual.replace(b"</trk>", b"<name>Bread & Butter</name></trk>").replace(
        b"</Activity>", b"<Notes>Bread & Butter</Notes></Activity>"
    )
    doubled = STEADY["cadence"]
    named = [
        ("a byte order mark", b"\xef\xbb\xbf" + usual, POINTS),
        ("a space before the declaration", b" " + usual, POINTS),
        ("an undeclared prefix", file(points(cadence=84, prefix="nobody")), POINTS | {"cadence": doubled}),
        ("cadence a leg", file(points(cadence=84)), POINTS | {"cadence": doubled}),
        ("cadence already doubled", file(points(cadence=168)), POINTS | {"cadence": doubled}),
        ("a point without time", file(points(0, 30) + points(30, 31, time="") + points(31)),
         {"time": np.delete(MINUTE, 30)}),
        ("an empty segment", file(points(0, 30), "", points(30)), POINTS),
        ("broken off within point 58", broken, {"time": MINUTE[:57]}),
        ("a stray &", ampersand, POINTS),
        ("a document type with an entity", usual.replace(line, line + doctype), {}),
        ("empty", b"", {}),
    ]  # fmt: skip
    outcomes: dict[str, Wanted] = {
        "as written, a leg": POINTS | {"cadence": [84.0] * 60},
        "60, one without time": {"time": np.where(MINUTE == 30, NAN, MINUTE)},
    }
    return [Case(name, data, wanted, outcomes if wanted else {}, kind) for name, data, wanted in named]


def _gpx_alone() -> list[Case]:
    untyped = x.gpx(x.trk(x.segment(x.jog(0, 300)), sport=None))
    times = {"time": np.arange(300.0)}
    return [
        Case("a track that names no sport", untyped, times | {"sport": ["running"] * 300},
             {"sport untold": times | {"sport": [None] * 300}}, "GPX"),
    ]  # fmt: skip


def _tcx_alone() -> list[Case]:
    holes = x.treads(0, 30) + x.trackpoint(30, metres=None) + x.treads(31, 60)
    return [
        Case("a missing distance", _tcx_file(holes),
             POINTS | {"distance": np.where(MINUTE == 30, NAN, 3 * MINUTE)}, {}, "TCX"),
    ]  # fmt: skip


# --- the tables -----------------------------------------------------------------------------------------------------

Rows = list[list[str]]


def fit_rows() -> Rows:
    """Header, then one row an oddity of FIT."""
    rows = [[case.name, *(cell(case, heard(read, case.data)) for read in FIT_READERS.values())] for case in fit_cases()]
    return [["FIT", *FIT_READERS], *rows]


def xml_rows() -> Rows:
    """Header, then one row an oddity: GPX beside gpxpy, TCX beside tcxreader."""
    rows: dict[str, dict[str, str]] = {}
    for case in xml_cases():
        rival, read = XML_RIVALS[case.format]
        told = rows.setdefault(case.name, {})
        told[f"calfwise, {case.format}"] = cell(case, heard(by_calfwise, case.data))
        told[rival] = cell(case, heard(read, case.data))
    header = [name for kind, (rival, _) in XML_RIVALS.items() for name in (f"calfwise, {kind}", rival)]
    return [
        ["TCX and GPX", *header],
        *([name, *(told.get(head, "–") for head in header)] for name, told in rows.items()),
    ]


def markdown(rows: Rows) -> str:
    head, *body = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([head, "|" + "---|" * len(rows[0]), *body])


UNITS = {"_s": "s", "_m": "m", "_mps": "m/s", "_spm": "1/min", "_w": "W", "_rate": "1/min", "temperature": "°C"}


def field_rows() -> Rows:
    """Header, then one row a column of ours: what it is read from in each format."""
    sources = (fit_sources(), tcx_sources(), gpx_sources(), apple_sources())
    developer = developer_sources()
    rows = []
    for name in COLUMN_NAMES:
        unit = next((unit for suffix, unit in UNITS.items() if name.endswith(suffix)), "1")
        native, *others = (read_or_computed(name, source) for source in sources)
        rows.append([f"`{name}`", unit, native, developer.get(name, "–"), *others])
    return [["column", "unit", "FIT record", "FIT developer field", "TCX", "GPX", "Apple Health"], *rows]


FROM = {
    "distance_m": ("position", "speed_mps"),
    "speed_mps": ("distance_m", "position"),
    "grade": ("altitude_m",),
}
"""What is computed where the file lacks it, and from what; `assemble` does it."""
BASES = {"position": "positions", "speed_mps": "speed", "distance_m": "distance", "altitude_m": "altitude"}


def read_or_computed(name: str, source: dict[str, str]) -> str:
    """What is tried first stands first: a slope is computed where altitude is known, all else read where it is told."""
    read = source.get(name)
    base = next((base for base in FROM.get(name, ()) if base in source), None)
    if base is None:
        return read or "–"
    from_ = f"computed from {BASES[base]}"
    if read is None:
        return from_
    return f"{from_}, else {read}" if name == "grade" else f"{read}, else {from_}"


def fit_sources() -> dict[str, str]:
    """By experiment: each field of a record is written into a file, alone and beside cadence; which column changes?"""
    found: dict[str, list[str]] = {"time_s": [f"timestamp ({TIMESTAMP})"]}
    for name, scaled in vars(Record).items():
        if isinstance(scaled, Scaled):
            for column in _columns_told(scaled.number):
                found.setdefault(column, []).append(f"{name.lower()} ({scaled.number})")
    return {column: ", ".join(names) for column, names in found.items()} | {"position": ""}


def _columns_told(number: int) -> list[str]:
    changed: set[str] = set()
    for base in ({}, {Field(4, Base.UINT8): 84}):
        without = _columns_of(base)
        with_it = _columns_of({_field(number): _value(number), **base}) if _field(number) not in base else without
        changed |= {name for name, column in with_it.items() if not np.array_equal(column, without.get(name))}
    return [name for name in COLUMN_NAMES if name in changed]


def _field(number: int) -> Field:
    return (
        Field(number, Base.BYTE, 3) if number == Record.COMPRESSED_SPEED_DISTANCE.number else Field(number, Base.UINT8)
    )


def _value(number: int) -> Any:
    return [[0x2C, 0x01, 0]] * 3 if number == Record.COMPRESSED_SPEED_DISTANCE.number else 84


def _columns_of(values: dict[Field, Any]) -> dict[str, Any]:
    times = {Field(TIMESTAMP, Base.UINT32): made.FIRST + np.arange(3)}
    [fit] = decode(fit_bytes([raw_message(Message.RECORD, times | values)]))
    samples = samples_of(fit, Clock())
    return samples.columns if samples else {}


def developer_sources() -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for name, (column, _) in DEVELOPER_NAMES.items():
        found.setdefault(column, []).append(f'"{name}"')
    return {column: ", ".join(names) for column, names in found.items()}


OURS = {"time": "time_s", "strides_per_minute": "cadence_spm", "lat": "position"}


def tcx_sources() -> dict[str, str]:
    return _elements(tcx.COLUMNS)


def gpx_sources() -> dict[str, str]:
    """Names in any namespace, so each is shown without one; distance counts in two namespaces only."""
    distance = {f"{namespace}:distance": "distance_m" for namespace in gpx.CUMULATIVE}
    return _elements(gpx.CORE | gpx.EXTENSIONS | distance) | {"position": ""}


def _elements(columns: dict[str, str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for name, column in columns.items():
        found.setdefault(OURS.get(column, column), []).append(f"`{name}`")
    return {column: ", ".join(names) for column, names in found.items()}


def apple_sources() -> dict[str, str]:
    """Types of record, without Apple's prefix; a workout's route is a GPX file beside."""
    found: dict[str, list[str]] = {"time_s": ["each record's dates"], "distance_m": ["the route's positions", DISTANCE]}
    for name, quantity in QUANTITIES.items():
        found.setdefault(quantity.column, []).append(name)
    route = gpx_sources()
    for column in ("speed_mps", "altitude_m"):
        found.setdefault(column, []).append(f"the route's {route[column]}")
    return {column: ", ".join(names) for column, names in found.items()}


def _only_told(name: str, told: str, ours: str) -> bool:
    """Whether the file is damaged, another says so, whole records or not, and we do not."""
    return name in {case.name for case in _damage()} and told != ours and told.startswith(ours)


def better_elsewhere(*tables: Rows) -> list[str]:
    """Oddities of which another gives every record and ours does not, or tells of damage where ours is silent."""
    found = []
    for header, *rows in tables:
        for name, *cells in rows:
            ours = ""
            for who, told in zip(header[1:], cells, strict=True):
                if who.startswith("calfwise"):
                    ours = told
                elif told.startswith("all ") and (not ours.startswith("all ") or _only_told(name, told, ours)):
                    found.append(f"{name}: {who} {told}, calfwise {ours}")
    return found


# --- the real recordings --------------------------------------------------------------------------------------------


def real_rows() -> Rows:
    """How many real files each decoder reads; all records are as many as any of them found."""
    rows = [
        ["format", "decoder", "files", "read without an error", "and with all records", "all records, error or not"]
    ]
    with multiprocessing.Pool() as pool:
        for kind in ("fit", "tcx", "gpx"):
            files = sorted(REAL.glob(f"*.{kind}"))
            counted = pool.map(_counts, files, chunksize=1)
            for who in counted[0]:
                whole = [each[who][0] == max(count for count, _ in each.values()) for each in counted]
                clean = [not each[who][1] for each in counted]
                both = sum(map(all, zip(whole, clean, strict=True)))
                rows.append([kind.upper(), who, *(str(n) for n in (len(files), sum(clean), both, sum(whole)))])
    return rows


def _counts(file: Path) -> dict[str, tuple[int, str]]:
    """By decoder: how many records, and what trouble."""
    data, kind = file.read_bytes(), file.suffix[1:].upper()
    rivals = FIT_READERS if kind == "FIT" else dict([XML_RIVALS[kind]])
    results = {}
    for who, read in (rivals | {"calfwise": by_calfwise_whole}).items():
        came = heard(read, data, limit_s=REAL_LIMIT_S)
        results[who] = len(came.rows), came.trouble
    return {"calfwise": results.pop("calfwise"), **results}


# --- the page -------------------------------------------------------------------------------------------------------

INTRO = """# Recordings: what is read, and by whom

Written by `scripts/recordings.py`, which runs every decoder on every file below; no cell is typed in.

## Fields

A dash: the format does not have it, or we do not read it. Positions are read to compute distance, and leave the reader
only when asked for. Cadence counts one leg in FIT, TCX and GPX; ours counts steps. Developer fields stay apart from the
watch's own, under the sensor's name; those with names we do not know keep theirs. Names in GPX are read in any
namespace, but for `distance`."""

ODDITIES = """## Oddities

Each row is a small made file: a minute at 3 m/s, with one oddity. "All 60 records" means that times, and whatever of
distance, speed and cadence the row is about, are right; "says so", that the reader told of damage or of a correction;
"then refuses", that an error ended the reading after those records. The others are decoders: they hand on what the file
says, and making a run of it is their caller's work. So "as written" or "in two fields" is no fault of theirs. All run
with their defaults; tcxreader with `only_gps=False`."""

REAL_ABOUT = """Runs and other sports, damaged and odd files among them; other people's, so not shipped. All records: as
many as any decoder found in the file, none where none found any. Damage that a reader tells of counts as an error:
a reader that looks for less, as ours for checksums, has fewer.
Records of all sports are counted here, also of calfwise."""


def versions() -> str:
    return "Compared: " + ", ".join(f"{name} {version(name)}" for name in RIVALS) + "."


def made_part(fit: Rows, others: Rows) -> str:
    """Everything but the real recordings."""
    better = better_elsewhere(fit, others)
    told = "\n".join(["**Where another does better:**", "", *(f"* {line}" for line in better)])
    none = "In none of these rows another gives all records and calfwise does not."
    parts = [INTRO, markdown(field_rows()), ODDITIES, versions(), markdown(fit), markdown(others)]
    return "\n\n".join([*parts, told if better else none])


def real_part(page: str) -> str:
    """Counted anew where the recordings are; else as the page has it."""
    if not REAL.is_dir():
        return page[page.find(REAL_HEADING) :].strip() if REAL_HEADING in page else ""
    return f"{REAL_HEADING}\n\n{REAL_ABOUT}\n\n{markdown(real_rows())}"


def main(arguments: list[str]) -> None:
    """Write the page, or compare."""
    page = PAGE.read_text("utf-8") if PAGE.exists() else ""
    text = "\n\n".join(filter(None, [made_part(fit_rows(), xml_rows()), real_part(page)])) + "\n"
    if "--check" in arguments:
        if page != text:
            sys.exit("docs/recordings.md differs from what the decoders do: run scripts/recordings.py")
        return
    PAGE.write_text(text, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
