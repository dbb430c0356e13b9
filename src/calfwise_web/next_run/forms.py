"""A run as somebody thinks of it: typed in their own unit, kept in metres and seconds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict

from calfwise.model.load.next_run import Wish
from calfwise.model.runner import Shoe, shoe_of_day
from calfwise_web.next_run.snapshot import Ready
from calfwise_web.runs.words import SURFACES
from calfwise_web.shoes.queries import pairs_of
from calfwise_web.units import Units, clock, units_of

MINUTE_S = 60
FARTHEST_M, STEEPEST_M, MOST_BAREFOOT_MIN = 400_000, 20_000, 1_440
SLOWEST_MPS, FASTEST_MPS = 1.0, 8.0
"""What `Wish` takes."""
THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+")
PACE = re.compile(r"(?P<minutes>\d{1,2})(?:[:.,' ](?P<seconds>[0-5]\d))?")
BARE_FEET = "bare-feet"
NUMBER = {"inputmode": "decimal", "autocomplete": "off"}
NO_NUMBER = "Write a number, as in 10 or 7.5."
OF_A_PAGE = ("distance", "pace", "shoe", "surface", "climb", "barefoot", "race")


class Number(forms.FloatField):
    """A number with a point or a comma, as phones offer it."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        typed = str(value or "").strip()
        plain = typed.replace(",", "") if THOUSANDS.fullmatch(typed) else typed.replace(",", ".")
        return super().to_python(plain)


class Pace(forms.CharField):
    """Minutes and seconds a unit of distance; kept as a speed. [m/s]"""

    units = Units()

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        if not typed:
            return None
        match = PACE.fullmatch(typed)
        if match is None:
            raise forms.ValidationError("Write minutes and seconds, as in 5:30.")
        seconds = int(match["minutes"]) * MINUTE_S + int(match["seconds"] or 0)
        speed_mps = self.units.metres / seconds if seconds else FASTEST_MPS + 1
        if not SLOWEST_MPS <= speed_mps <= FASTEST_MPS:
            fast, slow = (self.units.pace(mps) for mps in (FASTEST_MPS, SLOWEST_MPS))
            raise forms.ValidationError(f"A run lies between {fast} and {slow}. Write it as in 5:30.")
        return speed_mps


