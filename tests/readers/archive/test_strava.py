"""Strava's activities.csv: which column is which, in which language, and what it tells about each file."""

import csv
import io
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from calfwise.model.run import Told
from calfwise.readers.archive import Kind, entries
from calfwise.readers.archive.strava import NOT_STRAVAS, UNKNOWN, distance_m, moment, number, read_table
from calfwise.readers.archive.strava_headers import LANGUAGES, ORDER, columns
from calfwise.readers.archive.tables import LONGEST_TEXT, Rows
from tests.readers.archive.making import GOOD, Item, zipped

ENGLISH = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Max Heart Rate,"
    "Relative Effort,Commute,Activity Private Note,Activity Gear,Filename,Athlete Weight,Bike Weight,Elapsed Time,"
    "Moving Time,Distance,Max Speed"
)
GERMAN = (
    "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Aktivitätsbeschreibung,Verstrichene Zeit,Distanz,"
    "Max. Herzfrequenz,Relative Leistung,Pendeln,Hinweis zur Privatsphäre für Aktivitäten,Aktivitätsausrüstung,"
    "Dateiname,Sportlergewicht,Fahrradgewicht,Verstrichene Zeit,Bewegungszeit,Distanz,Höchstgeschw."
)
FRENCH = (
    "ID de l'activité,Date de l'activité,Nom de l'activité,Type d'activité,Description de l'activité,Temps écoulé,"
    "Distance,Fréquence cardiaque max.,Effort relatif,Déplacement-transport,Note privée sur les activités,"
    "Matériel utilisé pour l'activité,Nom du fichier,Poids de l'athlète,Poids du vélo,Temps écoulé,"
    "Durée de déplacement,Distance,Vitesse max."
)
INVENTED = "a,b,c,d,e,elap,dist,hr,eff,com,note,gear,file,w,bw,elap,mov,dist,spd"
"""No language, but Strava's order."""

START = "Oct 5, 2024, 4:15:21 PM"
RUN = {
    "id": "9", "date": START, "title": "Canal loop", "type": "Run", "description": "easy", "elapsed": "3600",
    "km": "10.02", "note": "left calf tight", "gear": "Blue Trainers 3", "file": "activities/9.fit.gz",
    "elapsed_s": "3601.0", "moving_s": "3500.0", "m": "10021.5",
}  # fmt: skip


def row(**changes: str) -> list[str]:
    of = RUN | changes
    return [
        of["id"], of["date"], of["title"], of["type"], of["description"], of["elapsed"], of["km"], "180", "50", "false",
        of["note"], of["gear"], of["file"], "62", "", of["elapsed_s"], of["moving_s"], of["m"], "5.1",
    ]  # fmt: skip


def table(*rows: list[str], header: str = ENGLISH) -> bytes:
    held = io.StringIO()
    held.write(header + "\n")
    csv.writer(held, lineterminator="\n").writerows(rows)
    return held.getvalue().encode()


CANAL_LOOP = Told(
    origin="Strava's archive",
    title="Canal loop",
    description="easy",
    private_note="left calf tight",
    gear="Blue Trainers 3",
    sport="running",
)


@pytest.mark.parametrize("header", [ENGLISH, GERMAN, FRENCH, INVENTED], ids=["english", "german", "french", "any"])
def test_the_words_about_a_run_are_joined_to_its_file_in_any_language(header):
    read = read_table(table(row(), header=header))
    assert read.told == {"activities/9.fit.gz": CANAL_LOOP}
    assert (read.manual, read.remarks) == ((), ())


def test_a_dutch_table_is_told_by_its_words_wherever_the_columns_stand():
    header = "Bestandsnaam,Naam activiteit,Activiteitstype,Uitrusting voor activiteit,Datum van activiteit"
    read = read_table(table(["activities/1.gpx", "Avondloop", "Hardloopsessie", "Blauw", ""], header=header))
    assert read.told == {"activities/1.gpx": Told("Strava's archive", title="Avondloop", gear="Blauw", sport="running")}


def test_the_second_distance_is_in_metres_and_the_second_elapsed_time_is_exact():
    (manual,) = read_table(table(row(file=""))).manual
    assert (manual.distance_m, manual.elapsed_s, manual.moving_s) == (10021.5, 3601, 3500)


