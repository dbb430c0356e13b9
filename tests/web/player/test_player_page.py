"""The player's page in a browser, on made pages: what is shown, what a tap writes, and what nobody watched."""

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from calfwise.model.session import Practice, Session
from tests.model.care import LEFT, RIGHT
from tests.model.care.players import HABIT, SEARCH, Phone, item, session
from tests.web.browser.test_looks import AXE
from tests.web.player.stage import NOW, STATIC, Runner, Stage, opened, origin
from tests.web.player.stage import chromium as chromium

QUICK = session(
    item(LEFT, seconds=8),
    item(LEFT, "medial-upper", "press-and-hold", sets=2, seconds=20, rest_s=5),
    item(RIGHT, "soleus-lateral", "cross-strokes", seconds=8),
)
AAA = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"type": "rule", "values": ["color-contrast", "color-contrast-enhanced"]}
"""Dark differs from light in its colours alone."""
RUN_AXE = """rules => {
    const own = window.setTimeout;
    window.setTimeout = globalThis.__pwClock.builtins.setTimeout.bind(window);
    return axe.run({ runOnly: rules }).finally(() => (window.setTimeout = own));
}"""
FITS = "document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth"
SIZES = ((390, 844), (320, 568), (844, 390))
MOST_BYTES = 60_000
HEARD = """
    window.heard = [];
    window.played = [];
    speechSynthesis.speak = (spoken) => heard.push(spoken.text);
    HTMLMediaElement.prototype.play = function () { played.push(this.src); return Promise.resolve(); };
"""
DEAF = """
    window.heard = [];
    window.deaf = true;
    speechSynthesis.speak = (spoken) => heard.push(spoken.text);
    const refused = () => Promise.reject(new DOMException("", "NotAllowedError"));
    HTMLMediaElement.prototype.play = () => (deaf ? refused() : Promise.resolve());
    addEventListener("click", () => (deaf = false), true);
"""


@contextmanager
def phone(chromium: Any, plan: Session | Practice = QUICK, *, script: str = "", **made: Any) -> Iterator[Runner]:
    """A phone on which the session's page is open."""
    with opened(chromium, Stage(plan, **made), script=script) as runner:
        yield runner.opens()


def at_work(runner: Runner) -> Runner:
    """In the middle of the first hold."""
    runner.presses("begin")
    runner.sees("timed").presses("skip")
    runner.rings("next place", most_s=12).presses("skip")
    return runner.rings("hold 1 of 2", most_s=3)


def test_a_session_is_played_by_thumb_from_begin_to_back_to_today(chromium: Any) -> None:
    with phone(chromium) as runner:
        runner.presses("begin")
        runner.sees("rate", most_s=120).presses("rated", value=4)
        runner.reads("outer edge").presses("rated", value=2)
        runner.sees("signs").presses("signs-none")
        runner.sees("over").reads("Tomorrow morning I'll ask how it went.")
        assert runner.phase == "done"
        assert [done.sets_done for done in runner.stage.played.state.items] == [1, 2, 1]
        assert [done.observed_ms for done in runner.stage.played.state.items] == [8000, 40000, 8000]
        assert all(line.why is None for line in runner.stage.played.log)
        runner.presses("next")
        runner.page.wait_for_url(f"{origin()}/")


def test_a_session_is_played_by_keyboard_alone(chromium: Any) -> None:
    with phone(chromium) as runner:
        runner.keys(" ")
        runner.sees("timed").keys("ArrowRight")
        runner.rings("next place", most_s=12).keys("ArrowRight")
        runner.rings("hold 1 of 2", most_s=3).keys("ArrowUp")
        runner.reads("Good. Stay like that.").keys("ArrowDown")
        runner.reads("Lighter now").keys(" ")
        runner.sees("paused").keys(" ")
        runner.sees("timed", most_s=4).keys("?")
        runner.reads_dialog("Keys")
        runner.keys("Escape")
        runner.keys("Escape")
        runner.sees("why").keys("Tab")
        runner.keys("Enter")
        runner.sees("over").reads("That's enough for today.")
        assert runner.stage.played.state.items[1].eased == 1


def test_coming_from_start_on_today_it_begins_by_itself(chromium: Any) -> None:
    with opened(chromium, Stage(QUICK)) as runner:
        runner.opens("#start").sees("timed")
        assert runner.page.url == runner.stage.url


