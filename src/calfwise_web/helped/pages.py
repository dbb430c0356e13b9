"""The page, shaped: each thing with its range on one axis, its sentence, and the numbers as a table."""

from dataclasses import dataclass
from math import ceil, floor

from calfwise import library
from calfwise.model.fix.helped.rules import Measure
from calfwise.model.fix.helped.told import Felt, Helpful, Interval, Kind
from calfwise.model.fix.helped.words import (
    CAVEATS,
    FEWER,
    NAMES,
    OF_FIXES,
    SOURCES,
    ahead_said,
    felt_said,
    measures_of,
    signed,
)
from calfwise.model.load.change import said
from calfwise.model.run import Side
from calfwise.model.session import Spot
from calfwise_web.helped.snapshot import Shown
from calfwise_web.templatetags.words import counted
from calfwise_web.templatetags.words import said as said_with_year
from calfwise_web.today.reasons import Line, sentences, sources_of
from calfwise_web.units import NOTHING

WIDTH = 1000
"""Of a range's drawing, in its own units; it stretches to its place."""
TITLES = {
    Kind.TECHNIQUE: "Techniques",
    Kind.TOOL: "Tools",
    Kind.SPOT: "Spots",
    Kind.FIX: "Exercises in the two days before",
}
COLUMNS = {
    Measure.AFTER: "Right after, of 10",
    Measure.MORNING: "Next morning, steps",
    Measure.WALKING: "Walking next morning, of 10",
}


@dataclass(frozen=True, slots=True)
class Range:
    """An interval on the card's axis."""

    low: int
    mean: int
    high: int


