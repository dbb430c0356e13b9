"""Which day's running is asked for, and what its walk and run is made of."""

from collections.abc import Sequence
from datetime import date, datetime

from django.http import HttpRequest

from calfwise import library
from calfwise.model.care.protocol import RoutineItem
from calfwise.model.weeks import ElementKind, LaidDay
from calfwise_web.weeks import queries


def day_of(request: HttpRequest, on: date, *, now: datetime) -> LaidDay | None:
    """The day as it is laid, of the journal that is shown."""
    weeks = queries.held(request, now=now).shown.weeks
    return next((shown.day for week in weeks for shown in week.days if shown.on == on), None)


def walks_of(day: LaidDay) -> Sequence[RoutineItem]:
    """The parts of the day's walk and run, at its level."""
    return next(
        (
            library.player().routines[element.routine].levels[element.level - 1].items
            for element in day.elements
            if element.kind is ElementKind.WALK_RUN and element.routine and element.level
        ),
        (),
    )
