"""Everything that pages of a whole journal are made from."""

from dataclasses import dataclass
from datetime import datetime

from calfwise.assess import LoadHistory
from calfwise.model.fix.weeks.laid import Weeks
from calfwise.model.journal import AnyEvent, History
from calfwise.model.load.dose import RunLoad
from calfwise_web.load.spans import Span, basis_for, days_with


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
    weeks: Weeks | None = None
    """The weeks ahead; `None`: nobody wished for any, or nothing is made of them here."""
    days: tuple[Span, ...] = ()
    """Every day with a run, in order: several pages are made from them. Worked out once; `replace` carries them along,
    for no word about the calves changes a run."""

    def __post_init__(self) -> None:
        if self.days:
            return
        home = self.now.tzinfo
        assert home is not None, "now must be aware"
        answer = self.answer
        days = days_with(answer.days, answer.outings, home=home, basis=basis_for(answer.stance))
        object.__setattr__(self, "days", tuple(days))  # frozen for everybody else
