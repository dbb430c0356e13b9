"""Which drawings stand in the page of a practice: each once, in one picture or two, for the leg whose turn it is."""

import gzip
from datetime import timedelta
from typing import Any

import pytest

from calfwise import library
from calfwise.model.care.player_steps import StepKind, steps_of
from calfwise.model.session import Practice, PracticeItem
from calfwise_web.player.pages import Drawing, drawings_of
from tests.model.care import LEFT, RIGHT
from tests.web.player.stage import NOW, Runner, Stage
from tests.web.player.stage import chromium as chromium
from tests.web.player.test_player_page import phone

STANDS_AT = """ms => {
    for (const each of document.getElementById("figure").getAnimations({ subtree: true })) {
        each.pause();
        each.currentTime = ms;
    }
}"""


def practice(*items: PracticeItem) -> Practice:
    return Practice(
        id="drawn", at=NOW - timedelta(minutes=1), level=1, items=items, between_s=60, reason="For once.", sources=(),
        routine="glute-strength",
    )  # fmt: skip


CLAM = [PracticeItem(protocol="clam", side=side, counts=(5, 5), rest_s=30, tempo_s=(2, 1, 2)) for side in (LEFT, RIGHT)]
BRIDGE = PracticeItem(protocol="glute-bridge", side=None, counts=(5,), rest_s=30, tempo_s=(2, 2, 2))
WALK = PracticeItem(protocol="walk", side=None, counts=(60,), rest_s=0)
PLAN = practice(*CLAM, BRIDGE, WALK)


def drawn() -> list[Drawing]:
    return list(drawings_of(steps_of(PLAN, content=library.player()))[0].values())


def test_each_exercise_is_drawn_once_for_each_leg_that_takes_its_turn() -> None:
    assert [(each.exercise, each.side, each.pictures) for each in drawn()] == [
        ("clam", "left", 2), ("clam", "right", 2), ("glute-bridge", "", 2), ("walk", "", 1),
    ]  # fmt: skip


def test_only_where_nothing_counts_up_and_down_the_two_pictures_take_turns_by_themselves() -> None:
    plan = practice(*CLAM, WALK, PracticeItem(protocol="march", side=None, counts=(20,), rest_s=0))
    found = drawings_of(steps_of(plan, content=library.player()))[0].values()
    assert [each.exercise for each in found if each.turns] == ["march"]


def test_every_step_of_work_has_its_drawing() -> None:
    steps = steps_of(PLAN, content=library.player())
    _, ids = drawings_of(steps)
    assert all(id_ for step, id_ in zip(steps, ids, strict=True) if step.kind is StepKind.WORK)


def test_the_page_swaps_two_pictures_and_keeps_a_single_one_as_it_is() -> None:
    html = Stage(plan=PLAN).html()
    assert html.count('<div class="down">') == html.count('<div class="up">') == 3
    for told in ("Left leg: lying on the side, both knees bent", "Left leg: lying on the side, the upper knee opened"):
        assert html.count(f'aria-label="{told}') == 1
    walk = html[html.index(f'id="{drawn()[3].id}"') :]
    assert walk.startswith(f'id="{drawn()[3].id}"><svg class="fig"')


@pytest.mark.parametrize("kind", ["glute", "drill", "warm-up", "calf"])
def test_a_page_with_every_drawing_of_a_kind_stays_light(kind: str) -> None:
    items = [
        PracticeItem(protocol=id_, side=side, counts=(5,), rest_s=30, tempo_s=each.tempo_s)
        for id_, each in library.player().protocols.items()
        if each.kind == kind
        for side in ((LEFT, RIGHT) if each.legs == "one" else (None,))
    ]
    html = Stage(plan=practice(*items)).html()
    assert len(gzip.compress(html.encode())) < 20_000


def test_pictures_of_a_drill_take_turns_and_stand_still_where_motion_is_not_wanted(chromium: Any) -> None:
    march = practice(PracticeItem(protocol="march", side=None, counts=(20,), rest_s=0))
    with phone(chromium, march) as runner:
        runner.presses("begin")
        runner.presses("skip")
        assert [shown_at(runner, ms) for ms in (100, 900, 1700)] == [("down",), ("up",), ("down",)]
        runner.page.emulate_media(reduced_motion="reduce")
        assert [shown_at(runner, ms) for ms in (100, 900)] == [("down",), ("down",)]


def shown_at(runner: Runner, ms: int) -> tuple[str, ...]:
    """Which of the two is seen so long after the set began."""
    runner.page.evaluate(STANDS_AT, ms)
    return tuple(way for way in ("down", "up") if runner.page.locator(f"#figure .{way}").is_visible())