def test_without_the_second_distance_the_first_is_in_km_on_land_and_not_taken_on_water():
    (manual,) = read_table(table(row(file="", m="", elapsed_s=""))).manual
    assert (manual.distance_m, manual.elapsed_s) == (10020, 3600)
    assert read_table(table(row(file="", m="", type="Sail"))).manual[0].distance_m is None
    assert read_table(table(row(file="", m="", type="Swim"))).manual[0].distance_m is None


def test_before_2019_the_only_distance_was_in_metres():
    header = "id,date,name,type,description,elapsed_time,distance,commute,gear,filename"
    (manual,) = read_table(
        table(["1", "2018-09-12 15:02:23", "Evening", "Run", "", "783", "3681.0", "true", "Blue", ""], header=header)
    ).manual
    assert (manual.start, manual.distance_m) == (datetime(2018, 9, 12, 15, 2, 23, tzinfo=UTC), 3681)
    assert (manual.elapsed_s, manual.told.gear) == (783, "Blue")


def test_an_activity_that_was_typed_in_has_a_time_and_no_recording():
    read = read_table(table(row(file=""), row(id="10")))
    assert list(read.told) == ["activities/9.fit.gz"]
    (manual,) = read.manual
    assert (manual.start, manual.sport) == (datetime(2024, 10, 5, 16, 15, 21, tzinfo=UTC), "running")
    assert manual.told == CANAL_LOOP


@pytest.mark.parametrize(
    ("cell", "hour"),
    [
        ("Oct 5, 2024, 4:15:21 PM", 16),
        ("Oct 5, 2024, 4:15:21\u202fPM", 16),
        ("Oct 5, 2024, 12:15:21 AM", 0),
        ("05.10.2024, 16:15:21", 16),
        ("2024-10-05 16:15:21", 16),
    ],
)
def test_dates_are_read_where_their_form_is_known(cell, hour):
    assert moment(cell) == datetime(2024, 10, 5, hour, 15, 21, tzinfo=UTC)


def test_typed_in_activities_with_other_dates_are_counted_and_said():
    read = read_table(table(row(file="", date="5 oct. 2024 à 16:15:21"), row(), row(file="", date="")))
    assert read.manual == ()
    assert read.remarks == ("2 activities without a recording have a date I cannot read: left out",)


def test_html_in_a_header_is_not_part_of_its_name():
    dressed = ENGLISH.replace(
        "Filename", '<span class="translation_missing" title="translation missing">Filename</span>'
    )
    assert read_table(table(row(), header=dressed)).told == {"activities/9.fit.gz": CANAL_LOOP}


def test_a_language_nobody_taught_us_in_another_order_is_refused_clearly():
    read = read_table(table(["activities/1.gpx", "Løpetur"], header="Filnavn,Navn"))
    assert (read.told, read.remarks) == ({}, (UNKNOWN,))
    assert "in a language I don't know" in UNKNOWN


def test_another_programs_activities_csv_tells_nothing():
    garmin_connect = "Activity Type,Date,Favorite,Title,Distance\n" + "Running,2024-05-01 07:00:00,false,Lunch,5.01\n"
    assert read_table(garmin_connect.encode()).remarks == (NOT_STRAVAS,)
    assert read_table(b"").remarks == (NOT_STRAVAS,)


def test_strava_order_needs_its_file_names_too():
    assert read_table(table(row(file="what"), header=INVENTED)).remarks == (NOT_STRAVAS,)


def test_descriptions_of_several_lines_and_quotes_are_kept_as_they_were_written():
    description = 'First line,\nsecond "line"\r\n\n  third; 100 % ☀'
    told = read_table(b"\xef\xbb\xbf" + table(row(description=description))).told["activities/9.fit.gz"]
    assert told.description == description


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@me", "=1+1|cmd"])
def test_text_that_looks_like_a_formula_stays_text(text):
    assert read_table(table(row(title=text))).told["activities/9.fit.gz"].title == text


def test_sports_we_do_not_know_keep_their_word():
    told = read_table(table(row(type="Velomobile"), row(file="activities/2.gpx", type="")))
    assert [each.sport for each in told.told.values()] == ["Velomobile", None]


