"""The guided self-test in a browser: by thumb, by keyboard, and for everybody who looks or listens."""

import os
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from calfwise.model.journal import Screened, SelfTested
from calfwise.model.run import Side
from calfwise_web.journal import lines
from calfwise_web.journal.models import Journal
from tests.web.browser.test_looks import AXE, NOT_WIDER, RULES
from tests.web.selftests.stage import Runner

Phone = Callable[..., Runner]
pytestmark = pytest.mark.django_db(transaction=True)


def kept(journal: Journal) -> list[tuple[str, float | None, float | None]]:
    events = lines.events_of(journal, "self-test")
    return [(event.test, event.left, event.right) for event in events if isinstance(event, SelfTested)]


def test_heel_raises_by_thumb_are_counted_by_the_metronome_and_kept(phone: Phone, journal: Journal) -> None:
    ann = phone().opens("heel-raise-count")
    ann.presses("Begin").sees("Say how sore your calves are")
    ann.feels(2).presses("Begin").sees("Get ready: left leg.")
    ann.waits(10.2).sees("Left leg. Up with one beat")
    ann.waits(48.3)
    assert ann.ring == "24"
    ann.presses("That's it").sees("Left leg: how many counted?")
    assert ann.page.get_by_label("Raises that counted").first.input_value() == "24"
    ann.page.get_by_role("button", name="One less").first.click()
    ann.presses("Keep it").sees("Rest. Then the right leg.")
    ann.waits(119)
    assert ann.scene == "timed"
    ann.waits(1.3).sees("Get ready: right leg.")
    ann.presses("Start now").sees("Right leg. Up with one beat")
    ann.waits(37.9).presses("That's it").presses("Keep it")
    ann.page.wait_for_url("**/tests/heel-raise-count/")
    ann.sees("23 raises")
    assert kept(journal) == [("heel-raise-count", 23.0, 19.0)]


def test_a_bridge_is_held_and_kept_by_keyboard_alone(phone: Phone, journal: Journal) -> None:
    ann = phone(viewport={"width": 1280, "height": 800}, has_touch=False, is_mobile=False).opens("bridge-hold")
    ann.page.locator("input[name=sore]").first.focus()
    ann.keys("ArrowRight", "Enter").sees("Get ready: left leg.")
    ann.keys(" ").sees("Left leg. Hips up")
    ann.waits(40.6).keys(" ").sees("Left leg: how long did you hold?")
    ann.page.locator("input[name=left-1]").focus()
    ann.keys("Enter").sees("Rest. Then the right leg.")
    ann.waits(60.3).keys(" ").sees("Right leg. Hips up")
    ann.waits(51.5).keys(" ").sees("Right leg: how long")
    ann.keys(" ")
    ann.page.wait_for_url("**/tests/bridge-hold/")
    assert kept(journal) == [("bridge-hold", 41.0, 52.0)]


def test_three_measures_of_each_ankle_become_their_mean(phone: Phone, journal: Journal) -> None:
    ann = phone().opens("knee-to-wall").feels(0).presses("Begin").presses("Start now").presses("Write it down")
    ann.presses("Keep it").sees("Fill this in first.")
    for side, measured in (("left", ("9", "9.5", "10")), ("right", ("12", "12.1", "12.3"))):
        if side == "right":
            ann.presses("Start now").presses("Write it down")
        for number, value in enumerate(measured, 1):
            ann.page.locator(f"input[name={side}-{number}]").fill(value)
        ann.presses("Keep it")
    ann.page.wait_for_url("**/tests/knee-to-wall/")
    ann.sees("The left leg does clearly less: 2.6 cm apart, beyond measurement error.")
    assert kept(journal) == [("knee-to-wall", 9.5, 12.1)]


def test_a_squat_that_showed_nothing_is_a_result_as_well(phone: Phone, journal: Journal) -> None:
    ann = phone().opens("single-leg-squat").feels(0).presses("Begin").presses("Start now").presses("Five done")
    ann.page.get_by_text("The other side of the hips drops.").locator("visible=true").click()
    ann.presses("Keep it").presses("Start now").presses("Five done").presses("Keep it")
    ann.page.wait_for_url("**/tests/single-leg-squat/")
    assert kept(journal) == [("single-leg-squat", 1.0, 0.0)]


def test_stop_is_under_the_thumb_from_the_first_step_and_keeps_nothing_of_that_leg(
    phone: Phone, journal: Journal
) -> None:
    ann = phone().opens("heel-raise-count").feels(2).presses("Begin").presses("Start now").waits(20)
    ann.presses("Stop").sees("Stopped.").sees("Nothing is written down.").sees("Check in again")
    assert kept(journal) == []


def test_whoever_stops_at_the_second_leg_may_keep_the_first(phone: Phone, journal: Journal) -> None:
    ann = phone().opens("heel-raise-count").feels(2).presses("Begin").presses("Start now").waits(19.8)
    ann.presses("That's it").presses("Keep it").waits(120.3).presses("Start now").waits(6)
    ann.keys("Escape").sees("Stopped.").presses("Keep the left leg")
    ann.page.wait_for_url("**/tests/heel-raise-count/")
    assert kept(journal) == [("heel-raise-count", 10.0, None)]


def test_a_second_tap_on_the_same_place_keeps_nothing_that_nobody_looked_at(phone: Phone) -> None:
    ann = phone().opens("heel-raise-count").feels(2).presses("Begin").presses("Start now").waits(10)
    ann.page.evaluate("for (const _ of [1, 2]) document.querySelector('#thumb .primary').click()")
    ann.sees("Left leg: how many counted?")
    assert ann.scene == "result"


