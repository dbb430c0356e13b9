"""Tables that spreadsheets open: what a chart shows, and every day."""

import csv
import io
from datetime import date, timedelta

from django.test import Client

from calfwise.model.journal import CheckIn, WearsShoe
from calfwise.model.load.gait import Grade
from calfwise.model.runner import Shoe
from calfwise.model.session import Soreness
from calfwise_web.journal.models import Journal
from calfwise_web.load import csv_file
from calfwise_web.load.scope import Scope
from tests.web.load import holding
from tests.web.load.seeing import NOW, TODAY, ran, seen, ten_years


def rows(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode())))


def test_a_charts_table_has_a_row_for_each_bar_with_its_first_and_last_day() -> None:
    found = rows(csv_file.of_window(seen(ten_years(), by=Scope.WEEKS, begin=date(2020, 1, 6))))
    assert len(found) == 12
    assert (found[0]["first_day"], found[0]["last_day"]) == ("2020-01-06", "2020-01-12")


def test_a_cell_is_the_number_that_the_chart_shows() -> None:
    """4,000 strikes are 2,000 of each leg; half an hour is 3,600 body-weight seconds for both calves, x/÷ 1.35."""
    last = rows(csv_file.of_window(seen([ran(1, strikes=4000, minutes=30, grade=Grade.B)])))[-1]
    assert (last["strikes_each_leg"], last["runs"], last["grade"]) == ("2000", "1", "B")
    assert (last["impulse_bw_s_low"], last["impulse_bw_s"], last["impulse_bw_s_high"]) == ("2667", "3600", "4860")
    assert (last["achilles_force_bw_low"], last["achilles_force_bw"], last["achilles_force_bw_high"]) == (
        "4.44",
        "6.0",
        "8.1",
    )


def test_every_day_with_a_run_or_a_word_is_told_once() -> None:
    word = CheckIn(at=NOW - timedelta(days=4), soreness=Soreness(left=3, right=None))
    found = rows(csv_file.of_all_days(seen([ran(1), ran(1.1), ran(900)], word)))
    assert [row["first_day"] for row in found] == [f"{TODAY - timedelta(days=ago)}" for ago in (900, 4, 1)]
    assert [row["runs"] for row in found] == ["1", "0", "2"]
    assert [row["soreness_left"] for row in found] == ["", "3", ""]


def test_no_cell_is_computed_by_a_spreadsheet() -> None:
    pair = Shoe(id="x", name="=HYPERLINK(1)", since=date(2026, 1, 1))
    found = rows(csv_file.of_window(seen([ran(1)], WearsShoe(at=NOW, shoe=pair))))
    assert found[-1]["shoes"] == "'=HYPERLINK(1)"


def test_all_days_add_up_to_all_runs() -> None:
    loads = ten_years()
    found = rows(csv_file.of_all_days(seen(loads)))
    assert sum(int(row["runs"]) for row in found) == len(loads)
    assert sum(int(row["distance_m"]) for row in found) == sum(load.distance_m or 0 for load in loads)


def test_tables_are_files(browser: Client, journal: Journal) -> None:
    holding.hold(journal, [ran(1), ran(100)])
    answer = browser.get("/load/table/all/")
    assert answer["Content-Disposition"] == 'attachment; filename="calfwise-all-2026-08-01.csv"'
    assert len(rows(answer.content)) == 4
    days = browser.get("/load/all-days.csv")
    assert days["Content-Disposition"] == 'attachment; filename="calfwise-all-days.csv"'
    assert len(rows(days.content)) == 2
    assert browser.get("/load/table/days/?from=2026-08-09").status_code == 200
