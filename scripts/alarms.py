"""Write docs/validation/alarms-1.md: how many big-step alerts a year calfwise raises, and for whom.

`./dev alarms` calls it, and so does `./dev validate`; `--check` only compares. The real runner's table lies in
../shared/data/exports (or the folder given): sums alone leave it, no row of it is copied.
"""

import sys
from collections import Counter
from collections.abc import Sequence, Set
from functools import cache
from pathlib import Path
from statistics import median

from burden import STRETCH_DAYS, Story, made_story, most_in_a_stretch, real_story, sample_story, shortest_gap_days
from calfwise.model import constants as c
from calfwise.model.load.change import Length
from diaries import WEEKS, YEARS, diaries
from validate_words import page, table

TARGET = Path(__file__).resolve().parents[1] / "docs/validation/alarms-1.md"
EXPORTS = Path(__file__).resolve().parents[2] / "shared/data/exports"
REAL = "strava_activities_2016_2025.csv"
NO_DATA = 3
"""Exit code where the real table is not there."""

HEAD = (
    "",
    "runs",
    "alerts",
    "most in 30 days",
    "shortest gap [days]",
    "over budget, mornings said to be quiet",
    "over budget, mornings never said",
    "alerts without the 1 km",
    "without the 7 days",
    "without both",
)
REAL_HEAD = (
    "",
    "runs",
    "up to 10 %",
    "10-30 %",
    "30-100 %",
    "double",
    "nothing to compare",
    "alerts",
    "over budget (quiet)",
    "over budget (never said)",
    "Mondays without a number",
)


def row(story: Story) -> list[str]:
    """One runner in the table of all."""
    gap = shortest_gap_days(story.alerts)
    raised = (story.raised(more_m=0), story.raised(every_days=0), story.raised(more_m=0, every_days=0))
    return [
        story.name,
        f"{len(story.outings) / story.years:.0f}",
        f"{len(story.alerts) / story.years:.1f}",
        f"{most_in_a_stretch(story.alerts)}",
        "-" if gap is None else f"{gap}",
        *(f"{_share(over, story):.0%}" for over in (story.over_quiet, story.over_unsaid)),
        *(f"{len(days) / story.years:.1f}" for days in raised),
    ]


def _share(over: Set[int], story: Story) -> str:
    return f"{len(over) / len(story.outings):.0%}"


def real_rows(story: Story) -> list[list[str]]:
    """The real runner year by year."""
    years = range(story.outings[0].day.year, story.outings[-1].day.year + 1)
    return [*(_years(story, f"{year}", {year}) for year in years), _years(story, "in all", set(years))]


def _years(story: Story, name: str, years: Set[int]) -> list[str]:
    which = {i for i, outing in enumerate(story.outings) if outing.day.year in years}
    lengths = Counter(compared.length if (compared := story.compared[i]) else None for i in which)
    counts = [
        len(which),
        *(lengths[length] for length in Length),
        lengths[None],
        sum(day.year in years for day in story.alerts),
        len(which & story.over_quiet),
        len(which & story.over_unsaid),
        sum(day.year in years for day in story.numberless),
    ]
    return [name, *map(str, counts)]


def checked(stories: Sequence[Story]) -> None:
    """What the page rests on: our own counting agrees with the model's, and no two alerts are nearer than 7 days."""
    for story in stories:
        assert story.raised() == story.alerts, story.name
        gap = shortest_gap_days(story.alerts)
        assert gap is None or gap >= c.ALERT_EVERY_DAYS, story.name


@cache
def made() -> tuple[Story, ...]:
    """The made runners' stories."""
    return tuple(made_story(diary) for diary in diaries())


def made_section(stories: Sequence[Story], sample: Story) -> str:
    """The made diaries, the sample runner among them."""
    checked([*stories, sample])
    patterns = "\n".join(f"- **{diary.name}**: {diary.pattern}" for diary in diaries())
    fewest, *_, most = sorted(stories, key=_a_year)
    bare = {story.name: story.raised(more_m=0, every_days=0) for story in stories}
    nearest = {name: gap for name, days in bare.items() if (gap := shortest_gap_days(days)) is not None}
    within = sum(story.alerts_within_budget for story in stories)
    close = sum(gap < c.ALERT_EVERY_DAYS for gap in nearest.values())
    quiet, unsaid = ([_share(over, story) for over, story in _pairs(stories, says)] for says in (True, False))
    return f"""\
## Made runners

{YEARS} years ({WEEKS} weeks) each, from `scripts/diaries.py`, always the same ones; and the sample runner's two years
(`calfwise sample`). A year of each:

{patterns}

{table(HEAD, [row(story) for story in (*stories, sample)])}

- The middle made runner gets {median(map(_a_year, stories)):.1f} alerts a year, “{fewest.name}” the fewest
  ({_a_year(fewest):.1f}), “{most.name}” the most ({_a_year(most):.1f}). Whoever runs much the same week after week
  meets few; whoever builds up to something long, or comes back again and again, meets them as often as the big steps
  are taken. Nobody gets two within {c.ALERT_EVERY_DAYS} days.
- The two conditions beside the tenth are rarely needed, and matter where they are: with neither, the middle runner
  would get {median(len(bare[story.name]) / story.years for story in stories):.1f} a year, and {close} of the
  {len(stories)} would at some time get two in one week.
- Races raise none: their lengths are named, no more.
- {within} of {sum(len(story.alerts) for story in stories)} alerts were for a run within the budget of its day: after a
  break the budget goes by half of what was before it, an alert by the 30 days alone.
- **Over budget** is not an alert and raises nothing. Where mornings are said to be quiet, {min(quiet):.0%} to
  {max(quiet):.0%} of a made runner's runs are longer than the budget of their day; where nobody ever says how a morning
  was, {min(unsaid):.0%} to {max(unsaid):.0%}, because a run over budget then never counts whole. With
  the mornings of its own journal it is {_share(sample.over_told, sample):.0%} for the sample runner."""


