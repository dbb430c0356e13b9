"""What calves are used to, and whose ground contact speaks: told with dates, without a verdict."""

from datetime import timedelta
from html import unescape

from django.test import Client
from msgspec import structs

from calfwise.model.journal import WearsShoe
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.stance import StanceSeen
from calfwise.model.runner import Shoe
from calfwise_web.journal.models import Journal
from calfwise_web.load import charts, over_time
from calfwise_web.load.scope import Scope
from calfwise_web.load.used_to import UsedToCard, used_to_card
from calfwise_web.units import Units
from tests.web.load.holding import hold
from tests.web.load.seeing import DAILY, NOW, TODAY, ran, seen


def card(*loads: RunLoad, units: Units = Units()) -> UsedToCard:  # noqa: B008 - frozen
    found = used_to_card(seen(loads).shown, units)
    assert found is not None
    return found


def cells(card: UsedToCard) -> dict[str, list[tuple[str, str]]]:
    return {row.name: [(cell.text, cell.small) for cell in row.cells] for row in card.rows}


def test_thirty_and_ninety_days_stand_side_by_side() -> None:
    """12 km 60 days ago are no longer among the 30; TODAY is 18 November."""
    told = cells(card(ran(60, 12.0), ran(10, 8.0)))
    assert told["Longest"] == [("8.0 km", "8 Nov"), ("12.0 km", "19 Sep")]
    assert told["Outings"] == [("1", "8.0 km"), ("2", "20.0 km")]


def test_shoes_are_told_in_strikes_and_minutes() -> None:
    daily = structs.replace(DAILY, until=TODAY - timedelta(days=30))
    loads = [ran(60, strikes=6000, minutes=40), ran(10, strikes=4000, minutes=30)]
    found = used_to_card(seen(loads, WearsShoe(at=NOW, shoe=daily)).shown, Units())
    assert found is not None
    told = cells(found)
    assert told["Strikes in Daily"] == [("–", ""), ("3,000", "40 min")]
    assert told["Strikes in shoes nobody named"] == [("2,000", "30 min")] * 2


def test_bare_feet_are_told_even_where_there_were_none() -> None:
    bare = Shoe(id="b", name="Barefoot", since=TODAY - timedelta(days=5), until=TODAY, barefoot=True)
    assert cells(card(ran(5)))["Strikes barefoot"] == [("none", ""), ("none", "")]
    told = cells(card(ran(5, strikes=1800, minutes=10, shoe=bare)))
    assert told["Strikes barefoot"] == [("900", "10 min")] * 2


def test_who_ran_in_ninety_days_of_nothing_gets_no_card() -> None:
    assert used_to_card(seen([ran(200)]).shown, Units()) is None


def test_an_easy_kilometre_of_ones_own_is_the_yardstick() -> None:
    """5 km and 5,000 strikes a run are 500 of each leg a kilometre, 805 a mile."""
    easy = [structs.replace(ran(3 * i, speeds={2.74: 5000}), speed_mps=2.74) for i in range(1, 20)]
    said = card(*easy).easy
    assert said.startswith("One easy kilometre of yours, at 6:0")
    assert " /km, is about 500 strikes of each leg (" in said
    assert " /mi, is about 805 strikes of each leg (" in card(*easy, units=Units(distance="mi")).easy
    assert card(ran(3)).easy == ""


def test_the_card_says_what_is_known_and_promises_nothing(browser: Client, journal: Journal) -> None:
    hold(journal, [ran(2), ran(12)])
    page = " ".join(unescape(browser.get("/load/").content.decode()).split())
    assert "We count what they took. What they can take, nobody can read from a watch." in page
    assert "One study of all overuse injuries together" in page
    assert "#Frandsen2025" in page


# ------------------------------------------------------------------------------------------------ one source of contact
def measured(days_ago: float, source: str, *, bw: float = 6.0, **others: float) -> RunLoad:
    made = ran(days_ago, achilles_bw=bw)
    return structs.replace(made, stance_source=source, stance=StanceSeen(source, 0.250, others))


def test_forces_of_a_source_that_nothing_ties_to_the_present_one_are_a_gap_and_said() -> None:
    loads = [measured(60, "watch old"), measured(55, "watch old"), measured(10, "watch new"), measured(3, "watch new")]
    view = seen(loads, by=Scope.WEEKS)
    force = charts.force(view).series[0].values
    assert [value for value in force if value is not None] == [6.0, 6.0]
    told = over_time.over_time(view).stance
    assert told[0] == "Forces here are as your watch (new) reads ground contact."
    assert "ground contact came from another watch (old) in 2 runs. Nothing ties the two" in told[1]
    assert "comparisons begin anew" in told[1]


def test_times_that_were_shifted_are_told_with_how_many_runs_carry_both() -> None:
    """Fourteen runs carry both, the pod reading 27 ms more than the watch."""
    both = [measured(40 - i, "watch", pod=0.027) for i in range(14)]
    alone = [measured(80, "pod"), measured(75, "pod")]
    told = over_time.over_time(seen([*alone, *both])).stance
    assert "Its times are shifted by −27 ms, the median of 14 runs that carry both" in told[1]


def test_one_source_all_along_needs_no_words() -> None:
    assert over_time.over_time(seen([measured(10, "watch"), measured(3, "watch")])).stance == ()


def test_a_change_of_source_is_among_what_changed() -> None:
    loads = [measured(60, "watch old"), measured(55, "watch old"), measured(10, "watch new")]
    changes = {change.day: change.text for change in over_time.changes_of(seen(loads))}
    last = TODAY - timedelta(days=55)
    assert changes[last] == "Ground contact from another watch (old) ends here."
