"""What one version of the model says of a folder of recordings, as JSON on stdout: moved.py asks two versions.

Runs under any version's `src`, so it takes what is there: each number of a run under its own field name.
"""

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from calfwise.assess import LoadHistory, load_history
from calfwise.cli.reading import history_of
from calfwise.intake import take_in
from calfwise.model.constants import MODEL_VERSION

YEAR_DAYS = 365.25
BAND = {"low", "value", "high"}


def numbers_of(value: object, name: str = "") -> Iterator[tuple[str, float]]:
    """Every number in a run's load, by field; of a band its value, and how wide it is."""
    if isinstance(value, bool):
        return
    if isinstance(value, int | float):
        yield name, float(value)
    elif isinstance(value, dict) and value.keys() >= BAND:
        yield name, value["value"]
        if value["value"]:
            yield f"{name} band", value["high"] / value["value"]
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from numbers_of(inner, f"{name} {key}".strip())


def runs_of(answer: LoadHistory) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each run's grade and numbers, its fast strikes among them."""
    for outing in answer.outings:
        for load in outing.loads:
            told = msgspec.to_builtins(load)
            numbers = dict(numbers_of(told))
            fast = outing.fast_strikes_of(load)
            if fast is not None:
                numbers["fast_strikes"] = fast
            yield load.id, {"grade": str(load.grade), "numbers": numbers}


def whole_of(answer: LoadHistory) -> dict[str, float | None]:
    """What is said of all runs together."""
    first, last = answer.outings[0].day, answer.outings[-1].day
    return {
        "alerts a year": len(answer.change.alerts) / ((last - first).days / YEAR_DAYS) if last > first else None,
        "next run, what the calves know [m]": answer.budget.reference_m,
        "next run, up to [m]": answer.budget.upper_m,
    }


def main(folder: Path, now: datetime) -> None:
    history, _ = history_of((folder,), None)
    taken = take_in([folder], runner=history.runner)
    answer = load_history(taken.loads, runner=history.runner, history=history, now=now)
    document = {"model_version": MODEL_VERSION, "runs": dict(runs_of(answer)), "whole": whole_of(answer)}
    json.dump(document, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]))
