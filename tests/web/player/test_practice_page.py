"""Practices in a browser, on made pages: tempo with a hold, ladders, minutes, a beat, and how the calves felt."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from calfwise.library import player
from calfwise.model.session import Practice
from tests.web.player.practices import BEAT, HELD, LADDER, RUN, library_practice
from tests.web.player.stage import NOW, Runner, Stage, opened
from tests.web.player.stage import chromium as chromium
from tests.web.player.test_player_page import DEAF, FITS, HEARD, looked_at

LOOKS = os.environ.get("CALFWISE_LOOKS")
"""A folder that keeps pictures of every state; somebody looks at them."""
FILE = """async ([step, beat]) => {
    const { notesOf, wav, TAIL_S } = await import("/static/calfwise/js/player/notes.js");
    const notes = notesOf(step, { beat });
    const parts = wav(notes, step.seconds + TAIL_S);
    const loud = (at_s) => {
        let from = Math.round(at_s * 8000);
        for (const part of parts.slice(1)) {
            if (from < part.length) return part.subarray(from, from + 200).some((sample) => Math.abs(sample - 128) > 8);
            from -= part.length;
        }
    };
    return {
        beats: notes.filter(({ hz, for_s }) => hz === 880 && for_s === 0.03).length,
        bytes: parts.reduce((sum, part) => sum + part.length, 0),
        held: [...new Set(parts)].reduce((sum, part) => sum + part.length, 0),
        loud: [0, 60, 600, 1800, 2280].map((minute_s) => loud(minute_s + (2 * 60) / 172)),
        still: [0, 60, 600, 1800, 2280].map((minute_s) => loud(minute_s + (2.5 * 60) / 172)),
    };
}"""
"""A step's tones: how many beats, how long the file is, how much of it is in memory, and where it sounds."""
PLAYS = """async (step) => {
    const { Tones } = await import("/static/calfwise/js/player/tones.js");
    const made = [];
    const create = URL.createObjectURL;
    URL.createObjectURL = (blob) => (made.push(create.call(URL, blob)), made.at(-1));
    new Tones(() => {}).follow(step, 0);
    URL.createObjectURL = create;
    const audio = new Audio(made.at(-1));
    await new Promise((done, fail) => { audio.onloadedmetadata = done; audio.onerror = () => fail(audio.error); });
    audio.currentTime = 2000;
    await new Promise((done) => (audio.onseeked = done));
    return [audio.duration, audio.currentTime];
}"""
SOON_S = 12


@contextmanager
def phone(chromium: Any, plan: Practice, *, script: str = "", **made: Any) -> Iterator[Runner]:
    """A phone on which the practice's page is open."""
    with opened(chromium, Stage(plan, **made), script=script) as runner:
        yield runner.opens()


def begun(runner: Runner) -> Runner:
    """The first set is on."""
    runner.presses("begin")
    runner.sees("timed").presses("skip")
    return runner


def step_of(stage: Stage, kind: str = "work") -> dict[str, Any]:
    step = next(step for step in stage.played.steps if step.kind == kind)
    return {"id": step.id, "kind": kind, "words": step.words, "seconds": step.seconds, "beat_spm": step.beat_spm}


def keeps(runner: Runner, name: str) -> None:
    """A picture, where somebody wants to look."""
    if LOOKS:
        for width, height in ((390, 844), (320, 568), (844, 390), (1280, 800)):
            runner.page.set_viewport_size({"width": width, "height": height})
            runner.page.screenshot(path=Path(LOOKS) / f"player-{name}-{width}-{runner.stage.theme}.png")
        runner.page.set_viewport_size({"width": 390, "height": 844})


# --------------------------------------------------------------------------------------------------------- repetitions
def test_a_repetition_goes_up_holds_and_comes_down_and_the_ring_counts_it(chromium: Any) -> None:
    with phone(chromium, HELD, script=HEARD) as runner:
        begun(runner).rings("1 of 2", most_s=2).rings("Up")
        runner.rings("Hold", most_s=3).rings("Down", most_s=2).rings("2 of 2", most_s=3)
        runner.reads("Set 1 of 2: twice.")
        runner.rings("rest", most_s=8).reads("Next: set 2 of 2: 3 times.")
        runner.rings("3 of 3", most_s=30)
        heard = runner.page.evaluate("heard")
        assert [word for word in heard if word in ("Up", "Hold", "Down", "Last one. Up")][:5] == [
            "Hold", "Down", "Up", "Hold", "Down",
        ]  # fmt: skip - the first "Up" is in the words that open the set
        assert "Last one. Up" in heard


