"""docs/recordings.md is what the decoders do, as far as made files tell; real ones are counted by the script alone."""

from importlib.metadata import PackageNotFoundError, version

from calfwise.model.run import COLUMN_NAMES
from scripts import recordings

PAGE = recordings.PAGE.read_text("utf-8")


def rows_on_page(first_cell: str) -> list[list[str]]:
    """A table's header and rows, found by its header's first cell."""
    lines = PAGE[PAGE.index(f"| {first_cell} |") :].split("\n\n")[0].splitlines()
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if not line.startswith("|---")]


def comparable(rows: list[list[str]]) -> list[list[str]]:
    """Without the columns of decoders of another version than the page names."""
    header = rows[0]
    kept = [i for i, name in enumerate(header) if name not in recordings.RIVALS or told_version(name)]
    return [[row[i] for i in kept] for row in rows]


def told_version(name: str) -> bool:
    try:
        return f"{name} {version(name)}" in PAGE
    except PackageNotFoundError:
        return False


def test_every_column_is_in_the_fields_table():
    header, *rows = rows_on_page("column")
    assert [row[0].strip("`") for row in rows] == list(COLUMN_NAMES)
    assert [header, *rows] == recordings.field_rows()


def test_every_cell_is_what_came_out_of_a_made_file():
    fit, others = recordings.fit_rows(), recordings.xml_rows()
    assert comparable(rows_on_page("FIT")) == comparable(fit)
    assert comparable(rows_on_page("TCX and GPX")) == comparable(others)
    if all(map(told_version, recordings.RIVALS)):
        assert PAGE.startswith(recordings.made_part(fit, others))


def test_a_decoder_that_panics_or_hangs_stops_nothing():
    class PanicError(BaseException):
        pass

    def panics(data: bytes, rows: list[recordings.Row]) -> bool:
        rows.append({"time": 0.0})
        raise PanicError

    def hangs(data: bytes, rows: list[recordings.Row]) -> bool:
        while True:
            pass

    assert recordings.heard(panics, b"") == recordings.Heard([{"time": 0.0}], "crash: PanicError")
    assert recordings.heard(hangs, b"", limit_s=0.05).trouble == "over 0 s"


def test_a_cell_says_what_went_wrong_first():
    case = recordings.Case("cadence", b"", {"time": [0, 1], "cadence": [168, 170]})

    def cell(*rows: recordings.Row, trouble: str = "") -> str:
        return recordings.cell(case, recordings.Heard(list(rows), trouble))

    first, second = {"time": 0, "cadence": 168}, {"time": 1, "cadence": 170}
    assert cell(first, second) == "all 2 records"
    assert cell(first, trouble="refuses") == "1 of 2, then refuses"
    assert cell(first, {"time": 1, "cadence": 85}, trouble="says so") == "wrong cadence; says so"
    assert cell({"time": 0}, {"time": 1}) == "no cadence"
    assert cell(first, {"time": None, "cadence": 170}) == "wrong time"
    assert cell() == "nothing, unsaid"
    assert cell(trouble="crash: TypeError") == "crash: TypeError"
