"""One run, shaped for its template."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import PurePosixPath
from uuid import UUID

from calfwise.model import constants as c
from calfwise.model.load.alignment import StanceStory
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.easy import wear_against_easy
from calfwise.model.load.gait import Grade
from calfwise.model.load.series import RunSeries
from calfwise.model.run import Told
from calfwise.readers.archive.names import INSIDE
from calfwise_web.fact import Fact
from calfwise_web.journal.models import Recording, Run
from calfwise_web.load.stance_words import source_said
from calfwise_web.runs import calves, over_time, words
from calfwise_web.runs.charts import Figure, Key, figures_of, keys_of
from calfwise_web.runs.closer import can_look_closer
from calfwise_web.runs.compared import Before, Read
from calfwise_web.runs.grades import GradeCard, grade_card
from calfwise_web.runs.pages import day_said
from calfwise_web.runs.splits import Splits, splits_said
from calfwise_web.units import Units, clock

A_MINUTE_S = 60


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
    readings: tuple[str, ...]
    """Why forces are not simply those of this recording."""
    against: tuple[Fact, ...]
    """Against the runner's own easy running."""
    easy: str
    """What that is, or why it is not known."""
    grade: GradeCard | None
    sides: tuple[str, ...]
    sides_from: str
    figures: tuple[Figure, ...]
    how: str
    """How long it was fast, steep and walked."""
    keys: tuple[Key, ...]
    """What lies under and behind the figures means."""
    moments: tuple[over_time.Moment, ...]
    closer: bool
    """Whether points of a figure lead to seconds."""
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
    read: Read | None,
    series: RunSeries | None,
    *,
    before: Before,
    story: StanceStory,
    units: Units,
    home: tzinfo,
    twins: tuple[Run, ...],
    beside: tuple[Run | None, Run | None],
) -> RunPage:
    """One run in words, as the pages of the whole history read it."""
    load = read.load if read else None
    start = local_start(run, load, home)
    shoe = load.shoe.name if load and load.shoe else ""
    closer = can_look_closer(run)
    return RunPage(
        key=run.key,
        title=title_of(run, start),
        when=f"{start:%A}, {start.day} {start:%B %Y}, {start:%H:%M}",
        state=tuple(_state(run, load)),
        tags=tuple(name for name in (words.KINDS.get(run.kind), words.SURFACES.get(run.surface), shoe) if name),
        facts=_facts(load, units) if load else (),
        calves=tuple(calves.calves(load, before)) if load else (),
        readings=tuple(calves.readings(load, story)) if load else (),
        against=tuple(calves.against_easy(load, before, units)) if load else (),
        easy=_easy(load, before, units) if load else "",
        grade=grade_card(load) if load else None,
        sides=calves.sides(load, before) if load else (),
        sides_from=_sides_from(load) if load else "",
        figures=figures_of(series),
        how=over_time.how(load, series, before, units) if load else "",
        keys=keys_of(series, easy_speed_mps=before.easy_speed_mps),
        moments=tuple(over_time.moments(series, before)) if closer else (),
        closer=closer,
        no_figures=_why_no_figures(run.recording, series),
        splits=splits_said(series, units, ground=read.ground if read else None, closer=closer),
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


def title_of(run: Run, start: datetime) -> str:
    """Its own title, else one from day and kind."""
    return run.title or untitled(start, run.kind)


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
    if not load.running_s and load.walking_s and load.grade is not Grade.D:
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


def _easy(load: RunLoad, before: Before, units: Units) -> str:
    """What the own easy running was before this run."""
    if before.easy is not None:
        pace = units.pace(before.easy.speed_mps)
        runs = f"Your easy running: {before.easy.runs} runs of the {c.EASY_WINDOW_DAYS} days before, about {pace}."
        return runs if wear_against_easy(load, before.easy) is None else f"{runs} {words.WHY_WEAR}"
    if not load.strikes:
        return ""
    return (
        f"Too early to hold this run against your own easy running: that takes {c.EASY_RUNS_NEEDED} easy runs in the "
        f"{c.EASY_WINDOW_DAYS} days before."
    )


def _sides_from(load: RunLoad) -> str:
    if load.sides is None:
        return ""
    minutes = round(load.sides.seconds / A_MINUTE_S)
    measured = f"Measured by {source_said(load.sides.source, own=True)} over {minutes} minutes of level running"
    return f"{measured}; ± {c.SIDES_ERROR * 100:.1f} is how far measuring alone strays, in a few open recordings."


def _why_no_figures(recording: Recording, series: RunSeries | None) -> str:
    if figures_of(series):
        return ""
    if recording.form == Recording.Form.TABLE:
        return "This run was typed in, so there is nothing to draw: its numbers come from distance and time."
    if not recording.kept:
        return "The original was discarded, so there is nothing left to draw."
    return "Its recording holds nothing second by second, so there is nothing to draw."


def _about(run: Run, load: RunLoad | None, shoe: str) -> Iterator[Line]:
    yield Line("Shoe", shoe or "not known")
    if load is not None:
        device = " ".join(part for part in (load.device.maker, load.device.product) if part)
        if device:
            yield Line("Recorded by", device)
        if load.stance_source:
            yield Line("Ground contact from", source_said(load.stance_source, own=True))
        if load.ground:
            yield Line("Ground, by the recording", words.SURFACES[load.ground])
        if load.told and load.told.gear:
            yield Line("Shoe in the archive", load.told.gear)
    yield Line("From", run.recording.name)
