"""What the runner sends about a pair of shoes. Asked in millimetres, kept in metres."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from calfwise.model.runner import Shoe
from calfwise_web.runs.words import SURFACES
from calfwise_web.shoes.services import id_of, new_token
from calfwise_web.templatetags.words import said

LONGEST_NAME = 80
MM_A_METRE = 1000
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2100, 1, 1)
_DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class Pair(forms.Form):
    """A new pair, or what is known of one."""

    name = forms.CharField(label="Name", max_length=LONGEST_NAME, error_messages={"required": "Give it a name."})
    since = forms.DateField(
        label="Worn since", widget=_DAY, error_messages={"required": "Say since when: it decides which runs are its."}
    )
    until = forms.DateField(
        label="Laid aside", widget=_DAY, required=False, help_text="The first day without it. Empty while in use."
    )
    heel_drop_mm = forms.FloatField(label="Heel drop", required=False, min_value=0, max_value=30)
    stack_mm = forms.FloatField(label="Stack under the heel", required=False, min_value=0, max_value=100)
    flexibility = forms.ChoiceField(
        label="How the sole bends",
        required=False,
        choices=[("", "Not said"), ("stiff", "Stiff"), ("medium", "Medium"), ("flexible", "Flexible")],
    )
    surface = forms.ChoiceField(
        label="Mostly run on",
        required=False,
        choices=[("", "Not said"), *SURFACES.items()],
        help_text="For runs of this pair that nothing else tells it of.",
    )
    minimal = forms.BooleanField(label="Minimal shoe", required=False, help_text="Thin, low and bendy, on purpose.")
    barefoot = forms.BooleanField(label="Bare feet", required=False, help_text="No shoe at all.")
    default = forms.BooleanField(
        label="Default",
        required=False,
        help_text="Worn whenever nothing else is said. Runs of its time that name no pair count for it.",
    )
    token = forms.RegexField(regex=r"\A[0-9a-f]{8}\Z", required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        sent: Mapping[str, Any] | None = None,
        *,
        shoe: Shoe | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(sent, initial=_known(shoe) if shoe else {**(initial or {}), "token": new_token()})
        self._id = shoe.id if shoe else None

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean_since(self) -> date:
        return _day(self.cleaned_data["since"])

    def clean_until(self) -> date | None:
        until = self.cleaned_data["until"]
        return None if until is None else _day(until)

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        since, until = told.get("since"), told.get("until")
        if since and until and until <= since:
            self.add_error("until", f"That is not after it came into use on {said(since)}. Choose a later day.")
        drop, stack = told.get("heel_drop_mm"), told.get("stack_mm")
        if drop is not None and stack is not None and drop > stack:
            self.add_error("heel_drop_mm", "The drop cannot be more than the stack under the heel.")
        return told

    def shoe(self) -> Shoe:
        """As the journal has it."""
        told = self.cleaned_data
        return Shoe(
            id=self._id or id_of(told["name"], told["token"] or new_token()),
            name=told["name"],
            since=told["since"],
            until=told["until"],
            heel_drop_m=_metres(told["heel_drop_mm"]),
            stack_m=_metres(told["stack_mm"]),
            minimal=told["minimal"],
            barefoot=told["barefoot"],
            flexibility=told["flexibility"] or None,
            default=told["default"],
            surface=told["surface"] or None,
        )


def _day(day: date) -> date:
    if not FIRST_DAY <= day < LAST_DAY:
        raise forms.ValidationError("That year cannot be right.")
    return day


def _metres(length_mm: float | None) -> float | None:
    return None if length_mm is None else round(length_mm / MM_A_METRE, 5)


def _mm(length_m: float | None) -> float | None:
    if length_m is None:
        return None
    length_mm = round(length_m * MM_A_METRE, 1)
    return int(length_mm) if length_mm == int(length_mm) else length_mm


def _known(shoe: Shoe) -> dict[str, Any]:
    return {
        "name": shoe.name,
        "since": shoe.since,
        "until": shoe.until,
        "heel_drop_mm": _mm(shoe.heel_drop_m),
        "stack_mm": _mm(shoe.stack_m),
        "flexibility": shoe.flexibility or "",
        "surface": shoe.surface or "",
        "minimal": shoe.minimal,
        "barefoot": shoe.barefoot,
        "default": shoe.default,
    }
