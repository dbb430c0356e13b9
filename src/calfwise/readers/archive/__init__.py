"""Folders, zips and gzips -> their files, and the exports of Strava and Garmin joined to them.

`entries` offers everything a path holds without extracting it; `strava` and `garmin` read the tables beside the
recordings.
"""

from calfwise.readers.archive.entry import Entry, Refused, Unpacked
from calfwise.readers.archive.kinds import Kind
from calfwise.readers.archive.limits import Limits
from calfwise.readers.archive.walk import KnownAs, entries

__all__ = ["Entry", "Kind", "KnownAs", "Limits", "Refused", "Unpacked", "entries"]
