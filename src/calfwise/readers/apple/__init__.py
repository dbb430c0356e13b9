"""Apple Health's export: a year's or a decade's `export.xml`, read in bounded memory, and the routes beside it.

`prolog` says what the file is, `tape` reads it piece by piece, `workouts` and `records` take out what running needs,
`sources` chooses whose values count, `columns` lays them side by side, `health` makes runs of it all.
"""

from calfwise.readers.apple.health import read_health
from calfwise.readers.apple.prolog import looks_like_health

__all__ = ["looks_like_health", "read_health"]
