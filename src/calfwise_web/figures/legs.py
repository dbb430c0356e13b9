"""Legs on the sheet: the far one with an edge, the near one with the muscle that works, shoes where they are worn."""

from calfwise_web.figures.ink import number, smooth, stroke
from calfwise_web.figures.pen import EDGE, HALO, Pen, flat, group
from calfwise_web.figures.pose import Figure, Pose
from calfwise_web.figures.skeleton import WIDE, Leg
from calfwise_web.figures.space import Vector, across, minus, plus, unit

SOLE = 3.0
"""What a shoe adds to a foot."""
OUT: Vector = (0.0, -1.0, 0.0)


def far_leg(pen: Pen, leg: Leg, pose: Pose) -> str:
    """With an edge round the whole leg, so that its tone stands off any ground."""
    shoe = group("far-shoe", [_shoe(pen, leg)]) if pose.shoes else ""
    return group("far-edge", _leg(pen, leg, more=EDGE)) + group("far", _leg(pen, leg)) + shoe


def near_leg(pen: Pen, figure: Figure, pose: Pose) -> str:
    """The whole leg, and the muscle that works."""
    leg = figure.worked
    thigh = group("near", [stroke(flat(pen, leg.hip, leg.knee), pen.size * WIDE["thigh"])])
    return thigh + near_calf(pen, leg, pose) + _hip_muscle(pen, figure, pose)


def near_calf(pen: Pen, leg: Leg, pose: Pose) -> str:
    """Lower leg and foot, with a halo where the calf is what works."""
    foot = group("near", [_foot(pen, leg)])
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


def _shoe(pen: Pen, leg: Leg) -> str:
    return stroke(flat(pen, leg.heel, leg.ball, leg.toes), pen.size * (WIDE["foot"] + SOLE))


def _hip_muscle(pen: Pen, figure: Figure, pose: Pose) -> str:
    """The buttock, behind the hip, or the muscle at the hip's side."""
    if pose.works not in MUSCLES:
        return ""
    leg, trunk = figure.worked, unit(minus(figure.waist, figure.hips))
    thigh = unit(minus(leg.knee, leg.hip))
    width, (above, out), (below, past) = MUSCLES[pose.works]
    away = OUT if pose.works == "side" else across((-1.0, 0.0, 0.0), trunk)
    aside = OUT if pose.works == "side" else across(away, thigh)
    points = flat(
        pen,
        plus(plus(figure.hips, trunk, above), away, out),
        plus(leg.hip, aside, out),
        plus(plus(leg.hip, thigh, below), aside, past),
    )
    bent = smooth(points)
    return "".join(
        f'<g class="fig-{tone}"><path d="{bent}" stroke-width="{number(pen.size * width + more)}"/></g>'
        for tone, more in (("halo", HALO), ("work", 0.0))
    )


MUSCLES = {"glutes": (17.0, (13.0, 7.0), (15.0, 3.0)), "side": (14.0, (16.0, 9.0), (8.0, 6.0))}
"""How wide; its upper end above the hips and off their middle; its lower end below the hip joint and off the bone."""
