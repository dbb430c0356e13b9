"""A runner without a single recording: from the first visit to the first stroke, and through three days."""

from datetime import timedelta

import pytest

from calfwise_web.journal.lines import events_of, history_of
from calfwise_web.journal.models import Journal
from tests.web.browser.person import DAY_ONE, Runner, journal_of, plays_to_the_end
from tests.web.browser.person import runner as runner

MOST_TAPS = 12
pytestmark = pytest.mark.django_db(transaction=True)


def test_the_first_stroke_is_at_most_twelve_taps_away_from_a_first_visit_without_recordings(runner: Runner) -> None:
    runner.opens(DAY_ONE)
    runner.feels(5, 4)
    runner.has_no_signs()
    runner.asks_for_a_plan()
    runner.starts()
    runner.page.clock.run_for(40_000)
    (session,) = events_of(journal_of(), "planned")
    assert runner.taps <= MOST_TAPS
    told = journal_of().happenings.filter(session=session.session.id)
    deadline = 40
    while not told.filter(line__contains='"kind":"elapsed"').exists() and deadline:
        runner.page.clock.run_for(1_000)
        runner.page.wait_for_timeout(50)
        deadline -= 1
    assert told.filter(line__contains='"kind":"begin"').exists()
    assert told.filter(line__contains='"kind":"elapsed"').exists(), "the get-ready is over: strokes have begun"
    assert runner.troubles == []


def spots_of(journal: Journal) -> list[str]:
    return [str(spot) for spot in events_of(journal, "planned")[-1].session.spots]


def test_three_days_the_queue_comes_first_and_what_was_worse_rests_for_two_days(runner: Runner) -> None:
    inner, outer, third = "left:medial-upper", "left:lateral-middle", "right:medial-upper"
    runner.opens(DAY_ONE)
    runner.feels(4, 3)
    runner.has_no_signs()
    for side, zone, nrs in (("left", "medial-upper", 6), ("left", "lateral-middle", 5), ("right", "medial-upper", 4)):
        runner.marks(side, zone, nrs)
    runner.asks_for_a_plan()
    assert len(spots_of(journal_of())) == 2, "the first sessions look after two spots"
    runner.starts()
    assert plays_to_the_end(runner)[-1] == "over"
    runner.page.clock.run_for(1_000)  # a button that has just appeared takes no tap that was meant for another
    runner.page.get_by_role("button", name="Back to Today").tap()
    for _ in range(40):
        if runner.page.url == f"{runner.base}/":
            break
        runner.page.clock.run_for(200)
        runner.page.wait_for_timeout(50)
    assert "enough for today" in runner.page.locator("main").inner_text()
    history = history_of(journal_of())
    treated, waiting = spots_of(journal_of()), [str(each.spot) for each in history.waiting]
    assert {*treated, *waiting} == {inner, outer, third}
    assert len(waiting) == 1

    runner.opens(DAY_ONE + timedelta(hours=14))
    worse = treated[0]
    page = runner.page
    side, zone = worse.split(":")
    page.locator(f"label:has(input[name='felt-{side}-{zone}'][value='worse'])").tap()
    for name, nrs in (("left", 4), ("right", 3)):
        page.locator(f"label:has(input[name={name}][value='{nrs}'])").first.tap()
    with page.expect_navigation():
        page.get_by_role("button", name="That's how it is").tap()
    (morning,) = events_of(journal_of(), "morning")
    assert [(str(each.spot), each.felt) for each in morning.spots] == [(worse, "worse")]

    runner.opens(DAY_ONE + timedelta(days=1), "/today/again/")
    runner.feels(4, 3)
    runner.has_no_signs()
    runner.asks_for_a_plan()
    assert spots_of(journal_of())[0] == waiting[0], "what waited comes first"
    assert worse not in spots_of(journal_of()), "it rests: 24 hours are not 48"

    for hours, rests in ((47, True), (49, False)):
        runner.opens(DAY_ONE + timedelta(hours=hours), "/today/again/")
        runner.feels(4, 3)
        runner.has_no_signs()
        runner.marks(side, zone, 6)
        runner.asks_for_a_plan()
        assert (worse in spots_of(journal_of())) is not rests, f"after {hours} h"
    assert runner.troubles == []


@pytest.mark.parametrize(
    ("sign", "said", "level", "first"),
    [
        ("breathless", "yes", "E", "emergency"),
        ("swelling", "left", "U", "today"),
        ("same-point", "both", "P", "within a week"),
        ("unwell", "yes", "N", "massage"),
    ],
)
def test_every_level_of_referral_is_one_tap_away_and_its_first_line_says_how_soon(
    runner: Runner, sign: str, said: str, level: str, first: str
) -> None:
    runner.opens(DAY_ONE)
    page = runner.page
    runner.feels(4, 3)
    line = page.locator(f"details.sign:has(input[name='answer-{sign}'])")
    group = page.locator(f"fieldset.group:has(input[name='answer-{sign}'])")
    before = page.locator("fieldset.group")
    for number in range(before.count()):
        if before.nth(number).get_attribute("id") == group.get_attribute("id"):
            break
        before.nth(number).locator("label.none").tap()
    line.locator("summary").tap()
    word = page.locator(f"label:has(input[name='answer-{sign}'][value='{said}'])")
    if word.is_visible():
        word.tap()
    button = page.get_by_role("button", name="Show what to do")
    with page.expect_navigation():
        (button if button.is_visible() else page.get_by_role("button", name="Show today's plan")).first.tap()
    assert page.get_by_role("link", name="Start").count() == 0
    assert first in page.locator(".first-line").inner_text().lower()
    (verdict,) = events_of(journal_of(), "screened")
    assert (verdict.outcome, verdict.level) == ("referral", level)
    assert runner.troubles == []
