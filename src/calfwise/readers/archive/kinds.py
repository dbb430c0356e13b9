"""What an entry is, told by its name where that is enough, else by its first bytes."""

from enum import StrEnum
from posixpath import splitext

HEAD_BYTES = 4096
GZIP = b"\x1f\x8b"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")


class Kind(StrEnum):
    """What an entry is, as far as one can tell without reading it."""

    RECORDING = "recording"
    """Perhaps: FIT, TCX, GPX, or bytes nobody knows. The readers tell."""
    APPLE_HEALTH = "apple-health"
    """The export.xml of Apple Health; may be a gigabyte, so it is opened as a stream."""
    STRAVA_TABLE = "strava-table"
    GARMIN_SUMMARIES = "garmin-summaries"
    GARMIN_GEAR = "garmin-gear"
    CALFWISE_TABLE = "calfwise-table"
    CALFWISE_JOURNAL = "calfwise-journal"
    BESIDE = "beside"
    """What lies beside recordings in people's folders: passed over, and said."""

    @property
    def is_table(self) -> bool:
        """Whether it tells about recordings instead of being one."""
        return self in TABLES


TABLES = frozenset(
    (Kind.STRAVA_TABLE, Kind.GARMIN_SUMMARIES, Kind.GARMIN_GEAR, Kind.CALFWISE_TABLE, Kind.CALFWISE_JOURNAL)
)


BY_NAME = {
    "activities.csv": Kind.STRAVA_TABLE,
    "originals.jsonl": Kind.CALFWISE_TABLE,
    "journal.jsonl": Kind.CALFWISE_JOURNAL,
}
BESIDE_SUFFIXES = frozenset(
    """
    .jsonl .json .csv .tsv .txt .md .rst .toml .yaml .yml .ini .log .html .htm .css .js .pdf .rtf .ics .vcf
    .png .jpg .jpeg .gif .heic .webp .svg .bmp .tif .tiff .mp3 .m4a .wav .mp4 .mov .avi .webm
    .doc .docx .xls .xlsx .ppt .pptx .odt .ods .odp .epub .jar .apk .kmz .kml .db .sqlite .py .exe .dmg
    """.split()  # noqa: SIM905 - a list of 60 literals is harder to read
)


def kind_by_name(name: str) -> Kind | None:
    """What the name alone tells; None where the first bytes decide.

    >>> kind_by_name("DI_CONNECT/DI-Connect-Fitness/me@example.org_0_summarizedActivities.json")
    <Kind.GARMIN_SUMMARIES: 'garmin-summaries'>
    """
    file = name.rstrip("/").rpartition("/")[2].lower()
    if file in BY_NAME:
        return BY_NAME[file]
    if file.endswith("summarizedactivities.json"):
        return Kind.GARMIN_SUMMARIES
    if file.endswith("_gear.json"):
        return Kind.GARMIN_GEAR
    return Kind.BESIDE if splitext(file)[1] in BESIDE_SUFFIXES else None


def kind_by_head(head: bytes) -> Kind:
    """What the first bytes tell.

    Apple names its export.xml in the phone's language, so the root element decides; its document type comes first.

    >>> kind_by_head(b'<?xml version="1.0"?><!DOCTYPE HealthData [ ...')
    <Kind.APPLE_HEALTH: 'apple-health'>
    """
    start = head[:HEAD_BYTES]
    if b"<HealthData" in start or b"<!DOCTYPE HealthData" in start:
        return Kind.APPLE_HEALTH
    if b"<ClinicalDocument" in start:
        return Kind.BESIDE
    return Kind.RECORDING
