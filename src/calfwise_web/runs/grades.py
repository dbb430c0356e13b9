"""What a run's numbers rest on, in one place: the grade, why, what would make it better, and what each is worth."""

from dataclasses import dataclass

from calfwise.model import constants as c
from calfwise.model.load.calf import ACHILLES_BANDS
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.gait import Grade
from calfwise.model.load.grf import BANDS
from calfwise_web.runs import words

STRIKES = {Grade.A: 1.0, Grade.B: 1.0, Grade.C: c.STRIKES_BAND_C, Grade.D: c.STRIKES_BAND_D}
"""Half width of the 90 % band of the strikes, times or divided by."""


@dataclass(frozen=True, slots=True)
class Row:
    """One grade in numbers."""

    grade: str
    rests_on: str
    strikes: str
    ground: str
    achilles: str
    here: bool


@dataclass(frozen=True, slots=True)
class GradeCard:
    """Everything about a run's grade."""

    grade: str
    rests_on: str
    why: str
    better: str
    rows: tuple[Row, ...]
    limits: str


def grade_card(load: RunLoad) -> GradeCard:
    """The card of a run."""
    return GradeCard(
        grade=str(load.grade),
        rests_on=words.RESTS_ON[load.grade],
        why=_why(load),
        better=_better(load),
        rows=tuple(
            Row(
                str(grade),
                words.RESTS_ON[grade],
                within(STRIKES[grade]) if STRIKES[grade] > 1 else "counted",
                within(BANDS[grade]),
                within(ACHILLES_BANDS[grade]),
                grade is load.grade,
            )
            for grade in Grade
        ),
        limits=words.GRADE_LIMITS,
    )


def within(width: float) -> str:
    r"""A band's half width, times or divided by.

    >>> within(1.14).replace("\N{NO-BREAK SPACE}", " ")
    '× or ÷ 1.14'
    """
    return f"×\N{NO-BREAK SPACE}or\N{NO-BREAK SPACE}÷\N{NO-BREAK SPACE}{width:.2f}"


def _why(load: RunLoad) -> str:
    if load.grade is Grade.C and load.cadence_measured:
        return words.WHY_NOT_FITTING
    return words.WHY_GRADE[load.grade]


def _better(load: RunLoad) -> str:
    if load.grade is Grade.C and load.cadence_measured:
        return words.BETTER_FITTING
    return words.BETTER[load.grade]
