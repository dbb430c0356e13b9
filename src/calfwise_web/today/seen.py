"""A professional looked at it: who, when, about which leg, and what they said."""

from collections.abc import Iterable, Sequence
from datetime import date

from django import forms
from django.http import QueryDict

from calfwise.model.care.refer import StillLocked
from calfwise.model.run import BOTH_SIDES, Side
from calfwise_web.preferences.forms import WasSeen
from calfwise_web.templatetags.words import weekday_said

BOTH = "both"


class LegSeen(WasSeen):
    """Their word about locked legs. It opens a leg only from the day on which that was locked."""

    leg = forms.ChoiceField(label="Which leg they spoke about", widget=forms.RadioSelect)
    field_order = ("by", "on", "leg", "fine")

    def __init__(self, data: QueryDict | None = None, *, locks: Sequence[StillLocked], today: date) -> None:
        super().__init__(data, block="leg", today=today)
        self._locks = locks
        sides = locked_sides(locks)
        if len(sides) == 1:
            del self.fields["leg"]
            self._only: Side | None = sides[0]
        else:
            self._only = None
            legs = [(BOTH, "Both legs"), ("left", "The left leg"), ("right", "The right leg")]
            self.fields["leg"].choices = legs  # type: ignore[attr-defined]
            self.fields["leg"].initial = BOTH
        self.fields["on"].initial = today
        self.fields["on"].widget.attrs["max"] = today.isoformat()

    @property
    def side(self) -> Side | None:
        """The leg they spoke about; `None`: both."""
        if self._only is not None:
            return self._only
        leg = self.cleaned_data["leg"]
        return None if leg == BOTH else Side(leg)

    @property
    def says_fine(self) -> bool:
        return bool(self.cleaned_data["fine"] == "yes")

    def clean(self) -> dict[str, object]:
        cleaned = self.cleaned_data
        if "on" in cleaned and cleaned.get("fine") == "yes" and (self._only or "leg" in cleaned):
            about = BOTH_SIDES if self.side is None else (self.side,)
            since = max((lock.since for lock in self._locks if set(lock.sides) & set(about)), default=cleaned["on"])
            if cleaned["on"] < since:
                day = weekday_said(since)
                self.add_error("on", f"It was locked on {day}. Only a word from that day or later opens it.")
        return cleaned


def locked_sides(locks: Iterable[StillLocked]) -> tuple[Side, ...]:
    """The legs that any of them locks."""
    locked = {side for lock in locks for side in lock.sides}
    return tuple(side for side in BOTH_SIDES if side in locked)
