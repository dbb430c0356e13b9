"""Whom to call: a wrong number is worse than none."""

import re

import pytest

from calfwise import library
from calfwise.library.shelf import content_on
from calfwise_web.preferences.choices import countries

HELPLINES = library.helplines()
EU = {
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
}  # fmt: skip
every_country = pytest.mark.parametrize("country", HELPLINES.countries)


@every_country
def test_every_country_is_one_that_can_be_chosen(country):
    assert country in countries()


@every_country
def test_every_number_can_be_dialled_and_says_where_it_was_read_and_by_whom(country):
    lines = HELPLINES.countries[country]
    for line in filter(None, (lines.emergency, lines.urgent)):
        assert re.fullmatch(r"[0-9]{3,12}", line.dialled)
        assert "." in line.page
        assert line.mark == library.sources()[line.source].mark
        assert any(line.number in rests.text for rests in content_on(line.source))


@every_country
def test_an_emergency_number_is_short(country):
    assert len(HELPLINES.countries[country].emergency.dialled) == 3


def test_in_every_country_of_the_european_union_it_is_112():
    assert set(HELPLINES.countries) >= EU
    assert {HELPLINES.countries[country].emergency.number for country in EU} == {"112"}


def test_the_file_says_when_it_was_checked():
    assert re.search(r"20\d\d", HELPLINES.checked)
