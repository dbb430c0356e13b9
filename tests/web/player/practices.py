"""Practices as the player gets them: one of each kind."""

from calfwise.library import player
from calfwise.model.fix.practice import practice_of
from calfwise.model.session import Practice, PracticeItem
from tests.model.care import LEFT, NOW, RIGHT


def practice(routine: str, *items: PracticeItem, level: int = 1, between_s: int = 0) -> Practice:
    return Practice(
        id=f"{routine}-today",
        at=NOW,
        level=level,
        items=items,
        between_s=between_s,
        reason="the first level",
        sources=("CoachRule",),
        routine=routine,
    )


def library_practice(routine: str, level: int, *, cadence_spm: float | None = 164.0) -> Practice:
    """One level as the library has it."""
    return practice_of(routine, level, content=player(), at=NOW, reason="the first level", cadence_spm=cadence_spm)


HELD = practice(
    "glute-strength",
    PracticeItem("side-lying-raise", LEFT, counts=(2, 3), rest_s=10, tempo_s=(2, 1, 2)),
    PracticeItem("side-lying-raise", RIGHT, counts=(2, 3), rest_s=10, tempo_s=(2, 1, 2)),
)
"""Up, hold, down; each leg in its turn."""
LADDER = practice(
    "calf-strength",
    PracticeItem("heel-raises-straight", None, counts=(1, 2, 3, 2, 1), rest_s=20, tempo_s=(1, 0, 1)),
)
RUN = practice(
    "walk-run",
    PracticeItem("walk", None, counts=(60,), rest_s=0),
    PracticeItem("run-between-walks", None, counts=(240, 240), rest_s=120),
)
"""Runs with walks between."""
BEAT = practice("cadence", PracticeItem("cadence-run", None, counts=(2400,), rest_s=0, beat_spm=172))
"""Forty minutes to a beat."""
