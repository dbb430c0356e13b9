"""What the pages of runs read."""

from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Max, Min, Q, QuerySet
from django.http import HttpRequest

from calfwise.model import constants as c
from calfwise.model.journal import AboutRun, AboutRunner, AnyEvent
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.outings import easy_speed_mps, fast_strikes
from calfwise.model.load.series import RunSeries
from calfwise.model.runner import Runner
from calfwise_web import access
from calfwise_web.imports.models import Batch
from calfwise_web.journal.held import load_of, series_of
from calfwise_web.journal.lines import events_of
from calfwise_web.journal.models import Journal, Run
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


def fast(load: RunLoad, journal: Journal) -> int | None:
    """Strikes above the easy pace as it was before this run, both legs."""
    if not load.strikes_by_speed:
        return None
    since = load.start - timedelta(days=c.EASY_WINDOW_DAYS)
    before = journal.loads.filter(
        model_version=journal.model_version,
        run__start__gte=since,
        run__start__lt=load.start,
        run__twin_of=None,
        run__left_out=False,
    )
    loads = [load_of(body) for body in before.values_list("body", flat=True)]
    easy = easy_speed_mps(loads, runner=_runner(events_of(journal, "runner")), now=load.start)
    return fast_strikes(load, easy_speed_mps=easy)


def _runner(events: list[AnyEvent]) -> Runner:
    told = [event.runner for event in events if isinstance(event, AboutRunner)]
    return told[-1] if told else Runner()
