"""A week to print: one page, to hang on the fridge."""

from dataclasses import dataclass
from datetime import date

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
    )


def _row(day: DayCard) -> Row:
    items = tuple(Item(each.title, " · ".join(each.targets), bool(each.done)) for each in day.elements)
    return Row(f"{day.on:%a} {day.on.day} {day.on:%b}", items, day.nothing, day.changed)
