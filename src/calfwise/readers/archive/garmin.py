"""A Garmin account export: what its JSON tells about the recordings that lie, zipped again, elsewhere in it.

Structure, as several public readers of real exports agree: `DI_CONNECT/DI-Connect-Fitness/*_summarizedActivities.json`
holds `[{"summarizedActivitiesExport": [activity, ...]}]`; `*_gear.json` holds `[{"gearDTOS": [...], "gearActivityDTOs":
{gear: [{"activityId": ...}]}}]`; times are milliseconds since 1970, in GMT. The FIT files in
`DI-Connect-Uploaded-Files/*.zip` are named `<email>_<number>.fit`, where the number is usually the upload's, not the
activity's: the start decides, the number only where it is known.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath

import msgspec
from msgspec import Raw, Struct

from calfwise.model.run import Told
from calfwise.readers.archive.limits import MIB
from calfwise.readers.archive.tables import text

ORIGIN = "Garmin's archive"
SAME_START = timedelta(seconds=60)
SAME_DAY = timedelta(days=1)
"""An activity's number in a file's name counts if the start is not a day away."""
MOST_BYTES = 32 * MIB
MOST_VALUES = 1_000_000
"""Commas in one file, which holds a thousand activities of some two hundred values each."""
NUMBER = re.compile(r"(\d{6,})(?:_ACTIVITY)?\.fit(?:\.gz)?$", re.IGNORECASE)
SEVERAL = "multi_sport"
"""The whole of a triathlon, which starts with its first leg: the legs are told instead."""

SPORTS = {
    "running": "running", "street_running": "running", "trail_running": "running", "track_running": "running",
    "treadmill_running": "running", "indoor_running": "running", "virtual_run": "running", "ultra_run": "running",
    "walking": "walking", "hiking": "hiking", "cycling": "cycling", "road_biking": "cycling",
    "mountain_biking": "cycling", "gravel_cycling": "cycling", "indoor_cycling": "cycling", "virtual_ride": "cycling",
    "swimming": "swimming", "lap_swimming": "swimming", "open_water_swimming": "swimming",
    "strength_training": "training", "rowing": "rowing", "indoor_rowing": "rowing",
}  # fmt: skip


class _Export(Struct):
    activities: list[Raw] = msgspec.field(name="summarizedActivitiesExport")


class _Activity(Struct, rename="camel"):
    activity_id: int
    name: str | None = None
    description: str | None = None
    activity_type: str | None = None
    start_time_gmt: float | None = None
    begin_timestamp: float | None = None


class _Gear(Struct, rename="camel"):
    gear_pk: int
    custom_make_model: str | None = None
    display_name: str | None = None


class _Worn(Struct, rename="camel"):
    activity_id: int


class _GearExport(Struct):
    gear: list[_Gear] = msgspec.field(name="gearDTOS")
    worn: dict[str, list[_Worn]] = msgspec.field(name="gearActivityDTOs")


@dataclass(frozen=True, slots=True)
class Summary:
    """What the export says about one activity."""

    activity_id: int
    start: datetime | None
    """Aware, UTC."""
    told: Told


class GarminTable:
    """The summaries of an export, to be asked about a run."""

    def __init__(self, summaries: Iterable[Summary], gear: dict[int, str] | None = None) -> None:
        worn = gear or {}
        dressed = [_dressed(summary, worn) for summary in summaries]
        self._by_number = {summary.activity_id: summary for summary in dressed}
        self._by_start = sorted(
            (summary.start, summary.activity_id) for summary in dressed if summary.start is not None
        )

    def __len__(self) -> int:
        return len(self._by_number)

    def of(self, file: str, start: datetime) -> Told | None:
        """What it tells about a run: by the activity's number in the file's name, else by a start within a minute.

        Parameters
        ----------
        file
            The file's name; of a nested archive only the last part counts.
        start
            When the run began. Aware.
        """
        numbered = NUMBER.search(PurePosixPath(file).name)
        summary = self._by_number.get(int(numbered[1])) if numbered else None
        if summary is not None and (summary.start is None or abs(summary.start - start) <= SAME_DAY):
            return summary.told
        return self._nearest(start)

    def _nearest(self, start: datetime) -> Told | None:
        at = bisect_left(self._by_start, (start, 0))
        near = [(abs(begun - start), number) for begun, number in self._by_start[max(0, at - 1) : at + 1]]
        apart, number = min(near, default=(timedelta.max, 0))
        return self._by_number[number].told if apart <= SAME_START else None


def read_summaries(data: bytes) -> tuple[Summary, ...]:
    """The activities of one summarizedActivities.json; empty for what is not one, and without those that are odd."""
    if not _bounded(data):
        return ()
    activities: list[Summary] = []
    for raw in _raw_activities(data):
        try:
            activity = msgspec.json.decode(raw, type=_Activity, strict=False)
        except (msgspec.DecodeError, RecursionError):
            continue
        if activity.activity_type != SEVERAL:
            activities.append(_summary(activity))
    return tuple(activities)


def read_gear(data: bytes) -> dict[int, str]:
    """What was worn in each activity, from one gear.json; empty for what is not one."""
    if not _bounded(data):
        return {}
    try:
        exports = msgspec.json.decode(data, type=list[_GearExport] | _GearExport, strict=False)
    except (msgspec.DecodeError, RecursionError):
        return {}
    worn: dict[int, str] = {}
    for export in exports if isinstance(exports, list) else [exports]:
        names = {str(gear.gear_pk): text(gear.custom_make_model or gear.display_name or "") for gear in export.gear}
        for number, uses in export.worn.items():
            if name := names.get(number):
                worn.update((use.activity_id, name) for use in uses)
    return worn


def _bounded(data: bytes) -> bool:
    return len(data) <= MOST_BYTES and data.count(b",") <= MOST_VALUES


def _raw_activities(data: bytes) -> list[Raw]:
    """The activities as they stand there; some exports come without the wrapping."""
    bare = data.removeprefix(b"\xef\xbb\xbf")
    try:
        exports = msgspec.json.decode(bare, type=list[_Export] | _Export)
    except (msgspec.DecodeError, RecursionError):
        return _unwrapped(bare)
    return [raw for export in (exports if isinstance(exports, list) else [exports]) for raw in export.activities]


def _unwrapped(data: bytes) -> list[Raw]:
    try:
        return msgspec.json.decode(data, type=list[Raw])
    except (msgspec.DecodeError, RecursionError):
        return []


def _summary(activity: _Activity) -> Summary:
    word = text(activity.activity_type or "")
    told = Told(
        origin=ORIGIN,
        title=text(activity.name or ""),
        description=text(activity.description or ""),
        sport=SPORTS.get(word, word) if word else None,
    )
    milliseconds = activity.begin_timestamp if activity.start_time_gmt is None else activity.start_time_gmt
    return Summary(activity.activity_id, _moment(milliseconds), told)


def _moment(milliseconds: float | None) -> datetime | None:
    try:
        return None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _dressed(summary: Summary, worn: dict[int, str]) -> Summary:
    gear = worn.get(summary.activity_id)
    told = msgspec.structs.replace(summary.told, gear=gear) if gear else summary.told
    return Summary(summary.activity_id, summary.start, told)
