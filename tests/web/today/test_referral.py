"""When somebody else should look at it: what is said first, whom to call, and what lifts a lock."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

import calfwise_web
from calfwise import library
from calfwise.model.care.signs import Level
from calfwise.model.journal import Answers, Consent, Prefers, Said, Seen
from calfwise.model.session import Soreness
from calfwise_web.journal import lines
from calfwise_web.journal.models import Journal
from calfwise_web.refresh import refresh
from calfwise_web.today import services
from calfwise_web.today.locks import LockedDays, locked_days
from calfwise_web.today.referral import ReferralCard, referral_card
from calfwise_web.today.snapshot import today_of
from calfwise_web.yours.consent import HEALTH_NOTES

ROOT = Path(calfwise_web.__file__).parent
NONE: Answers = dict.fromkeys(library.gate().questions, Said.NO)
SIGNS = {id_: q for id_, q in library.gate().questions.items() if q.level is not None}
NEVER_SAID = re.compile(
    r"\b(safe(ly|ty)?|clear(ed)?|treatments?|cured?|heals?|releases?|thrombosis|embolism)\b", re.IGNORECASE
)
A_FEELING = re.compile(r"\d+ ?%|probab|likely", re.IGNORECASE)


def lives_in(journal: Journal, country: str | None) -> None:
    lines.write(journal, [Prefers(at=timezone.now(), time_zone="Europe/Berlin", country=country)])
    refresh(journal, now=timezone.now())


def says(journal: Journal, left: int = 2, right: int = 2, *, at: datetime | None = None, **said: str) -> None:
    answers = NONE | {id_.replace("_", "-"): Said(word) for id_, word in said.items()}
    services.check_in(
        journal,
        soreness=Soreness(left, right),
        spots=(),
        answers=answers,
        search=False,
        wishes=services.Wishes(),
        now=at or timezone.now(),
    )
    refresh(journal, now=timezone.now())


def card(journal: Journal) -> ReferralCard:
    found = referral_card(today_of(journal.snapshots.get(page="today").body), now=timezone.now())
    assert found is not None
    return found


def locks(journal: Journal) -> LockedDays | None:
    return locked_days(today_of(journal.snapshots.get(page="today").body), now=timezone.now())


def words_of(answer: Any) -> str:
    """A page's text, as it is read."""
    text = re.sub(r"<[^>]+>", " ", answer.content.decode().partition("<main")[2])
    return re.sub(r"\s+", " ", text.replace("&#x27;", "'"))


def test_an_emergency_begins_with_the_number_of_the_runners_country(journal: Journal) -> None:
    for country, first in (("GB", "Call 999 now."), ("DE", "Call 112 now."), ("NO", "Call 113 now.")):
        lives_in(journal, country)
        says(journal, breathless="yes")
        assert card(journal).first == first


def test_nobody_guesses_a_number(journal: Journal) -> None:
    for country in (None, "AQ"):
        lives_in(journal, country)
        says(journal, breathless="yes")
        shown = card(journal)
        assert shown.first == "Call your emergency number now."
        assert not re.search(r"\d", shown.first + shown.worse)
        assert shown.calls.emergency is None


@pytest.mark.parametrize("sign", SIGNS)
def test_every_sign_says_how_soon_and_never_what_it_is(journal: Journal, sign: str) -> None:
    lives_in(journal, "DE")
    question = SIGNS[sign]
    says(journal, **{sign: "left" if question.sided else "yes"})
    shown = card(journal)
    soon = {
        Level.EMERGENCY: r"^(Call 112|Go to an emergency department) now\.$",
        Level.TODAY: r"^No massage of either leg\. A doctor should look at this today\.$",
        Level.WEEK: r"^No massage of (both legs|your left leg)\. A (physio or )?doctor should look at it within a week",
    }
    assert question.level is not None
    assert re.search(soon[question.level], shown.first)
    assert shown.cannot_tell.startswith("We can't tell from here what it is.")
    assert "Only massage is locked" in shown.scope
    assert "professional has seen it" in shown.ends
    assert shown.not_now
    said = " ".join([shown.first, shown.then, *shown.say, *shown.not_now, shown.worse, shown.scope, shown.ends])
    assert not NEVER_SAID.search(said)
    assert not A_FEELING.search(said)


