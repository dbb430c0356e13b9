"""The page's own player, in a browser, against every run of the model's vectors."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.web.player.stage import PAGES, Stage, origin
from tests.web.player.stage import chromium as chromium

VECTORS = Path(__file__).parents[2] / "model/care/player_vectors.json"
WALK = """async (vectors) => {
  const { after, newState } = await import("/static/calfwise/js/player/machine.js");
  return vectors.runs.map(({ session, told }) => {
    const steps = vectors.steps[session];
    let state = newState(steps);
    return [state, ...told.map(({ event }) => {
      const then = after(state, event, steps, vectors.table);
      state = then.state ?? state;
      return then.state ?? then;
    })];
  });
}"""


@pytest.fixture(scope="module")
def walked(chromium: Any) -> list[list[dict[str, Any]]]:
    """What the page's player makes of each run: the state it begins in, and what each event led to."""
    page = chromium.new_page()
    page.route(PAGES, Stage().answers)
    page.goto(f"{origin()}/nothing/")
    found: list[list[dict[str, Any]]] = page.evaluate(WALK, json.loads(VECTORS.read_text()))
    page.close()
    return found


def test_the_page_plays_every_run_as_the_server_replays_it(walked: list[list[dict[str, Any]]]) -> None:
    vectors = json.loads(VECTORS.read_text())
    differing = []
    for run, (first, *then) in zip(vectors["runs"], walked, strict=True):
        state = vectors["new"][run["session"]]
        if first != state:
            differing.append((run["name"], "new"))
        for told, made in zip(run["told"], then, strict=True):
            wanted = {"marked": told["marked"]} if "marked" in told else {**state, **told["changed"]}
            if made != wanted:
                differing.append((run["name"], told["event"]["sequence"]))
            state = state if "marked" in told else wanted
    assert differing == []


def test_the_vectors_reach_every_phase_and_every_objection(walked: list[list[dict[str, Any]]]) -> None:
    made = [each for run in walked for each in run]
    table = json.loads(VECTORS.read_text())["table"]
    assert {each["phase"] for each in made if "phase" in each} == set(table["transitions"])
    assert {each["marked"] for each in made if "marked" in each} >= {"over", "another-page", "not-now", "too-early"}