def test_what_swings_goes_forwards_and_back(chromium: Any) -> None:
    with phone(chromium, library_practice("warm-up-easy", 1)) as runner:
        protocols = player().protocols
        swings = next(id_ for id_ in protocols if protocols[id_].ways == ("forwards", "back"))
        assert swings in {item.protocol for item in runner.stage.plan.items}
        runner.presses("begin")
        runner.rings("Forwards", most_s=900).rings("Back", most_s=5)


def test_a_ladder_tells_each_set_and_what_comes_next(chromium: Any) -> None:
    with phone(chromium, LADDER) as runner:
        runner.reads("1, 2, 3, 2, 1")
        begun(runner).reads("Set 1 of 5: once.")
        runner.rings("rest", most_s=5).reads("Next: set 2 of 5: twice.")
        runner.rings("3 of 3", most_s=60).reads("Set 3 of 5: 3 times.")
        runner.sees("rate", most_s=90)
        assert runner.phase == "rate"
        assert [done.sets_done for done in runner.stage.played.state.items] == [5]


def test_less_says_what_is_less_of_this_exercise(chromium: Any) -> None:
    with phone(chromium, LADDER) as runner:
        begun(runner).rings("1 of 3", most_s=60).presses("less")
        runner.reads(player().protocols["heel-raises-straight"].eased)
        assert runner.phase == "eased"
        assert runner.stage.played.state.items[0].eased == 1


# ------------------------------------------------------------------------------------------------------------- minutes
def test_long_blocks_are_read_in_minutes_and_say_half_way_and_the_last_minute(chromium: Any) -> None:
    with phone(chromium, RUN, script=HEARD) as runner:
        begun(runner).rings("60", most_s=2)
        runner.rings("4:00", most_s=80).rings("set 1 of 2")
        runner.waits(119)
        runner.reads("Half way.", most_s=2)
        runner.waits(57)
        runner.reads("One minute left.", most_s=4)
        runner.rings("rest", most_s=62).reads("Walk for 2 minutes")
        heard = runner.page.evaluate("heard")
        assert [word for word in heard if word in ("Half way.", "One minute left.", "Three", "Two", "One")][-5:] == [
            "Half way.", "One minute left.", "Three", "Two", "One",
        ]  # fmt: skip
        assert any("Run between walks, for 4 minutes." in word for word in heard)


def test_a_run_goes_on_in_a_pocket_as_long_as_tones_lead_it(chromium: Any) -> None:
    with phone(chromium, RUN, script=HEARD) as runner:
        runner.reads("Lock the phone if you like")
        begun(runner).rings("4:00", most_s=80).looks_away(hidden=True)
        runner.waits(250)
        runner.looks_away(hidden=False)
        runner.sees("timed").rings("rest", most_s=2)
        assert runner.phase == "rest"
        assert runner.stage.played.state.items[1].sets_done == 1
        assert "hidden" not in [event.kind for event in runner.stage.events]


def test_without_tones_nobody_leads_and_what_was_not_watched_is_asked_about(chromium: Any) -> None:
    quiet = "localStorage.setItem('calfwise.player', JSON.stringify({ tones: false }));"
    with phone(chromium, RUN, script=quiet) as runner:
        begun(runner).rings("4:00", most_s=80).looks_away(hidden=True)
        runner.waits(250)
        runner.looks_away(hidden=False)
        runner.sees("away").presses("confirm-done")
        runner.sees("timed")
        assert runner.phase == "rest"


def test_a_phone_that_slept_through_a_block_begins_nothing_by_itself(chromium: Any) -> None:
    with phone(chromium, RUN, script=HEARD) as runner:
        begun(runner).rings("4:00", most_s=80)
        runner.page.clock.fast_forward("10:00")
        runner.sees("paused", most_s=2).presses("resume")
        runner.rings("rest", most_s=SOON_S)
        assert runner.phase == "rest"
        assert runner.stage.played.state.items[1].sets_done == 1