def _a_year(story: Story) -> float:
    return len(story.alerts) / story.years


def _pairs(stories: Sequence[Story], says: bool) -> list[tuple[Set[int], Story]]:
    return [(story.over_quiet if says else story.over_unsaid, story) for story in stories]


def _share(over: Set[int], story: Story) -> float:
    return len(over) / len(story.outings)


def real_section(story: Story) -> str:
    """One real runner, year by year."""
    checked([story])
    alerts, runs = story.alerts, len(story.outings)
    before = median(story.runs_before(day) for day in alerts)
    usual = median(story.runs_before(outing.day) for outing in story.outings)
    return f"""\
## A real runner

A real Strava export, {story.outings[0].day.year} to {story.outings[-1].day.year}: every run as if it had been typed in,
by distance and time, because the recordings are not among our data. Days are counted in UTC, no run is known to be a
race, no morning was said. The other real recordings that we have are single runs of many people: no second history is
among them. Lengths are against the longest of the 30 days before [Frandsen2025].

{table(REAL_HEAD, real_rows(story))}

- {len(alerts)} alerts in {story.years:.1f} years, {_a_year(story):.1f} a year, one in every
  {runs / len(alerts):.0f} runs; at most {most_in_a_stretch(alerts)} in any {STRETCH_DAYS} days, the nearest two
  {shortest_gap_days(alerts)} days apart. Without the 1 km it would have been {len(story.raised(more_m=0))}, without the
  7 days {len(story.raised(every_days=0))}, without both {len(story.raised(more_m=0, every_days=0))}.
- They come where little was run: the middle alert has {before:.0f} runs in the 30 days before it, the middle run
  {usual:.0f}. A run after more than 30 days off is compared with nothing, and raises none.
- On {len(story.numberless)} of {len(story.mondays)} Mondays no number could be given for the next run: the last one was
  more than {c.BREAK_TO_DAYS} days ago, or the first {c.BREAK_LASTS_DAYS} days after such a break were not over.
- {len(story.over_quiet)} of {runs} runs were over the budget of their day if the mornings after had been said to be
  quiet, {len(story.over_unsaid)} if nothing was ever said. {story.alerts_within_budget} of the {len(alerts)} alerts
  were for runs within it."""


def report(exports: Path) -> str:
    """The whole page."""
    text = f"""\
# How often calfwise says “that was a big step”

Written by `./dev alarms`: what is said here is computed, not typed. An alert is a run more than
{c.SPIKE_SMALL - 1:.0%} **and** more than {c.ALERT_MORE_M / 1000:.0f} km longer than the longest of the 30 days before,
at most one in {c.ALERT_EVERY_DAYS} days, races left out. It is information about what was run: nobody can tell from it
whether a calf will hurt, and on a real four-year diary such runs did not precede pain notes more often than chance.

{made_section(made(), sample_story())}

{real_section(real_story(exports / REAL))}

## What this does not show

- **Whether an alert helps anybody.** That needs runners who get some and runners who get none.
- **What most runners do.** The made ones are {len(made())} ways to run, not a sample of people; the real one is one.
"""
    return page(text, [])


def main(arguments: list[str]) -> int:
    check = "--check" in arguments
    folders = [Path(argument) for argument in arguments if argument != "--check"]
    exports = folders[0] if folders else EXPORTS
    if not (exports / REAL).is_file():
        print(f"no real history: {exports / REAL} is not there (give its folder as an argument)", file=sys.stderr)
        return NO_DATA
    text = report(exports)
    if check:
        same = TARGET.is_file() and TARGET.read_text("utf-8") == text
        if not same:
            print("docs/validation/alarms-1.md differs from what the code says: run ./dev alarms", file=sys.stderr)
        return 0 if same else 1
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(text, "utf-8")
    print(f"wrote {TARGET}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
