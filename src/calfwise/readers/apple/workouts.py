"""Workouts, cut out of the export one by one: a damaged one costs nothing but itself."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from lxml import etree

from calfwise.readers.apple.dates import date_of
from calfwise.readers.apple.quantities import DISTANCE, DURATION_S, LENGTH_M, RUNNING_TYPE, TYPE_PREFIX, in_unit
from calfwise.readers.apple.sources import Owner, owner_of
from calfwise.readers.xml_points import Element, local_name

LONGEST_BYTES = 8 << 20
"""Of one workout. Old exports hold a route's every point: a marathon has 3 MB."""
PARSED_BYTES = 1 << 20
"""Of what is left without those points; its tree takes 15 times as much."""
MOST_EVENTS = 2_000
"""Stops and starts, of one workout."""

_OPEN = re.compile(rb"<Workout\s")
_START_TAG = re.compile(rb"<Workout\s(?:[^\"'<>]++|\"[^\"<]*+\"|'[^'<]*+')*+>")
_CLOSE = b"</Workout>"
_POINTS = re.compile(rb"<Location\s[^<>]*/>")
_NOT_XML = bytes(set(range(0x20)) - set(b"\t\r\n"))
"""Apple lets them through (\\x0b above all); no XML may hold them."""

STOPS = frozenset({"HKWorkoutEventTypePause", "HKWorkoutEventTypeMotionPaused"})
STARTS = frozenset({"HKWorkoutEventTypeResume", "HKWorkoutEventTypeMotionResumed"})
_DISTANCE = TYPE_PREFIX + DISTANCE
_ANY_DISTANCE = TYPE_PREFIX + "Distance"


@dataclass(slots=True)
class Workout:
    """What a workout says of itself."""

    activity_type: str
    start: datetime
    end: datetime
    owner: Owner
    duration_s: float | None = None
    """Pauses left out."""
    distance_m: float | None = None
    indoor: bool = False
    zone_name: str | None = None
    events: list[tuple[datetime, bool]] = field(default_factory=list)
    """When, and whether the watch was stopped (else started again)."""
    routes: list[str] = field(default_factory=list)
    """Files in the export."""
    damaged: bool = False
    """It breaks off; what precedes is here."""

    @property
    def is_run(self) -> bool:
        return self.activity_type == RUNNING_TYPE


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of one workout."""

    at: int
    """Since the data's beginning. [byte]"""
    text: bytes
    whole: bool


def workouts_of(pieces: Iterable[bytes]) -> Iterator[tuple[int, Workout | None]]:
    """Where each workout stands, and what it says; `None` for one without a beginning and an end in time."""
    for piece in pieces_of_workouts(pieces):
        yield piece.at, _workout(piece)


def pieces_of_workouts(pieces: Iterable[bytes]) -> Iterator[Piece]:
    """Each workout's own text. What is not closed ends where the next one begins, or the file.

    >>> [piece.text for piece in pieces_of_workouts([b'<Record/><Work', b'out a="1"/><Workout b="2"></Wor', b'kout>'])]
    [b'<Workout a="1"/>', b'<Workout b="2"></Workout>']
    """
    rest, at = b"", 0
    for piece in pieces:
        rest += piece
        begin = 0
        while opened := _OPEN.search(rest, begin):
            begin = opened.start()
            ended = _end(rest, begin)
            if ended is None:
                break
            end, whole = ended
            yield Piece(at + begin, rest[begin:end], whole)
            begin = end
        keep = begin if opened else max(len(rest) - len(_CLOSE), begin)
        rest, at = rest[keep:], at + keep
    if _OPEN.match(rest):
        yield Piece(at, rest, whole=False)


def _end(text: bytes, begin: int) -> tuple[int, bool] | None:
    """Where the workout that begins there ends, and whether it was closed; `None` if that is still to come."""
    tag = _START_TAG.match(text, begin)
    inside = tag.end() if tag else begin + 1
    if tag and text.endswith(b"/>", begin, inside):
        return inside, True
    close = text.find(_CLOSE, inside) if tag else -1
    following = _OPEN.search(text, inside, close if close >= 0 else len(text))
    if following:
        return following.start(), False
    if close >= 0:
        return close + len(_CLOSE), True
    return (begin + LONGEST_BYTES, False) if len(text) - begin > LONGEST_BYTES else None


def _workout(piece: Piece) -> Workout | None:
    text = _POINTS.sub(b"", piece.text).translate(None, _NOT_XML).decode(errors="replace")
    elements, whole = _elements(text[:PARSED_BYTES].encode())
    workout = _from_attributes(elements[0]) if elements else None
    if workout is not None:
        workout.damaged = not (whole and piece.whole)
        for element in elements[1:]:
            _add(workout, element)
    return workout


def _elements(text: bytes) -> tuple[list[Element], bool]:
    """The elements in their order, up to where the text is damaged, and whether it is not."""
    parser = etree.XMLPullParser(
        events=("start",), huge_tree=False, no_network=True, load_dtd=False, resolve_entities=False,
        remove_blank_text=True, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    whole = True
    try:
        parser.feed(text)
        parser.close()
    except etree.XMLSyntaxError:
        whole = False
    found: list[Element] = []
    try:
        for _, element in parser.read_events():
            found.append(element)  # type: ignore[arg-type]
    except etree.XMLSyntaxError:
        whole = False
    return found, whole


def _from_attributes(element: Element) -> Workout | None:
    start, end = date_of(element.get("startDate")), date_of(element.get("endDate"))
    if start is None or end is None or end < start:
        return None
    return Workout(
        activity_type=element.get("workoutActivityType", ""),
        start=start,
        end=end,
        owner=owner_of(element.get("sourceName", ""), element.get("device", "")),
        duration_s=in_unit(element.get("duration"), element.get("durationUnit", "min"), DURATION_S),
        distance_m=in_unit(element.get("totalDistance"), element.get("totalDistanceUnit"), LENGTH_M),
    )


def _add(workout: Workout, element: Element) -> None:
    """What a child says; legs of a workout (`WorkoutActivity`) only repeat it."""
    parent = element.getparent()
    place = local_name(parent.tag) if parent is not None else ""
    name = local_name(element.tag)
    if name == "FileReference" and place == "WorkoutRoute":
        workout.routes.append(element.get("path", ""))
    elif place != "Workout":
        return
    elif name == "WorkoutEvent":
        _add_event(workout, element)
    elif name == "WorkoutStatistics":
        _add_statistics(workout, element)
    elif name == "MetadataEntry":
        _add_fact(workout, element.get("key"), element.get("value"))


def _add_event(workout: Workout, element: Element) -> None:
    kind, date = element.get("type"), date_of(element.get("date"))
    if date is not None and (kind in STOPS or kind in STARTS) and len(workout.events) < MOST_EVENTS:
        workout.events.append((date, kind in STOPS))


def _add_statistics(workout: Workout, element: Element) -> None:
    kind = element.get("type", "")
    own = _DISTANCE if workout.is_run else _ANY_DISTANCE
    if workout.distance_m is None and kind.startswith(own):
        workout.distance_m = in_unit(element.get("sum"), element.get("unit"), LENGTH_M)


def _add_fact(workout: Workout, key: str | None, value: str | None) -> None:
    if key == "HKIndoorWorkout":
        workout.indoor = value == "1"
    elif key == "HKTimeZone":
        workout.zone_name = value
