"""What phones send of a session: kept once, replayed by the model's table, and what the journal gets of it."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from django.test import Client
from django.utils import timezone

from calfwise.model.care.player_replay import replay
from calfwise.model.journal import Done, PracticeDone, Said, Screened
from calfwise.model.session import Practice, Session
from calfwise_web.journal.lines import events_of, history_of
from calfwise_web.journal.models import Journal
from calfwise_web.player import progress, queries, services
from calfwise_web.player.playable import why_not
from calfwise_web.today.snapshot import Today, today_of
from tests.model.care.players import PLAYER

from .phones import NONE, checks_in, game, sends

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[..., datetime]:
    """Sets the server's clock: so long after it stood last."""
    stands = [timezone.now()]

    def later(**so_long: float) -> datetime:
        stands[0] += timedelta(**so_long)
        return stands[0]

    monkeypatch.setattr("django.utils.timezone.now", lambda: stands[0])
    return later


@pytest.fixture
def plan(journal: Journal) -> Session:
    made = checks_in(journal)
    assert isinstance(made, Session)
    return made


def shown(journal: Journal) -> Today:
    return today_of(journal.snapshots.get(page="today").body)


def done(journal: Journal) -> list[Any]:
    return events_of(journal, "done")


def why(journal: Journal, plan: Session | Practice) -> str:
    """Why a session cannot begin now; empty: it can."""
    return why_not(journal, plan, queries.played(journal, plan), now=timezone.now(), home=ZoneInfo("Europe/Berlin"))


# Arriving


def test_each_event_is_kept_once_however_often_and_in_whatever_order_it_comes(
    browser: Client, journal: Journal, plan: Session
):
    played = game(plan).finishes()
    shuffled = [*played.events, *played.events[:7]]
    Random(3).shuffle(shuffled)
    for event in shuffled:
        assert sends(browser, plan, [event]).status_code == 200
    answer = sends(browser, plan, played.events).json()
    assert journal.happenings.count() == len(played.events)
    assert answer["held"] == {"phone": len(played.events)}
    assert (answer["phase"], answer["over"], answer["next"]) == ("done", True, "/")
    assert answer["marked"] == []


def test_the_server_comes_to_what_the_model_says(browser: Client, journal: Journal, plan: Session):
    played = game(plan).goes_to("2.1.work")
    played.tells("less", after_s=3)
    played.tells("too-much", after_s=3)
    sends(browser, plan, played.events)
    assert queries.played(journal, plan) == replay(plan, played.events, content=PLAYER)


def test_a_gap_is_waited_for(browser: Client, plan: Session):
    played = game(plan).goes_to("2.1.work")
    first, *_, last = played.events
    answer = sends(browser, plan, [first, last]).json()
    assert answer["held"] == {"phone": 1}
    assert [(each["sequence"], each["why"]) for each in answer["marked"]] == [(last.sequence, "gap")]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b'{"events": 3}', b'{"events": [3]}', b'{"events": [{"device": "a b"}]}',
        b'{"events": [{"device":"p","sequence":0,"page":"p","uptime_ms":0,"at":"2026-05-01T00:00:00Z","kind":"x"}]}',
        b'{"events": [{"device":"server","sequence":1,"page":"p","uptime_ms":0,"at":"2026-05-01T00:00Z","kind":"x"}]}',
    ],
)  # fmt: skip
def test_what_no_page_sends_is_refused_and_nothing_of_it_kept(browser: Client, plan: Session, journal: Journal, body):
    response = browser.post(f"/session/{plan.id}/events/", body, content_type="application/json")
    assert response.status_code == 400
    assert "not understood" in response.json()["error"]
    assert not journal.happenings.exists()


def test_a_word_that_is_not_known_is_kept_and_marked(browser: Client, journal: Journal, plan: Session):
    played = game(plan).goes_to("1.1.work")
    played.tells("sneeze")
    answer = sends(browser, plan, played.events).json()
    assert answer["marked"] == [{"device": "phone", "sequence": played.phone.sequence, "why": "not-now"}]
    assert journal.happenings.count() == len(played.events)


def test_anothers_session_is_not_there(bens_browser: Client, journal: Journal, plan: Session):
    assert bens_browser.get(f"/session/{plan.id}/").status_code == 404
    assert sends(bens_browser, plan, game(plan).finishes().events).status_code == 404
    assert not journal.happenings.exists()


