"""Routines on the web: what suits today and what does not, how sore first, planned by one tap, and what was done."""

import html
import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from calfwise import library
from calfwise.model.journal import AnyEvent, CheckIn, Consent, DaysLaid, PracticeDone, PracticePlanned
from calfwise.model.session import Practice, Soreness
from calfwise.model.weeks import Element, ElementKind, Estimate, LaidDay
from calfwise_web.journal.lines import events_of, history_of, home_of
from calfwise_web.journal.models import Journal
from calfwise_web.player import queries
from calfwise_web.player.playable import why_not
from tests.web.conftest import read as read
from tests.web.player.phones import checks_in, game, sends
from tests.web.practise.runners import did, locked, quiet_days, tells

pytestmark = pytest.mark.django_db
SORE_FIRST = "how do your calves feel when you walk, today?"


def text_of(browser: Client, path: str) -> str:
    """A page as one reads it."""
    shown = browser.get(path)
    assert shown.status_code == 200
    main = re.search(r"(?s)<main.*</main>", shown.content.decode())
    assert main is not None
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"(?s)<svg.*?</svg>|<[^>]+>", " ", main[0])))


def planned(journal: Journal) -> list[Practice]:
    return [e.practice for e in events_of(journal, "practice-planned") if isinstance(e, PracticePlanned)]


def starts(browser: Client, routine: str, **form: str) -> str:
    """Where the start leads."""
    return browser.post(f"/practise/{routine}/start/", form).headers["Location"]


def quiet(journal: Journal, *more: AnyEvent, now: datetime | None = None) -> None:
    """A fortnight of quiet calves, said today too."""
    at = now or timezone.now()
    tells(journal, *quiet_days(14, until=at - timedelta(minutes=1)), *more, now=at)


# ------------------------------------------------------------------------------------------------------------ the list
def test_every_routine_has_its_card_with_what_it_is_for_and_how_long_it_takes(browser: Client) -> None:
    text = text_of(browser, "/practise/")
    for routine in library.player().routines.values():
        assert routine.title in text
        assert routine.short in text
    assert len(re.findall(r"About \d+ minutes", text)) == len(library.player().routines)


def test_what_suits_today_says_so_and_what_does_not_says_why(browser: Client, journal: Journal) -> None:
    quiet(journal)
    text = text_of(browser, "/practise/")
    assert "suits today" in text
    assert "begins once a professional has agreed" in text, "walk and run"
    assert "Your own cadence is not known" in text, "nothing beats without a cadence"


def test_nobody_who_said_nothing_today_is_told_that_calf_work_suits(browser: Client) -> None:
    text = text_of(browser, "/practise/")
    assert "say how sore first" in text
    assert "It begins after 7 quiet days, and nobody has said yet that one was." in text


def test_a_lock_shuts_every_routine_and_is_said_once(browser: Client, journal: Journal) -> None:
    now = timezone.now()
    quiet(journal, locked(now - timedelta(days=2)), now=now)
    text = text_of(browser, "/practise/")
    assert "suits today" not in text
    assert text.count("until a professional has seen it") == 1


# ----------------------------------------------------------------------------------------------------------- a routine
@pytest.mark.parametrize("routine", list(library.player().routines))
def test_a_routine_tells_how_it_goes_why_and_how_sure_that_is(browser: Client, routine: str) -> None:
    text = text_of(browser, f"/practise/{routine}/")
    found = library.player().routines[routine]
    assert found.evidence.claim in text
    assert found.evidence.limits in text
    first = library.player().protocols[found.levels[0].items[0].protocol]
    assert all(step in text for step in first.steps)
    assert all(sign in text for sign in first.stop)
    assert not re.search(r"(?i)\b(safe|cured?|heals?|prevents?|treatment|detects?)\b|{", text)


def test_a_routine_that_nobody_knows_is_not_there(browser: Client) -> None:
    assert browser.get("/practise/handstands/").status_code == 404
    assert browser.post("/practise/handstands/start/").status_code == 404


def test_calf_work_asks_how_sore_first_and_then_offers_to_start(browser: Client, journal: Journal) -> None:
    assert SORE_FIRST in text_of(browser, "/practise/calf-strength/")
    then = browser.post("/practise/calf-strength/soreness/", {"left": "1", "right": "0"})
    assert then.headers["Location"] == "/practise/calf-strength/"
    text = text_of(browser, "/practise/calf-strength/")
    assert SORE_FIRST not in text
    assert "Start" in text
    said = [e for e in events_of(journal) if isinstance(e, CheckIn)]
    assert [e.soreness for e in said] == [Soreness(1, 0)]
    assert "screened" not in {str(type(e).__struct_config__.tag) for e in events_of(journal)}, "the gate was not asked"


