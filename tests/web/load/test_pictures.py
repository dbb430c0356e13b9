"""Charts as SVG files: they open anywhere, hold what the page shows, and nothing that a runner wrote breaks out."""

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client

from calfwise.model.journal import CheckIn, WearsShoe
from calfwise.model.load.gait import Grade
from calfwise.model.runner import Shoe
from calfwise.model.session import Soreness
from calfwise_web.day_chart import Chart, Mark, Series, days_of, midnight_s
from calfwise_web.journal.models import Journal
from calfwise_web.load import charts, svg
from calfwise_web.load.scope import Scope
from tests.web.load import holding
from tests.web.load.seeing import FLAT, NOW, ran, seen, ten_years

SPACE = "{http://www.w3.org/2000/svg}"
EVIL = Shoe(id="evil", name='</text><script>alert(1)</script> & "x" \x00\x08', since=date(2026, 1, 1))


def words(picture: str) -> list[str]:
    """What a picture says."""
    return ["".join(each.itertext()) for each in ElementTree.fromstring(picture).iter(f"{SPACE}text")]


def drawn(**more: object) -> str:
    return svg.drawing(charts.strikes(seen(ten_years(), **more)), title="Foot strikes", subtitle="days")  # type: ignore[arg-type]


@pytest.mark.parametrize("by", Scope)
@pytest.mark.parametrize("of", charts.FIGURES)
def test_every_chart_of_every_stretch_is_well_formed(by: Scope, of: str) -> None:
    view = seen(ten_years(300), CheckIn(at=NOW, soreness=Soreness(left=3, right=1)), by=by)
    picture = svg.drawing(charts.FIGURES[of].made(view), title="A title", subtitle="Some days")
    root = ElementTree.fromstring(picture)
    assert root.tag == f"{SPACE}svg"
    assert {"A title", "Some days"} <= set(words(picture))


def test_what_a_runner_wrote_stays_text() -> None:
    loads = [ran(3 * i, shoe=EVIL) for i in range(1, 20)]
    view = seen(loads, WearsShoe(at=NOW - timedelta(days=100), shoe=EVIL), by=Scope.DAYS)
    picture = svg.drawing(charts.strikes(view), title=EVIL.name, subtitle=EVIL.name)
    assert "<script" not in picture
    assert any("<script>alert(1)</script> & " in said for said in words(picture))


def test_a_bar_is_as_high_as_its_value() -> None:
    """Two bars on nought, 100 and 50: the one is twice as high."""
    axis = days_of([date(2026, 5, 4), date(2026, 5, 11)])
    chart = Chart(axis, [Series("strikes", "count", [100.0, 50.0], "bars")])
    picture = ElementTree.fromstring(svg.drawing(chart, title="t", subtitle="s"))
    high, low = (float(rect.attrib["height"]) for rect in picture.iter(f"{SPACE}rect") if rect.get("fill") == "#0f6b66")
    assert high == pytest.approx(2 * low, abs=0.2)


def test_a_gap_in_a_line_stays_a_gap() -> None:
    axis = days_of([date(2026, 5, day) for day in range(1, 6)])
    values = [6.0, 6.1, None, 6.0, 6.2]
    low, high = ([None if value is None else value + off for value in values] for off in (-1, 1))
    chart = Chart(axis, [Series("force", "bw", values, low=low, high=high)])
    picture = ElementTree.fromstring(svg.drawing(chart, title="t", subtitle="s"))
    assert len(list(picture.iter(f"{SPACE}polyline"))) == 2
    assert len(list(picture.iter(f"{SPACE}polygon"))) == 2


def test_a_chart_of_nothing_says_so() -> None:
    picture = svg.drawing(charts.empty(), title="t", subtitle="s")
    assert "Nothing to draw yet: no run in these days." in words(picture)


def test_a_single_day_can_be_drawn() -> None:
    chart = Chart(days_of([date(2026, 5, 4)]), [Series("strikes", "count", [0.0], "bars")])
    ElementTree.fromstring(svg.drawing(chart, title="t", subtitle="s"))


def test_about_and_breaks_and_shoes_are_told_by_more_than_colour() -> None:
    """Hatched bars, the words of a break, the name of a pair."""
    loads = [ran(ago, shoe=FLAT, grade=Grade.C) for ago in (80, 78, 76, 50, 48, 45, 40, 36, 30, 26, 20, 16, 10, 4)]
    picture = svg.drawing(charts.strikes(seen(loads, by=Scope.DAYS)), title="t", subtitle="s")
    assert picture.count("url(#p-about)") > 5
    assert "26 days without a run" in words(picture)
    assert "flat" in words(picture)


def test_what_is_told_only_in_words_is_not_drawn() -> None:
    axis = days_of([date(2026, 5, 4), date(2026, 5, 11)])
    marks = [Mark(midnight_s(date(2026, 5, 11)), "race", "told")]
    chart = Chart(axis, [Series("strikes", "count", [1.0, 2.0], "bars")], marks)
    assert "race" not in words(svg.drawing(chart, title="t", subtitle="s"))


def test_ten_years_are_a_small_picture() -> None:
    for by in Scope:
        assert len(drawn(by=by)) < 100_000


@pytest.mark.parametrize(
    ("low", "high", "found"), [(0, 23_000, 5), (0, 1, 6), (5.1, 6.4, 7), (0.0, 0.0004, 5), (3, 700_000, 3)]
)
def test_grid_lines_are_round_and_few(low: float, high: float, found: int) -> None:
    ticks = svg.ticks(low, high)
    assert len(ticks) == found
    assert all(low <= tick <= high * 1.0001 for tick in ticks)


# ------------------------------------------------------------------------------------------------------------ as a file
def test_a_picture_is_a_file_with_a_name(browser: Client, journal: Journal) -> None:
    holding.hold(journal, [ran(1), ran(9)])
    answer = browser.get("/load/picture/strikes/weeks/")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Content-Disposition"] == 'attachment; filename="calfwise-strikes-weeks-2026-08-31.svg"'
    assert "Foot strikes, each leg, by week" in words(answer.content.decode())
    assert browser.get("/load/picture/stress/weeks/").status_code == 404


def test_nobody_gets_anothers_picture(browser: Client, bens_browser: Client, journal: Journal) -> None:
    holding.hold(journal, [ran(1)])
    assert browser.get("/load/picture/strikes/weeks/").status_code == 200
    for path in ("/load/picture/strikes/weeks/", "/load/table/weeks/", "/load/all-days.csv"):
        assert bens_browser.get(path).status_code == 404
