"""Legs on the sheet: the far one with an edge, the near one with the muscle that works, shoes where they are worn."""

from calfwise_web.figures.ink import number, smooth, stroke
from calfwise_web.figures.pen import EDGE, HALO, Pen, flat, group
from calfwise_web.figures.pose import Figure, Pose
from calfwise_web.figures.skeleton import WIDE, Leg
from calfwise_web.figures.space import UP, Vector, backwards, minus, plus, unit

SOLE = 3.0
"""What a shoe adds to a foot."""
TOES = ((14.0, 2.8, 7.2), (12.4, 0.6, 5.2), (10.2, -1.2, 5.0), (7.6, -2.8, 4.8), (4.8, -4.2, 4.6))
"""How far each reaches beyond the ball, how high it lies, how thick it is."""
TOE_HALO = 1.6
OUT: Vector = (0.0, -1.0, 0.0)


def far_leg(pen: Pen, leg: Leg, pose: Pose) -> str:
    """With an edge round the whole leg, so that its tone stands off any ground."""
    shoe = group("far-shoe", [_shoe(pen, leg)]) if pose.shoes else ""
    return group("far-edge", _leg(pen, leg, more=EDGE)) + group("far", _leg(pen, leg)) + shoe


def near_leg(pen: Pen, figure: Figure, pose: Pose, *, toes: bool = False) -> str:
    """The whole leg, and the muscle that works; with every toe where one is near enough to see them."""
    leg = figure.worked
    thigh = group("near", [stroke(flat(pen, leg.hip, leg.knee), pen.size * WIDE["thigh"])])
    return thigh + _near_calf(pen, leg, pose, toes=toes) + _hip_muscle(pen, figure, pose)


def _near_calf(pen: Pen, leg: Leg, pose: Pose, *, toes: bool) -> str:
    """Lower leg and foot, with a halo where the calf is what works."""
    foot = _bare_foot(pen, leg) if toes else group("near", [_foot(pen, leg)])
    if pose.shoes:
        foot += group("shoe", [_shoe(pen, leg)])
    points = flat(pen, leg.knee, leg.ankle)
    calf = stroke(points, pen.size * WIDE["calf"])
    if pose.works != "calf":
        return foot + group("near", [calf])
    return foot + group("halo", [stroke(points, pen.size * WIDE["calf"] + HALO)]) + group("work", [calf])


def legs_markup(pen: Pen, figure: Figure, pose: Pose, *, far: bool, hips: bool = False) -> str:
    """The near leg, with the other one behind it and the hips above where told."""
    across_hips = [stroke(flat(pen, figure.worked.hip, figure.other.hip), pen.size * WIDE["thigh"])] if hips else []
    behind = far_leg(pen, figure.other, pose) if far else ""
    return behind + group("near", across_hips) + near_leg(pen, figure, pose)


def _leg(pen: Pen, leg: Leg, *, more: float = 0.0) -> list[str]:
    return [
        stroke(flat(pen, leg.hip, leg.knee), pen.size * WIDE["thigh"] + more),
        stroke(flat(pen, leg.knee, leg.ankle), pen.size * WIDE["calf"] + more),
        _foot(pen, leg, more=more),
    ]


def _foot(pen: Pen, leg: Leg, *, more: float = 0.0) -> str:
    return stroke(flat(pen, leg.heel, leg.ball, leg.toes), pen.size * WIDE["foot"] + more)


def _bare_foot(pen: Pen, leg: Leg) -> str:
    """As one sees it from its outer side: the big toe farthest and highest, the little toe nearest."""
    drawn = group("near", [stroke(flat(pen, leg.heel, leg.ball), pen.size * WIDE["foot"])])
    ahead = unit(minus(leg.toes, leg.ball))
    for long, up, wide in TOES:
        bone = flat(pen, plus(leg.ball, UP, up), plus(plus(leg.ball, UP, up), ahead, long))
        drawn += group("halo", [stroke(bone, pen.size * wide + TOE_HALO)])
        drawn += group("near", [stroke(bone, pen.size * wide)])
    return drawn


def _shoe(pen: Pen, leg: Leg) -> str:
    return stroke(flat(pen, leg.heel, leg.ball, leg.toes), pen.size * (WIDE["foot"] + SOLE))


def _hip_muscle(pen: Pen, figure: Figure, pose: Pose) -> str:
    """The seat: its muscle behind the hip, or the one at its side."""
    if pose.works not in MUSCLES:
        return ""
    leg, trunk = figure.worked, unit(minus(figure.waist, figure.hips))
    thigh = unit(minus(leg.knee, leg.hip))
    width, (above, out), (below, past) = MUSCLES[pose.works]
    behind = pose.works == "glutes"
    upper, lower = (backwards(trunk), backwards(thigh, up=False)) if behind else (OUT, OUT)
    points = flat(
        pen,
        plus(plus(figure.hips, trunk, above), upper, out),
        plus(leg.hip, unit(plus(upper, lower)), out),
        plus(plus(leg.hip, thigh, below), lower, past),
    )
    bent = smooth(points)
    return "".join(
        group(tone, [f'<path d="{bent}" stroke-width="{number(pen.size * width + more)}"/>'])
        for tone, more in (("halo", HALO), ("work", 0.0))
    )


MUSCLES = {"glutes": (18.0, (14.0, 5.0), (15.0, 2.0)), "side": (14.0, (16.0, 9.0), (8.0, 6.0))}
"""How wide; its upper end above the hips and off their middle; its lower end below the hip joint and off the bone."""
