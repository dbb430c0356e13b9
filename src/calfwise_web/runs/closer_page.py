"""A stretch of a run, shaped for its template."""

from dataclasses import dataclass
from datetime import tzinfo
from uuid import UUID

from calfwise.model.load.series import RunSeries
from calfwise.model.run import Span
from calfwise_web.fact import Fact
from calfwise_web.journal.models import Run
from calfwise_web.runs import words
from calfwise_web.runs.charts import Figure, Key, figures_of, keys_of, stretch_query
from calfwise_web.runs.compared import AS_IT_IS, Factors, Read
from calfwise_web.runs.run_page import local_start, title_of
from calfwise_web.units import Units, clock


@dataclass(frozen=True, slots=True)
class CloserPage:
    """Everything the page says."""

    key: UUID
    title: str
    """The run's."""
    when: str
    """The stretch."""
    query: str
    facts: tuple[Fact, ...]
    figures: tuple[Figure, ...]
    keys: tuple[Key, ...]
    earlier: str
    """As a query; empty at the run's beginning."""
    later: str


def closer_page(
    run: Run,
    read: Read | None,
    stretch: RunSeries | None,
    within: Span,
    whole: RunSeries | None,
    *,
    easy_speed_mps: float | None,
    units: Units,
    home: tzinfo,
) -> CloserPage:
    """A stretch in words; without figures where its original cannot be read again."""
    from_s, to_s = int(within.start_s), int(within.end_s)
    lasts_s = to_s - from_s
    ends_s = whole.begins_s + whole.bins * whole.bin_s if whole else 0
    return CloserPage(
        key=run.key,
        title=title_of(run, local_start(run, read.load if read else None, home)),
        when=f"{clock(from_s)} to {clock(min(to_s, ends_s) if ends_s > from_s else to_s)}",
        query=stretch_query(from_s, to_s),
        facts=_facts(stretch, read, units) if stretch else (),
        figures=figures_of(stretch),
        keys=keys_of(stretch, easy_speed_mps=easy_speed_mps),
        earlier=stretch_query(max(0, from_s - lasts_s), from_s) if from_s > 0 else "",
        later=stretch_query(to_s, to_s + lasts_s) if to_s < ends_s else "",
    )


def _facts(stretch: RunSeries, read: Read | None, units: Units) -> tuple[Fact, ...]:
    """Means over the stretch, of what it has."""
    speed, cadence = _mean(stretch, "speed_mps"), _mean(stretch, "cadence_spm")
    stance = _mean(stretch, "stance_time_s")
    ground = _mean(stretch, "vertical_grf_bw", read.ground if read else AS_IT_IS)
    achilles = _mean(stretch, "achilles_force_bw", read.achilles if read else AS_IT_IS)
    pace, _, per = units.pace(speed).partition(" ")
    facts = (
        Fact("Pace", pace, per) if speed else None,
        Fact("Cadence", f"{cadence:.0f}", "steps/min") if cadence else None,
        Fact("Ground contact", f"{stance * 1000:.0f}", "ms") if stance else None,
        Fact("Ground force", f"{ground:.1f}", words.BODY_WEIGHTS, "mean peak of level steps") if ground else None,
        Fact("Achilles force", f"{achilles:.1f}", words.BODY_WEIGHTS, "mean peak of level steps") if achilles else None,
    )
    return tuple(fact for fact in facts if fact is not None)


def _mean(stretch: RunSeries, column: str, factors: Factors | None = AS_IT_IS) -> float | None:
    values = [value for value in stretch.values(column) if value is not None]
    return factors.value * sum(values) / len(values) if values and factors is not None else None
