"""By how much numbers moved between the model of a git commit and this tree's: `./dev moved [GIT-REF]` (HEAD).

Both versions read the same recordings, the sample runner's two years as the earlier one writes them (a later calfwise
reads an earlier journal, not the other way round), each in a process of its own. What is printed is Markdown, ready
for CHANGELOG.md.
"""

import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
NUMBERS = Path(__file__).with_name("moved_numbers.py")
WRITE = """\
import sys
from datetime import datetime
from pathlib import Path
from calfwise.sample import write_sample
write_sample(Path(sys.argv[1]), until=datetime.fromisoformat(sys.argv[2]))
"""
UNTIL = datetime(2026, 5, 3, 18, tzinfo=UTC)
NO_REF = 3
"""Exit code where git does not know the commit."""
SAME_VERSION = 1
"""Exit code where numbers moved and the model's version did not."""
NOISE = 0.00005
"""Smaller relative changes are arithmetic's own, and would read as 0.0 %."""
WORDS = {
    "vertical_grf_bw": "peak ground force",
    "achilles_force_bw": "peak Achilles force",
    "impulse_bw_s": "impulse",
    "running_s": "running time",
    "walking_s": "walking time",
    "steep_s": "running on slopes without an estimate",
    "climb_m": "climb",
    "distance_m": "distance",
    "speed_mps": "speed",
}
"""Our names for what runners and the changelog call otherwise; the other fields are called as they are."""


@dataclass(frozen=True)
class Said:
    """What one version said of the same recordings."""

    version: str
    runs: Mapping[str, Mapping[str, Any]]
    whole: Mapping[str, float | None]

    def number(self, run: str, name: str) -> float | None:
        found: float | None = self.runs[run]["numbers"].get(name)
        return found

    @property
    def names(self) -> frozenset[str]:
        return frozenset(name for run in self.runs.values() for name in run["numbers"])


def said_by(source: Path, *, recordings: Path) -> Said:
    """What the version whose `src` this is says of a folder of recordings."""
    found = json.loads(_asked(source, NUMBERS, recordings, UNTIL.isoformat()))
    return Said(found["model_version"], found["runs"], found["whole"])


def _asked(source: Path, *arguments: str | Path) -> bytes:
    """What Python prints with that version's packages before all others."""
    environment = os.environ | {"PYTHONPATH": str(source)}
    return subprocess.run([sys.executable, *arguments], env=environment, stdout=subprocess.PIPE, check=True).stdout


def moved(then: Path, now: Path) -> list[str]:
    """What moved between two versions, given their `src`; the earlier one first."""
    with tempfile.TemporaryDirectory() as folder:
        recordings = Path(folder)
        _asked(then, "-c", WRITE, recordings, UNTIL.isoformat())
        return lines(said_by(then, recordings=recordings), said_by(now, recordings=recordings))


def lines(then: Said, now: Said) -> list[str]:
    """One Markdown line a quantity that moved, after one that says which versions; nothing else if nothing did."""
    shared = [run for run in then.runs if run in now.runs]
    moved = [
        *_runs_apart(then, now),
        *_fields_apart(then, now),
        *(line for name in sorted(then.names & now.names) if (line := _quantity(name, then, now, shared))),
        *_grades(then, now, shared),
        *(line for name in now.whole if (line := _whole(name, then.whole.get(name), now.whole[name]))),
    ]
    same = then.version == now.version
    versions = f"model {now.version}" if same else f"model {then.version} → {now.version}"
    if not moved:
        return [f"* {versions}: nothing moved in the sample runner's {len(shared)} runs."]
    return [f"* {versions}, in the sample runner's {len(shared)} runs:", *(f"  * {line}" for line in moved)]


def _runs_apart(then: Said, now: Said) -> Iterator[str]:
    if gone := len(then.runs.keys() - now.runs.keys()):
        yield f"runs no longer there: {gone}"
    if new := len(now.runs.keys() - then.runs.keys()):
        yield f"runs that were not there: {new}"


