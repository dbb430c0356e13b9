"""Everything that pages of a whole journal are made from."""

from dataclasses import dataclass
from datetime import datetime

from calfwise.assess import LoadHistory
from calfwise.model.journal import AnyEvent, History
from calfwise.model.load.dose import RunLoad


@dataclass(frozen=True, slots=True)
class Whole:
    """One runner's journal and runs, as of now."""

    history: History
    loads: tuple[RunLoad, ...]
    """Of the active version, each run once, with its shoe; runs left out are not among them."""
    answer: LoadHistory
    now: datetime
    """On the runner's own clock."""
    runs: int = 0
    """How many runs there are, each once; those left out, too."""
    events: tuple[AnyEvent, ...] = ()
    """The journal, in order of time."""
