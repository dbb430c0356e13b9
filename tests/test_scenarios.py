"""Whole cases as files: each runner's day through the front door, and the gate's measure of itself."""

from pathlib import Path

import pytest

from calfwise import library
from calfwise.assess import Assessment, Why, assess, load_history, plan_run, why
from calfwise.errors import UnreadableFile
from calfwise.model.care.outcomes import Clear, Limited, Referral, Unanswered
from calfwise.model.fix.cause import Side, Standing
from calfwise.model.load.change import said as day_said
from calfwise.model.load.next_run import Forecast
from calfwise.model.run import BOTH_SIDES
from calfwise.model.session import WHOLE_CALF
from calfwise.scenario import AskedRun, Expected, load_scenario, question_of, wish_of

HERE = Path(__file__).parent / "scenarios"
FILES = sorted(file for file in HERE.rglob("*.toml") if file.parent.name != "weeks")
"""Days; whole weeks have a runner of their own (test_weeks_scenarios.py)."""
OUTCOMES = {Clear: "clear", Limited: "limited", Referral: "referral", Unanswered: "unanswered"}
KILOMETRE_M, WITHIN_KM = 1000, 0.1
OF_CAUSES = ("first_cause", "speaks", "not_noticed", "not_known", "said_for", "said_against", "never_said")
"""Expectations of why the calves may be tight."""

OF_A_WISH = ("fit", "over_km", "big_step", "easy_km", "strikes", "news", "known_after_km", "counts_at_once")
"""What a scenario expects of the run that is thought of."""

every_file = pytest.mark.parametrize("file", FILES, ids=[str(file.relative_to(HERE).with_suffix("")) for file in FILES])


def answer_to(file: Path) -> Assessment:
    return assess(question_of(load_scenario(file), beside=file.parent))


def of(folder: str) -> list[Path]:
    return [file for file in FILES if file.parent.name == folder]


@every_file
def test_the_answer_is_the_one_expected(file):
    expect, answer = load_scenario(file).expect, answer_to(file)
    told = {name: getattr(expect, name) for name in expect.__struct_fields__ if name not in (*OF_CAUSES, *OF_A_WISH)}
    found = {name: in_answer(answer, name, wanted) for name, wanted in told.items() if wanted not in (None, ())}
    assert found == {name: wanted for name, wanted in told.items() if wanted not in (None, ())}


def in_answer(answer: Assessment, name: str, wanted: object) -> object:
    """What the answer says of one expectation; of ids that must be among others, those that are."""
    screening, session = answer.screening, answer.plan.session
    referral = screening if isinstance(screening, Referral) else None
    said = {
        "outcome": lambda: OUTCOMES[type(screening)],
        "level": lambda: referral and referral.level.value,
        "side": lambda: referral and side_of(referral),
        "session": lambda: session is not None,
        "reasons": lambda: among(wanted, [reason.id for reason in (*screening.reasons, *answer.plan.reasons)]),
        "spots": lambda: session and tuple(str(spot) for spot in session.spots),
        "waiting": lambda: tuple(str(waiting.spot) for waiting in answer.plan.queue),
        "techniques": lambda: session and in_order_of(wanted, {item.technique for item in session.items}),
        "ways": lambda: session and ways_of(session),
        "because": lambda: session and said_of(session, wanted),
        "explained": lambda: answer.explained.kind if answer.explained else "",
        "alert": lambda: answer.load.change.alert is not None,
        "budget_km": lambda: budget_km(answer, wanted),
        "no_budget": lambda: answer.load.budget.reference_m is None,
        "advice": lambda: among(wanted, [reason.id for reason in answer.advice]),
    }
    return said[name]()


def side_of(referral: Referral) -> str:
    return "both" if set(referral.locked) == set(BOTH_SIDES) else "".join(referral.locked)


def among(wanted, there):
    return tuple(id_ for id_ in wanted if id_ in there)


def in_order_of(wanted, there):
    return tuple(sorted(there, key=lambda one: wanted.index(one) if one in wanted else len(wanted)))


def ways_of(session):
    return tuple(f"{item.technique} {item.tool}" for item in session.items if item.zone != WHOLE_CALF)


def said_of(session, wanted):
    """Words that stand in the reason of the spot at their place; else the reason itself."""
    reasons = [item.reason for item in session.items if item.zone != WHOLE_CALF]
    return tuple(words if words in reason else reason for words, reason in zip(wanted, reasons, strict=True))


def budget_km(answer, wanted):
    budget = answer.load.budget
    found = tuple(None if m is None else m / KILOMETRE_M for m in (budget.reference_m, budget.upper_m))
    return wanted if None not in found and found == pytest.approx(wanted, abs=WITHIN_KM) else found


def why_of(file: Path) -> Why:
    question = question_of(load_scenario(file), beside=file.parent)
    runner, history, now = question.runner, question.history, question.now
    load = load_history(question.loads, runner=runner, history=history, now=now)
    return why(load, runner=runner, history=history, reasons=library.reasons(), now=now)


