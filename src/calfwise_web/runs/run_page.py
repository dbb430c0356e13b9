"""One run, shaped for its template."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import PurePosixPath
from uuid import UUID

from calfwise.model.load.calf import Band
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.gait import Grade
from calfwise.model.load.series import RunSeries
from calfwise.model.run import Told
from calfwise.readers.archive.names import INSIDE
from calfwise_web.fact import Fact
from calfwise_web.journal.models import Recording, Run
from calfwise_web.runs import words
from calfwise_web.runs.charts import Figure, Split, figures_of, splits
from calfwise_web.runs.pages import day_said
from calfwise_web.units import NOTHING, Units, clock

A_MINUTE_S = 60
BODY_WEIGHTS = "× body weight"
ESTIMATED_TO = 50
"""Strikes that were not counted are told to so many."""


@dataclass(frozen=True, slots=True)
class SplitRow:
    """A piece of the run, in words."""

    name: str
    pace: str
    cadence: str
    contact: str
    force: str


@dataclass(frozen=True, slots=True)
class Splits:
    rows: tuple[SplitRow, ...]
    cadence: bool
    """Whether it was measured at all, as the next two."""
    contact: bool
    force: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """The way to another run."""

    key: UUID
    day: str


@dataclass(frozen=True, slots=True)
class Line:
    """A term and what is known of it."""

    term: str
    text: str


@dataclass(frozen=True, slots=True)
class RunPage:
    """Everything the page says."""

    key: UUID
    title: str
    when: str
    state: tuple[str, ...]
    """Sentences about why it counts nothing, or less."""
    tags: tuple[str, ...]
    facts: tuple[Fact, ...]
    calves: tuple[Fact, ...]
    figures: tuple[Figure, ...]
    no_figures: str
    splits: Splits | None
    notes: tuple[str, ...]
    told: Told | None
    about: tuple[Line, ...]
    original: str
    """How it is called where it can be fetched."""
    gone: bool
    """The original was discarded."""
    twin: Beside | None
    twins: tuple[Beside, ...]
    earlier: Beside | None
    later: Beside | None


def run_page(
    run: Run,
    load: RunLoad | None,
    series: RunSeries | None,
    *,
    units: Units,
    home: tzinfo,
    shoe: str,
    fast: int | None,
    twins: tuple[Run, ...],
    beside: tuple[Run | None, Run | None],
) -> RunPage:
    """One run in words."""
    start = local_start(run, load, home)
    return RunPage(
        key=run.key,
        title=run.title or untitled(start, run.kind),
        when=f"{start:%A}, {start.day} {start:%B %Y}, {start:%H:%M}",
        state=tuple(_state(run, load)),
        tags=tuple(name for name in (words.KINDS.get(run.kind), words.SURFACES.get(run.surface), shoe) if name),
        facts=_facts(load, units) if load else (),
        calves=tuple(_calves(load, fast)) if load else (),
        figures=figures_of(series),
        no_figures=_why_no_figures(run.recording, series),
        splits=_splits(series, units),
        notes=tuple(sentence(note) for note in load.notes) if load else (),
        told=load.told if load else None,
        about=tuple(_about(run, load, shoe)),
        original=file_name(run.recording.name) if run.recording.kept else "",
        gone=not run.recording.kept,
        twin=_beside(run.twin_of, home) if run.twin_of else None,
        twins=tuple(found for twin in twins if (found := _beside(twin, home))),
        earlier=_beside(beside[0], home),
        later=_beside(beside[1], home),
    )


def local_start(run: Run, load: RunLoad | None, home: tzinfo) -> datetime:
    """When it began, on the clock of where it was run."""
    if load is not None and load.local_time_known:
        return load.start
    return run.start.astimezone(home)


def untitled(start: datetime, kind: str) -> str:
    """What a run without a title is called.

    >>> untitled(datetime(2026, 5, 3), ""), untitled(datetime(2026, 5, 3), "race")
    ('Sunday run', 'Sunday race')
    """
    return f"{start:%A} {kind if kind in ('race', 'walk') else 'run'}"


def sentence(note: str) -> str:
    """A note as a sentence.

    >>> sentence("the file ends early")
    'The file ends early.'
    """
    return f"{note[:1].upper()}{note[1:]}" + ("" if note.endswith((".", "!", "?")) else ".")


def file_name(name: str) -> str:
    """A recording's own name, without where it lay.

    >>> file_name("export.zip › activities/123.fit"), file_name("C:\\\\runs\\\\a.gpx"), file_name("..")
    ('123.fit', 'a.gpx', 'recording')
    """
    last = PurePosixPath(name.rpartition(INSIDE)[2].replace("\\", "/")).name
    plain = "".join(letter for letter in last if letter.isprintable() and letter not in '":;<>|?*')
    return plain.strip(". ") or "recording"


def _beside(run: Run | None, home: tzinfo) -> Beside | None:
    return None if run is None else Beside(run.key, day_said(run.day or run.start.astimezone(home)))


def _state(run: Run, load: RunLoad | None) -> Iterator[str]:
    if run.left_out:
        yield "You left this run out, so it counts nothing."
    if load is None:
        yield "Its numbers are being worked out. Look again in a minute."
        return
    if not load.running_s and load.walking_s:
        yield f"You walked this one: {clock(load.walking_s)}. Walking steps are not counted as strikes."
    elif load.grade is Grade.D:
        yield "Distance and time are all that is known of this run, so its numbers are rough."


def _facts(load: RunLoad, units: Units) -> tuple[Fact, ...]:
    rest_s = load.elapsed_s - load.running_s
    rest = f"{clock(load.elapsed_s)} with walks and pauses" if rest_s >= A_MINUTE_S else ""
    climb = () if load.climb_m is None else (Fact("Climb", units_height(load.climb_m, units)),)
    return (
        Fact("Distance", *_apart(units.length(load.distance_m))),
        Fact("Running time", clock(load.running_s), band=rest),
        Fact("Pace", *_apart(units.pace(load.speed_mps)), band="median while running" if load.speed_mps else ""),
        *climb,
    )


def units_height(height_m: float, units: Units) -> str:
    """A climb.

    >>> units_height(120.4, Units()), units_height(120.4, Units(distance="mi"))
    ('120 m', '395 ft')
    """
    return f"{height_m / 0.3048:,.0f} ft" if units.distance == "mi" else f"{height_m:,.0f} m"


def _apart(said: str) -> tuple[str, str]:
    number, _, unit = said.partition(" ")
    return number, unit


def _calves(load: RunLoad, fast: int | None) -> Iterator[Fact]:
    yield _strikes(load)
    if load.vertical_grf_bw or load.achilles_force_bw or load.running_s:
        yield _force("Ground force", load.vertical_grf_bw, load.grade, words.WHY_GROUND)
        yield _force("Achilles force", load.achilles_force_bw, load.grade, words.WHY_ACHILLES)
    if load.impulse_bw_s:
        impulse = load.impulse_bw_s
        band = f"{_rounded(impulse.low)} to {_rounded(impulse.high)}, {words.WHAT_IMPULSE}"
        yield Fact("Impulse", _rounded(impulse.value), "body weights · s", band)
    if fast is not None:
        yield Fact("Fast strikes a leg", f"{round(fast / 2):,}", band=words.WHAT_FAST)
    if load.steep_s >= A_MINUTE_S / 2:
        steep = f"{max(1, round(load.steep_s / A_MINUTE_S))}"
        yield Fact("Steep", steep, "min", "beyond 4 degrees: force not estimated, strikes still counted")


def _strikes(load: RunLoad) -> Fact:
    why = f"{words.WHY_STRIKES[load.grade]} {words.WHY_GRADE[load.grade]} {words.GRADE_SOURCE}"
    per_leg = load.strikes_per_leg
    if per_leg is None:
        return Fact("Strikes a leg", NOTHING, band="not estimated", grade=load.grade, why=why)
    if load.grade in (Grade.A, Grade.B):
        return Fact("Strikes a leg", f"{per_leg:,}", grade=load.grade, why=why)
    about = round(per_leg / ESTIMATED_TO) * ESTIMATED_TO
    return Fact("Strikes a leg", f"{about:,}", band="about", grade=load.grade, why=why)


def _force(term: str, band: Band | None, grade: Grade, why: str) -> Fact:
    if band is None:
        return Fact(term, NOTHING, band="not estimated: no level running was recorded", grade=grade, why=why)
    range_said = f"mean peak, likely {band.low:.1f} to {band.high:.1f}"
    return Fact(term, f"{band.value:.1f}", BODY_WEIGHTS, range_said, grade, f"{why} {words.WHY_GRADE[grade]}")


def _rounded(number: float) -> str:
    """To as many digits as its band deserves.

    >>> _rounded(7234.0), _rounded(83.0)
    ('7,200', '80')
    """
    step = 100 if number >= 1000 else 10
    return f"{round(number / step) * step:,}"


def _why_no_figures(recording: Recording, series: RunSeries | None) -> str:
    if figures_of(series):
        return ""
    if recording.form == Recording.Form.TABLE:
        return "This run was typed in, so there is nothing to draw: its numbers come from distance and time."
    if not recording.kept:
        return "The original was discarded, so there is nothing left to draw."
    return "Its recording holds nothing second by second, so there is nothing to draw."


def _splits(series: RunSeries | None, units: Units) -> Splits | None:
    made = splits(series, metres=units.metres, unit=units.distance) if series else ()
    if not made:
        return None
    return Splits(
        tuple(_split_row(split, units) for split in made),
        cadence=any(split.cadence_spm is not None for split in made),
        contact=any(split.stance_time_s is not None for split in made),
        force=any(split.vertical_grf_bw is not None for split in made),
    )


def _split_row(split: Split, units: Units) -> SplitRow:
    return SplitRow(
        split.name,
        units.pace(split.speed_mps),
        NOTHING if split.cadence_spm is None else f"{split.cadence_spm:.0f}",
        NOTHING if split.stance_time_s is None else f"{split.stance_time_s * 1000:.0f} ms",
        NOTHING if split.vertical_grf_bw is None else f"{split.vertical_grf_bw:.1f} ×",
    )


def _about(run: Run, load: RunLoad | None, shoe: str) -> Iterator[Line]:
    yield Line("Shoe", shoe or "not known")
    if load is not None:
        device = " ".join(part for part in (load.device.maker, load.device.product) if part)
        if device:
            yield Line("Recorded by", device)
        if load.stance_source:
            source = "the watch" if load.stance_source == "watch" else load.stance_source
            yield Line("Ground contact from", source)
        if load.told and load.told.gear:
            yield Line("Shoe in the archive", load.told.gear)
    yield Line("From", run.recording.name)