@dataclass(frozen=True, slots=True)
class Row:
    """One technique, tool, spot or routine."""

    title: str
    spot: Spot | None
    """With a page of its own."""
    sessions: str
    range: Range | None
    text: str
    """Right after, or why nothing can be said yet."""
    more: tuple[str, ...]
    """The other measures, where they tell it from its like; the rest is in the table."""
    cells: tuple[str, ...]
    """The table's, one a measure."""
    early: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One kind of thing."""

    id: str
    title: str
    rows: tuple[Row, ...]
    axis: "Axis | None"
    columns: tuple[str, ...]
    note: str
    told: bool
    """Whether there is any number in it."""


@dataclass(frozen=True, slots=True)
class Axis:
    """What all ranges of a page share. [NRS]"""

    low: int
    high: int

    def place(self, nrs: float) -> int:
        return round((nrs - self.low) / (self.high - self.low) * WIDTH)

    @property
    def nought(self) -> int:
        return self.place(0)

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def left(self) -> str:
        return f"{-self.low} of 10 more tender" if self.low else "no change"

    @property
    def right(self) -> str:
        return f"{self.high} of 10 quieter"


@dataclass(frozen=True, slots=True)
class LeanRow:
    """What comes first at one place."""

    zone: str
    text: str


@dataclass(frozen=True, slots=True)
class HelpedPage:
    """All of it."""

    opening: str
    drawn: bool
    """Whether there is any range."""
    cards: tuple[Card, ...]
    leans: tuple[LeanRow, ...]
    tries: str
    leans_why: Line
    caveats: Line


def helped_page(shown: Shown) -> HelpedPage:
    """Everything in words."""
    helped = shown.helped
    axis = axis_of(shown)
    rules = library.helped()
    return HelpedPage(
        opening=_opening(shown),
        drawn=axis is not None,
        cards=tuple(_card(kind, lines, axis) for kind in Kind if (lines := helped.kind(kind))),
        leans=tuple(LeanRow(zone_said(lean.zone), " ".join(sentences(lean.why))) for lean in shown.leans),
        tries=f"After every {rules.leaning.try_every} sessions what was tried least has a turn, to keep this fair.",
        leans_why=Line("", (), sources_of(dict.fromkeys((rules.leaning.source, rules.source)))),
        caveats=Line(CAVEATS, (), sources_of(SOURCES)),
    )


def axis_of(shown: Shown) -> Axis | None:
    """Whole numbers around every range, and nought; `None` where nothing can be drawn."""
    told = [change for line in shown.helped.lines if (change := _drawn(line))]
    if not told:
        return None
    low = min(0, *(floor(change.low) for change in told))
    return Axis(low, max(low + 1, 1, *(ceil(change.high) for change in told)))


def title_of(kind: Kind, id_: str) -> str:
    """What it is called."""
    content = library.content()
    if kind is Kind.TECHNIQUE and id_ in content.techniques:
        return content.techniques[id_].title
    if kind is Kind.TOOL and id_ in content.tools:
        return content.tools[id_].title
    if kind is Kind.SPOT:
        side, _, zone = id_.partition(":")
        name = zone_said(zone)
        return f"{side.capitalize()}, {name[:1].lower()}{name[1:]}"
    routine = library.player().routines.get(id_)
    return routine.title if routine else id_.replace("-", " ").capitalize()


def zone_said(zone: str) -> str:
    """A place without its leg."""
    known = library.content().zones.get(zone)
    return known.title if known else zone


def _opening(shown: Shown) -> str:
    first, today = shown.helped.first, shown.today
    assert first is not None, "there are lines"
    since = said(first) if first.year == today.year else said_with_year(first)
    return f"From {counted(shown.helped.sessions, 'session,sessions')} since {since}, compared with each other."


def _card(kind: Kind, lines: tuple[Helpful, ...], axis: Axis | None) -> Card:
    rows = tuple(_row(kind, line, axis) for line in lines)
    measures = measures_of(lines[0])
    return Card(
        id=kind.value,
        title=TITLES[kind],
        rows=rows,
        axis=axis if any(row.range for row in rows) else None,
        columns=tuple(COLUMNS[measure] for measure in measures),
        note=OF_FIXES if kind is Kind.FIX else "",
        told=not all(row.early for row in rows),
    )


def _row(kind: Kind, line: Helpful, axis: Axis | None) -> Row:
    measures = measures_of(line)
    told = {measure: felt for measure in measures if (felt := line.of(measure)) and felt.change}
    drawn = _drawn(line)
    return Row(
        title=title_of(kind, line.id),
        spot=_known_spot(line),
        sessions=counted(line.sessions, "session,sessions"),
        range=_range(drawn, axis) if drawn and axis else None,
        text=_first_said(line, told),
        more=tuple(
            _told_said(felt, kind)
            for measure, felt in told.items()
            if measure is not Measure.AFTER and (stands_out(felt, kind) or Measure.AFTER not in told)
        ),
        cells=tuple(_cell(told.get(measure)) for measure in measures),
        early=not told,
    )


def _first_said(line: Helpful, told: dict[Measure, Felt]) -> str:
    """Right after; where that is not known but a morning is, nothing more than that it is not."""
    after = line.of(Measure.AFTER)
    if Measure.AFTER in told:
        return _told_said(told[Measure.AFTER], line.kind)
    if told:
        return f"{NAMES[Measure.AFTER].capitalize()}: {FEWER}."
    most = max(line.felt, key=lambda felt: felt.sessions, default=after)
    return _capital(felt_said(most, line.kind, used=line.sessions))


def _told_said(felt: Felt, kind: Kind) -> str:
    against = ahead_said(felt)
    text = felt_said(felt, kind, used=felt.sessions)
    return f"{NAMES[felt.measure].capitalize()}: {text}{f'; {against}' if against else ''}."


def stands_out(felt: Felt, kind: Kind) -> bool:
    """Whether the whole range lies on one side: of the others, or for routines of nothing."""
    apart = felt.change if kind is Kind.FIX else felt.ahead
    return apart is not None and (apart.low > 0 or apart.high < 0)


def _cell(felt: Felt | None) -> str:
    if felt is None or felt.change is None:
        return NOTHING
    change = felt.change
    return f"{signed(change.mean)} ({signed(change.low)} to {signed(change.high)}), n {felt.sessions}"


def _drawn(line: Helpful) -> Interval | None:
    felt = line.of(Measure.AFTER)
    return felt.change if felt else None


def _range(change: Interval, axis: Axis) -> Range:
    return Range(axis.place(change.low), axis.place(change.mean), axis.place(change.high))


def _known_spot(line: Helpful) -> Spot | None:
    side, _, zone = line.id.partition(":")
    return Spot(Side(side), zone) if line.kind is Kind.SPOT and zone in library.content().zones else None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
