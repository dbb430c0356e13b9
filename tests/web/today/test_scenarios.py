"""Every whole case through the web's own form: the same verdict, session and queue as in the terminal."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from django.test import Client
from django.utils import timezone
from msgspec import structs

from calfwise.assess import Question, assess
from calfwise.model.care.outcomes import Referral, outcome_of
from calfwise.model.care.planner import FEWEST_MINUTES
from calfwise.model.journal import AboutRunner, AnyEvent, Prefers, WearsShoe
from calfwise.scenario import Scenario, load_scenario, question_of
from calfwise_web.journal import lines
from calfwise_web.journal.models import Journal
from calfwise_web.refresh import refresh
from calfwise_web.today import services
from calfwise_web.today.snapshot import Checked, today_of
from tests.test_scenarios import FILES, HERE
from tests.web.load.holding import hold
from tests.web.player.phones import checks_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("file", FILES, ids=[str(file.relative_to(HERE).with_suffix("")) for file in FILES])
def test_the_web_says_what_the_terminal_says(
    file: Path, journal: Journal, browser: Client, monkeypatch: pytest.MonkeyPatch
):
    scenario = load_scenario(file)
    question = question_of(scenario, beside=file.parent)
    monkeypatch.setattr("django.utils.timezone.now", lambda: scenario.now)
    filled(journal, scenario, question)
    answer = browser.post("/today/check-in/", form_of(scenario, question))
    if scenario.minutes < FEWEST_MINUTES:
        assert answer.status_code == 422, "the page says so at once"
        return
    assert answer.status_code in (302, 303)
    assert told(today_of(journal.snapshots.get(page="today").body).checked) == answered(question)
    assert browser.get("/").status_code == 200


def filled(journal: Journal, scenario: Scenario, question: Question) -> None:
    """The journal and the runs of a scenario, and no line besides."""
    journal.entries.all().delete()
    hours = round(scenario.now.utcoffset() / timedelta(hours=1))
    long_ago = scenario.now - timedelta(days=4000)
    events: list[AnyEvent] = [
        Prefers(at=long_ago, time_zone=f"Etc/GMT{-hours:+d}" if hours else "UTC"),
        AboutRunner(at=long_ago, runner=scenario.runner),
        *(WearsShoe(at=long_ago, shoe=shoe) for shoe in scenario.shoes),
        *(msgspec.convert(line, AnyEvent) for line in scenario.journal or ()),
    ]
    hold(journal, question.loads, *events, now=scenario.now)
    assert lines.history_of(journal).known


def form_of(scenario: Scenario, question: Question) -> dict[str, object]:
    """What the page would send."""
    check_in = question.check_in
    return {
        **{side: nrs for side in ("left", "right") if (nrs := getattr(check_in.soreness, side)) is not None},
        **{f"answer-{id_}": said.value for id_, said in check_in.answers.items()},
        "spot": [f"{marked.spot}:{marked.tenderness_nrs}" for marked in check_in.spots],
        "tool": sorted(scenario.kit),
        "position": scenario.position,
        "minutes": scenario.minutes,
        "search": "on",
    }


def told(checked: Checked | None) -> dict[str, object]:
    """What the web made of it."""
    assert checked is not None
    return {
        "outcome": checked.outcome,
        "level": checked.level,
        "locked": checked.locked,
        "reasons": checked.reasons,
        "missing": checked.missing,
        "session": checked.session and structs.replace(checked.session, id="", at=checked.session.at.astimezone()),
        "queue": [(waits.spot, waits.tenderness_nrs, waits.reason) for waits in checked.queue],
        "advice": checked.advice,
        "holds": checked.still_holds,
    }


def answered(question: Question) -> dict[str, object]:
    """What the terminal makes of it, with a journal."""
    answer = assess(structs.replace(question, history=replace(question.history, known=True)))
    screening, session = answer.screening, answer.plan.session
    return {
        "outcome": outcome_of(screening),
        "level": screening.level if isinstance(screening, Referral) else None,
        "locked": screening.locked if isinstance(screening, Referral) else (),
        "reasons": screening.reasons,
        "missing": getattr(screening, "missing", ()),
        "session": session and structs.replace(session, id="", at=session.at.astimezone()),
        "queue": [(waits.spot, waits.tenderness_nrs, waits.reason) for waits in answer.plan.queue],
        "advice": answer.advice,
        "holds": True,
    }


def test_pages_after_a_check_in_are_those_of_a_whole_look_at_the_journal(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check-in reads no run again; what it shows is the same to the byte."""
    scenario = load_scenario(HERE / "ordinary" / "just-after-an-easy-run.toml")
    monkeypatch.setattr("django.utils.timezone.now", lambda: scenario.now)
    filled(journal, scenario, question_of(scenario))
    whole_looks: list[int] = []
    looked = services.refresh
    monkeypatch.setattr(services, "refresh", lambda *_, **__: whole_looks.append(1))
    checks_in(journal, 4, 3, now=scenario.now)
    assert not whole_looks
    pages = dict(journal.snapshots.values_list("page", "body"))
    revisions = dict(journal.snapshots.values_list("page", "revision"))
    journal.refresh_from_db()
    assert revisions["head"] == revisions["today"] == journal.revision
    looked(journal, now=scenario.now)
    again = dict(journal.snapshots.values_list("page", "body"))
    assert [page for page in again if again[page] != pages[page]] == []


def test_pages_that_are_behind_are_brought_up_to_date_whole(journal: Journal) -> None:
    refresh(journal, now=timezone.now())
    journal.changed()
    checks_in(journal)
    journal.refresh_from_db()
    assert set(journal.snapshots.values_list("revision", flat=True)) == {journal.revision}
