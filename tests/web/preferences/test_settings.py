"""What settings write is what the terminal would have written; nothing else, and nothing by looking."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from calfwise.library import content, gate
from calfwise.model.care.outcomes import Referral, Screening, Unanswered
from calfwise.model.care.screening import screen
from calfwise.model.journal import AboutRunner, CheckIn, Consent, History, Prefers, Said, Seen, event_from_line, fold
from calfwise.model.runner import Runner
from calfwise.model.session import Soreness
from calfwise_web.imports.models import Batch
from calfwise_web.journal import lines
from calfwise_web.journal.models import Journal
from calfwise_web.journal.originals import there
from calfwise_web.preferences import choices
from calfwise_web.preferences.conditions import standing_questions

URL = "/settings/"


def last(journal: Journal) -> Any:
    return event_from_line(journal.entries.order_by("-pk")[0].line)


def send(browser: Client, card: str, **said: Any) -> Any:
    return browser.post(f"{URL}{card}/", said)


# ------------------------------------------------------------------------------------------------------------ about you
ABOUT = {"birth_year": "1985", "running_since": "2019-05", "mass": "71,5", "height_cm": "178"}


def test_facts_are_kept_in_si_units(browser: Client, journal: Journal) -> None:
    assert send(browser, "about", **ABOUT).status_code == 302
    assert lines.history_of(journal).runner == Runner(
        birth_year=1985, running_since=date(2019, 5, 1), mass_kg=71.5, height_m=1.78
    )


def test_pounds_and_feet_are_turned_into_si_units(browser: Client, journal: Journal) -> None:
    send(browser, "units", distance="mi", mass="lb", first_weekday="6")
    assert send(browser, "about", mass="150", height_ft="5", height_in="10").status_code == 302
    assert lines.history_of(journal).runner == Runner(mass_kg=68.039, height_m=1.778)


def test_a_weight_that_was_only_shown_in_pounds_does_not_drift(browser: Client, journal: Journal) -> None:
    lines.write(journal, [AboutRunner(at=timezone.now(), runner=Runner(mass_kg=71.3, height_m=1.79))])
    send(browser, "units", distance="km", mass="lb", first_weekday="0")
    page = browser.get(URL).content.decode()
    assert 'value="157.2"' in page
    send(browser, "about", birth_year="1980", mass="157.2", height_ft="5", height_in="10.5")
    assert lines.history_of(journal).runner == Runner(birth_year=1980, mass_kg=71.3, height_m=1.79)


def test_facts_that_the_page_does_not_show_stay(browser: Client, journal: Journal) -> None:
    lines.write(journal, [AboutRunner(at=timezone.now(), runner=Runner(easy_speed_mps=2.8, stance_source="watch"))])
    send(browser, "about", birth_year="1980")
    assert lines.history_of(journal).runner == Runner(birth_year=1980, easy_speed_mps=2.8, stance_source="watch")


def test_a_fact_can_be_taken_back(browser: Client, journal: Journal) -> None:
    send(browser, "about", **ABOUT)
    send(browser, "about", birth_year="", running_since="", mass="", height_cm="")
    assert lines.history_of(journal).runner == Runner()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"birth_year": "85"}, "A year from 1900"),
        ({"birth_year": "x"}, "four digits"),
        ({"birth_year": "2999"}, "A year from 1900"),
        ({"running_since": "May 2019"}, "like 2019-05"),
        ({"running_since": "2019-13"}, "like 2019-05"),
        ({"running_since": "2999-01"}, "still to come"),
        ({"running_since": "1980-01", "birth_year": "1985"}, "before you were born"),
        ({"mass": "7"}, "From 20 to 300 kg"),
        ({"mass": "nan"}, "not a number"),
        ({"mass": "heavy"}, "not a number"),
        ({"height_cm": "1.78"}, "From 50 to 250 cm"),
    ],
)
def test_what_is_wrong_is_said_in_words_and_what_was_typed_stays(
    browser: Client, journal: Journal, said: dict[str, str], words: str
) -> None:
    before = journal.entries.count()
    answer = send(browser, "about", **said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert all(f'value="{typed}"' in page for typed in said.values())
    assert "What you typed is still here" in page
    assert journal.entries.count() == before


# ------------------------------------------------------------------------------------------------ how, where, kit
def test_each_card_changes_its_own_wishes_and_keeps_the_others(browser: Client, journal: Journal) -> None:
    send(browser, "units", distance="mi", mass="lb", first_weekday="6")
    send(browser, "place", zone="Asia/Tokyo", country="JP")
    send(browser, "kit", tools=["roller", "ball"], on_floor="no")
    send(browser, "originals", keep="no")
    said = lines.preferences_of(journal)
    assert said == Prefers(
        at=said.at,
        distance="mi",
        mass="lb",
        first_weekday=6,
        time_zone="Asia/Tokyo",
        country="JP",
        tools=("ball", "roller"),
        on_floor=False,
        keep_originals=False,
    )


def test_saying_the_same_again_writes_nothing(browser: Client, journal: Journal) -> None:
    for _ in range(2):
        send(browser, "units", distance="mi", mass="lb", first_weekday="6")
        send(browser, "about", **ABOUT)
    assert journal.entries.filter(kind="runner").count() == 1
    assert journal.entries.filter(kind="prefers").count() == 2, "one when the account was opened"


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ({"zone": "Europe/Paris", "other": "Indian/Mauritius"}, "Indian/Mauritius"),
        ({"zone": "", "browser_zone": "America/Denver"}, "America/Denver"),
    ],
)
def test_any_zone_that_this_machine_knows_is_taken(
    browser: Client, journal: Journal, said: dict[str, str], zone: str
) -> None:
    assert send(browser, "place", **said).status_code == 302
    assert lines.preferences_of(journal).time_zone == zone


@pytest.mark.parametrize(
    ("card", "said", "words"),
    [
        ("place", {"zone": "Europe/Paris", "other": "Mars/Base"}, "knows no zone"),
        ("place", {"zone": "Europe/Paris", "other": "../../etc/passwd"}, "knows no zone"),
        ("place", {"zone": "", "browser_zone": "Mars/Base"}, "does not tell its zone"),
        ("place", {"zone": "Mars/Base"}, "not one of the available"),
        ("place", {"zone": "UTC", "country": "XX"}, "not one of the available"),
        ("units", {"distance": "ells", "mass": "kg", "first_weekday": "0"}, "not one of the available"),
        ("units", {"distance": "km", "mass": "kg", "first_weekday": "9"}, "not one of the available"),
        ("kit", {"tools": ["hammer"]}, "not one of the available"),
        ("theme", {"theme": "neon"}, "not one of the available"),
        ("originals", {"keep": "perhaps"}, "not one of the available"),
    ],
)
def test_what_cannot_be_is_refused(browser: Client, journal: Journal, card: str, said: Any, words: str) -> None:
    before = journal.entries.count()
    answer = send(browser, card, **said)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert journal.entries.count() == before


def test_the_theme_is_a_cookie_of_this_device(browser: Client, journal: Journal) -> None:
    before = journal.entries.count()
    answer = send(browser, "theme", theme="dark")
    cookie = answer.cookies["theme"]
    assert (cookie.value, cookie["samesite"], bool(cookie["httponly"])) == ("dark", "Lax", True)
    assert 'data-theme="dark"' in browser.get(URL).content.decode()
    assert journal.entries.count() == before


def test_a_cookie_that_somebody_made_up_is_no_theme(browser: Client) -> None:
    browser.cookies["theme"] = '"><script>'
    assert "<script>" not in browser.get(URL).content.decode()


def test_every_country_has_two_letters_and_a_name() -> None:
    assert len(choices.countries()) > 200
    assert all(len(code) == 2 and code.isupper() and name for code, name in choices.countries().items())


def test_tools_are_those_of_the_library() -> None:
    assert [id_ for id_, _ in choices.tool_choices()] == ["ball", "roller", "stick"]
    assert set(dict(choices.tool_choices())) < set(content().tools)


# ------------------------------------------------------------------------------------------- nothing but what was asked
def test_fields_that_no_card_has_change_nothing(browser: Client, journal: Journal) -> None:
    more = {"easy_speed_mps": "9", "stance_source": "x", "at": "1999-01-01", "user": "2", "keep_originals": "no"}
    send(browser, "about", **ABOUT, **more)
    send(browser, "units", distance="mi", mass="kg", first_weekday="0", time_zone="UTC", **more)
    send(browser, "conditions", smoking="no", swelling="left", soreness="9", **more)
    runner, wishes = lines.history_of(journal).runner, lines.preferences_of(journal)
    assert (runner.easy_speed_mps, runner.stance_source) == (None, None)
    assert (wishes.time_zone, wishes.keep_originals) == ("Europe/Berlin", True)
    assert last(journal) == CheckIn(at=last(journal).at, answers={"smoking": Said.NO})


@pytest.mark.parametrize("path", ["", *(f"{card}/" for card in ("about", "units", "place", "kit", "conditions"))])
def test_looking_changes_nothing(browser: Client, rows: Callable[[], Any], path: str) -> None:
    browser.get(URL)
    before = rows()
    assert browser.get(URL + path).status_code == (200 if not path else 405)
    assert rows() == before


@pytest.mark.parametrize("card", ["about", "units", "place", "kit", "theme", "conditions", "originals"])
def test_nobody_who_is_not_signed_in_changes_anything(db: None, card: str, rows: Callable[[], Any]) -> None:
    before = rows()
    assert Client().post(f"{URL}{card}/", {"distance": "mi"}).status_code == 302
    assert rows() == before


def test_ones_settings_are_ones_own(browser: Client, bens_browser: Client, journal: Journal) -> None:
    send(browser, "about", **ABOUT)
    assert "1985" not in bens_browser.get(URL).content.decode()


# -------------------------------------------------------------------------------------------------- standing conditions
def screened(history: History, now: datetime, **answers: Said) -> Screening:
    """A check-in with every acute question answered no, and both calves a little sore."""
    said = {id_: Said.NO for id_, question in gate().questions.items() if question.asked == "every-time"}
    check_in = CheckIn(at=now, soreness=Soreness(2, 2), answers=said | answers)
    return screen(gate=gate(), check_in=check_in, history=history, explained=None, now=now)


def all_no(**but: str) -> dict[str, str]:
    return dict.fromkeys(standing_questions(), "no") | but


def test_no_standing_question_is_about_one_leg() -> None:
    assert not [id_ for id_, question in standing_questions().items() if question.sided]


@pytest.mark.parametrize("yes", [None, *standing_questions()])
def test_the_gate_answers_as_if_the_terminal_had_asked(browser: Client, journal: Journal, yes: str | None) -> None:
    said = all_no(**({yes: "yes"} if yes else {}))
    send(browser, "conditions", **said)
    now = timezone.now() + timedelta(days=1)
    in_terminal = CheckIn(
        at=last(journal).at, soreness=Soreness(2, 2), answers={id_: Said(word) for id_, word in said.items()}
    )
    assert screened(lines.history_of(journal), now) == screened(fold([in_terminal]), now)
    assert lines.history_of(journal).soreness == ()


def test_what_was_not_answered_stays_unanswered(browser: Client, journal: Journal) -> None:
    send(browser, "conditions", **all_no(smoking=""))
    assert "smoking" not in last(journal).answers
    answer = screened(lines.history_of(journal), timezone.now())
    assert isinstance(answer, Unanswered)
    assert answer.missing == ("smoking",)


def test_an_answer_can_be_taken_back(browser: Client, journal: Journal) -> None:
    send(browser, "conditions", **all_no(smoking="yes"))
    send(browser, "conditions", **all_no(smoking=""))
    assert last(journal).answers["smoking"] is Said.UNSURE
    assert isinstance(screened(lines.history_of(journal), timezone.now()), Unanswered)


def test_nothing_answered_writes_nothing(browser: Client, journal: Journal) -> None:
    before = journal.entries.count()
    send(browser, "conditions")
    assert journal.entries.count() == before


def test_the_page_says_when_each_answer_was_confirmed(browser: Client, journal: Journal) -> None:
    old = timezone.now().astimezone(ZoneInfo("Europe/Berlin")) - timedelta(days=40)
    lines.write(journal, [CheckIn(at=old, answers={"smoking": Said.NO, "under-18": Said.YES})])
    page = browser.get(URL).content.decode()
    assert f"You said no on {old.day} " in page
    assert f"Last confirmed {old.day} " in page


def test_a_block_that_stays_cannot_be_ticked_away(browser: Client, journal: Journal) -> None:
    send(browser, "conditions", **all_no(**{"clot-before": "yes"}))
    send(browser, "conditions", **all_no())
    assert "clot-before" not in last(journal).answers
    answer = screened(lines.history_of(journal), timezone.now())
    assert isinstance(answer, Referral)
    assert "does not go away by a tick" in browser.get(URL).content.decode()


def test_a_professionals_word_opens_it_and_saving_the_others_does_not_close_it_again(
    browser: Client, journal: Journal
) -> None:
    send(browser, "conditions", **all_no(**{"clot-before": "yes"}))
    today = timezone.now().date()
    assert send(browser, "seen/clot-before", by="Dr. Ada", on=today.isoformat(), fine="yes").status_code == 302
    assert last(journal) == Seen(last(journal).at, "Dr. Ada", today, True, None, "clot-before")
    send(browser, "conditions", **all_no(**{"clot-before": "yes"}))
    assert not isinstance(screened(lines.history_of(journal), timezone.now()), Referral | Unanswered)
    assert "Dr. Ada" in browser.get(URL).content.decode()


def test_not_yet_keeps_it_closed(browser: Client, journal: Journal) -> None:
    send(browser, "conditions", **all_no(pregnant="yes"))
    send(browser, "seen/pregnant", by="midwife", on="2026-01-02", fine="no")
    assert isinstance(screened(lines.history_of(journal), timezone.now()), Referral)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"by": "", "on": "2026-01-02", "fine": "yes"}, "This field is required"),
        ({"by": "x", "on": "2999-01-02", "fine": "yes"}, "still to come"),
        ({"by": "x", "on": "soon", "fine": "yes"}, "A day, please"),
        ({"by": "x", "on": "2026-01-02"}, "This field is required"),
    ],
)
def test_half_a_word_of_a_professional_opens_nothing(
    browser: Client, journal: Journal, said: dict[str, str], words: str
) -> None:
    send(browser, "conditions", **all_no(pregnant="yes"))
    answer = send(browser, "seen/pregnant", **said)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert lines.history_of(journal).seen == ()


@pytest.mark.parametrize("block", ["clot-before", "smoking", "swelling", "no-such-thing"])
def test_there_is_nothing_to_open_where_nothing_stays(browser: Client, journal: Journal, block: str) -> None:
    answer = send(browser, f"seen/{block}", by="x", on="2026-01-02", fine="yes")
    assert answer.status_code == 404
    assert lines.history_of(journal).seen == ()


def test_without_agreement_nothing_about_health_is_kept(browser: Client, journal: Journal) -> None:
    send(browser, "conditions", **all_no(pregnant="yes"))
    lines.write(journal, [Consent(at=timezone.now(), to="keep-health-notes", version="1", given=False)])
    before = journal.entries.count()
    assert send(browser, "conditions", smoking="yes").status_code == 422
    assert send(browser, "seen/pregnant", by="x", on="2026-01-02", fine="yes").status_code == 422
    assert journal.entries.count() == before


# ------------------------------------------------------------------------------------------------------------ originals
@pytest.fixture(scope="module")
def fits(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    from calfwise.sample import write_sample

    folder = tmp_path_factory.mktemp("fits")
    write_sample(folder, until=datetime(2026, 5, 3, 18, tzinfo=UTC), runs=3)
    return sorted(folder.glob("*.fit"))


def test_new_originals_are_not_kept_when_that_is_not_wanted(
    browser: Client, journal: Journal, bring: Callable[..., Batch], fits: list[Any]
) -> None:
    bring(journal, {"kept.fit": fits[0]})
    send(browser, "originals", keep="no")
    bring(journal, {"let go.fit": fits[1]})
    assert dict(journal.recordings.values_list("name", "kept")) == {"kept.fit": True, "let go.fit": False}
    assert len(list(there(journal.key))) == 1
    assert journal.runs.count() == 2


def test_discarding_deletes_the_files_and_keeps_the_runs(
    browser: Client, journal: Journal, bring: Callable[..., Batch], fits: list[Any]
) -> None:
    bring(journal, {"one.fit": fits[0], "two.fit": fits[1]})
    send(browser, "originals/discard")
    assert len(list(there(journal.key))) == 2, "it has to be ticked"
    send(browser, "originals/discard", sure="yes")
    assert list(there(journal.key)) == []
    assert set(journal.recordings.values_list("kept", flat=True)) == {False}
    assert journal.runs.count() == 2