class Thought(forms.Form):
    """The run that somebody thinks of."""

    distance = Number(label="How far", widget=forms.TextInput(attrs=NUMBER), error_messages={
        "required": "Say how far, and the answer comes.", "invalid": NO_NUMBER})  # fmt: skip
    pace = Pace(label="Pace", required=False, help_text="As in 5:30.", widget=forms.TextInput(attrs=NUMBER))
    race = forms.BooleanField(label="A race", required=False)
    shoe = forms.ChoiceField(
        label="Shoe",
        required=False,
        error_messages={"invalid_choice": "That pair is not in use today. Choose another."},
    )
    surface = forms.ChoiceField(
        label="Ground",
        required=False,
        choices=[("", "Not said"), *SURFACES.items()],
        error_messages={"invalid_choice": "That ground is not known here. Choose another."},
    )
    climb = Number(label="Climb", required=False, min_value=0, max_value=STEEPEST_M, error_messages={
        "invalid": NO_NUMBER, "min_value": "Climb counts upwards only: 0 or more.",
        "max_value": "That is higher than any mountain. Write it in metres."},
        widget=forms.TextInput(attrs=NUMBER))  # fmt: skip
    barefoot = Number(label="Barefoot", required=False, min_value=0, max_value=MOST_BAREFOOT_MIN,
        error_messages={"invalid": NO_NUMBER, "min_value": "Write 0 or more minutes.",
        "max_value": "That is more than a day. Write minutes."}, widget=forms.TextInput(attrs=NUMBER))  # fmt: skip

    def __init__(self, sent: Mapping[str, Any] | None, *, ready: Ready, today: date) -> None:
        super().__init__(sent)
        self._ready, self._today = ready, today
        self.units = units_of(ready.prefers)
        self._pairs = pairs_today(ready.shoes, today=today)
        pace = self.fields["pace"]
        pace.units = self.units  # type: ignore[attr-defined]
        if ready.load.easy is not None:
            easy = clock(self.units.metres / ready.load.easy.speed_mps)
            pace.help_text = f"Empty: easy, {easy}."
            pace.widget.attrs["placeholder"] = easy
        self.fields["shoe"].choices = [  # type: ignore[attr-defined]
            ("", "Not said"), *((shoe.id, shoe.name) for shoe in self._pairs), (BARE_FEET, "Bare feet")
        ]  # fmt: skip

    def clean_distance(self) -> float:
        """[m]"""
        distance_m = float(self.cleaned_data["distance"]) * self.units.metres
        if distance_m <= 0:
            raise forms.ValidationError("More than nothing, please.")
        if distance_m > FARTHEST_M:
            farthest = f"{FARTHEST_M / self.units.metres:.0f} {self.units.distance}"
            raise forms.ValidationError(f"Nobody here has run more than {farthest} at once. Write less.")
        return distance_m

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        distance_m, bare_min, easy = told.get("distance"), told.get("barefoot"), self._ready.load.easy
        speed_mps = told.get("pace") or (easy.speed_mps if easy else None)
        if distance_m and bare_min and speed_mps and "pace" in told:
            whole_s = distance_m / speed_mps
            if bare_min * MINUTE_S > whole_s:
                self.add_error("barefoot", f"The whole run takes {clock(whole_s)}. Write no more minutes than that.")
        return told

    def wish(self) -> Wish:
        """As the model has it."""
        told = self.cleaned_data
        return Wish(
            distance_m=told["distance"],
            speed_mps=told["pace"],
            shoe=self._shoe(told["shoe"]),
            surface=told["surface"] or None,
            climb_m=told["climb"],
            barefoot_minutes=told["barefoot"] or 0.0,
            race=told["race"],
        )

    @property
    def more_is_said(self) -> bool:
        """Whether something stands in the part that is folded away; today's shoe stands there by itself."""
        return any(self[name].value() for name in ("surface", "climb", "barefoot")) or self["shoe"].value() != _worn(
            self._ready, self._today
        )

    def _shoe(self, said: str) -> Shoe | None:
        if said == BARE_FEET:
            since = self._today
            return Shoe(BARE_FEET, "Bare feet", since=since, until=since + timedelta(days=1), barefoot=True)
        return next((shoe for shoe in self._pairs if shoe.id == said), None)


def pairs_today(shoes: tuple[Shoe, ...], *, today: date) -> tuple[Shoe, ...]:
    """Pairs in use, to choose from."""
    return tuple(shoe for shoe in pairs_of(shoes) if shoe.is_worn_on(today))


def _worn(ready: Ready, today: date) -> str:
    """The pair that a run of today would count for."""
    shoe = shoe_of_day(today, shoes=pairs_today(ready.shoes, today=today))
    return shoe.id if shoe else ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, and the form that it is shown in."""

    form: Thought
    wish: Wish | None
    """`None`: nothing, or nothing that could be read."""


def asked_of(sent: QueryDict, *, ready: Ready, today: date) -> Asked:
    """The run in the address; without one the usual run, and without that an empty form."""
    typed: dict[str, Any] = {name: sent[name] for name in OF_A_PAGE if name in sent}
    if not typed and ready.usual_m is not None:
        typed = {"distance": number_said(ready.usual_m / units_of(ready.prefers).metres)}
        if today in ready.races:
            typed["race"] = "on"
    worn = {"shoe": _worn(ready, today)}
    if not typed:
        empty = Thought(None, ready=ready, today=today)
        empty.initial = worn
        return Asked(empty, None)
    form = Thought(worn | typed, ready=ready, today=today)
    return Asked(form, form.wish() if form.is_valid() else None)


def number_said(amount: float) -> str:
    """As one types it, never rounded up.

    >>> number_said(10.0), number_said(8.2461)
    ('10', '8.2')
    """
    return f"{int(amount * 10 + 1e-9) / 10:.1f}".removesuffix(".0")
