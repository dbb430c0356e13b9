"""Why the calves may be tight: every known reason, with what speaks for it and against it, ranked by a written rule.

Nothing here names the cause. Several popular explanations are unproven, and each says so.
"""

from collections.abc import Mapping

from calfwise.model.fix import noticed, tested, told
from calfwise.model.fix.case import Case
from calfwise.model.fix.cause import Cause, Point, Ranked, Side, Standing

LOOKS: dict[str, noticed.Look] = {
    "new-runner": told.new_runner,
    "longer-run": noticed.longer_run,
    "faster": noticed.faster,
    "shoe": noticed.shoe,
    "barefoot": noticed.barefoot,
    "hills": noticed.hills,
    "return": noticed.after_break,
    "low-cadence": noticed.low_cadence,
    "stiff-ankle": tested.stiff_ankle,
    "calf-endurance": tested.calf_endurance,
    "glutes": tested.glutes,
    "earlier-trouble": told.earlier_trouble,
    "age": told.age,
    "daily-life": told.daily_life,
}


def causes_of(case: Case, *, content: Mapping[str, Cause]) -> tuple[Ranked, ...]:
    """Every cause with how it stands, the likeliest to be worth a look first.

    Parameters
    ----------
    case
        A runner's soreness and what came before it.
    content
        The causes, by id; each needs its look in `LOOKS`.

    Returns
    -------
    tuple of Ranked
        By score: what a full sign of a cause counts, by how sure it is that it bears on calves, times the strongest
        sign found. Signs of one cause are not added up: three long runs are one habit. Where scores are equal, in the
        content's order. Causes of which nothing is known stand behind those that were looked at and not noticed.
    """
    speaks_from = case.rules.speaks_from
    ranked = [_ranked(id_, cause, LOOKS[id_](case), speaks_from=speaks_from) for id_, cause in content.items()]
    return tuple(sorted(ranked, key=lambda each: (_place(each.standing), -each.score, content[each.cause].order)))


def _ranked(id_: str, cause: Cause, found: noticed.Found, *, speaks_from: float) -> Ranked:
    points = sorted(found.points, key=lambda point: (point.side is Side.AGAINST, -point.strength))
    strongest = max((point.strength for point in points if point.side is Side.FOR), default=0.0)
    score = cause.weight * strongest
    return Ranked(id_, _standing(score, tuple(points), speaks_from=speaks_from), score, tuple(points), found.unknown)


def _standing(score: float, points: tuple[Point, ...], *, speaks_from: float) -> Standing:
    if score >= speaks_from:
        return Standing.SPEAKS
    if score > 0:
        return Standing.COULD
    return Standing.NOT_NOTICED if points else Standing.UNKNOWN


def _place(standing: Standing) -> int:
    """Speaking and possible ones mix by score; then what was not noticed, then what is not known."""
    return {Standing.SPEAKS: 0, Standing.COULD: 0, Standing.NOT_NOTICED: 1, Standing.UNKNOWN: 2}[standing]