# ---------------------------------------------------------------------------------------------------------------- beat
def test_forty_minutes_of_beats_are_one_file_of_that_length_and_little_memory(chromium: Any) -> None:
    with phone(chromium, BEAT) as runner:
        told = runner.page.evaluate(FILE, [step_of(runner.stage), True])
        assert told["beats"] == pytest.approx(40 * 172, abs=3)
        assert told["bytes"] == 44 + 2420 * 8000
        assert told["held"] < 3_000_000, "a minute of beats is in memory once"
        assert told["loud"] == [True] * 5
        assert told["still"] == [False] * 5
        assert runner.page.evaluate(FILE, [step_of(runner.stage), False])["beats"] == 0
        duration_s, at_s = runner.page.evaluate(PLAYS, step_of(runner.stage))
        assert duration_s == pytest.approx(2420, abs=0.1)
        assert at_s == pytest.approx(2000, abs=0.1)


def test_a_beat_is_seen_as_well_as_heard_and_rests_when_the_run_does(chromium: Any) -> None:
    with phone(chromium, BEAT) as runner:
        begun(runner).rings("172 steps a minute", most_s=2).rings("40:00")
        swings = "document.getElementById('beat').getAnimations({ subtree: true }).map((one) => one.playState)"
        assert runner.page.locator("#beat").is_visible()
        assert runner.page.evaluate(swings) == ["running"]
        assert runner.page.evaluate("getComputedStyle(document.querySelector('#beat i')).animationDuration").startswith(
            "0.3488"
        )
        runner.presses("pause")
        runner.sees("paused")
        assert not runner.page.locator("#beat").is_visible()


def test_under_reduced_motion_the_beat_stands_still(chromium: Any) -> None:
    with opened(chromium, Stage(BEAT), reduced_motion="reduce") as runner:
        begun(runner.opens()).rings("172 steps a minute", most_s=2)
        assert runner.page.evaluate("document.getElementById('beat').getAnimations({ subtree: true })") == []


def test_the_beat_is_quiet_by_choice_and_other_tones_go_on(chromium: Any) -> None:
    with phone(chromium, BEAT, script=HEARD) as runner:
        begun(runner).rings("172 steps a minute", most_s=2)
        before = runner.page.evaluate("played.at(-1)")
        runner.presses("sound")
        runner.page.get_by_role("checkbox", name="Beat").uncheck()
        runner.page.get_by_role("button", name="Done").click()
        runner.waits(1)
        assert runner.page.evaluate("played.at(-1)") != before
        assert runner.page.evaluate("JSON.parse(localStorage.getItem('calfwise.player'))")["beat"] is False
        assert runner.page.locator("#beat").is_visible(), "the eye keeps it"


def test_nothing_that_beats_offers_a_beat(chromium: Any) -> None:
    with phone(chromium, RUN) as runner:
        assert runner.page.locator("[name=beat]").count() == 0


# -------------------------------------------------------------------------------------------------------------- at end
def test_at_the_end_it_asks_how_the_calves_felt_and_tells_what_was_done(chromium: Any) -> None:
    with phone(chromium, HELD) as runner:
        runner.presses("begin")
        runner.sees("rate", most_s=200).reads("How did your calves feel in the meantime, at the most?")
        assert runner.page.get_by_role("group", name="How your calves felt, 0 to 10").is_visible()
        runner.presses("rated", value=2)
        runner.sees("signs").reads("Last question").presses("signs-none")
        runner.sees("over").reads("Side-lying leg raise, left leg")
        runner.reads("2 of 2 sets: 2, 3").reads("Say tomorrow how your calves feel").reads("How your calves felt").reads("2 of 10 at the most")
        assert "tender" not in runner.page.locator("main").inner_text().lower()
        assert runner.phase == "done"
        done = runner.stage.played.practice_done(at=NOW)
        assert done is not None
        assert done.felt_nrs == 2
        assert [each.counts for each in done.done] == [(2, 3), (2, 3)]