def test_what_was_played_under_another_account_is_not_taken(browser: Client, journal: Journal, plan: Session):
    """Session ids are moments: two accounts on one phone may share one."""
    body = msgspec.json.encode({"events": game(plan).finishes().events})
    send = partial(browser.post, f"/session/{plan.id}/events/", body, content_type="application/json")
    assert send(headers={"X-Account": "0123456789abcdef"}).status_code == 403
    assert not journal.happenings.exists()
    own = re.search(r'data-account="([0-9a-f]+)"', browser.get("/").text)
    assert send(headers={"X-Account": own[1]}).status_code == 200


# What the journal gets


def test_a_session_played_to_its_end_is_the_line_that_the_terminal_would_write(
    browser: Client, journal: Journal, plan: Session
):
    sends(browser, plan, game(plan).finishes().events)
    (line,) = done(journal)
    assert isinstance(line, Done)
    assert (line.session, line.stopped_early) == (plan.id, False)
    assert {str(spot.spot): spot.tenderness_nrs for spot in line.after} == dict.fromkeys(map(str, plan.spots), 3)
    assert [past.session for past in history_of(journal).sessions] == [plan]
    assert shown(journal).treated.session == plan


def test_half_a_session_that_nobody_came_back_to_counts_when_the_next_check_in_comes(
    browser: Client, journal: Journal, plan: Session
):
    sends(browser, plan, game(plan).goes_to("2.1.rest").events)
    assert not done(journal)
    checks_in(journal)
    (line,) = done(journal)
    assert line.stopped_early
    assert [str(spot) for spot in line.untouched] == ["left:lateral-middle"]
    assert queries.last_plan(journal) == plan, "one session a day: nothing new was planned"
    assert [reason.id for reason in shown(journal).checked.plan_reasons] == ["once-a-day"]
    assert progress.held(journal).over


def test_a_session_left_in_the_evening_is_ended_by_the_next_day_not_before(browser, journal, plan, clock):
    home = ZoneInfo("Europe/Berlin")
    sends(browser, plan, game(plan).goes_to("2.1.rest").events)
    assert not services.close_left_overnight(journal, now=timezone.now(), home=home)
    clock(days=1)
    assert services.close_left_overnight(journal, now=timezone.now(), home=home)
    (line,) = done(journal)
    assert line.at - plan.at < timedelta(hours=1), "it counts for the evening"
    assert not services.close_left_overnight(journal, now=timezone.now(), home=home)


def test_what_a_phone_writes_after_the_server_closed_is_kept_and_marked(browser: Client, journal: Journal, plan):
    played = game(plan).goes_to("2.1.rest")
    sends(browser, plan, played.events)
    services.close_unfinished(journal, now=timezone.now())
    played.goes_on()
    answer = sends(browser, plan, played.events).json()
    assert answer["leads"] == "server"
    assert [each["device"] for each in answer["marked"]] == ["phone"]
    assert len(done(journal)) == 1


def test_a_session_that_never_came_to_pressing_is_not_a_session(browser: Client, journal: Journal, plan: Session):
    played = game(plan).goes_to("1.0.ready")
    played.tells("stop")
    played.tells("because", "no-time")
    assert sends(browser, plan, played.events).json()["next"] == "/"
    assert not done(journal)
    assert isinstance(checks_in(journal), Session)


def test_played_without_a_network_it_counts_for_the_evening_it_was_played(
    browser: Client, journal: Journal, clock: Callable[..., datetime]
):
    plan = checks_in(journal)
    events = game(plan).finishes().events
    clock(days=2)
    sends(browser, plan, events)
    (line,) = done(journal)
    assert line.at - plan.at < timedelta(hours=1)


def test_a_clock_that_runs_wild_moves_no_session_before_its_plan_or_into_the_future(
    browser: Client, journal: Journal, plan: Session
):
    played = game(plan)
    played.goes_to("2.1.work")
    played.phone.at += timedelta(days=4000)
    played.finishes()
    sends(browser, plan, played.events)
    (line,) = done(journal)
    assert plan.at <= line.at <= timezone.now()


# Signs


@pytest.mark.parametrize(("reason", "sign"), [("cold", "cold-foot"), ("breathless", "breathless")])
def test_a_sign_that_stops_a_session_locks_at_once(browser, journal, plan, reason, sign):
    played = game(plan).goes_to("2.1.work")
    played.tells("stop", after_s=4)
    played.tells("because", reason)
    assert sends(browser, plan, played.events).json()["next"] == "/"
    screened = events_of(journal, "screened")[-1]
    assert isinstance(screened, Screened)
    assert (screened.outcome, screened.level, screened.locked) == ("referral", "E", ("left", "right"))
    assert sign in screened.reasons
    assert len(done(journal)) == 1
    assert shown(journal).checked.outcome == "referral"
    sends(browser, plan, played.events)
    assert len(events_of(journal, "screened")) == 2, "said once"