def test_a_session_that_cannot_begin_says_why(chromium: Any) -> None:
    why_not = "You checked in again since this was planned."
    with opened(chromium, Stage(QUICK, why_not=why_not)) as runner:
        runner.opens("#start").sees("shut").reads(why_not)
        assert runner.stage.events == []


def test_less_asks_for_one_less_and_a_second_thumb_on_it_ends_nothing(chromium: Any) -> None:
    with phone(chromium) as runner:
        at_work(runner).presses("less")
        runner.presses("less", after_s=0)
        runner.reads("Lighter now")
        assert runner.phase == "eased"
        assert runner.stage.played.state.items[1].ended is None


@pytest.mark.parametrize(("act", "ended"), [("rising", "rising"), ("too-much", "too-much")])
def test_what_still_rises_or_reaches_six_ends_the_place_and_goes_on(chromium: Any, act: str, ended: str) -> None:
    with phone(chromium) as runner:
        at_work(runner).presses("less")
        runner.reads("Lighter now").presses(act)
        runner.reads("That place is over for today.").reads("other leg")
        assert runner.phase == "ready"
        assert runner.stage.played.state.items[1].ended == ended


def test_stop_stops_at_once_and_asks_why_in_one_tap(chromium: Any) -> None:
    with phone(chromium) as runner:
        at_work(runner).presses("stop", after_s=0)
        runner.sees("why").presses("because", value="breathless")
        runner.sees("over").reads("call the emergency number now")
        assert runner.phase == "stopped"
        assert runner.stage.played.raised == ("breathless",)


def test_a_pause_takes_no_time_and_is_counted_out(chromium: Any) -> None:
    with phone(chromium) as runner:
        at_work(runner).waits(5)
        runner.presses("pause", after_s=0)
        left = runner.sees("paused").page.locator("#ring-number").inner_text()
        runner.waits(60)
        assert runner.page.locator("#ring-number").inner_text() == left
        runner.presses("resume")
        runner.reads("going on")
        assert runner.scene == "paused"
        runner.sees("timed", most_s=4)
        assert runner.page.locator("#ring-number").inner_text() == left


def test_what_nobody_watched_is_asked_about_and_counted_by_word(chromium: Any) -> None:
    with phone(chromium) as runner:
        at_work(runner).looks_away(hidden=True)
        runner.waits(60)
        runner.looks_away(hidden=False)
        runner.sees("away").reads("Did you go on until the end?").presses("confirm-done")
        runner.sees("timed")
        assert runner.phase == "rest"
        assert runner.stage.played.state.items[1].sets_by_word == 1


def test_a_reload_in_the_middle_of_a_set_loses_nothing(chromium: Any) -> None:
    with phone(chromium) as runner:
        at_work(runner).waits(6)
        runner.page.reload()
        runner.sees("away").presses("confirm-not")
        runner.sees("paused").presses("resume")
        runner.sees("timed", most_s=4)
        assert runner.phase == "work"
        assert all(line.why is None for line in runner.stage.played.log)


def test_a_session_of_yesterday_is_only_closed(chromium: Any) -> None:
    stage = Stage(QUICK)
    stage.hears(Phone("tablet"), ("begin", "", 0), ("elapsed", "1.0.ready", 10))
    stage.now = NOW + timedelta(days=1)
    with opened(chromium, stage) as runner:
        runner.opens().sees("stale").presses("close")
        runner.sees("over")
        assert runner.phase == "stopped"


def test_another_device_leads_until_it_has_been_quiet_for_a_minute(chromium: Any) -> None:
    stage = Stage(QUICK)
    stage.hears(Phone("tablet"), ("begin", "", 0), ("elapsed", "1.0.ready", 10))
    with opened(chromium, stage) as runner:
        runner.opens().sees("elsewhere")
        assert runner.page.locator("[data-act=take-over]").count() == 0
        stage.heard_s = 61
        runner.waits(6)
        runner.reads("Go on here", most_s=3).presses("take-over")
        runner.sees("away", most_s=5)
        assert runner.phase == "away"


