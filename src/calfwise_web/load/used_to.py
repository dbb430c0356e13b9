"""The card "What your calves are used to": 30 and 90 days side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from calfwise.model.load.easy import METRES_A_KM, Easy
from calfwise.model.load.used_to import Exposure, Most, UsedTo
from calfwise_web.load.snapshot import Shown
from calfwise_web.load.sourced import Source, sources_of
from calfwise_web.load.words import MINUTE_S, hours, rounded
from calfwise_web.templatetags.words import counted
from calfwise_web.units import NOTHING, Units

GROUNDS_SHOWN = SHOES_SHOWN = 5
KNOWN = (
    "One study of all overuse injuries together found more of them after runs much longer than the longest of the last "
    "30 days; weekly sums told nothing. It did not look at calves alone, nor at strikes, shoes or ground. So the "
    "longest is held against your next run, and all else here is told as it was, without a verdict."
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A number, and what it is in small."""

    text: str
    small: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing, in both stretches of days."""

    name: str
    cells: tuple[Cell, ...]
    heads: bool = False
    """Begins a group."""


@dataclass(frozen=True, slots=True)
class UsedToCard:
    """All of it."""

    days: tuple[int, ...]
    rows: tuple[Row, ...]
    easy: str
    """What an own easy kilometre or mile asks; empty where too few easy runs tell."""
    known: str
    sources: tuple[Source, ...]


def used_to_card(shown: Shown, units: Units) -> UsedToCard | None:
    """The card; `None` where nobody ran in these days."""
    both = shown.used_to
    if both is None or not any(each.outings for each in both):
        return None
    rows = (*_most(both, units), *_shoes(both, shown), *_barefoot(both), *_grounds(both), *_walking(both))
    days = tuple(each.days for each in both)
    return UsedToCard(days, tuple(rows), easy_said(shown.easy, units), KNOWN, sources_of(("Frandsen2025",)))


def easy_said(easy: Easy | None, units: Units) -> str:
    """What an own easy kilometre or mile asks: the yardstick that other runs are held against."""
    if easy is None:
        return ""
    each = easy.strikes_per_km / 2 * units.metres / METRES_A_KM
    unit = "kilometre" if units.distance == "km" else "mile"
    runs = counted(easy.runs, "easy run,easy runs")
    return (
        f"One easy {unit} of yours, at {units.pace(easy.speed_mps)}, is about {each:.0f} strikes of each leg ({runs})."
    )


def _most(both: Sequence[UsedTo], units: Units) -> Iterator[Row]:
    yield Row("Outings", tuple(Cell(f"{each.outings}", units.length(each.distance_m)) for each in both))
    yield Row("Longest", tuple(_dated(each.longest, units) for each in both))
    yield Row("Most foot strikes in one", tuple(_counted(each.strikes) for each in both))
    yield Row("Most fast strikes in one", tuple(_counted(each.fast_strikes) for each in both))
    if any(each.climb and each.climb.amount >= 1 for each in both):
        yield Row("Most climb in one", tuple(_climbed(each.climb) for each in both))


def _dated(most: Most | None, units: Units) -> Cell:
    return Cell(NOTHING) if most is None else Cell(units.length(most.amount), _on(most))


def _counted(most: Most | None) -> Cell:
    return Cell(NOTHING) if most is None else Cell(f"{round(most.amount / 2):,}", _on(most))


def _climbed(most: Most | None) -> Cell:
    return Cell(NOTHING) if most is None else Cell(f"{most.amount:.0f} m", _on(most))


def _on(most: Most) -> str:
    return f"{most.day.day} {most.day:%b}"


def _shoes(both: Sequence[UsedTo], shown: Shown) -> Iterator[Row]:
    """Each pair; those on bare feet have a row of their own."""
    pairs = [[each for each in one.shoes if each.id is None or each.id in shown.shoes] for one in both]
    names: dict[str | None, str] = {None: "shoes nobody named"}
    names.update(shown.shoes)
    yield from _exposed("Strikes in", pairs, names, most=SHOES_SHOWN)


def _grounds(both: Sequence[UsedTo]) -> Iterator[Row]:
    grounds = [one.grounds for one in both]
    if any(each.id for one in grounds for each in one):
        yield from _exposed("Strikes on", grounds, {None: "ground nobody named"}, most=GROUNDS_SHOWN)


def _exposed(
    what: str, both: Sequence[Sequence[Exposure]], names: Mapping[str | None, str], *, most: int
) -> Iterator[Row]:
    """Rows by shoe or ground, the most used of the longer stretch first."""
    ids = list(dict.fromkeys(each.id for one in reversed(both) for each in one))[:most]
    for nth, id_ in enumerate(ids):
        found = [next((each for each in one if each.id == id_), None) for one in both]
        name = names.get(id_, id_ or "")
        yield Row(f"{what} {name}", tuple(map(_exposure, found)), heads=nth == 0)


def _exposure(each: Exposure | None) -> Cell:
    """Strikes of each leg, and minutes."""
    if each is None or not each.runs:
        return Cell(NOTHING)
    minutes = f"{each.running_s / MINUTE_S:,.0f} min"
    return Cell(minutes) if each.strikes is None else Cell(rounded(each.strikes / 2), minutes)


def _barefoot(both: Sequence[UsedTo]) -> Iterator[Row]:
    yield Row(
        "Strikes barefoot", tuple(_exposure(each.barefoot) if each.barefoot.runs else Cell("none") for each in both)
    )
    if any(each.minimal.runs for each in both):
        yield Row("Strikes in minimal shoes", tuple(map(_exposure, (each.minimal for each in both))))


def _walking(both: Sequence[UsedTo]) -> Iterator[Row]:
    if any(each.walking_s >= MINUTE_S for each in both):
        yield Row(
            "Walking within runs", tuple(Cell(f"{hours(each.walking_s)} h", _steps(each)) for each in both), heads=True
        )


def _steps(each: UsedTo) -> str:
    return "" if each.walking_steps is None else f"{rounded(each.walking_steps / 2)} steps"
