"""Scalars and arrays give the same, and numbers carry their unit in the name."""

import importlib
import inspect
import pkgutil
import typing
from typing import Any

import numpy as np
import pytest

import calfwise.model
from calfwise.model.load.calf import calf_impulse_bw_s, peak_achilles_force_bw
from calfwise.model.load.gait import (
    Grade,
    duty_factor,
    population_cadence_spm,
    population_duty_factor,
    population_stance_time_s,
)
from calfwise.model.load.grf import grf_band, peak_vertical_grf_bw

STANCE_S = [0.20, 0.26, np.nan, 0.31]
CADENCE_SPM = [182.0, 170.0, 165.0, 150.0]
FACTORS = [0.10, 0.25, 0.33, np.nan, 0.42, 0.70]
SPEEDS_MPS = [1.2, 2.4, np.nan, 3.6, 5.5]


@pytest.mark.parametrize(
    ("function", "columns"),
    [
        (duty_factor, {"stance_time_s": STANCE_S, "cadence_spm": CADENCE_SPM}),
        (population_cadence_spm, {"speed_mps": SPEEDS_MPS}),
        (population_stance_time_s, {"speed_mps": SPEEDS_MPS}),
        (population_duty_factor, {"speed_mps": SPEEDS_MPS}),
        (peak_vertical_grf_bw, {"duty_factor": FACTORS}),
        (lambda duty_factor: grf_band(duty_factor=duty_factor, grade=Grade.A), {"duty_factor": FACTORS}),
        (lambda duty_factor: peak_achilles_force_bw(duty_factor=duty_factor).low, {"duty_factor": FACTORS}),
        (lambda duty_factor: peak_achilles_force_bw(duty_factor=duty_factor).value, {"duty_factor": FACTORS}),
        (lambda step_time_s: calf_impulse_bw_s(step_time_s=step_time_s).high, {"step_time_s": [0.3, np.nan, 0.4]}),
    ],
)
def test_a_column_of_steps_gives_what_each_step_gives_alone(function: Any, columns: dict[str, list[float]]) -> None:
    together = function(**columns)
    each = [function(**dict(zip(columns, row, strict=True))) for row in zip(*columns.values(), strict=True)]
    np.testing.assert_allclose(together, [one.item() for one in each], rtol=1e-14)
    grid = function(**{name: np.reshape(column[:2] * 2, (2, 2)) for name, column in columns.items()})
    assert grid.shape == (2, 2)


SUFFIXES = (
    "_s", "_m", "_mps", "_spm", "_hz", "_deg", "_kg", "_bw", "_bw_s", "_nm_kg", "_nrs", "_h", "_days", "_minutes",
)  # fmt: skip
WITHOUT_A_UNIT = {
    "amounts": "how often a level stands in a sum",
    "both_legs": "foot strikes",
    "clump": "sessions that come as one",
    "confidence": "a share",
    "count": "repetitions, or seconds, of an exercise",
    "duty_factor": "a share of the stride",
    "earlier": "a self-test's result, in the test's own unit",
    "ends": "of a ramp: in the unit of what is weighed",
    "exponent": "of a power law",
    "factor": "times as much",
    "later": "as earlier",
    "now_of": "kilometres, days or whatever is counted in; then_of alike",
    "ratio": "a run over another run",
    "scatter": "of ratings, in the ratings' own unit",
    "then_of": "as now_of",
    "strength": "of a sign for a cause, 0 to 1",
    "x": "ranked against y; each in a unit of its own",
    "y": "as x",
    "value": "Band.around and Banded: whatever the band is of",
    "width": "of a band: times or divided by",
    "strides_at_rest": "strides a minute, the study's own intercept",
    "strides_per_mps": "strides a minute for each m/s, the study's own slope",
}


def numeric(annotation: Any) -> bool:
    """Whether an argument holds numbers: a float, or an array of them; counts and places in a list have no unit."""
    text = str(annotation)
    return annotation is float or float in typing.get_args(annotation) or "float64" in text or "_NestedSequence" in text


def public_functions() -> list[tuple[str, Any]]:
    found = []
    for module in pkgutil.walk_packages(calfwise.model.__path__, "calfwise.model."):
        for name, thing in vars(importlib.import_module(module.name)).items():
            if name.startswith("_") or getattr(thing, "__module__", None) != module.name:
                continue
            if inspect.isfunction(thing):
                found.append((f"{module.name}.{name}", thing))
            elif inspect.isclass(thing):
                for method, function in inspect.getmembers(thing, inspect.isroutine):
                    own = getattr(function, "__module__", None) == module.name and not method.startswith("_")
                    if own and hasattr(function, "__annotations__"):
                        found.append((f"{module.name}.{name}.{method}", function))
    return found


@pytest.mark.parametrize(
    ("name", "function"), public_functions(), ids=lambda given: given if isinstance(given, str) else ""
)
def test_numbers_carry_their_unit_in_the_name(name: str, function: Any) -> None:
    for argument, annotation in typing.get_type_hints(function).items():
        if argument == "return" or not numeric(annotation) or argument in WITHOUT_A_UNIT:
            continue
        assert argument.endswith(SUFFIXES), f"{name}: {argument} has no unit suffix (style.md, section 5)"


def test_the_rule_about_units_looks_at_something() -> None:
    names = [name for name, _ in public_functions()]
    assert "calfwise.model.load.grf.peak_vertical_grf_bw" in names
    hints = typing.get_type_hints(peak_vertical_grf_bw)
    assert numeric(hints["duty_factor"])
    assert numeric(hints["intercept_bw"])
