"""One run from two sources is one run; two runs on one day are two."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from calfwise.model.run import Device
from calfwise.readers.duplicates import twins

MORNING = datetime(2026, 5, 3, 8, 0, tzinfo=UTC)
WATCH, PHONE = Device("Garmin", "fenix", "1"), Device("Strava", "phone", None)


@dataclass(frozen=True)
class Recorded:
    """A recording's facts."""

    id: str
    start: datetime = MORNING
    elapsed_s: float = 3600
    distance_m: float | None = 10_000
    device: Device = WATCH
    richness: int = 0

    @property
    def file(self) -> str:
        return f"{self.id}.fit"


def kept(*recorded: Recorded) -> list[str]:
    return [each.id for each in twins(recorded, richness=lambda r: (r.richness, 0))[0]]


def later(minutes: float) -> datetime:
    return MORNING + timedelta(minutes=minutes)


def test_a_phone_started_three_minutes_late_is_the_same_run_and_the_richer_one_stays() -> None:
    watch = Recorded("watch", richness=2)
    phone = Recorded("phone", start=later(3), elapsed_s=3400, distance_m=9_600, device=PHONE, richness=1)
    assert kept(watch, phone) == ["watch"]
    assert kept(Recorded("watch", richness=0), phone) == ["phone"]


def test_why_is_said_with_the_file_that_stays() -> None:
    phone = Recorded("phone", start=later(1), device=PHONE)
    [twin] = twins([Recorded("watch", richness=2), phone], richness=lambda r: (r.richness, 0))[1]
    assert (twin.file, twin.why) == ("phone.fit", "the same run as watch.fit, which tells no less")


@pytest.mark.parametrize(
    "other",
    [
        Recorded("evening", start=later(600)),
        Recorded("warm-up", start=later(-20), elapsed_s=900, distance_m=2_000),
        Recorded("friend", start=later(0.5), distance_m=14_000, device=PHONE),
        Recorded("right behind", start=later(61)),
    ],
    ids=lambda other: other.id,
)
def test_another_run_is_another_run(other: Recorded) -> None:
    assert len(kept(Recorded("watch"), other)) == 2


def test_one_device_and_one_second_is_one_run_even_if_an_export_lost_its_distance() -> None:
    assert len(kept(Recorded("watch"), Recorded("export", start=later(1 / 60), distance_m=3_000))) == 1


def test_two_watches_without_a_serial_number_are_not_taken_for_one() -> None:
    nameless = Device("Garmin", "fenix", None)
    one, other = Recorded("one", device=nameless), Recorded("other", device=nameless, distance_m=5_000)
    assert len(kept(one, other)) == 2


def test_without_distance_the_length_in_time_decides() -> None:
    assert len(kept(Recorded("a", distance_m=None), Recorded("b", distance_m=None, device=PHONE))) == 1
    assert len(kept(Recorded("a", distance_m=None), Recorded("b", distance_m=None, device=PHONE, elapsed_s=1800))) == 2