def test_what_to_tell_them_is_the_signs_own_and_what_else_it_advises_is_kept(journal: Journal) -> None:
    says(journal, hard_calf="left", breathless="yes")
    shown = card(journal)
    assert shown.say == ("Sudden breathlessness, and a sore calf.", "Severe rising pain in a hard calf.")
    assert any("Do not raise the leg." in line.advice for line in shown.reasons)


def test_for_today_there_is_the_urgent_line_and_what_would_make_it_worse(journal: Journal) -> None:
    lives_in(journal, "GB")
    says(journal, 5, 2, swelling="left")
    shown = card(journal)
    assert shown.calls.urgent is not None
    assert shown.calls.urgent.number == "111"
    assert "call 999 at once" in shown.worse
    assert shown.running[0].text == "No running until somebody has looked at it."


def test_a_standing_condition_raises_no_alarm(journal: Journal) -> None:
    says(journal, pregnant="yes")
    shown = card(journal)
    assert shown.first == "No massage for now, and no alarm."
    assert (shown.say, shown.not_now, shown.cannot_tell, shown.conditions) == ((), (), "", True)
    assert shown.form is None
    says(journal, unwell="yes", pregnant="no")
    assert "pregnan" in str(card(journal).reasons), "a tick does not take it away"


def test_a_fever_is_for_today_only(journal: Journal) -> None:
    says(journal, unwell="yes")
    assert card(journal).first == "No massage today, and no alarm."
    assert card(journal).ends == "You are asked again at the next check-in."


def test_a_leg_that_is_named_leaves_the_other_one_to_other_days(journal: Journal) -> None:
    says(journal, stab="left")
    shown = card(journal)
    assert shown.first.startswith("No massage of your left leg.")
    assert "the right one can have a session on a day without anything new" in shown.scope


def test_the_less_urgent_stands_below(journal: Journal) -> None:
    says(journal, chest_pain="yes", stab="left")
    shown = card(journal)
    assert [line.text.startswith("You said: pain or pressure") for line in shown.reasons] == [True]
    assert len(shown.also) == 1


def test_today_shows_it_without_a_script(journal: Journal, browser: Client) -> None:
    lives_in(journal, "DE")
    says(journal, breathless="yes")
    words = words_of(browser.get("/"))
    assert "Call 112 now." in words
    assert words.index("Call 112 now.") < words.index("Say") < words.index("You said")
    assert 'href="tel:112"' in browser.get("/").content.decode()
    assert 'href="/today/for-a-professional/"' in browser.get("/").content.decode()


# ---------------------------------------------------------------------------------------------------------- later days
def test_on_later_days_a_lock_says_since_when_why_and_what_opens_it(journal: Journal) -> None:
    since = timezone.now() - timedelta(days=2)
    says(journal, at=since, stab="left")
    shown = locks(journal)
    assert shown is not None
    (lock,) = shown.locks
    assert (shown.title, lock.legs) == ("No massage of your left leg for now", "Your left leg")
    assert f"{since:%A}" in lock.since
    assert lock.why == ("You said: a sharp stab in the calf during a stride, or a bruise, lump or dip since",)
    assert "A physio or doctor who has seen it" in lock.opens
    assert shown.advice[0].text == "Walk as you like, as long as it stays easy."


def test_after_an_emergency_day_a_quiet_check_in_does_not_shout_again(journal: Journal) -> None:
    lives_in(journal, "DE")
    says(journal, at=timezone.now() - timedelta(days=2), breathless="yes")
    says(journal)
    shown = card(journal)
    assert (shown.kind, shown.first) == ("locked", "Massage of both legs is still locked.")
    assert shown.then == "If any of it is still so, call 112 now. If nobody has looked at it yet, a doctor today."
    assert "out of breath" in shown.reasons[0].text


