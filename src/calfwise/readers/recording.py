"""What one file held, before anyone asks which of it is running."""

from dataclasses import dataclass

from calfwise.model.run import OtherActivity, Run


@dataclass(frozen=True, slots=True)
class Recording:
    """All sessions of one file, and what had to be salvaged to read them."""

    runs: tuple[Run, ...] = ()
    others: tuple[OtherActivity, ...] = ()
    salvaged: tuple[str, ...] = ()
    """Where the file broke, what precedes it being kept; empty for a whole file."""
    remarks: tuple[str, ...] = ()
    """Why a whole file holds no run, in words a runner reads."""