@pytest.mark.parametrize("file", of("causes"), ids=lambda file: file.stem)
def test_the_causes_are_the_ones_expected(file):
    """Their order, how each stands, and what is said for and against them."""
    expect, causes = load_scenario(file).expect, why_of(file).causes
    standing = {
        "speaks": [c.cause for c in causes if c.standing in (Standing.SPEAKS, Standing.COULD)],
        "not_noticed": [c.cause for c in causes if c.standing is Standing.NOT_NOTICED],
        "not_known": [c.cause for c in causes if c.standing is Standing.UNKNOWN],
    }
    said = {side: " | ".join(p.text for c in causes for p in c.points if p.side is side) for side in Side}
    assert expect.first_cause == next(iter(standing["speaks"]), "")
    assert expect.speaks is None or list(expect.speaks) == standing["speaks"]
    assert set(expect.not_noticed) <= set(standing["not_noticed"])
    assert set(expect.not_known) <= set(standing["not_known"])
    assert [words for words in expect.said_for if words not in said[Side.FOR]] == []
    assert [words for words in expect.said_against if words not in said[Side.AGAINST]] == []
    everything = " | ".join(said.values())
    assert [words for words in ("the cause is", *expect.never_said) if words in everything] == []


@pytest.mark.parametrize("file", of("causes"), ids=lambda file: file.stem)
def test_every_sign_for_a_cause_has_its_source_and_one_of_a_day_its_date(file):
    shelf = library.sources()
    signs = [point for cause in why_of(file).causes for point in cause.points if point.side is Side.FOR]
    for sign in signs:
        assert sign.sources
        assert set(sign.sources) <= set(shelf)
        assert sign.day is None or day_said(sign.day) in sign.text
        assert 0 < sign.strength <= 1


def test_at_least_twenty_whole_runners_are_asked_why():
    assert len(of("causes")) >= 20


WISHES = [file for file in FILES if load_scenario(file).wish is not None]


def forecast_for(file: Path) -> Forecast:
    scenario = load_scenario(file)
    question = question_of(scenario, beside=file.parent)
    wish = wish_of(scenario.wish, shoes=question.history.shoes)
    return plan_run(assess(question).load, wish, runner=question.runner, now=question.now)


@pytest.mark.parametrize("file", WISHES, ids=[file.stem for file in WISHES])
def test_a_run_that_is_thought_of_asks_what_is_expected(file):
    expect, forecast = load_scenario(file).expect, forecast_for(file)
    wanted = {name: value for name in OF_A_WISH if (value := getattr(expect, name)) is not None}
    assert wanted, "something is expected of it"
    assert {name: in_forecast(forecast, name, value) for name, value in wanted.items()} == wanted


def in_forecast(forecast: Forecast, name: str, wanted: object) -> object:
    """What the forecast says of one expectation; the expectation itself, where it is met."""
    strikes = forecast.strikes and forecast.strikes.value
    said = {
        "fit": lambda: forecast.fit,
        "over_km": lambda: about_km(forecast.over_m, wanted),
        "big_step": lambda: forecast.big_step,
        "easy_km": lambda: between(forecast.easy_km, wanted),
        "strikes": lambda: between(strikes, wanted),
        "news": lambda: tuple(notice.kind for notice in forecast.notices),
        "known_after_km": lambda: about_km(forecast.reference_after_m, wanted),
        "counts_at_once": lambda: forecast.counts_at_once,
    }
    return said[name]()


def about_km(found_m, wanted_km):
    found_km = None if found_m is None else found_m / KILOMETRE_M
    return wanted_km if found_km == pytest.approx(wanted_km, abs=WITHIN_KM) else found_km


def between(found, wanted):
    return wanted if found is not None and wanted[0] <= found <= wanted[1] else found


def test_expectations_of_a_wish_stand_where_there_is_one():
    for file in FILES:
        scenario = load_scenario(file)
        assert scenario.wish is not None or not any(getattr(scenario.expect, name) for name in OF_A_WISH), file.stem
    assert len(of("next-run")) >= 16


def test_a_wish_in_a_shoe_that_nobody_has_is_refused():
    with pytest.raises(UnreadableFile, match="a shoe of the runner's"):
        wish_of(AskedRun(km=5, shoe="somebody else's"), shoes=())


@every_file
def test_every_expectation_is_of_a_day_that_is_told(file):
    """A sentence for a name, and something to hold the answer against."""
    scenario = load_scenario(file)
    assert " " in scenario.name
    assert scenario.name[0].isupper()
    assert scenario.expect != Expected()
    assert scenario.now.tzinfo is not None


def test_at_least_95_percent_of_ordinary_days_get_a_session(record_property):
    files = of("ordinary")
    without = [file.stem for file in files if answer_to(file).plan.session is None]
    share = 1 - len(without) / len(files)
    print(f"{len(files) - len(without)} of {len(files)} ordinary days get a session: {share:.1%}; not: {without}")
    record_property("ordinary_share", share)
    assert len(files) >= 44
    assert share >= 0.95, without


def test_no_serious_day_gets_one():
    files = of("serious")
    given = [file.stem for file in files if answer_to(file).plan.session is not None]
    print(f"{len(given)} of {len(files)} serious days get a session")
    assert len(files) >= 25
    assert given == []


def test_ordinary_and_serious_days_say_whether_there_is_a_session():
    for file in (*of("ordinary"), *of("serious")):
        assert load_scenario(file).expect.session is not None, file.stem
