"""The Achilles factor on the one open runner, and the model's forces beside everything published that could be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from calfwise.model import constants as c
from calfwise.model.load.calf import Banded, peak_achilles_force_bw
from calfwise.model.load.gait import Grade, population_duty_factor
from validate_lab import GRAVITY_MPS2, LEVER_ARM_M, Ankle, ankles
from validate_words import spread, table, times

MASS_KG = 70.0
"""Where a paper gives newtons and no mass that we read. [kg]"""
AT_5_CM = "5 cm, constant"


@dataclass(frozen=True)
class Published:
    """A peak force in the tendon as somebody else found it: one value, or a range."""

    source: str
    people: str
    speed_mps: tuple[float, float]
    """One speed, or the span over which a range was reported."""
    force_bw: tuple[float, float]
    arm: str

    @property
    def one_speed(self) -> bool:
        return self.speed_mps[0] == self.speed_mps[1]


def in_body_weights(force_n: float) -> float:
    """Newtons over an assumed body weight. [BW]"""
    return force_n / (MASS_KG * GRAVITY_MPS2)


def at(source: str, people: str, speed_mps: float, force_bw: float, arm: str) -> Published:
    """One value at one speed."""
    return Published(source, people, (speed_mps, speed_mps), (force_bw, force_bw), arm)


def published(found: Sequence[Ankle]) -> list[Published]:
    """What was found elsewhere, the open runner's own values among it; nothing here set the model's factor but these
    runners' and Matijevich's ratios."""
    own = [
        at("Fukuchi2017", "1, both legs", speed, float(np.mean([a.achilles_bw for a in found if a.speed_mps == speed])),
           AT_5_CM)
        for speed in sorted({a.speed_mps for a in found})
    ]  # fmt: skip
    traces = ((2.6, 4.81), (3.0, 5.05), (3.4, 5.17), (4.0, 5.33))
    return [
        *own,
        *(at("Matijevich2019", "1 seen", speed, force, "shank model, arm not read") for speed, force in traces),
        at("Kharazi2021", "11", 3.5, in_body_weights(2556), f"strain, arm not read; {MASS_KG:.0f} kg assumed"),
        at("Reiter2024", "ankle moment", 4.47, 3.68 / LEVER_ARM_M / GRAVITY_MPS2, "5 cm, our division"),
        at("Reiter2024", "lowest of 3 speeds", 2.68, 8.2, "none: wave speed"),
        at("Reiter2024", "highest of 3", 4.47, 98.7 / GRAVITY_MPS2, "none: wave speed"),
        Published("Demangeot2023", "11 studies", (2.5, 4.5), (4.15, 7.71), "all sorts: the main spread"),
        Published("Sancho2023", "24 sore tendons", (2.5, 3.5), (5.13, 6.35), "not read, nor speeds; hops included"),
        Published("Kharazi2021", "others' papers", (2.5, 4.5), (in_body_weights(3060), in_body_weights(4640)),
                  f"all sorts; {MASS_KG:.0f} kg assumed"),
    ]  # fmt: skip


def predicted(speed_mps: float) -> Banded:
    """The model's force where only speed is known. [BW]"""
    return peak_achilles_force_bw(duty_factor=population_duty_factor(speed_mps=speed_mps), grade=Grade.C)


def verdict(row: Published) -> str:
    """Whether a value lies inside the band, or a range holds the model's values."""
    slow, fast = (predicted(speed) for speed in row.speed_mps)
    low, high = row.force_bw
    if row.one_speed:
        side = "above" if low > slow.high else "below" if low < slow.low else ""
        return f"no, {side} it" if side else "yes"
    if low <= slow.value and fast.value <= high:
        return "values inside the range"
    return "band overlaps the range" if slow.low <= high and fast.high >= low else "no"