@pytest.mark.parametrize("form", [{}, {"left": "2"}, {"left": "2", "right": "11"}, {"left": "-1", "right": "x"}])
def test_how_sore_is_said_for_both_legs_or_asked_again(browser: Client, journal: Journal, form: dict[str, str]) -> None:
    again = browser.post("/practise/calf-strength/soreness/", form)
    assert again.status_code == 422
    assert "Say it for both legs" in again.content.decode()
    assert not [e for e in events_of(journal) if isinstance(e, CheckIn)]


def test_sore_calves_do_not_start_and_nothing_is_planned(browser: Client, journal: Journal) -> None:
    browser.post("/practise/calf-strength/soreness/", {"left": "5", "right": "5"})
    text = text_of(browser, "/practise/calf-strength/")
    assert "You said 5 of 10 today." in text
    assert starts(browser, "calf-strength") == "/practise/calf-strength/"
    assert planned(journal) == []


def test_one_calf_much_sorer_than_the_other_goes_through_the_gate_first(browser: Client, journal: Journal) -> None:
    browser.post("/practise/calf-strength/soreness/", {"left": "5", "right": "0"})
    assert "One calf is clearly sorer than the other" in text_of(browser, "/practise/calf-strength/")
    assert starts(browser, "glute-strength") == "/practise/glute-strength/"


def test_what_todays_check_in_limits_is_limited_here_and_its_open_questions_shut_all(
    browser: Client, journal: Journal
) -> None:
    checks_in(journal, 1, 1, spots=(), answers={})
    assert "Some of today's questions are still open." in text_of(browser, "/practise/")
    assert starts(browser, "glute-strength") == "/practise/glute-strength/"
    checks_in(journal, 1, 1, spots=())
    assert starts(browser, "glute-strength").startswith("/session/")


def test_glute_work_asks_nothing_of_calves_and_starts_at_once(browser: Client, journal: Journal) -> None:
    assert "Start" in text_of(browser, "/practise/glute-strength/")
    assert starts(browser, "glute-strength").startswith("/session/glute-strength-")
    assert [each.routine for each in planned(journal)] == ["glute-strength"]


def test_start_plans_the_level_that_comes_next_and_opens_the_player(browser: Client, journal: Journal) -> None:
    quiet(journal)
    where = starts(browser, "calf-strength")
    (practice,) = planned(journal)
    assert where == f"/session/{practice.id.replace('+', '+')}/"
    assert practice.level == 1
    assert [item.counts for item in practice.items] == [(8, 8), (8, 8)]
    page = browser.get(where).content.decode()
    assert '"can_begin": true' in page
    assert "set 1 of 2: 8 times" in page


def test_what_the_weeks_ahead_have_today_is_begun_for_that_day(browser: Client, journal: Journal) -> None:
    now = timezone.now()
    today = now.astimezone(home_of(None)).date()
    element = Element(
        ElementKind.GLUTE_STRENGTH, 8.0, Estimate(), "Its turn.", ("CoachRule",), routine="glute-strength"
    )
    tells(journal, DaysLaid(at=now, days=(LaidDay(today, (element,)),)), now=now)
    starts(browser, "glute-strength")
    (practice,) = planned(journal)
    assert practice.on == practice.at.date()


def test_a_level_with_a_ladder_can_be_done_straight_or_climbed(browser: Client, journal: Journal) -> None:
    now = timezone.now()
    days = [now - timedelta(days=day) for day in (9, 7, 5)]
    quiet(journal, *(did("calf-strength", at) for at in days), now=now)
    text = text_of(browser, "/practise/calf-strength/")
    assert "Level 2" in text
    assert "A ladder, up and down" in text
    starts(browser, "calf-strength", shape="up-and-down")
    (practice,) = planned(journal)
    assert practice.items[0].counts == (1, 2, 3, 4, 5, 5, 4, 3, 2, 1)
    assert sum(practice.items[0].counts) == 30


def test_what_was_done_and_how_it_felt_stands_on_the_page_and_in_history(browser: Client, journal: Journal) -> None:
    now = timezone.now()
    quiet(journal, did("calf-strength", now - timedelta(days=3), felt_nrs=2, eased=True), now=now)
    text = text_of(browser, "/practise/calf-strength/")
    assert "Level 1, eased on the way. Heel raises, knees straight: 2 × 8. Heel raises, knees bent: 8, 6." in text
    assert "felt 2 of 10" in text
    history = text_of(browser, "/spots/history/")
    assert "Calf strength" in history
    assert "Felt 2 of 10" in history


# ------------------------------------------------------------------------------------------------------------- playing
def test_a_planned_routine_is_played_written_down_and_counts(browser: Client, journal: Journal) -> None:
    quiet(journal)
    starts(browser, "glute-strength")
    (practice,) = planned(journal)
    played = game(practice).finishes()
    assert sends(browser, practice, played.events).json()["over"]
    (done,) = [e for e in events_of(journal, "practice") if isinstance(e, PracticeDone)]
    assert (done.routine, done.level, done.session) == ("glute-strength", 1, practice.id)
    assert done.felt_nrs == 3
    assert "felt 3 of 10" in text_of(browser, "/practise/glute-strength/")
    assert "This practice is done." in browser.get(f"/session/{practice.id}/").content.decode()


