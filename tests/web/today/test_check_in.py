"""The check-in's form: what it keeps, what it leaves open, and that nothing typed is lost."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.test import Client
from django.utils import timezone
from msgspec import structs

from calfwise import library
from calfwise.journal_file import append, read_journal
from calfwise.model.care.player_events import Happened, Kind
from calfwise.model.journal import CheckIn, Consent, Morning, Planned, Prefers, Said, Screened
from calfwise.model.run import Side
from calfwise.model.session import Soreness, Spot, TenderSpot
from calfwise_web.journal import lines
from calfwise_web.journal.models import Journal
from calfwise_web.player import progress
from calfwise_web.player.progress import Progress
from calfwise_web.player.services import record
from calfwise_web.today.forms import NOT_A_RATING, NOT_MINUTES
from tests.cli.conftest import Terminal
from tests.cli.conftest import terminal as terminal
from tests.web.conftest import Rows
from tests.web.today.posting import ALL_NO, NONE_OF_THESE, NOW, QUESTIONS, brought, form, kept

SEND = "/today/check-in/"
INNER_UPPER = Spot(Side.LEFT, "medial-upper")


@pytest.fixture(autouse=True)
def _this_evening(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def last(journal: Journal) -> CheckIn:
    said = kept(journal, "check-in")[-1]
    assert isinstance(said, CheckIn)
    return said


def long_ago() -> str:
    """A recording: the terminal wants one. Too old to matter."""
    times = [NOW - timedelta(days=200, seconds=-10 * step) for step in range(60)]
    points = "".join(
        f'<trkpt lat="{52 + step / 4000:.5f}" lon="13.0"><time>{at:%Y-%m-%dT%H:%M:%SZ}</time></trkpt>'
        for step, at in enumerate(times)
    )
    return f'<gpx version="1.1" creator="a test"><trk><trkseg>{points}</trkseg></trk></gpx>'


# -------------------------------------------------------------------------------------------------------- what is kept
def test_the_journal_gets_the_lines_that_the_terminal_writes(
    journal: Journal, browser: Client, terminal: Terminal, tmp_path: Path
) -> None:
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / "long-ago.gpx").write_text(long_ago(), "utf-8")
    book = tmp_path / "runs" / "journal.jsonl"
    append(book, kept(journal))
    here = NOW.astimezone(lines.home_of(lines.preferences_of(journal)))
    marked = ("--sore", "left=5", "right=4", "--spot", "left:medial-upper:6", "right:lateral-lower:3")
    terminal(
        "today", tmp_path / "runs", *marked, "--answers", "none-of-these", "--kit", "ball", "--now", here.isoformat()
    )
    spots = ["left:medial-upper:6", "right:lateral-lower:3"]
    browser.post(SEND, form(spot=spots, tool="ball", position="floor", minutes=10))
    written = [each for each in read_journal(book) if isinstance(each, CheckIn | Screened | Planned)]
    sent = kept(journal, "check-in", "screened", "planned")
    assert sent[0].search is False, "the form asks whether to search; the terminal does not"
    assert [structs.replace(sent[0], search=None), *sent[1:]] == written


def test_none_of_these_answers_every_line_that_was_shown_and_no_other(journal: Journal, browser: Client) -> None:
    browser.post(SEND, form(**{"lines-standing": "clot-before bone"}))
    answers = last(journal).answers
    standing = {id_ for id_, question in QUESTIONS.items() if question.group == "standing"}
    assert {id_ for id_ in answers if id_ in standing} == {"clot-before", "bone"}
    assert set(answers) == set(QUESTIONS) - standing | {"clot-before", "bone"}


def test_one_line_answered_says_no_to_the_others_of_its_question(journal: Journal, browser: Client) -> None:
    browser.post(SEND, {"left": 3, "right": 3, "answer-swelling": "left"})
    group = [id_ for id_, question in QUESTIONS.items() if question.group == "one-leg"]
    assert last(journal).answers == dict.fromkeys(group, Said.NO) | {"swelling": Said.LEFT}


def test_silence_stays_silence(journal: Journal, browser: Client) -> None:
    browser.post(SEND, {})
    assert last(journal).soreness == Soreness()
    assert last(journal).answers == {}
    assert kept(journal, "screened")[-1].outcome == "unanswered"
    assert kept(journal, "planned") == []


def test_a_no_to_one_line_alone_says_nothing_about_the_others(journal: Journal, browser: Client) -> None:
    browser.post(SEND, {"left": 3, "right": 3, "answer-swelling": "no"})
    assert last(journal).answers == {"swelling": Said.NO}


def test_not_sure_is_no_answer(journal: Journal, browser: Client) -> None:
    browser.post(SEND, form(answer_warm="unsure"))
    assert last(journal).answers["warm"] is Said.UNSURE
    assert kept(journal, "screened")[-1].outcome == "unanswered"


@pytest.mark.parametrize(("answer", "legs"), [("left", (Said.LEFT,)), ("right", (Said.RIGHT,)), ("both", (Said.BOTH,))])
def test_a_sign_of_a_leg_is_kept_with_its_leg(journal: Journal, browser: Client, answer: str, legs: Any) -> None:
    browser.post(SEND, form(answer_stab=answer))
    assert (last(journal).answers["stab"],) == legs


def test_nobody_with_a_sign_that_decides_has_to_read_on(journal: Journal, browser: Client) -> None:
    browser.post(SEND, {"answer-breathless": "yes"})
    assert kept(journal, "screened")[-1].level == "E"


def test_what_is_at_hand_is_remembered(journal: Journal, browser: Client) -> None:
    browser.post(SEND, form(tool=["roller", "ball"], position="chair", minutes=7))
    prefers = lines.preferences_of(journal)
    assert (prefers.tools, prefers.on_floor, prefers.minutes) == (("ball", "roller"), False, 7)
    assert "7 minutes · chair · ball · roller" in browser.get("/today/again/").content.decode()


def test_asking_for_help_to_find_them_is_kept(journal: Journal, browser: Client) -> None:
    browser.post(SEND, form(2, 1, search="on"))
    assert last(journal).search is True
    assert kept(journal, "planned")[-1].session.items


# ------------------------------------------------------------------------------------------------------ what is refused
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"left": "11"}, NOT_A_RATING),
        ({"right": "-1"}, NOT_A_RATING),
        ({"left": "five"}, NOT_A_RATING),
        ({"spot": "left:medial-upper:11"}, NOT_A_RATING),
        ({"spot-left-medial-upper": "12"}, NOT_A_RATING),
        ({"minutes": "2"}, NOT_MINUTES),
        ({"minutes": "31"}, NOT_MINUTES),
    ],
)
def test_numbers_out_of_range_are_refused_in_words_and_nothing_is_kept(
    journal: Journal, browser: Client, rows: Any, wrong: dict[str, str], words: str
) -> None:
    before: Rows = rows()
    answer = browser.post(SEND, form(answer_warm="left", search="on") | wrong)
    assert answer.status_code == 422
    assert rows() == before
    page = answer.content.decode()
    assert words in page
    assert 'name="answer-warm" value="left" checked' in page
    assert 'name="search" checked' in page
    assert page.count('name="none-') == page.count('checked><span class="any">None of these')


@pytest.mark.parametrize(
    "strange",
    [
        {"spot": "left:knee:5"},
        {"spot": "middle:medial-upper:5"},
        {"spot": "left:medial-upper"},
        {"spot-left-knee": "5"},
        {"answer-headache": "yes"},
        {"answer-warm": "maybe"},
        {"none-nothing": "on"},
        {"tool": "hammer"},
        {"position": "bed"},
        {"lines-now": "headache"},
    ],
)
def test_what_no_form_of_ours_sends_is_refused(journal: Journal, browser: Client, rows: Any, strange: Any) -> None:
    before: Rows = rows()
    assert browser.post(SEND, form() | strange).status_code == 400
    assert rows() == before


def test_nothing_is_kept_of_who_took_back_the_agreement(journal: Journal, browser: Client) -> None:
    lines.write(journal, [Consent(at=NOW + timedelta(seconds=1), to="keep-health-notes", version="test", given=False)])
    answer = browser.post(SEND, form())
    assert answer.status_code == 422
    assert "You took back your agreement" in answer.content.decode()
    assert kept(journal, "check-in") == []


# ------------------------------------------------------------------------------------------------------- the form again
def test_answered_in_part_the_form_names_what_is_open_and_keeps_the_rest(journal: Journal, browser: Client) -> None:
    sent = form(spot="left:medial-upper:6")
    del sent["none-lately"], sent["right"]
    browser.post(SEND, sent)
    page = browser.get("/").content.decode()
    assert (
        'Open still: <a href="#scale-right">how sore the right calf is</a>, <a href="#group-lately">“A pattern”' in page
    )
    assert 'name="left" value="5" checked' in page
    assert 'name="right" value="5" checked' not in page
    assert 'name="spot-left-medial-upper" value="6"' in page
    assert 'name="none-now" checked' in page
    assert 'name="none-lately" checked' not in page


def test_answering_again_begins_with_what_was_said_but_asks_the_signs_anew(journal: Journal, browser: Client) -> None:
    browser.post(SEND, form(spot="left:medial-upper:6"))
    page = browser.get("/today/again/").content.decode()
    assert 'name="left" value="5" checked' in page
    assert 'name="spot-left-medial-upper" value="6"' in page
    assert 'name="none-now">' in page
    assert 'name="none-now" checked' not in page


@pytest.mark.parametrize(("hours", "checked"), [(1, True), (4, False)])
def test_soreness_of_this_very_morning_is_not_asked_twice(
    journal: Journal, browser: Client, hours: int, checked: bool
) -> None:
    brought(journal, Morning(at=NOW - timedelta(hours=hours), soreness=Soreness(3, 1)))
    page = browser.get("/").content.decode()
    assert ('name="left" value="3" checked' in page) is checked
    assert ('name="right" value="1" checked' in page) is checked


# --------------------------------------------------------------------------------------------------------- planned anew
def test_another_place_plans_anew_without_asking_again(
    journal: Journal, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.post(SEND, form(spot="left:medial-upper:6", position="floor", minutes=10))
    later = NOW + timedelta(minutes=5)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert browser.post(SEND, {"replan": "on", "position": "chair", "minutes": 10}).status_code == 302
    first, second = kept(journal, "check-in")
    assert structs.replace(first, at=later) == second
    assert {item.position for item in kept(journal, "planned")[-1].session.items} == {"chair"}
    page = browser.get("/").content.decode()
    assert "It has waited since" not in page, "it was marked five minutes ago"


def test_old_answers_are_never_stretched_by_planning_anew(
    journal: Journal, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.post(SEND, form(spot="left:medial-upper:6"))
    for hours, planned in ((2.0, 2), (3.5, 2)):
        monkeypatch.setattr(timezone, "now", lambda hours=hours: NOW + timedelta(hours=hours))
        answer = browser.post(SEND, {"replan": "on", "position": "chair", "minutes": 9})
        assert len(kept(journal, "planned")) == planned
    assert answer["Location"] == "/today/again/"


# --------------------------------------------------------------------------------------------------------- after a stop
@pytest.fixture
def stopped(journal: Journal, browser: Client) -> str:
    """A session that was stopped because of numbness; its id."""
    browser.post(SEND, form(spot="left:medial-upper:6"))
    session: str = kept(journal, "planned")[-1].session.id
    asks = library.player().rules.reasons["numb"].asks
    at = NOW + timedelta(minutes=1)
    _hold(journal, Progress(session, "massage", "stopped", True, True, "phone", at, "numb", asks))
    return session


def _hold(journal: Journal, far: Progress) -> None:
    journal.snapshots.create(page=progress.PAGE, revision=1, made_at=NOW, body=msgspec.json.encode(far))


def test_after_a_stop_its_signs_come_first(browser: Client, stopped: str) -> None:
    page = browser.get("/").content.decode()
    assert "You stopped because of numbness." in page
    assert f'href="/today/signs/{stopped}/"' in page
    asked = browser.get(f"/today/signs/{stopped}/").content.decode()
    assert {id_ for id_ in QUESTIONS if f'name="answer-{id_}"' in asked} == set(
        library.player().rules.reasons["numb"].asks
    )


def test_after_a_stop_each_line_wants_an_answer(journal: Journal, browser: Client, stopped: str) -> None:
    assert browser.post(f"/today/signs/{stopped}/", {}).status_code == 422
    assert len(kept(journal, "check-in")) == 1


def test_after_a_stop_none_of_these_leads_back_to_today(
    journal: Journal, browser: Client, stopped: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(minutes=3))
    assert browser.post(f"/today/signs/{stopped}/", {"none-these": "on"})["Location"] == "/"
    assert last(journal).answers == ALL_NO
    assert "You stopped because" not in browser.get("/").content.decode()


def test_after_a_stop_a_sign_decides(
    journal: Journal, browser: Client, stopped: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(minutes=3))
    browser.post(f"/today/signs/{stopped}/", {"answer-cold-foot": "left"})
    assert kept(journal, "screened")[-1].level == "E"


def test_a_new_check_in_ends_what_was_left_in_the_middle(
    journal: Journal, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.post(SEND, form(spot="left:medial-upper:6"))
    plan = kept(journal, "planned")[-1].session
    begun = Happened("phone", 1, "page", 0, NOW + timedelta(seconds=5), Kind.BEGIN)
    record(journal, plan, [begun], now=NOW + timedelta(seconds=6))
    assert "Resume" in browser.get("/").content.decode()
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(minutes=1))
    browser.post(SEND, form(left=0, right=0))
    left = progress.held(journal)
    assert left is not None
    assert left.over
    assert "Resume" not in browser.get("/").content.decode()


def test_kit_that_nobody_spoke_of_stays_unsaid(journal: Journal, browser: Client) -> None:
    browser.post(SEND, form())
    assert [each.tools for each in kept(journal, "prefers") if isinstance(each, Prefers)] == [None]


def test_places_typed_beside_their_names_count_without_a_script(journal: Journal, browser: Client) -> None:
    browser.post(SEND, form(**{"spot-left-medial-upper": "6", "spot-right-junction": ""}))
    assert last(journal).spots == (TenderSpot(INNER_UPPER, 6),)
    assert set(NONE_OF_THESE) <= set(form())
