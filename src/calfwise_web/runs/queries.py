"""What the pages of runs read."""

from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

import msgspec
from django.db.models import Count, Max, Min, Q, QuerySet
from django.http import HttpRequest
from msgspec import Struct

from calfwise.model import constants as c
from calfwise.model.journal import AboutRun, AboutRunner
from calfwise.model.load.alignment import StanceStory
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.outings import easy_speed_mps
from calfwise.model.load.series import RunSeries
from calfwise.model.run import Span
from calfwise.model.runner import Runner, Shoe
from calfwise_web import access
from calfwise_web.imports.models import Batch
from calfwise_web.journal.held import load_of, series_of
from calfwise_web.journal.lines import events_of
from calfwise_web.journal.models import Journal, Run
from calfwise_web.runs.closer import stretch_of
from calfwise_web.runs.compared import Before, Read, before_of, read_as_shown
from calfwise_web.runs.snapshot import Head, head_from, years_from
from calfwise_web.shoes.queries import shoes_of

AT_WORK = (Batch.State.GATHERING, *Batch.ACTIVE)


class Listed(NamedTuple):
    """A run as lists read it: its row's columns, in the order in which they are asked for."""

    key: UUID
    day: date | None
    title: str
    distance_m: float | None
    running_s: float | None
    speed_mps: float | None
    grade: str
    strikes: int | None
    shoe: str
    surface: str
    kind: str
    left_out: bool
    twin_of_id: int | None


def listed(runs: QuerySet[Run]) -> QuerySet[Run, Listed]:
    """Only what lists show."""
    return runs.values_list(*Listed._fields)


def head(request: HttpRequest) -> Head:
    """What the list needs of the whole journal: as it was worked out, unless something changed since."""
    held = access.snapshot(request, "runs")
    journal = access.journal(request)
    if held is not None and held.revision == journal.revision:
        return head_from(held.body)
    ends = access.runs(request).aggregate(first=Min("start"), last=Max("start"), runs=Count("pk", Q(twin_of=None)))
    days = [day.date() for day in (ends["first"], ends["last"]) if day is not None]
    distance = access.preferences(request).distance
    return Head(runs=ends["runs"], years=years_from(days), shoes=shoes_of(journal), distance=distance)


class Work(NamedTuple):
    """How far an import is."""

    told: int
    files: int | None


def at_work(request: HttpRequest) -> Work | None:
    """The import that is not done, if there is one."""
    undone = access.batches(request).filter(state__in=AT_WORK).order_by("-made_at").values_list("told", "files")[:1]
    return next((Work(*each) for each in undone), None)


def load(run: Run, journal: Journal) -> RunLoad | None:
    """What the calves took in it, by the version of the model that pages show."""
    body = run.loads.filter(model_version=journal.model_version).values_list("body", flat=True).first()
    return None if body is None else load_of(body)


def series(run: Run, journal: Journal) -> RunSeries | None:
    """The run over time; none where it was typed in."""
    body = run.series.filter(model_version=journal.model_version).values_list("body", flat=True).first()
    return None if body is None else series_of(body)


def about_runs(journal: Journal) -> dict[str, AboutRun]:
    """The last word on each run, by the run's id."""
    return {event.run: event for event in events_of(journal, "run") if isinstance(event, AboutRun)}


def beside(runs: QuerySet[Run], run: Run) -> tuple[Run | None, Run | None]:
    """The run before and the one after, duplicates passed over."""
    others = runs.filter(twin_of=None).exclude(pk=run.pk)
    earlier = others.filter(start__lte=run.start).order_by("-start", "-pk").first()
    later = others.filter(start__gt=run.start).order_by("start", "pk").first()
    return earlier, later


def earlier(run: Run, journal: Journal) -> list[RunLoad]:
    """The runs that count of the 90 days before this one, in order of time."""
    before = journal.loads.filter(
        model_version=journal.model_version,
        run__start__gte=run.start - timedelta(days=c.EASY_WINDOW_DAYS),
        run__start__lt=run.start,
        run__twin_of=None,
        run__left_out=False,
    )
    return [load_of(body) for body in before.order_by("run__start").values_list("body", flat=True)]


class _Story(Struct, frozen=True):
    """Of what the Load page shows, the part that reads runs."""

    stance: StanceStory = StanceStory()


_story = msgspec.msgpack.Decoder(_Story)


def story(request: HttpRequest) -> StanceStory:
    """Which source of ground contact speaks for the whole history, as pages show it."""
    held = access.snapshot(request, "load")
    return StanceStory() if held is None else _story.decode(held.body).stance


def read(run: Run, journal: Journal, *, shoes: tuple[Shoe, ...], story: StanceStory) -> Read | None:
    """What the calves took in it, as the pages of the whole history read it."""
    held = load(run, journal)
    if held is None:
        return None
    shoe = next((shoe for shoe in shoes if shoe.id == run.shoe), None)
    return read_as_shown(held, shoe=shoe, surface=run.surface, kind=run.kind, story=story)


def before(run: Run, journal: Journal, load: RunLoad, *, story: StanceStory) -> Before:
    """The runner's own running of the 90 days before it."""
    return before_of(load, earlier(run, journal), runner=runner_of(journal), story=story)


def easy_speed(run: Run, journal: Journal) -> float | None:
    """The own easy pace as it was before this run. [m/s]"""
    return easy_speed_mps(earlier(run, journal), runner=runner_of(journal), now=run.start)


def stretch(run: Run, journal: Journal, within: Span) -> RunSeries | None:
    """A stretch of it second by second, from its original."""
    return stretch_of(run, journal, within, runner=runner_of(journal))


def runner_of(journal: Journal) -> Runner:
    """The last word about the runner."""
    told = [event.runner for event in events_of(journal, "runner") if isinstance(event, AboutRunner)]
    return told[-1] if told else Runner()