def published_section(folder: Path) -> str:
    """The model beside the literature, by speed."""
    rows, inside = [], 0
    everything = published(ankles(folder))
    singles = [row for row in everything if row.one_speed]
    for row in everything:
        slow, fast = (predicted(speed) for speed in row.speed_mps)
        said = verdict(row)
        inside += row.one_speed and said == "yes"
        speeds = f"{row.speed_mps[0]}" if row.one_speed else f"{row.speed_mps[0]}-{row.speed_mps[1]}"
        force = f"{row.force_bw[0]:.2f}" if row.one_speed else f"{row.force_bw[0]:.2f}-{row.force_bw[1]:.2f}"
        value = f"{slow.value:.2f}" if row.one_speed else f"{slow.value:.2f}-{fast.value:.2f}"
        rows.append(
            [f"[{row.source}], {row.people}", speeds, row.arm, force, value, f"{slow.low:.1f}-{fast.high:.1f}", said]
        )
    head = ["source, people", "m/s", "lever arm", "published [BW]", "ours [BW]", "our band", "inside?"]
    return f"""\
## Achilles force against what others published

Ours from speed alone (grade C), since nobody's stance times were read; factor {c.ACHILLES_PER_GRF}, 5 cm arm, band
{times(c.ACHILLES_BAND_BCD)} and the ground force's own widening below the trained range. The band is about the runner's
own tendon whose arm nobody knows, so that single findings by other methods should mostly lie inside.

{table(head, rows)}

- {inside} of {len(singles)} single values lie inside. Those outside come from the tendon itself instead of the ankle's
  moment: its strain (below our band) and the speed of waves in it (above). They differ among themselves by a factor of
  two and more; no band of a model on moments can hold both.
- 5 cm is what others divide by too [Baxter2021]; where a paper's range names no speed, easy to fast running is assumed.
- With a 4 cm arm every number of ours would be a quarter higher, with 6 cm a sixth lower: {_by_arm()}.
- From 3.3 m/s to the edge of the population's speeds ({c.POPULATION_FASTEST_MPS} m/s) ours rises by {_rise():.1%} a
  m/s;
  published: 7.8 to 12.9 %, among them 19.5 % from 3.3 to 5.6 m/s [Starbuck2021]."""


def _by_arm() -> str:
    """The model's force at an easy pace for three arms."""
    force = float(predicted(3.0).value)
    return "at 3 m/s " + ", ".join(f"{force * 5 / arm:.1f} BW at {arm} cm" for arm in (4, 5, 6))


def _rise() -> float:
    """How fast the force grows with speed, as a share for each metre a second."""
    slow, fast = predicted(3.3).value, predicted(c.POPULATION_FASTEST_MPS).value
    return float((fast / slow) ** (1 / (c.POPULATION_FASTEST_MPS - 3.3)) - 1)


def factor_section(found: Sequence[Ankle]) -> str:
    """The Achilles factor of one open subject."""
    rows = [
        [
            f"{a.speed_mps} m/s, {a.leg}",
            *(f"{number:.2f}" for number in (a.vertical_bw, a.achilles_bw, a.factor, a.impulse_ratio)),
        ]
        for a in found
    ]
    factors, ratios = [a.factor for a in found], [a.impulse_ratio for a in found]
    return f"""\
## Achilles factor

One runner, both legs, three speeds [Fukuchi2017]: ankle plantarflexor moment over a {LEVER_ARM_M * 100:.0f} cm arm,
against the ground.

{table(["", "peak ground force [BW]", "peak Achilles force [BW]", "factor", "impulse over the ground's"], rows)}

Factor {spread(factors)}, impulse ratio {spread(ratios)}. The model's {c.ACHILLES_PER_GRF} lies above this runner,
between laboratories that found about 2.0 to 2.1 and those that found 2.6 to 2.8 at 5 m/s: it is a middle, and the band
{times(c.ACHILLES_BAND_A)} exists because nobody's lever arm is known. The impulse factor {c.IMPULSE_PER_STEP_TIME} fits
this runner. The other open subjects that were looked at for the middle are not among these data."""
