"""What the worst recordings we could think of cost: at most 10 s and 256 MiB, in a process, the input counted in."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.readers.fuzz.hostile import MIB, NAMES, REFUSED, write

MOST_S, MOST_MIB = 10.0, 256
SMALL_BYTES, SMALL_MOST_S = MIB // 2, 2.0
LARGEST_BYTES = 64 * MIB
CHILD = """
import json, sys, time
from pathlib import Path
from calfwise.intake.work import Whose, decoded

for path in map(Path, sys.argv[1:]):
    began, used = time.perf_counter(), time.process_time()
    fate = decoded(path.read_bytes(), file=path.name, whose=Whose())
    took_s, cpu_s = time.perf_counter() - began, time.process_time() - used
    status = dict(line.split(":", 1) for line in open("/proc/self/status"))
    told = {"name": path.stem, "mib": int(status["VmHWM"].split()[0]) / 1024, "took_s": took_s, "cpu_s": cpu_s}
    print(json.dumps(told | {"outcome": fate.outcome, "why": fate.why[:200], "runs": len(fate.loads)}), flush=True)
"""


def costs(paths: list[Path]) -> list[dict]:
    """What each took, read one after the other in one process of its own."""
    if not Path("/proc/self/status").exists():
        pytest.skip("only Linux tells a process's own peak memory")
    done = subprocess.run([sys.executable, "-c", CHILD, *map(str, paths)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def check_refusal(told: dict) -> None:
    wanted = REFUSED.get(told["name"])
    assert wanted is None or wanted in told["why"]


def test_hostile_recordings_in_small_cost_little_one_after_the_other(tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.bin" for name in NAMES]
    for path in paths:
        write(path.stem, path, SMALL_BYTES)
    found = costs(paths)
    assert [told["name"] for told in found] == list(NAMES)
    for told in found:
        check_refusal(told)
    assert not [told for told in found if told["cpu_s"] > SMALL_MOST_S or told["mib"] > MOST_MIB]


@pytest.mark.fuzz
@pytest.mark.skipif(not os.environ.get("CALFWISE_FUZZ"), reason="writes 64 MiB each: ./dev fuzz")
@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_recording_of_64_mib_costs_at_most_10_s_and_256_mib(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.bin"
    write(name, path, LARGEST_BYTES)
    assert path.stat().st_size <= LARGEST_BYTES
    [told] = costs([path])
    print(told)
    check_refusal(told)
    assert told["cpu_s"] <= MOST_S, told
    assert "takes over" not in told["why"], "the alarm rang"
    assert told["mib"] <= MOST_MIB, told
