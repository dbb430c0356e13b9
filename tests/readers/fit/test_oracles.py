"""On every real file that a reference decoder reads whole, our raw record columns equal its own."""

import warnings
from pathlib import Path
from typing import Any

import fitdecode
import garmin_fit_sdk
import numpy as np
import pytest

from calfwise.readers.fit import decode
from calfwise.readers.fit.profile import FIT_EPOCH_S, TIMESTAMP, Message
from tests.conftest import real_files

FIT_FILES = real_files("*.fit")

pytestmark = pytest.mark.real


def records_of_fitdecode(path: Path) -> list[dict[Any, Any]] | None:
    """Raw values by field number (or developer index and number) of every record; None where it does not read whole."""
    records = []
    try:
        with warnings.catch_warnings(), fitdecode.FitReader(path, error_handling=fitdecode.ErrorHandling.IGNORE) as fit:
            warnings.simplefilter("ignore")
            for frame in fit:
                if isinstance(frame, fitdecode.FitDataMessage) and frame.global_mesg_num == Message.RECORD:
                    records.append({_key(field): field.raw_value for field in frame.fields if not _is_expanded(field)})
    except fitdecode.FitError:
        return None
    return records


def _key(field: Any) -> Any:
    developer = getattr(field.field_def, "dev_data_index", None)
    return field.def_num if developer is None else (developer, field.def_num)


def _is_expanded(field: Any) -> bool:
    """A component that fitdecode unpacked from another field, not one of the file's own."""
    return field.field_def is None and field.def_num != TIMESTAMP


def number(value: Any) -> float:
    if value is None or isinstance(value, str | bytes):
        return np.nan
    return float(value)


@pytest.mark.parametrize("path", FIT_FILES, ids=lambda path: path.stem)
def test_raw_record_columns_equal_fitdecodes(path: Path) -> None:
    theirs = records_of_fitdecode(path)
    if theirs is None:
        pytest.skip("fitdecode does not read this file whole")
    files = decode(path.read_bytes())
    tables = [(fit, table) for fit in files if (table := fit.table(Message.RECORD)) is not None]
    assert sum(len(table) for _, table in tables) == len(theirs)
    begin = 0
    for fit, table in tables:
        rows = theirs[begin : begin + len(table)]
        begin += len(table)
        expected_s = np.array([number(row.get(TIMESTAMP)) for row in rows])
        np.testing.assert_array_equal(fit.record_timestamps, expected_s)
        for field in table.field_numbers - {TIMESTAMP}:
            ours = table.raw(field)
            if ours.ndim > 1 or any(isinstance(row.get(field), tuple | str | bytes) for row in rows):
                continue
            np.testing.assert_array_equal(ours, [number(row.get(field)) for row in rows], err_msg=f"field {field}")
        for developer in fit.developer_fields:
            ours = table.developer_raw(developer)
            key = (developer.developer, developer.number)
            if (
                ours.ndim > 1
                or not any(key in row for row in rows)
                or any(isinstance(row.get(key), tuple) for row in rows)
            ):
                continue
            np.testing.assert_array_equal(ours, [number(row.get(key)) for row in rows], err_msg=developer.name)


@pytest.mark.parametrize("path", FIT_FILES, ids=lambda path: path.stem)
def test_record_columns_equal_the_garmin_sdks(path: Path) -> None:
    stream = garmin_fit_sdk.Stream.from_byte_array(bytearray(path.read_bytes()))
    theirs, errors = garmin_fit_sdk.Decoder(stream).read(
        apply_scale_and_offset=False, convert_datetimes_to_dates=False, convert_types_to_strings=False,
        expand_sub_fields=False, expand_components=False, merge_heart_rates=False,
    )  # fmt: skip
    if errors:
        pytest.skip("the Garmin SDK does not read this file whole")
    rows = theirs.get("record_mesgs", [])
    files = decode(path.read_bytes())
    stamps_s = np.concatenate([fit.record_timestamps for fit in files])
    if any("timestamp" not in row for row in rows):
        pytest.skip("the Garmin SDK does not expand compressed timestamps")
    assert len(stamps_s) == len(rows)
    np.testing.assert_array_equal(stamps_s, [row["timestamp"] for row in rows])
    for name, field in {"distance": 5, "speed": 6, "cadence": 4, "heart_rate": 3, "stance_time": 41}.items():
        ours = np.concatenate(
            [table.raw(field) for fit in files if (table := fit.table(Message.RECORD)) is not None] or [[]]
        )
        np.testing.assert_array_equal(ours, [number(row.get(name)) for row in rows], err_msg=name)


def test_the_oracles_agree_with_something() -> None:
    """At least fifty real files are compared, compressed timestamps among them."""
    compared = [path for path in FIT_FILES if records_of_fitdecode(path)]
    if not FIT_FILES:
        pytest.skip("no real recordings here")
    assert len(compared) >= 50
    assert any("antfs-dump" in path.name for path in compared)
    assert FIT_EPOCH_S == 631_065_600
