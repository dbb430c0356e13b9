"""What self-tests tell: only a difference beyond measurement error is called one."""

from calfwise.model.fix.case import Case, ramp
from calfwise.model.fix.cause import Point, Side
from calfwise.model.fix.noticed import Found
from calfwise.model.journal import SelfTested
from calfwise.model.load.change import said

KNEE_TO_WALL, HEEL_RAISES = "knee-to-wall", "heel-raise-count"
GLUTE_TESTS = {"bridge-hold": "the bridge hold", "side-leg-raise": "the side-lying leg raise"}


def stiff_ankle(case: Case) -> Found:
    """Knee to wall: the legs against each other."""
    done = case.test(KNEE_TO_WALL)
    if done is None or done.left is None or done.right is None:
        return Found(unknown=("the knee-to-wall test of both legs",))
    apart_cm = abs(done.left - done.right)
    strength = ramp(apart_cm, case.rules.stiff_cm)
    day, both = case.day_of(done.at), f"left {done.left:g} cm, right {done.right:g} cm"
    if not strength:
        text = f"knee to wall on {said(day)}: {both}, no difference beyond measurement error"
        return Found((Point(Side.AGAINST, text, ("Powden2015",), day),))
    less = "left" if done.left < done.right else "right"
    text = f"knee to wall on {said(day)}: {both}; the {less} ankle bends {apart_cm:.1f} cm less"
    return Found((Point(Side.FOR, text, ("Powden2015", "CoachRule"), day, strength),))


def calf_endurance(case: Case) -> Found:
    """Single-leg heel raises: the weaker leg against the other. Norms contradict each other and are not used."""
    return _weaker(case, HEEL_RAISES, "heel raises", "the single-leg heel raises", ("HebertLosier2017", "CoachRule"))


def glutes(case: Case) -> Found:
    """Bridge hold and side-lying leg raise, side against side."""
    found = [
        _weaker(case, test, name.removeprefix("the "), name, ("Habets2017", "CoachRule"))
        for test, name in GLUTE_TESTS.items()
    ]
    points = tuple(point for each in found for point in each.points)
    told = any(point.side is Side.FOR for point in points)
    kept = tuple(point for point in points if point.side is Side.FOR or not told)
    return Found(kept, tuple(text for each in found for text in each.unknown))


def _weaker(case: Case, test: str, what: str, name: str, sources: tuple[str, ...]) -> Found:
    done = case.test(test)
    if done is None or done.left is None or done.right is None or not max(done.left, done.right):
        return Found(unknown=(f"{name} of both legs",))
    share, less = _share(done)
    day, both = case.day_of(done.at), f"left {done.left:g}, right {done.right:g}"
    error = case.errors.get(test, 0.0)
    beyond = ramp(abs(done.left - done.right), (error, 2 * error)) if error else 1.0
    strength = beyond * (1 - ramp(share, case.rules.weaker_share))
    if not strength:
        text = f"{what} on {said(day)}: {both}, no difference beyond measurement error"
        return Found((Point(Side.AGAINST, text, sources[:1], day),))
    text = f"{what} on {said(day)}: {both}; the {less} does {1 - share:.0%} less"
    return Found((Point(Side.FOR, text, sources, day, strength),))


def _share(done: SelfTested) -> tuple[float, str]:
    """The weaker leg's share of the stronger one's, and which it is."""
    left, right = done.left or 0.0, done.right or 0.0
    return min(left, right) / max(left, right), "left" if left < right else "right"
