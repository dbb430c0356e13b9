"""Apple's names and units for what running needs, and ours."""

from dataclasses import dataclass

TYPE_PREFIX = "HKQuantityTypeIdentifier"
LENGTH_M = {"m": 1.0, "km": 1000.0, "cm": 0.01, "mm": 0.001, "mi": 1609.344, "yd": 0.9144, "ft": 0.3048, "in": 0.0254}
SPEED_MPS = {"m/s": 1.0, "km/hr": 1 / 3.6, "mi/hr": 0.44704, "ft/s": 0.3048}
DURATION_S = {"s": 1.0, "sec": 1.0, "min": 60.0, "hr": 3600.0, "ms": 0.001}


@dataclass(frozen=True, slots=True)
class Quantity:
    """One of Apple's types of record."""

    column: str
    """Ours. For what is counted, the column its rate goes into."""
    units: dict[str, float]
    """Factors to our unit. Apple writes the unit the phone was set to."""
    counted: bool = False
    """Each record is an amount over its interval, not a reading."""


QUANTITIES = {
    "RunningGroundContactTime": Quantity("stance_time_s", DURATION_S),
    "RunningSpeed": Quantity("speed_mps", SPEED_MPS),
    "RunningStrideLength": Quantity("step_length_m", LENGTH_M),
    "RunningVerticalOscillation": Quantity("vertical_oscillation_m", LENGTH_M),
    "RunningPower": Quantity("power_w", {"W": 1.0, "kW": 1000.0}),
    "HeartRate": Quantity("heart_rate", {"count/min": 1.0, "count/s": 60.0}),
    "StepCount": Quantity("cadence_spm", {"count": 60.0}, counted=True),
    "DistanceWalkingRunning": Quantity("speed_mps", LENGTH_M, counted=True),
}
"""By Apple's type without its prefix.

`RunningStrideLength` is one step, whatever its name: Apple documents "the distance covered by a single step", and in a
published summary of a real run it averages 0.885 m where distance over steps is 5657 m / 6467 = 0.875 m.
A step count times 60 over its seconds is steps a minute.
"""
DISTANCE = "DistanceWalkingRunning"

_SPORT_PREFIX = "HKWorkoutActivityType"
RUNNING_TYPE = _SPORT_PREFIX + "Running"
_OUR_SPORTS = {
    "CrossCountrySkiing": "cross-country skiing",
    "DownhillSkiing": "alpine skiing",
    "PaddleSports": "paddling",
    "SwimBikeRun": "multisport",
}


def sport_of(activity_type: str) -> str:
    """Our word for one of Apple's sports, else its own in small letters.

    >>> sport_of("HKWorkoutActivityTypeDownhillSkiing"), sport_of("HKWorkoutActivityTypeTraditionalStrengthTraining")
    ('alpine skiing', 'traditional strength training')
    """
    name = activity_type.removeprefix(_SPORT_PREFIX)
    spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)
    return _OUR_SPORTS.get(name) or spaced.strip() or "unknown"


def in_unit(value: str | None, unit: str | None, units: dict[str, float]) -> float | None:
    """A number in our unit; `None` where it or its unit is missing or makes no sense.

    >>> in_unit("2.5", "km", LENGTH_M), in_unit("2.5", "parsec", LENGTH_M), in_unit("a lot", "km", LENGTH_M)
    (2500.0, None, None)
    """
    factor = units.get(unit or "")
    try:
        number = float(value or "")
    except ValueError:
        return None
    return number * factor if factor is not None and 0 <= number < float("inf") else None