def test_at_six_of_ten_nobody_is_tested(phone: Phone, journal: Journal) -> None:
    ann = phone().opens("heel-raise-count").feels(6).presses("Begin").sees("No test today.").sees("To Today")
    assert ann.page.locator("#thumb button").count() == 0
    assert kept(journal) == []


def test_every_step_is_announced_and_moves_the_focus(phone: Phone) -> None:
    ann = phone().opens("bridge-hold").feels(0).presses("Begin")
    announced = ann.page.locator("#announce")
    assert "Get ready: left leg." in announced.inner_text()
    assert ann.page.evaluate("document.activeElement.id") == "say"
    ann.presses("Start now")
    assert "Left leg. Hips up, and hold." in announced.inner_text()


def test_with_reduced_motion_the_picture_stands_still_while_the_beat_goes_on(phone: Phone) -> None:
    ann = phone(reduced_motion="reduce").opens("heel-raise-count").feels(0).presses("Begin").presses("Start now")
    for _ in range(8):
        assert "is-up" in str(ann.page.locator("#figure").get_attribute("class"))
        ann.waits(0.5)
    assert ann.page.locator("#ring-label").inner_text() in ("up", "down")


def test_without_a_network_the_results_wait_on_the_page(phone: Phone, journal: Journal) -> None:
    ann = phone().opens("bridge-hold").feels(0).presses("Begin").presses("Start now").waits(30)
    ann.presses("That's it").presses("Keep it").waits(60.3).presses("Start now").waits(30).presses("That's it")
    ann.context.set_offline(True)
    ann.presses("Keep it").sees("Your results stay on this page.")
    assert kept(journal) == []
    ann.context.set_offline(False)
    ann.presses("Keep the results")
    ann.page.wait_for_url("**/tests/bridge-hold/")
    assert len(kept(journal)) == 1


def test_without_script_the_same_form_keeps_results(phone: Phone, journal: Journal) -> None:
    ann = phone(java_script_enabled=False)
    ann.page.goto("/tests/knee-to-wall/guided/")
    ann.feels(1)
    for number in (1, 2, 3):
        ann.page.locator(f"input[name=left-{number}]").fill("8")
    ann.presses("Keep the results")
    ann.page.wait_for_url("**/tests/knee-to-wall/")
    assert kept(journal) == [("knee-to-wall", 8.0, None)]


class Look:
    """Rules of axe-core, the ruler, and pictures where CALFWISE_LOOKS names a folder."""

    def __init__(self, runner: Runner) -> None:
        self.page, self.troubles = runner.page, list[str]()
        self.page.evaluate(AXE.read_text("utf-8"))
        self.folder = os.environ.get("CALFWISE_LOOKS")

    def at(self, where: str) -> None:
        for scheme, rules in RULES.items():
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = self.page.evaluate("rules => axe.run({runOnly: rules})", rules)["violations"]
            self.troubles += [f"{where}, {scheme}: {each['id']} {each['nodes'][0]['html'][:120]}" for each in found]
            if not self.page.evaluate(NOT_WIDER):
                self.troubles.append(f"{where}: wider than the screen")
            if self.folder:
                self.page.screenshot(path=f"{self.folder}/{where}-{scheme}.png")


@pytest.mark.parametrize("test", ["heel-raise-count", "knee-to-wall", "single-leg-squat"])
def test_every_state_reads_and_can_be_used(phone: Phone, test: str) -> None:
    ann = phone(reduced_motion="reduce").opens(test)
    look = Look(ann)
    look.at(f"{test}-new")
    ann.feels(1).presses("Begin")
    look.at(f"{test}-ready")
    ann.presses("Start now")
    ann.waits(7)
    look.at(f"{test}-work")
    ann.page.locator("#thumb .primary").click()
    look.at(f"{test}-result")
    if test == "heel-raise-count":
        ann.presses("Keep it").waits(5)
        look.at(f"{test}-rest")
    ann.presses("Stop")
    look.at(f"{test}-stopped")
    assert look.troubles == []


def test_results_and_reasons_read_in_light_and_dark(phone: Phone, journal: Journal) -> None:
    now = timezone.now()
    lock = Screened(at=now - timedelta(days=3), outcome="referral", rules="test", level="P", locked=(Side.LEFT,))
    done = SelfTested(at=now - timedelta(days=90), test="heel-raise-count", left=18, right=30)
    lines.write(journal, [lock, done])
    ann = phone()
    for path in ("/tests/", "/tests/heel-raise-count/", "/tests/heel-raise-count/guided/"):
        ann.page.goto(path)
        look = Look(ann)
        look.at(path.strip("/").replace("/", "-"))
        assert look.troubles == []


def test_a_leg_that_is_locked_is_left_out_and_the_page_says_why(phone: Phone, journal: Journal) -> None:
    at = timezone.now() - timedelta(days=3)
    lines.write(journal, [Screened(at=at, outcome="referral", rules="test", level="P", locked=(Side.LEFT,))])
    ann = phone().opens("heel-raise-count").sees("No test of the left leg: it is locked since")
    ann.feels(0).presses("Begin").sees("Get ready: right leg.").presses("Start now").waits(39.8).presses("That's it")
    ann.presses("Keep it")
    ann.page.wait_for_url("**/tests/heel-raise-count/")
    assert kept(journal) == [("heel-raise-count", None, 20.0)]
