"""From space to the sheet."""

from collections.abc import Sequence
from dataclasses import dataclass

from calfwise_web.figures.pose import Figure, Pose
from calfwise_web.figures.space import Camera, Flat, Vector

SHEET_WIDTH, SHEET_HEIGHT = 360.0, 250.0
FLOOR_Y, HIPS_X = 236.0, 130.0
HALO, EDGE = 4.0, 2.4
"""How much wider a limb's halo and its edge are than itself."""


@dataclass(frozen=True, slots=True)
class Pen:
    """Puts points of space on the sheet."""

    camera: Camera
    size: float
    left: float
    top: float
    """Where the floor lies."""

    def __call__(self, point: Vector) -> Flat:
        x, y = self.camera.flat(point)
        return (self.left + self.size * x, self.top + self.size * y)


def pen_for(pose: Pose, figure: Figure) -> Pen:
    """The pen that puts a pose at its place of the sheet."""
    middle_x, _ = figure.camera.flat((pose.hips[0], pose.hips[1], 0.0))
    return Pen(figure.camera, pose.size, HIPS_X + pose.shift[0] - pose.size * middle_x, FLOOR_Y + pose.shift[1])


def flat(pen: Pen, *points: Vector) -> list[Flat]:
    """Points of space on the sheet."""
    return [pen(point) for point in points]


def group(tone: str, strokes: Sequence[str]) -> str:
    """Strokes of one tone."""
    return f'<g class="fig-{tone}">{"".join(strokes)}</g>'
