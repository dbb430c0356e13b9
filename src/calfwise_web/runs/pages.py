"""The list of runs, shaped for its template."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from calfwise.model.load.gait import Grade
from calfwise.model.runner import Shoe
from calfwise_web.runs import words
from calfwise_web.runs.queries import Listed
from calfwise_web.runs.wanted import BAREFOOT, COUNTED, LEFT_OUT, NEWEST, NOT_SAID, Wanted
from calfwise_web.shoes.queries import is_barefoot_day, pairs_of
from calfwise_web.units import NOTHING, Units, clock

TITLE_SHOWN = 60
NO_DAY = "Being worked out"
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


ROW = (
    '<tr><td><label class="pick"><input type="checkbox" name="run" value="{0}" aria-label="Select {1}"></label></td>'
    '<th scope="row"><a href="{0}/">{1}{2}</a></th><td class="n" data-label="Distance">{3}</td>'
    '<td class="n" data-label="Time">{4}</td><td class="n" data-label="Pace">{5}</td>'
    '<td class="n" data-label="Strikes a leg">{6}</td><td data-label="Grade">{7}</td>'
    '<td data-label="Shoe">{8}</td><td class="wide">{9}</td></tr>\n'
)
"""Filled in here and not in a template: fifty of them there took as long as all else together."""
GRADE = '<span class="grade" data-grade="{0}">{0}</span>'
TAGS = {
    name: f'<span class="tag plain">{said}</span> '
    for name, said in {**words.KINDS, **words.SURFACES, "left-out": "Left out", "twin": "Duplicate"}.items()
}
OPTION = '<option value="{}"{}>{}</option>'
GRADE_LETTERS = {grade: format_html(GRADE, grade) for grade in map(str, Grade)}
ON = mark_safe(" selected")


@dataclass(frozen=True, slots=True)
class Choice:
    """A question of a form with its answers; the first one changes nothing."""

    name: str
    label: str
    options: SafeString


@dataclass(frozen=True, slots=True)
class Heading:
    """A column that sorts."""

    words: str
    query: str
    sorted: str
    """"ascending", "descending", or empty where another column sorts."""
    numbers: bool = True


@dataclass(frozen=True, slots=True)
class Filters:
    """The bar above the list."""

    search: str
    on: int
    choices: tuple[Choice, ...]
    duplicates: bool
    query: str


def rows_of(listed: Iterable[Listed], *, units: Units, shoes: tuple[Shoe, ...]) -> SafeString:
    """Runs as rows of the table; empty without any."""
    names = {shoe.id: shoe.name for shoe in shoes}
    rows = "".join(ROW.format(*_cells(Listed(*run), units, names)) for run in listed)
    return mark_safe(rows)  # noqa: S308 - `_cells` escapes the two that hold others' words; the rest is ours


def _cells(run: Listed, units: Units, names: dict[str, str]) -> tuple[object, ...]:
    return (
        run.key,
        NO_DAY if run.day is None else day_said(run.day),
        f" · {escape(shortened(run.title))}" if run.title else "",
        units.length(run.distance_m),
        clock(run.running_s),
        units.pace(run.speed_mps),
        NOTHING if run.strikes is None else f"{round(run.strikes / 2):,}",
        GRADE_LETTERS.get(run.grade, ""),
        escape(names.get(run.shoe, run.shoe)) if run.shoe else "",
        _tags(run),
    )


def day_said(day: date) -> str:
    """A day in a list.

    >>> day_said(date(2026, 5, 3))
    'Sun 3 May 2026'
    """
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def shortened(title: str) -> str:
    return title if len(title) <= TITLE_SHOWN else f"{title[: TITLE_SHOWN - 1]}…"


def _tags(run: Listed) -> str:
    if not (run.kind or run.surface or run.left_out or run.twin_of_id):
        return ""
    names = (run.kind, run.surface, "left-out" if run.left_out else "", "twin" if run.twin_of_id else "")
    return "".join(TAGS.get(name, "") for name in names)


def headings(wanted: Wanted) -> dict[str, Heading]:
    """The columns that sort, by name; the first tap sorts as one would expect, the next the other way round."""
    return {
        "day": _heading("Day", NEWEST, "oldest", wanted, numbers=False),
        "distance": _heading("Distance", "longest", "shortest", wanted),
        "pace": _heading("Pace", "fastest", "slowest", wanted, falling=False),
        "strikes": _heading("Strikes a leg", "most-strikes", "fewest-strikes", wanted),
    }


def _heading(
    name: str, first: str, other: str, wanted: Wanted, *, numbers: bool = True, falling: bool = True
) -> Heading:
    orders = {first: "descending", other: "ascending"} if falling else {first: "ascending", other: "descending"}
    query = wanted.sorted_by(other if wanted.sort == first else first).query()
    return Heading(name, query, orders.get(wanted.sort, ""), numbers)


def filters(wanted: Wanted, *, years: Iterable[int], shoes: tuple[Shoe, ...]) -> Filters:
    """The bar above the list, as the address has it."""
    choices = (
        _choice("year", "Year", wanted.year, {str(year): str(year) for year in years}),
        _choice("shoe", "Shoe", wanted.shoe, {**_pairs(shoes), NOT_SAID: "No shoe known"}),
        _fixed_choice("kind", wanted.kind),
        _fixed_choice("surface", wanted.surface),
        _fixed_choice("grade", wanted.grade),
        _fixed_choice("counting", wanted.counting),
        _order(wanted.sort),
    )
    return Filters(wanted.search, wanted.filters_on + wanted.duplicates, choices, wanted.duplicates, wanted.query())


FIXED: dict[str, tuple[str, dict[str, str]]] = {
    "kind": ("Kind", {**words.KINDS, NOT_SAID: "Not said"}),
    "surface": ("Surface", {**words.SURFACES, NOT_SAID: "Not said"}),
    "grade": ("Grade", {str(grade): said for grade, said in words.GRADES.items()}),
    "counting": ("Counting", {COUNTED: "Counted", LEFT_OUT: "Left out"}),
}
NO_CHANGE = "No change"


@cache
def _fixed_choice(name: str, held: str) -> Choice:
    """Of a few answers that are the same for everybody."""
    label, answers = FIXED[name]
    return _choice(name, label, held, answers)


@cache
def _order(held: str) -> Choice:
    return Choice("sort", "Order", _options(words.SORTS, held))


def changes(shoes: tuple[Shoe, ...]) -> tuple[Choice, ...]:
    """What can be said of many runs at once; the first answer of each leaves it as it is."""
    pairs = {shoe.id: shoe.name for shoe in pairs_of(shoes)}
    shoe = Choice("shoe", "Shoe", _options({"": NO_CHANGE, **pairs, NOT_SAID: "As the day says"}, ""))
    return (shoe, *_fixed_changes()) if pairs else _fixed_changes()


@cache
def _fixed_changes() -> tuple[Choice, ...]:
    return (
        Choice("surface", "Surface", _options({"": NO_CHANGE, **words.SURFACES, NOT_SAID: "Not said"}, "")),
        Choice("kind", "Kind", _options({"": NO_CHANGE, **words.KINDS, NOT_SAID: "Not said"}, "")),
        Choice("counting", "Counting", _options({"": NO_CHANGE, LEFT_OUT: "Leave out", COUNTED: "Count"}, "")),
    )


def _pairs(shoes: tuple[Shoe, ...]) -> dict[str, str]:
    barefoot = any(map(is_barefoot_day, shoes))
    return {shoe.id: shoe.name for shoe in pairs_of(shoes)} | ({BAREFOOT: "Barefoot"} if barefoot else {})


def _choice(name: str, label: str, held: str, answers: Mapping[str, str]) -> Choice:
    return Choice(name, label, _options({"": "All", **answers}, held))


def _options(answers: Mapping[str, str], held: str) -> SafeString:
    return format_html_join("", OPTION, ((value, ON if value == held else "", said) for value, said in answers.items()))
