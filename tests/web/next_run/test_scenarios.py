"""Every run that a scenario thinks of, through the page's own form: the same forecast as in the terminal."""

from pathlib import Path

import pytest
from django.test import Client

from calfwise.assess import assess, plan_run
from calfwise.scenario import AskedRun, load_scenario, question_of, wish_of
from calfwise_web.journal.models import Journal
from calfwise_web.next_run.pages import answer_of, first_word
from calfwise_web.next_run.snapshot import ready_of
from calfwise_web.units import clock, units_of
from tests.test_scenarios import WISHES
from tests.web.today.test_scenarios import filled

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("file", WISHES, ids=[file.stem for file in WISHES])
def test_the_web_forecasts_what_the_terminal_forecasts(
    file: Path, journal: Journal, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = load_scenario(file)
    assert scenario.wish is not None
    question = question_of(scenario, beside=file.parent)
    monkeypatch.setattr("django.utils.timezone.now", lambda: scenario.now)
    filled(journal, scenario, question)
    wish = wish_of(scenario.wish, shoes=question.history.shoes)
    forecast = plan_run(assess(question).load, wish, runner=question.runner, now=question.now)
    ready = ready_of(journal.snapshots.get(page="next").body)
    page = browser.get("/load/next/", typed(scenario.wish)).context["page"]
    assert page.answer == answer_of(
        forecast, wish, ready, units_of(ready.prefers), first=first_word(ready, now=question.now)
    )
    assert scenario.expect.fit is None or forecast.fit is scenario.expect.fit


def typed(asked: AskedRun) -> dict[str, str]:
    """What the form would send."""
    return {
        "distance": f"{asked.km:g}",
        "pace": "" if asked.min_per_km is None else clock(60 * asked.min_per_km),
        "shoe": asked.shoe or "",
        "surface": asked.surface or "",
        "climb": "" if asked.climb_m is None else f"{asked.climb_m:g}",
        "barefoot": f"{asked.barefoot_minutes:g}" if asked.barefoot_minutes else "",
        **({"race": "on"} if asked.race else {}),
    }