def test_quiet_mornings_are_counted_where_they_lift_a_lock(journal: Journal) -> None:
    now = timezone.now()
    for days in range(24, 9, -1):
        says(journal, 4, 4, at=now - timedelta(days=days))
    for days in (4, 3, 2):
        services.note_morning(journal, soreness=Soreness(1, 0), spots=(), now=now - timedelta(days=days))
    refresh(journal, now=now)
    shown = locks(journal)
    assert shown is not None
    (lock,) = shown.locks
    assert (lock.quiet, lock.why) == (
        "3 of 7 quiet mornings",
        ("It was still there after two weeks, or again and again for four",),
    )


# ------------------------------------------------------------------------------------ a professional looked at it
def looked(browser: Client, **said: str) -> Any:
    today = timezone.now().date().isoformat()
    return browser.post("/today/seen/", {"by": "Physio", "on": today, "fine": "yes", **said})


def test_a_professionals_word_that_massage_is_fine_lifts_it(journal: Journal, browser: Client) -> None:
    says(journal, stab="left")
    answer = looked(browser)
    assert (answer.status_code, answer["location"]) == (302, "/")
    (seen,) = lines.events_of(journal, "seen")
    assert isinstance(seen, Seen)
    assert (seen.by, seen.massage_is_fine, seen.side) == ("Physio", True, "left")
    assert locks(journal) is None
    words = words_of(browser.get("/"))
    assert "How do your calves feel?" in words, "a check-in says what comes next"
    assert "within a week" not in words


def test_not_yet_lifts_nothing(journal: Journal, browser: Client) -> None:
    says(journal, stab="left")
    looked(browser, fine="no")
    assert locks(journal) is not None
    assert card(journal).kind == "week"


def test_their_word_about_one_leg_leaves_the_other_one_locked(journal: Journal, browser: Client) -> None:
    says(journal, stab="both")
    looked(browser, leg="right")
    shown = locks(journal)
    assert shown is not None
    assert shown.title == "No massage of your left leg for now"


def test_a_word_from_before_the_lock_opens_nothing_and_says_so(journal: Journal, browser: Client) -> None:
    says(journal, stab="left")
    earlier = (timezone.now() - timedelta(days=3)).date().isoformat()
    answer = looked(browser, on=earlier)
    assert answer.status_code == 422
    assert "Only a word from that day or later opens it." in words_of(answer)
    assert earlier in answer.content.decode()
    assert "Physio" in answer.content.decode()
    assert lines.events_of(journal, "seen") == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"by": ""}, "This field is required."),
        ({"on": "2099-01-01"}, "That day is still to come."),
        ({"on": "yesterday"}, "A day, please, like 2026-05-03."),
        ({"fine": "maybe"}, "Select a valid choice"),
        ({"by": "x" * 101}, "at most 100 characters"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    journal: Journal, browser: Client, said: dict[str, str], words: str
) -> None:
    says(journal, stab="left")
    answer = looked(browser, **said)
    assert answer.status_code == 422
    assert words in words_of(answer)
    assert lines.events_of(journal, "seen") == []


def test_without_a_lock_there_is_nothing_to_lift(journal: Journal, browser: Client) -> None:
    says(journal)
    assert looked(browser).status_code == 302
    assert lines.events_of(journal, "seen") == []


def test_after_the_agreement_was_taken_back_nothing_is_kept(journal: Journal, browser: Client) -> None:
    says(journal, stab="left")
    lines.write(journal, [Consent(at=timezone.now(), to=HEALTH_NOTES, version="test", given=False)])
    answer = looked(browser)
    assert answer.status_code == 422
    assert "You took back your agreement" in words_of(answer)
    assert lines.events_of(journal, "seen") == []


# ---------------------------------------------------------------------------------------------------------------- words
TEMPLATES = [
    *(ROOT / "today/templates/today" / name for name in (
        "_referral.html", "_locks.html", "_morning.html", "_morning_form.html", "_call.html", "_reason.html",
        "_seen.html", "seen.html", "morning.html", "professional.html")),
    ROOT / "player/templates/player/card.html",
    *(ROOT / "today" / name for name in ("referral.py", "locks.py", "morning.py", "mornings.py", "referrals.py",
                                         "for_professional.py", "why.py", "seen.py")),
    ROOT / "player/card.py",
]  # fmt: skip


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_page_of_these_promises_or_names_a_disease(path: Path) -> None:
    assert NEVER_SAID.findall(path.read_text("utf-8")) == []
