"""A week to print: one page, to hang on the fridge."""

from dataclasses import dataclass
from datetime import date

from calfwise import library
from calfwise_web.templatetags.words import said
from calfwise_web.weeks.bar import Account
from calfwise_web.weeks.pages import DayCard, Page


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a day, with room for a tick."""

    title: str
    targets: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One day."""

    day: str
    items: tuple[Item, ...]
    nothing: str
    changed: str


@dataclass(frozen=True, slots=True)
class Paper:
    """The sheet."""

    title: str
    dates: str
    made: str
    rows: tuple[Row, ...]
    accounts: tuple[Account, ...]
    rule: str
    """What a sore morning does to a day."""


def of(page: Page, *, today: date) -> Paper | None:
    """The open week; `None` where there is none."""
    week = page.week
    if week is None:
        return None
    return Paper(
        title=week.title,
        dates=week.dates,
        made=said(today),
        rows=tuple(_row(day) for day in week.days),
        accounts=week.accounts,
        rule=_rule(),
    )


def _rule() -> str:
    """As the check-in has it, for who has only the paper at hand."""
    rules = library.gate().rules
    planned, shorter = rules.run_as_planned_nrs, rules.run_shorter_nrs
    fewer, none = f"{planned + 1} to {shorter}: shorter and easy", f"more than {shorter}: no run that day"
    return f"0 to {planned}: as planned; {fewer}; {none}."


def _row(day: DayCard) -> Row:
    items = tuple(Item(each.title, " · ".join(each.targets), bool(each.done)) for each in day.elements)
    return Row(f"{day.on:%a} {day.on.day} {day.on:%b}", items, day.nothing, day.changed)
