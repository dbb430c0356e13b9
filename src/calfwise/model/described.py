"""Runs as the runner describes them: what recordings gave, with the journal's words for shoe, surface, kind."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date, tzinfo

from msgspec import structs

from calfwise.model.journal import AboutRun, History
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.ground import on_its_ground
from calfwise.model.runner import Shoe, shoe_of_day


def described(loads: Sequence[RunLoad], *, history: History, home: tzinfo) -> tuple[RunLoad, ...]:
    """The runs that count, each with its shoe, surface and kind.

    Parameters
    ----------
    loads
        In any order, which is kept.
    history
        Shoes, and what was said of single runs. Without any shoe in it each run keeps the one it came with.
    home
        Where a run's day is told from, if its recording does not know.

    Returns
    -------
    tuple of RunLoad
        Runs left out by the runner are not among them. A run's shoe is the one said of it, else the one of the name
        that its archive gives, else the one in use that day; its surface the one said of it, else the recording's, else
        the shoe's. Its bands are those that surface and shoe deserve.
    """
    shoes = {shoe.id: shoe for shoe in history.shoes}
    by_name: dict[str, tuple[Shoe, ...]] = {}
    for shoe in shoes.values():
        by_name[_folded(shoe.name)] = (*by_name.get(_folded(shoe.name), ()), shoe)
    shoe_of = _shoe_by_day(history.shoes)

    def worn(load: RunLoad, about: AboutRun | None) -> Shoe | None:
        if not shoes:
            return load.shoe
        if about is not None and about.shoe in shoes:
            return shoes[about.shoe]
        day = load.local_day(home)
        gear = load.told.gear if load.told else None
        namesakes = by_name.get(_folded(gear), ()) if gear else ()
        return _of_namesakes(namesakes, day) or shoe_of(day)

    told = [(load, history.about_runs.get(load.id)) for load in loads]
    return tuple(
        on_its_ground(_as_told(load, about, worn(load, about)))
        for load, about in told
        if about is None or not about.left_out
    )


def _as_told(load: RunLoad, about: AboutRun | None, shoe: Shoe | None) -> RunLoad:
    """With its shoe, and the surface and kind that are known of it."""
    said = about.surface if about else None
    surface = said or load.ground or (shoe.surface if shoe else None)
    return structs.replace(load, shoe=shoe, surface=surface, kind=about.kind if about else None)


def races_of(loads: Sequence[RunLoad], *, history: History, home: tzinfo) -> frozenset[date]:
    """Days of races: those planned, and those of runs that the runner calls a race and does not leave out."""
    run = {
        load.local_day(home)
        for load in loads
        if (about := history.about_runs.get(load.id)) is not None and about.kind == "race" and not about.left_out
    }
    return history.races | run


def _of_namesakes(namesakes: tuple[Shoe, ...], day: date) -> Shoe | None:
    """Of pairs of one name the one in use that day; an archive's word holds outside their time too."""
    return shoe_of_day(day, shoes=namesakes) or max(namesakes, key=lambda shoe: shoe.since, default=None)


def _shoe_by_day(shoes: tuple[Shoe, ...]) -> Callable[[date], Shoe | None]:
    """`shoe_of_day` for many days: its answer changes only where a shoe comes into use or is laid aside."""
    turns = sorted({day for shoe in shoes for day in (shoe.since, shoe.until) if day is not None})
    worn = [None, *(shoe_of_day(day, shoes=shoes) for day in turns)]
    return lambda day: worn[bisect_right(turns, day)]


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