def test_a_file_is_found_with_and_without_gz():
    read = read_table(table(row()))
    assert read.of("activities/9.fit.gz") == read.of("activities/9.fit") == CANAL_LOOP
    assert read.of("activities/10.fit") is read.of(None) is None


def test_a_description_longer_than_any_is_cut_and_a_monstrous_one_breaks_only_its_row():
    long = read_table(table(row(description="x" * 50_000)))
    assert len(long.told["activities/9.fit.gz"].description or "") == LONGEST_TEXT
    monster = read_table(table(row(description="x" * 3_000_000), row(file="activities/2.gpx")))
    assert list(monster.told) == ["activities/2.gpx"]
    assert monster.remarks[-1].endswith("rows of the table are broken: left out")


def test_rows_of_another_length_are_left_out_and_counted():
    read = read_table(table(row(), row()[:-1], [*row(), "more"]))
    assert (list(read.told), read.remarks) == (["activities/9.fit.gz"], ("2 rows of the table are broken: left out",))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"," * 40_000_000, id="forty-million-cells"),
        pytest.param(b"\n" * 40_000_000, id="forty-million-rows"),
        pytest.param(b'"' * 40_000_001, id="quotes"),
        pytest.param(b"\0" * 40_000_000, id="nothing-but-nul"),
        pytest.param(ENGLISH.encode() + b"\n" + b'"x\n' * 10_000_000, id="quotes-that-never-end"),
        pytest.param((ENGLISH + "\n").encode() + b"," * 18 + b"\n" + b",,,,\n" * 6_000_000, id="short-rows"),
        pytest.param(b"<" * 40_000_000, id="half-a-tag"),
        pytest.param(b"<span " * 5_000_000, id="tags-without-end"),
        pytest.param(b"\xff\xfe" + "Activity ID,Filename".encode("utf-16-le"), id="utf-16"),
    ],
)
def test_a_hostile_table_tells_nothing_and_costs_little(data):
    began = time.process_time()
    read = read_table(data)
    assert not read.told
    assert read.remarks
    assert time.process_time() - began < 10


def test_numbers_no_activity_has_are_none():
    assert [number(cell) for cell in ("", "x", "-5", "nan", "inf", "1e999", "9" * 41)] == [None] * 7
    assert distance_m(row(m="nan"), ORDER, "running") == 10020


def test_every_language_names_the_columns_that_are_needed():
    for language in LANGUAGES:
        assert language.file
        assert language.title


def test_a_whole_export_is_joined_file_by_file(tmp_path):
    path = tmp_path / "export_1.zip"
    path.write_bytes(
        zipped(Item("activities/9.fit.gz", GOOD), Item("activities/10.gpx", GOOD), Item("activities.csv", table(row())))
    )
    strava, first, second = entries(path)
    assert strava.kind is Kind.STRAVA_TABLE
    read = read_table(strava.read())
    assert read.of(first.told_beside(strava)) == CANAL_LOOP
    assert read.of(second.told_beside(strava)) is None


@pytest.fixture(scope="module")
def real_table() -> bytes:
    path = Path(__file__).resolve().parents[3] / "../shared/data/exports/strava_activities_2016_2025.csv"
    if not path.is_file():
        pytest.skip(f"no real Strava export here ({path})")
    return path.read_bytes()


@pytest.mark.real
def test_a_real_export_of_1845_activities_has_643_runs(real_table):
    read = read_table(real_table)
    assert (len(read.told), read.manual, read.remarks) == (1845, (), ())
    assert sum(told.sport == "running" for told in read.told.values()) == 643
    assert sum(told.gear is not None for told in read.told.values()) == 827


@pytest.mark.real
def test_in_a_real_export_the_second_distance_is_the_first_in_metres(real_table):
    rows = list(Rows(real_table))
    found = columns(rows[0], rows[1:50])
    assert found == ORDER
    agree = [
        abs(1000 * float(each[found.distance_km]) - float(each[found.distance_m])) <= 10
        for each in rows[1:]
        if each[found.sport] != "Sail"  # in nautical miles
    ]
    assert sum(agree) >= len(agree) - 1
    assert len(agree) == 1825