@pytest.mark.parametrize("reason", ["cold", "breathless"])
def test_a_sign_that_arrives_after_the_stop_itself_locks_all_the_same(browser, journal, plan, reason, clock):
    """The stop is sent at once; why comes some seconds later, in a parcel of its own."""
    played = game(plan).goes_to("2.1.work")
    played.tells("stop", after_s=4)
    sends(browser, plan, played.events)
    assert len(done(journal)) == 1
    assert len(events_of(journal, "screened")) == 1
    clock(seconds=5)
    played.tells("because", reason)
    sends(browser, plan, played.events)
    screened = events_of(journal, "screened")[-1]
    assert (screened.outcome, screened.level) == ("referral", "E")
    assert shown(journal).checked.outcome == "referral"
    assert "done" in why(journal, plan)
    assert len(done(journal)) == 1
    clock(minutes=1)
    sends(browser, plan, [played.phone.writes("less", "2.1.work", after_s=60)])
    assert len(events_of(journal, "screened")) == 2, "said once, whatever comes after"


def test_a_sign_before_any_pressing_locks_though_there_was_no_session(browser, journal, plan):
    played = game(plan).goes_to("1.0.ready")
    played.tells("stop")
    played.tells("because", "breathless")
    sends(browser, plan, played.events)
    assert not done(journal)
    assert events_of(journal, "screened")[-1].level == "E"


def test_a_sign_at_the_last_question_locks_too(browser, journal, plan):
    played = game(plan).goes_to("signs")
    played.tells("sign", "swelling:left")
    played.tells("end")
    sends(browser, plan, played.events)
    assert events_of(journal, "screened")[-1].level == "U"
    assert history_of(journal).ever_yes.keys() >= {"swelling"}


def test_a_doubtful_feeling_leads_to_the_gates_own_questions_first(browser, journal, plan):
    played = game(plan).goes_to("2.1.work")
    played.tells("stop", after_s=4)
    played.tells("because", "numb")
    assert sends(browser, plan, played.events).json()["next"] == f"/today/signs/{plan.id}/"
    assert progress.held(journal).asks == ("cold-foot", "hard-calf", "saddle-numb", "from-back")
    assert len(events_of(journal, "screened")) == 1


# Who may play


def test_the_page_says_why_it_cannot_begin(browser, journal, plan, clock):
    assert why(journal, plan) == ""
    clock(hours=13)
    assert "too long ago" in why(journal, plan)
    checks_in(journal, now=clock())
    assert "checked in again" in why(journal, plan)


def test_after_a_referral_no_session_of_before_begins(browser, journal, plan, clock):
    checks_in(journal, answers=NONE | {"swelling": Said.LEFT}, now=clock(minutes=5))
    assert "speaks against" in why(journal, plan)


def test_a_session_done_on_the_phone_does_not_begin_on_the_laptop(browser, journal, plan):
    sends(browser, plan, game(plan).finishes().events)
    assert why(journal, plan) == "This session is done."


# Heel raises


def test_heel_raises_on_a_quiet_day_are_played_and_written_down(browser, journal):
    habit = checks_in(journal, 0, 0, spots=())
    assert isinstance(habit, Practice)
    sends(browser, habit, game(habit).finishes().events)
    (line,) = events_of(journal, "practice")
    assert isinstance(line, PracticeDone)
    assert (line.level, line.eased, line.stopped_early, line.session) == (1, False, False, habit.id)
    assert history_of(journal).practices == (line,)
    assert shown(journal).practice_done == line


def test_heel_raises_do_not_count_as_todays_massage(browser, journal, clock):
    habit = checks_in(journal, 0, 0, spots=())
    sends(browser, habit, game(habit).finishes().events)
    assert isinstance(checks_in(journal, now=clock(minutes=30)), Session)


def test_two_devices_of_which_one_takes_over(browser, journal, plan):
    phone = game(plan).goes_to("2.1.work")
    sends(browser, plan, phone.events)
    laptop = game(plan, device="laptop").phone
    taken = laptop.writes("take-over", value=f"phone:{phone.phone.sequence}")
    answer = sends(browser, plan, [taken]).json()
    assert (answer["leads"], answer["phase"], answer["marked"]) == ("laptop", "away", [])
    late = phone.phone.writes("less", "2.1.work", after_s=2)
    assert sends(browser, plan, [late]).json()["marked"] == [
        {"device": "phone", "sequence": late.sequence, "why": "another-device"}
    ]
