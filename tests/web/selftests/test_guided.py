"""The guided self-test in a browser: by thumb, by keyboard, and for everybody who looks or listens."""

from collections.abc import Callable

import pytest

from calfwise.model.journal import SelfTested
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
    ann.waits(48.5)
    assert ann.ring == "24"
    ann.presses("That's it").sees("Left leg: how many counted?")
    assert ann.page.get_by_label("Raises that counted").first.input_value() == "24"
    ann.page.get_by_role("button", name="One less").first.click()
    ann.presses("Keep it").sees("Rest. Then the right leg.")
    ann.waits(119)
    assert ann.scene == "timed"
    ann.waits(1.3).sees("Get ready: right leg.")
    ann.presses("Start now").sees("Right leg. Up with one beat")
    ann.waits(38.3).presses("That's it").presses("Keep it")
    ann.page.wait_for_url("**/tests/heel-raise-count/")
    ann.sees("23 repetitions")
    assert kept(journal) == [("heel-raise-count", 23.0, 19.0)]
