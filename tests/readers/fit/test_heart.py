"""Heart rate that a strap stored and sent afterwards finds the records that it belongs to."""

from pathlib import Path

import garmin_fit_sdk
import numpy as np
import pytest

from calfwise.readers.fit import decode, read_fit
from calfwise.readers.fit.heart import beats_of
from calfwise.sample.fit_profile import message, raw_message
from calfwise.sample.fit_writer import Base, Field, fit_bytes

T = 1_100_000_000
TICKS = 1024


def packed(ticks: list[int]) -> list[int]:
    """Eight event times as the low twelve bits of each, two in three bytes."""
    low = [tick & 0xFFF for tick in ticks]
    pairs = zip(low[::2], low[1::2], strict=True)
    return [byte for a, b in pairs for byte in (a & 0xFF, a >> 8 | (b & 0x0F) << 4, b >> 4)]


def strap(*, first_s: int, rates: list[int]) -> bytes:
    """A file of `hr` messages alone: the first beat at T + first_s, then eight more, a second apart."""
    began = 5_000 * TICKS
    ticks = [began + (i + 1) * TICKS for i in range(8)]
    anchor = raw_message(
        132,
        {Field(253, Base.UINT32): T + first_s, Field(6, Base.UINT8): rates[0], Field(9, Base.UINT32): began},
        local=1,
    )
    later = raw_message(
        132, {Field(6, Base.UINT8, 8): [rates[1:9]], Field(10, Base.BYTE, 12): [packed(ticks)]}, local=2
    )
    return fit_bytes([message("file_id", type=4, manufacturer=1, product=1, time_created=T), anchor, later])


def run(seconds: int = 60) -> bytes:
    t = T + np.arange(seconds)
    return fit_bytes(
        [
            message("file_id", type=4, manufacturer=1, product=1, time_created=T),
            message("record", local=1, timestamp=t, distance=np.arange(seconds) * 3.0),
            message("session", local=2, timestamp=T + seconds, start_time=T, sport=1, total_timer_time=seconds),
        ]
    )


def test_beats_of_a_chained_file_fall_on_the_seconds_of_the_run() -> None:
    rates = [100, 101, 102, 103, 104, 105, 106, 107, 108]
    [found] = read_fit(run() + strap(first_s=20, rates=rates), file="x").runs
    heart = found.columns.heart_rate
    assert np.isnan(heart[:20]).all(), "no beat before the first"
    assert heart[20:29].tolist() == rates, "one a second"
    assert heart[29:39].tolist() == [108] * 10, "held for ten seconds"
    assert np.isnan(heart[39:]).all()


def test_a_heart_rate_of_the_watchs_own_is_not_replaced() -> None:
    assert np.isnan(read_fit(run(), file="x").runs[0].columns.heart_rate).all()


@pytest.mark.real
@pytest.mark.parametrize("name", ["fit__HrmPluginTestActivity", "python-fitparse__event_timestamp"])
def test_real_stored_beats_agree_with_the_garmin_sdks(name: str, shared_data: Path) -> None:
    data = (shared_data / f"recordings/{name}.fit").read_bytes()
    files = decode(data)
    beats = beats_of(files)
    assert beats is not None
    ours = beats.at(np.concatenate([fit.record_timestamps for fit in files if fit.records is not None]))
    stream = garmin_fit_sdk.Stream.from_byte_array(bytearray(data))
    records, _ = garmin_fit_sdk.Decoder(stream).read(convert_datetimes_to_dates=False, convert_types_to_strings=False)
    theirs = np.array([float(row.get("heart_rate", np.nan)) for row in records["record_mesgs"]])
    assert np.nanmedian(np.abs(ours - theirs)) <= 1
    assert np.nanpercentile(np.abs(ours - theirs), 95) <= 3
