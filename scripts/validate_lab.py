"""The lab data in ../shared/data/lab as the validation reads them: forces of single runners, slopes, ankles."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from fit_grf import RUNNERS_FILE, Floats, Steps

CONTACT_FROM_BW = 0.05
"""The foot is on the ground above this; 38 N for the runner on slopes. [BW]"""
SHORTEST_CONTACT_S = 0.1
SLOPES_HZ = 500
TREADMILL_HZ = 300
LEVER_ARM_M = 0.05
GRAVITY_MPS2 = 9.80665
RBDS_SPEEDS = {"25": 2.5, "35": 3.5, "45": 4.5}
LEGS = {"L": "left", "R": "right"}
ON_SLOPES, OF_RBDS = 101, 102
"""What the two runners of other laboratories are called."""


@dataclass(frozen=True)
class Trial:
    """Mean step of one trial on a treadmill."""

    speed_mps: float
    slope_deg: float
    mass_kg: float
    contacts: int
    stance_time_s: float
    step_time_s: float
    peak_bw: float

    @property
    def duty_factor(self) -> float:
        return self.stance_time_s / (2 * self.step_time_s)


def contacts(force_bw: Floats, *, rate_hz: float, from_bw: float = CONTACT_FROM_BW) -> list[tuple[int, int]]:
    """Whole contacts `[touch, lift)` in samples: first and last cut ones left out, and ripples too short for a foot."""
    on = force_bw > from_bw
    touches = np.flatnonzero(~on[:-1] & on[1:]) + 1
    lifts = np.flatnonzero(on[:-1] & ~on[1:]) + 1
    lifts = lifts[lifts > touches[0]]
    return [
        (int(touch), int(lift))
        for touch, lift in zip(touches, lifts, strict=False)
        if lift - touch >= SHORTEST_CONTACT_S * rate_hz
    ]


def timing(force_bw: Floats, *, rate_hz: float, from_bw: float = CONTACT_FROM_BW) -> tuple[int, float, float, float]:
    """Number of contacts, and means over them: stance [s], step time [s], peak force [BW]."""
    found = contacts(force_bw, rate_hz=rate_hz, from_bw=from_bw)
    touch = np.array([begin for begin, _ in found])
    stance_s = float(np.mean([end - begin for begin, end in found])) / rate_hz
    peak_bw = float(np.mean([force_bw[begin:end].max() for begin, end in found]))
    return len(found), stance_s, float(np.diff(touch).mean()) / rate_hz, peak_bw


def slope_trials(folder: Path, *, from_bw: float = CONTACT_FROM_BW) -> list[Trial]:
    """The 31 trials of one runner on slopes (Alcantara 2022)."""
    forces_bw = np.loadtxt(folder / "grf_one_runner_slopes.csv", delimiter=",")
    with (folder / "grf_one_runner_slopes_info.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [
        Trial(
            float(row["Speed"]),
            float(row["Slope"]),
            float(row["Mass"]),
            *timing(force_bw, rate_hz=SLOPES_HZ, from_bw=from_bw),
        )
        for row, force_bw in zip(rows, forces_bw, strict=True)
    ]


def rbds_trial(folder: Path) -> Trial:
    """Half a minute at 2.5 m/s (Fukuchi 2017); body weight is the mean force of whole steps."""
    force_n = np.genfromtxt(folder / "rbds_subject01_forces_2.5mps.txt", names=True)["Fy"]
    whole = contacts(force_n / 600, rate_hz=TREADMILL_HZ)
    weight_n = float(force_n[whole[0][0] : whole[-1][0]].mean())
    return Trial(2.5, 0.0, weight_n / GRAVITY_MPS2, *timing(force_n / weight_n, rate_hz=TREADMILL_HZ))


@dataclass(frozen=True)
class Ankle:
    """One leg at one speed: what the ankle's moment says of the Achilles tendon."""

    speed_mps: float
    leg: str
    vertical_bw: float
    achilles_bw: float
    impulse_ratio: float
    """Impulse of the tendon over that of the ground. [1]"""
    duty_factor: float

    @property
    def factor(self) -> float:
        return self.achilles_bw / self.vertical_bw


def ankles(folder: Path) -> list[Ankle]:
    """Both legs at three speeds: plantarflexor moment [N m/kg] over a 5 cm arm, vertical force [N/kg]."""
    cycle = np.genfromtxt(folder / "rbds_subject01_gait_cycles.txt", names=True)
    found = []
    for code, speed_mps in RBDS_SPEEDS.items():
        for letter, leg in LEGS.items():
            tendon_n_kg = cycle[f"{letter}ankleMomZ{code}"] / LEVER_ARM_M
            ground_n_kg = np.nan_to_num(cycle[f"{letter}grfY{code}"])
            stands = ground_n_kg > CONTACT_FROM_BW * GRAVITY_MPS2
            found.append(
                Ankle(
                    speed_mps,
                    leg,
                    float(ground_n_kg.max()) / GRAVITY_MPS2,
                    float(tendon_n_kg.max()) / GRAVITY_MPS2,
                    float(tendon_n_kg[stands].sum() / ground_n_kg[stands].sum()),
                    float(stands.sum()) / (len(stands) - 1),
                )
            )
    return found


def as_steps(trials: Sequence[Trial], *, person: int = 0) -> Steps:
    """Trials of one person as rows of the fit's kind."""

    def column(name: str) -> Floats:
        return np.array([getattr(trial, name) for trial in trials], dtype=np.float64)

    names = ("speed_mps", "mass_kg", "stance_time_s", "step_time_s", "peak_bw")
    return Steps(np.full(len(trials), person), *(column(name) for name in names))


def joined(*parts: Steps) -> Steps:
    """Several people's rows as one table."""
    return Steps(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Steps)))


def other_laboratories(trials: Sequence[Trial], rbds: Trial) -> Steps:
    """The level trials of the two runners whom the fit has not seen, numbered beyond the 37."""
    level = [trial for trial in trials if trial.slope_deg == 0]
    return joined(as_steps(level, person=ON_SLOPES), as_steps([rbds], person=OF_RBDS))


def weight_share_of_impulses(folder: Path) -> Floats:
    """Vertical impulse of a step over body weight times its time, of the 37 runners: by physics 1. [1]"""
    with (folder / RUNNERS_FILE).open(newline="", encoding="utf-8") as file:
        return np.array([float(row["GRFImpulse"]) * float(row["IMUsf"]) for row in csv.DictReader(file)])
