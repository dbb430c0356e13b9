"""Which days are told anew."""

from datetime import date

from msgspec import structs

from calfwise import library
from calfwise.model.fix.weeks.telling import differs
from calfwise.model.weeks import Element, ElementKind, Estimate, LaidDay

RULES = library.weeks().told
RUN = Element(ElementKind.EASY, 48, Estimate(8000), "At your ease.", ("CoachRule",), distance_m=8000)
DAY = LaidDay(date(2026, 5, 12), (RUN,))


def with_run(**changed: object) -> LaidDay:
    return structs.replace(DAY, elements=(structs.replace(RUN, **changed),))


def test_four_hundredths_longer_is_the_same_day_and_six_are_not():
    assert not differs(with_run(distance_m=8300), DAY, rules=RULES)
    assert differs(with_run(distance_m=8500), DAY, rules=RULES)


def test_of_a_short_run_200_metres_are_nothing():
    """A tenth of 2 km: more than a twentieth, but no more than 200 m."""
    short = with_run(distance_m=2000)
    assert not differs(with_run(distance_m=2200), short, rules=RULES)


def test_another_kind_or_a_reason_is_another_day():
    assert differs(with_run(kind=ElementKind.TEMPO), DAY, rules=RULES)
    assert differs(structs.replace(DAY, changed="4 of 10 on 12 May"), DAY, rules=RULES)
    assert differs(LaidDay(DAY.on), DAY, rules=RULES)
    assert not differs(DAY, DAY, rules=RULES)
