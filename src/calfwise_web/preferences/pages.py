"""Shaped for the template."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.forms import BoundField

from calfwise.model.care.signs import Kind
from calfwise.model.journal import History, Seen
from calfwise_web.journal.models import Journal
from calfwise_web.preferences import conditions, forms
from calfwise_web.preferences.conditions import Asked, Staying

TITLES = {
    Kind.BLOCK: ("Massage waits while one of these is so", "No alarm: everything else in calfwise stays open."),
    Kind.CARE_NOTE: ("With these, sessions are gentler", "Lighter, by hand, or at fewer places."),
    Kind.MODIFIER: ("These weigh in when one calf is sore alone", "By itself none of them changes anything."),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """One question with its field, and when it was last answered."""

    field: BoundField
    asked: Asked


@dataclass(frozen=True, slots=True)
class Group:
    """Questions of one kind."""

    title: str
    text: str
    conditions: tuple[Condition, ...]
    open: bool
    """Something in it needs a look."""


@dataclass(frozen=True, slots=True)
class Stays:
    """A condition that only a professional's word opens, with the form for that word."""

    condition: Staying
    seen: Seen | None
    form: forms.WasSeen


@dataclass(frozen=True, slots=True)
class Held:
    """Originals that are here."""

    count: int
    size: int


@dataclass(frozen=True, slots=True)
class Page:
    """All cards."""

    about: forms.AboutYou
    units: forms.HowItIsWritten
    place: forms.Place
    kit: forms.Kit
    theme: forms.Theme
    originals: forms.Originals
    conditions: forms.Conditions
    groups: tuple[Group, ...]
    stays: tuple[Stays, ...]
    held: Held
    now: datetime
    keeps_notes: bool
    mass_unit: str


def groups(form: forms.Conditions, asked: dict[Kind, list[Asked]]) -> tuple[Group, ...]:
    """Blocks first. A group opens by itself where an answer is missing, old, or yes."""
    return tuple(_groups(form, asked))


def _groups(form: forms.Conditions, asked: dict[Kind, list[Asked]]) -> Iterator[Group]:
    for kind, questions in asked.items():
        if not questions:
            continue
        title, text = TITLES[kind]
        rows = tuple(Condition(form[each.id], each) for each in questions)
        needs_a_look = any(each.due or each.said is None or each.said.is_yes for each in questions)
        yield Group(title, text, rows, needs_a_look or bool(form.errors))


def stays(history: History, *, now: datetime, bound: dict[str, forms.WasSeen], local: datetime) -> tuple[Stays, ...]:
    """One form a condition; the one that was just sent keeps what was typed."""
    assert local.tzinfo is not None
    return tuple(
        Stays(each, each.seen, bound.get(each.id) or forms.WasSeen(block=each.id, today=local.date()))
        for each in conditions.staying(history, now=now, home=local.tzinfo)
    )


def held(journal: Journal) -> Held:
    sizes = list(journal.recordings.filter(kept=True).values_list("size", flat=True))
    return Held(len(sizes), sum(sizes))