def test_of_two_tabs_the_one_that_was_opened_last_goes_on(chromium: Any) -> None:
    with phone(chromium) as runner:
        at_work(runner)
        other = runner.page.context.new_page()
        other.goto(runner.stage.url)
        other.locator("#player[data-scene=away]").wait_for()
        runner.sees("elsewhere").reads("open in another tab").presses("return")
        runner.sees("away")


def test_without_a_network_a_calm_word_stands_and_later_all_arrives(chromium: Any) -> None:
    with phone(chromium) as runner:
        assert at_work(runner).phase == "work", "nothing is on its way when the network goes"
        runner.stage.online = False
        runner.presses("right")
        runner.reads("No network: all is kept here.", most_s=14, by_s=0.5)
        runner.stage.online = True
        runner.page.evaluate("dispatchEvent(new Event('online'))")
        runner.reads("hold 2 of 2", most_s=40)
        runner.reads_no_more("No network", most_s=20)
        assert "right" in [event.kind for event in runner.stage.events]


def test_a_sign_of_one_leg_asks_which(chromium: Any) -> None:
    with phone(chromium, session(item(LEFT, seconds=8))) as runner:
        runner.presses("begin")
        runner.sees("signs", most_s=30).page.locator(".choice:has([value=swelling])").click()
        runner.presses("signs-tell")
        runner.reads("Which leg?")
        runner.page.locator("[name=leg-swelling][value=left]").check()
        runner.presses("signs-tell")
        runner.sees("over").reads("What to do now")
        assert runner.phase == "done"
        assert runner.stage.played.state.signs == ("swelling:left",)


def test_a_proposed_place_that_is_not_tender_is_left_alone(chromium: Any) -> None:
    with phone(chromium, SEARCH) as runner:
        runner.presses("begin")
        runner.sees("ask", most_s=60).presses("skip")
        runner.sees("timed")
        assert runner.phase == "ready"
        assert runner.stage.played.state.items[1].ended == "not-found"


def test_heel_raises_count_and_their_picture_follows(chromium: Any) -> None:
    with phone(chromium, HABIT) as runner:
        runner.presses("begin")
        runner.presses("skip")
        runner.rings("1 of 8", most_s=2).rings("Up")
        shown = runner.page.locator("#figure .up")
        assert shown.is_visible()
        runner.rings("Down", most_s=4)
        assert not shown.is_visible()
        runner.rings("2 of 8", most_s=4)


def test_the_buttons_and_the_ring_stay_where_they_are(chromium: Any) -> None:
    with phone(chromium) as runner:
        runner.presses("begin")
        places = set()
        for label in ("get ready", "long strokes", "next place", "hold 1 of 2", "rest", "hold 2 of 2", "other leg"):
            runner.rings(label, most_s=25)
            places.add(str([runner.page.locator(id_).bounding_box() for id_ in ("#thumb", ".p-ring", "#figure")]))
        assert len(places) == 1


def test_a_screen_reader_hears_each_step_once_and_no_seconds(chromium: Any) -> None:
    with phone(chromium) as runner:
        runner.page.evaluate(
            """() => {
                window.announced = [];
                const live = document.getElementById("announce");
                new MutationObserver(() => announced.push(live.textContent)).observe(live, { childList: true });
            }"""
        )
        runner.presses("begin")
        runner.rings("long strokes", most_s=15).waits(5)
        announced = runner.page.evaluate("announced")
        assert [re.sub(r"\. .*", "", text) for text in announced if "screen may lock" not in text] == [
            "Left calf, whole length",
            "Left calf, whole length",
        ]  # fmt: skip - ready, work
        assert runner.page.locator(".p-ring").get_attribute("aria-live") == "off"


def test_questions_take_the_focus_and_steps_leave_it(chromium: Any) -> None:
    with phone(chromium) as runner:
        at_work(runner)
        runner.page.locator("#pause button").focus()
        runner.rings("rest", most_s=25)
        assert runner.page.evaluate("document.activeElement.dataset.act") == "pause"
        runner.presses("stop")
        runner.sees("why")
        assert runner.page.evaluate("document.activeElement.id") == "say"


