"""Shoes, shaped for their template."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from calfwise.model.runner import Shoe
from calfwise_web.runs.words import SURFACES
from calfwise_web.shoes.queries import Worn, is_barefoot_day, pairs_of
from calfwise_web.shoes.snapshot import Gear, folded_name
from calfwise_web.templatetags.words import counted, said
from calfwise_web.units import Units

BENDS = {"stiff": "stiff sole", "medium": "sole bends some", "flexible": "sole bends easily"}


@dataclass(frozen=True, slots=True)
class PairCard:
    """One pair."""

    key: str
    name: str
    tags: tuple[str, ...]
    time: str
    build: str
    distance: str
    unit: str
    runs: str
    strikes: str
    last_words: str
    runs_query: str
    default: bool
    in_use: bool


@dataclass(frozen=True, slots=True)
class GearLine:
    """A name that archives give, and no pair has."""

    name: str
    runs: str
    query: str


@dataclass(frozen=True, slots=True)
class ShoesPage:
    in_use: tuple[PairCard, ...]
    laid_aside: tuple[PairCard, ...]
    gear: tuple[GearLine, ...]
    barefoot: str
    """Days on bare feet, in words; empty without any."""


def key_of(shoe_id: str) -> str:
    """A pair in an address: ids of brought journals may be any text."""
    return hashlib.sha256(shoe_id.encode()).hexdigest()[:16]


def shoes_page(shoes: tuple[Shoe, ...], *, worn: dict[str, Worn], gear: Iterable[Gear], units: Units) -> ShoesPage:
    """All pairs, with what runs add up to."""
    cards = [_card(shoe, worn.get(shoe.id), units) for shoe in pairs_of(shoes)]
    return ShoesPage(
        in_use=tuple(card for card in cards if card.in_use),
        laid_aside=tuple(card for card in cards if not card.in_use),
        gear=tuple(_gear(shoes, gear)),
        barefoot=_barefoot(shoes, worn, units),
    )


def _card(shoe: Shoe, worn: Worn | None, units: Units) -> PairCard:
    return PairCard(
        key=key_of(shoe.id),
        name=shoe.name,
        tags=tuple(_tags(shoe)),
        time=f"{said(shoe.since)} to {said(shoe.until)}" if shoe.until else f"since {said(shoe.since)}",
        build=" · ".join(_build(shoe)),
        distance=f"{(worn.distance_m if worn else 0.0) / units.metres:,.0f}",
        unit=units.distance,
        runs=counted(worn.runs if worn else 0, "run,runs"),
        strikes=f"{round(worn.strikes / 2):,}" if worn else "0",
        last_words=f"last run {said(worn.last)}" if worn and worn.last else "",
        runs_query=urlencode({"shoe": shoe.id}) if worn else "",
        default=shoe.default,
        in_use=shoe.until is None,
    )


def _tags(shoe: Shoe) -> Iterator[str]:
    if shoe.default:
        yield "default"
    if shoe.barefoot:
        yield "bare feet"
    if shoe.minimal:
        yield "minimal"


def _build(shoe: Shoe) -> Iterator[str]:
    if shoe.heel_drop_m is not None:
        yield f"drop {shoe.heel_drop_m * 1000:g} mm"
    if shoe.stack_m is not None:
        yield f"stack {shoe.stack_m * 1000:g} mm"
    if shoe.flexibility:
        yield BENDS[shoe.flexibility]
    if shoe.surface:
        yield f"mostly on {SURFACES[shoe.surface].lower()}"


def _gear(shoes: tuple[Shoe, ...], gear: Iterable[Gear]) -> Iterator[GearLine]:
    known = {folded_name(shoe.name) for shoe in pairs_of(shoes)}
    for each in gear:
        if folded_name(each.name) not in known:
            query = urlencode({"name": each.name, "since": each.first.isoformat()})
            yield GearLine(each.name, f"{counted(each.runs, 'run,runs')}, the last on {said(each.last)}", query)


def _barefoot(shoes: tuple[Shoe, ...], worn: dict[str, Worn], units: Units) -> str:
    days = [shoe for shoe in shoes if is_barefoot_day(shoe)]
    if not days:
        return ""
    together = [worn[shoe.id] for shoe in days if shoe.id in worn]
    distance = units.length(sum(each.distance_m for each in together))
    strikes = round(sum(each.strikes for each in together) / 2)
    return f"{counted(len(days), 'day,days')} noted on bare feet: {distance}, {strikes:,} strikes a leg."