def test_a_stop_leads_to_the_gate_and_no_tool_is_spoken_of(chromium: Any) -> None:
    with phone(chromium, HELD) as runner:
        begun(runner).presses("stop", after_s=0)
        runner.sees("why").reads("Throbbing")
        assert "tool" not in runner.page.locator("#panel").inner_text()
        runner.presses("because", value="throbbing")
        runner.sees("over").reads("No more today until this has been looked at.").reads("A few questions first")
        assert runner.phase == "stopped"


def test_six_or_more_ends_this_exercise_and_goes_on_to_the_next(chromium: Any) -> None:
    with phone(chromium, HELD) as runner:
        begun(runner).rings("1 of 2", most_s=2).presses("too-much")
        runner.reads("That one is over for today.").rings("other leg", most_s=2)
        assert runner.phase == "ready"
        assert runner.stage.played.state.items[0].ended == "too-much"


# --------------------------------------------------------------------------------------------------------------- looks
def through(runner: Runner) -> Iterator[str]:
    """Every state that practices add, and what is wrong with it."""
    yield from looked_at(runner, "new", fits=False)
    keeps(runner, f"{runner.stage.plan.id}-new")
    begun(runner).waits(2)
    yield from looked_at(runner, "work")
    keeps(runner, f"{runner.stage.plan.id}-work")
    runner.presses("less")
    yield from looked_at(runner, "eased")
    keeps(runner, f"{runner.stage.plan.id}-eased")
    runner.presses("pause")
    runner.sees("paused")
    yield from looked_at(runner, "paused", fits=False)
    keeps(runner, f"{runner.stage.plan.id}-paused")
    runner.presses("resume")
    runner.sees("timed", most_s=4)
    if len(runner.stage.plan.items[0].counts) > 1:
        runner.rings("rest", most_s=400)
        yield from looked_at(runner, "rest")
        keeps(runner, f"{runner.stage.plan.id}-rest")
    runner.sees("rate", most_s=4000)
    yield from looked_at(runner, "rate")
    keeps(runner, f"{runner.stage.plan.id}-rate")
    runner.presses("rated", value=3)
    runner.sees("signs").presses("signs-none")
    runner.sees("over")
    yield from looked_at(runner, "over", fits=False)
    keeps(runner, f"{runner.stage.plan.id}-over")


@pytest.mark.parametrize("plan", [HELD, LADDER, RUN], ids=lambda plan: str(plan.routine))
def test_every_state_of_a_practice_can_be_read_and_used_by_everyone_and_fits(chromium: Any, plan: Practice) -> None:
    with phone(chromium, plan, theme="light") as runner:
        assert list(through(runner)) == []


def test_a_beat_can_be_read_and_used_by_everyone_and_fits_in_the_dark_too(chromium: Any) -> None:
    for theme in ("light", "dark"):
        with phone(chromium, BEAT, theme=theme) as runner:
            begun(runner).rings("172 steps a minute", most_s=2)
            assert list(looked_at(runner, theme)) == []
            keeps(runner, "beat")


@pytest.mark.parametrize("routine", list(player().routines))
def test_every_routine_begins_and_its_longest_words_fit(chromium: Any, routine: str) -> None:
    level = len(player().routines[routine].levels)
    with phone(chromium, library_practice(routine, level)) as runner:
        keeps(runner, f"all-{routine}-new")
        runner.presses("begin")
        for _ in range(3):
            for size in ((320, 568), (390, 844), (844, 390)):
                runner.page.set_viewport_size({"width": size[0], "height": size[1]})
                assert runner.page.evaluate(FITS), (routine, size, runner.told)
            keeps(runner, f"all-{routine}-{runner.stage.played.state.step}")
            runner.waits(SOON_S)


def test_a_practice_of_yesterday_only_says_so(chromium: Any) -> None:
    with opened(chromium, Stage(RUN, now=NOW + timedelta(days=1), why_not="This was planned on another day.")) as runner:
        runner.opens("#start").sees("shut")
        assert runner.stage.events == []


def test_where_the_browser_wants_a_tap_first_a_locked_phone_is_asked_about(chromium: Any) -> None:
    with opened(chromium, Stage(RUN), script=DEAF) as runner:
        runner.opens("#start").sees("timed").reads("Tap for sound")
        runner.looks_away(hidden=True)
        runner.waits(30)
        runner.looks_away(hidden=False)
        runner.sees("away")
