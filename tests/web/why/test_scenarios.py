"""Every whole runner on the web: the same causes in the same order, standing as in the terminal."""

from pathlib import Path

import pytest
from django.test import Client

from calfwise import library
from calfwise.model.fix.cause import Standing
from calfwise.scenario import load_scenario, question_of
from calfwise_web.journal.models import Journal
from calfwise_web.why.snapshot import shown_of
from tests.test_scenarios import of, why_of
from tests.web.today.test_scenarios import filled
from tests.web.why.test_page import text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("file", of("causes"), ids=lambda file: file.stem)
def test_the_web_says_what_the_terminal_says(
    file: Path, journal: Journal, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = load_scenario(file)
    monkeypatch.setattr("django.utils.timezone.now", lambda: scenario.now)
    filled(journal, scenario, question_of(scenario, beside=file.parent))
    expected = why_of(file).causes
    assert shown_of(journal.snapshots.get(page="why").body).causes == expected
    page, titles = text(browser), library.reasons().causes
    stand_out = [each for each in expected if each.standing in (Standing.SPEAKS, Standing.COULD)]
    places = [page.index(f'id="cause-{each.cause}"') for each in stand_out]
    assert places == sorted(places)
    for each in expected:
        assert titles[each.cause].title in page