def reason(journal: Journal, plan: Practice, now: datetime) -> str:
    home = timezone.get_default_timezone()
    return why_not(journal, plan, queries.played(journal, plan), now=now, home=home)


def test_a_practice_begins_without_a_verdict_on_massage(browser: Client, journal: Journal) -> None:
    quiet(journal)
    starts(browser, "glute-strength")
    (practice,) = planned(journal)
    assert reason(journal, practice, timezone.now()) == ""


def test_a_lock_that_came_since_shuts_what_was_planned_and_what_was_begun(browser: Client, journal: Journal) -> None:
    quiet(journal)
    starts(browser, "glute-strength")
    (practice,) = planned(journal)
    sends(browser, practice, [game(practice).phone.writes("begin")])
    now = timezone.now()
    tells(journal, locked(now), now=now)
    assert "look at your calves" in reason(journal, practice, now)


def test_a_practice_of_yesterday_is_planned_anew(browser: Client, journal: Journal) -> None:
    starts(browser, "glute-strength")
    (practice,) = planned(journal)
    assert "planned on another day" in reason(journal, practice, timezone.now() + timedelta(days=1))


def test_planning_a_practice_leaves_todays_massage_playable(browser: Client, journal: Journal) -> None:
    massage = checks_in(journal)
    assert massage is not None
    starts(browser, "glute-strength")
    assert '"can_begin": true' in browser.get(f"/session/{massage.id}/").content.decode()


def test_a_stop_for_a_cold_foot_in_a_practice_locks_as_in_massage(browser: Client, journal: Journal) -> None:
    quiet(journal)
    starts(browser, "glute-strength")
    (practice,) = planned(journal)
    played = game(practice).goes_to("1.1.work")
    played.tells("stop", after_s=3)
    played.tells("because", "cold")
    sends(browser, practice, played.events)
    assert history_of(journal).referrals
    assert "suits today" not in text_of(browser, "/practise/")


def test_todays_page_keeps_a_planned_practice_for_when_there_is_no_network(browser: Client, journal: Journal) -> None:
    starts(browser, "glute-strength")
    (practice,) = planned(journal)
    page = browser.get("/").content.decode()
    assert re.findall(r'data-keep="([^"]+)"', page) == [browser.get(f"/session/{practice.id}/").request["PATH_INFO"]]
    assert "Glute strength" in page or library.player().routines["glute-strength"].title in page


def test_where_the_agreement_was_taken_back_nothing_is_kept(browser: Client, journal: Journal) -> None:
    now = timezone.now()
    tells(journal, Consent(at=now, to="keep-health-notes", version="1", given=False), now=now)
    browser.post("/practise/calf-strength/soreness/", {"left": "1", "right": "0"})
    starts(browser, "glute-strength")
    assert not [e for e in events_of(journal) if isinstance(e, CheckIn | PracticePlanned)]


# --------------------------------------------------------------------------------------------------------------- doors
def test_nobody_plays_anothers_practice(browser: Client, bens_browser: Client, journal: Journal) -> None:
    starts(browser, "glute-strength")
    (practice,) = planned(journal)
    assert bens_browser.get(f"/session/{practice.id}/").status_code == 404
    assert "Planned for today" not in text_of(bens_browser, "/practise/glute-strength/")


# ------------------------------------------------------------------------------------------------- without the player
def test_what_was_done_at_a_gym_is_written_down_once_a_day_with_how_it_felt(browser: Client, journal: Journal) -> None:
    quiet(journal)
    assert "Done today without the player?" in text_of(browser, "/practise/glute-strength/")
    for _ in range(2):
        browser.post("/practise/glute-strength/done/", {"felt": "2"})
    (told,) = [one for one in events_of(journal, "practice") if isinstance(one, PracticeDone)]
    assert (told.routine, told.level, told.felt_nrs, told.session) == ("glute-strength", 1, 2, None)
    assert "without the player?" not in text_of(browser, "/practise/glute-strength/")


def test_what_the_weeks_had_on_that_day_is_done_by_it(browser: Client, journal: Journal) -> None:
    today = timezone.now().astimezone(home_of(None)).date()
    hips = Element(ElementKind.GLUTE_STRENGTH, 9.0, Estimate(), "", (), routine="glute-strength", level=1)
    quiet(journal, DaysLaid(at=timezone.now(), days=(LaidDay(today, (hips,)),)))
    browser.post("/practise/glute-strength/done/", {"felt": "0"})
    (told,) = [one for one in events_of(journal, "practice") if isinstance(one, PracticeDone)]
    assert told.on == today


def test_how_it_felt_has_to_be_said(browser: Client, journal: Journal) -> None:
    for felt in ("", "11", "fine"):
        answer = browser.post("/practise/glute-strength/done/", {"felt": felt})
        assert answer.status_code == 422
        assert "Say how your calves felt" in answer.content.decode()
    assert events_of(journal, "practice") == []
