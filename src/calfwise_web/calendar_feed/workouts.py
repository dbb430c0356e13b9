"""Which day's running is asked for, and what its guided parts are made of."""

from datetime import date, datetime

from django.http import HttpRequest

from calfwise import library
from calfwise.model.weeks import LaidDay
from calfwise.writers.parts import parts_of
from calfwise.writers.workout import workout_fit
from calfwise_web.weeks import queries


def file_of(request: HttpRequest, on: date, *, now: datetime) -> bytes | None:
    """The day's workout, of the journal that is shown; none where it holds nothing that a watch can guide."""
    day = _day_of(request, on, now=now)
    return workout_fit(day, parts=parts_of(day, content=library.player())) if day else None


def _day_of(request: HttpRequest, on: date, *, now: datetime) -> LaidDay | None:
    """The day as it is laid."""
    weeks = queries.held(request, now=now).shown.weeks
    return next((shown.day for week in weeks for shown in week.days if shown.on == on), None)