def _fields_apart(then: Said, now: Said) -> Iterator[str]:
    for said, names in (("no longer told", then.names - now.names), ("not told before", now.names - then.names)):
        if names:
            yield f"{said}: {', '.join(sorted(map(_words, names)))}"


def _quantity(name: str, then: Said, now: Said, shared: list[str]) -> str | None:
    """How far a number of a run moved: the middle run, and from the least to the most."""
    words = _words(name)
    pairs = [(then.number(run, name), now.number(run, name)) for run in shared]
    both = [(before, after) for before, after in pairs if before is not None and after is not None]
    told = [
        f"{words}: {said} in {count} runs"
        for said, count in (
            ("newly told", sum(before is None and after is not None for before, after in pairs)),
            ("no longer told", sum(before is not None and after is None for before, after in pairs)),
        )
        if count
    ]
    if apart := _band(both) if name.endswith(" band") else _share(both):
        told.insert(0, f"{words} {apart}")
    return "; ".join(told) or None


def _share(pairs: list[tuple[float, float]]) -> str | None:
    changes = [after / before - 1 for before, after in pairs if before]
    from_nought = sum(not before and bool(after) for before, after in pairs)
    if all(abs(change) < NOISE for change in changes):
        return f"from 0 in {from_nought} runs" if from_nought else None
    low, middle, high = min(changes), median(changes), max(changes)
    spread = "every run" if high - low < 2 * NOISE else f"runs from {_percent(low)} to {_percent(high)}"
    return f"{_percent(middle)} ({spread})"


def _band(pairs: list[tuple[float, float]]) -> str | None:
    """Half widths, times or divided by: the middle one of the runs where they moved."""
    apart = [(before, after) for before, after in pairs if abs(after / before - 1) >= NOISE]
    if not apart:
        return None
    before, after = (median(widths) for widths in zip(*apart, strict=True))
    where = "every run" if len(apart) == len(pairs) else f"{len(apart)} runs"
    return f"×/÷{before:.3f} → {after:.3f} ({where})"


def _percent(change: float) -> str:
    return f"{100 * change:+.1f} %".replace("-", "−")


def _grades(then: Said, now: Said, shared: list[str]) -> Iterator[str]:
    turns = Counter((then.runs[run]["grade"], now.runs[run]["grade"]) for run in shared)
    changed = {turn: count for turn, count in sorted(turns.items()) if turn[0] != turn[1]}
    if changed:
        told = ", ".join(f"{before} → {after} {count}" for (before, after), count in changed.items())
        yield f"runs whose grade changed: {sum(changed.values())} ({told})"


def _whole(name: str, before: float | None, after: float | None) -> str | None:
    if before == after or (before and after and abs(after / before - 1) < NOISE):
        return None
    return f"{name} {_plain(before)} → {_plain(after)}"


def _plain(number: float | None) -> str:
    return "nothing" if number is None else f"{number:,.1f}"


def _words(name: str) -> str:
    field, band = name.removesuffix(" band"), name.endswith(" band")
    words = WORDS.get(field, field.replace("_", " "))
    return f"band of the {words}" if band else words


def exported(ref: str, folder: Path) -> Path:
    """The `src` of a commit; ends the script with code 3 where git does not know it."""
    asked = subprocess.run(["git", "archive", "--format=tar", ref, "src"], cwd=ROOT, capture_output=True, check=False)
    if asked.returncode:
        print(f"no such commit here: {ref} ({asked.stderr.decode().strip()})", file=sys.stderr)
        sys.exit(NO_REF)
    with tarfile.open(fileobj=BytesIO(asked.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder / "src"


def main(arguments: list[str]) -> int:
    """Print what moved since a commit; code 1 where it did under one version, for then nobody works it out anew."""
    with tempfile.TemporaryDirectory() as folder:
        then = exported(arguments[0] if arguments else "HEAD", Path(folder))
        told = moved(then, ROOT / "src")
    print("\n".join(told))
    if len(told) > 1 and "→" not in told[0]:
        print("numbers moved under one version: raise MODEL_GENERATION in scripts/constants.py", file=sys.stderr)
        return SAME_VERSION
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