def test_the_voice_says_each_step_and_half_time_and_off_is_off(chromium: Any) -> None:
    with phone(chromium, script=HEARD) as runner:
        at_work(runner).waits(19)
        heard = runner.rings("rest", most_s=3).page.evaluate("heard")
        began = "Now, for 20 seconds. Noticeable, four out of ten at most. Keep breathing."
        assert heard[heard.index(began) :][:5] == [
            began,
            "Half way.",
            *("Three", "Two", "One"),
        ]
        assert len(set(runner.page.evaluate("played"))) == 2 + 5  # two silent ones, then one for each step
        runner.presses("sound", after_s=0)
        runner.page.get_by_label("Off").check()
        runner.page.get_by_role("button", name="Done").click()
        runner.waits(4)
        assert runner.page.evaluate("heard") == heard
        runner.page.reload()
        runner.sees("away").reads("Tones only · captions on")


def test_a_browser_that_wants_a_tap_first_is_told_so_and_nothing_else_changes(chromium: Any) -> None:
    with opened(chromium, Stage(QUICK), script=DEAF) as runner:
        runner.opens("#start").sees("timed").reads("Tap for sound")
        runner.presses("right")
        runner.page.get_by_text("Tap for sound").wait_for(state="hidden")


def test_a_screen_that_may_lock_says_so_once(chromium: Any) -> None:
    refuses = "navigator.wakeLock.request = () => Promise.reject(new DOMException('', 'NotAllowedError'));"
    with phone(chromium, script=refuses) as runner:
        runner.presses("begin")
        runner.reads("Your screen may lock. Nothing gets lost: tones go on.")
        runner.waits(4)
        assert runner.page.locator("#word").inner_text() == ""


def test_every_state_can_be_read_and_used_by_everyone_and_the_main_ones_fit(chromium: Any) -> None:
    with phone(chromium, theme="light") as runner:
        troubles = [*looked_at(runner, "new", fits=False)]
        at_work(runner)
        troubles += looked_at(runner, "work")
        runner.presses("less")
        runner.reads("Lighter now")
        troubles += looked_at(runner, "eased")
        runner.presses("pause")
        runner.sees("paused")
        troubles += looked_at(runner, "paused", fits=False)
        runner.presses("resume")
        runner.sees("timed", most_s=4).rings("rest", most_s=25)
        troubles += looked_at(runner, "rest")
        runner.looks_away(hidden=True)
        runner.waits(20)
        runner.looks_away(hidden=False)
        runner.sees("away")
        troubles += looked_at(runner, "away")
        runner.presses("skip")
        runner.sees("rate", most_s=60)
        troubles += looked_at(runner, "rate")
        runner.presses("rated", value=4)
        runner.presses("rated", value=4)
        runner.sees("signs")
        troubles += looked_at(runner, "signs", fits=False)
        runner.presses("stop")
        runner.sees("why")
        troubles += looked_at(runner, "why", fits=False)
        runner.presses("because", value="breathless")
        runner.sees("over")
        troubles += looked_at(runner, "stopped", fits=False)
    assert troubles == []


def test_the_dark_is_read_as_easily(chromium: Any) -> None:
    with phone(chromium, theme="dark") as runner:
        at_work(runner).presses("less")
        runner.reads("Lighter now")
        troubles = [*looked_at(runner, "eased")]
        runner.presses("stop")
        runner.sees("why").presses("because", value="breathless")
        runner.sees("over")
        troubles += looked_at(runner, "stopped", fits=False)
    assert troubles == []


def looked_at(runner: Runner, state: str, *, fits: bool = True) -> Iterator[str]:
    """What is wrong with a state."""
    page = runner.page
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    for each in page.evaluate(RUN_AXE, AAA if runner.stage.theme == "light" else COLOURS)["violations"]:
        yield f"{state}: {each['id']} {each['nodes'][0]['html'][:120]}"
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        if fits and not page.evaluate(FITS):
            yield f"{state}: does not fit {width} x {height}"
    page.set_viewport_size({"width": 390, "height": 844})


def test_the_players_own_files_are_light() -> None:
    own = [
        *(STATIC / "calfwise/js/player").glob("*.js"),
        STATIC / "calfwise/player.css",
        STATIC / "calfwise/figures.css",
    ]
    html = re.sub(r"(?s)<svg.*?</svg>", "", Stage(QUICK).html())
    weight = sum(len(gzip.compress(file.read_bytes())) for file in own) + len(gzip.compress(html.encode()))
    assert weight <= MOST_BYTES
