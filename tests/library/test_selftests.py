"""Self-tests as content: what each says, and that no number is without a source."""

import re

import pytest

from calfwise.errors import BadContent
from calfwise.library import reasons, self_tests
from calfwise.model.fix import tested

from . import LIBRARY, SOURCES
from .test_techniques import FORBIDDEN

TESTS = self_tests()
FILES = sorted((LIBRARY / "selftests").iterdir())
every_test = pytest.mark.parametrize("test", list(TESTS.values()), ids=list(TESTS))


def test_there_are_five_tests_and_every_cause_finds_the_ones_it_asks_for():
    assert list(TESTS) == ["knee-to-wall", "heel-raise-count", "bridge-hold", "side-leg-raise", "single-leg-squat"]
    assert {id_ for cause in reasons().causes.values() for id_ in cause.tests} == set(TESTS)
    assert {tested.KNEE_TO_WALL, tested.HEEL_RAISES, *tested.GLUTE_TESTS} <= set(TESTS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_promises_what_nobody_can_keep(path):
    assert FORBIDDEN.findall(path.read_text(encoding="utf-8")) == []


@every_test
def test_every_test_says_when_to_stop_and_whom_to_call(test):
    stop = " ".join(test.stop)
    assert all(word in stop for word in ("sharp", "numbness", "six out of ten", "emergency number"))


@every_test
def test_every_number_names_its_source_and_a_guess_is_called_one(test):
    named = [test.error.source, test.asymmetry.source, test.retest_source, *(norm.source for norm in test.norms)]
    assert set(named) <= SOURCES
    assert set(named) <= {*test.sources}
    if test.error.source == "OurRule":
        assert re.search(r"our own, careful guess|our rule", test.error.text)


def test_knee_to_wall_and_heel_raises_have_the_errors_that_were_measured():
    assert (TESTS["knee-to-wall"].error.value, TESTS["knee-to-wall"].error.source) == (1.9, "Powden2015")
    assert (TESTS["heel-raise-count"].error.value, TESTS["heel-raise-count"].error.source) == (6.5, "HebertLosier2017")


def test_norms_stand_only_beside_what_contradicts_them():
    assert [id_ for id_, test in TESTS.items() if test.norms] == ["heel-raise-count"]
    norms = {norm.source: norm.text for norm in TESTS["heel-raise-count"].norms}
    assert "24 in the middle for men, 21 for women" in norms["HebertLosier2017"]
    assert "no relation to age" in norms["SleeswijkVisser2025"]
    assert "contradict each other" in norms["OurRule"]


def test_heel_raises_follow_sixty_beats_a_minute_with_two_minutes_between_the_legs():
    raises = TESTS["heel-raise-count"]
    assert (raises.beats_per_minute, raises.rep_s, raises.rest_s) == (60, 2.0, 120)


@every_test
def test_no_test_claims_that_it_finds_the_cause(test):
    assert re.search(r"not shown|unproven|disputed|no differently|good side too", test.what_for)


def test_a_citation_that_is_not_there_stops_everything(monkeypatch):
    self_tests.cache_clear()
    monkeypatch.setattr("calfwise.library.sources", dict)
    with pytest.raises(BadContent, match="does not exist"):
        self_tests()
    monkeypatch.undo()
    self_tests.cache_clear()
