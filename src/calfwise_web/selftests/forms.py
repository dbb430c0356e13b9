"""What a self-test sends: how sore the calves are now, and the results of each leg that was open."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms

from calfwise.model.fix.selftest import TOO_SORE_NRS, SelfTest
from calfwise.model.run import BOTH_SIDES, Side

HIGHEST_NRS = 10
TRIES = ("First try", "Second try", "Third try", "Fourth try", "Fifth try")
LABELS = {"cm": "From the wall to the big toe", "repetitions": "Raises that counted", "s": "Seconds held"}


class Results(forms.Form):
    """One test of one or both legs."""

    sore = forms.TypedChoiceField(
        label="How sore is your sorer calf when you walk, now?",
        choices=[(str(nrs), str(nrs)) for nrs in range(HIGHEST_NRS + 1)],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Say how sore your calves are, 0 to 10."},
    )

    def __init__(self, sent: Mapping[str, Any] | None = None, *, test: SelfTest, sides: Collection[Side]) -> None:
        super().__init__(sent)
        self.test, self.sides = test, tuple(side for side in BOTH_SIDES if side in sides)
        for side in self.sides:
            self.fields |= _looked(side, test) if test.looks else _counted(side, test)

    def of(self, side: Side) -> list[forms.BoundField]:
        """A leg's own fields."""
        return [self[name] for name in self.fields if name.startswith(f"{side}-")]

    def clean_sore(self) -> int:
        sore = int(self.cleaned_data["sore"])
        if sore >= TOO_SORE_NRS:
            raise forms.ValidationError(
                f"At {TOO_SORE_NRS} of ten or more there is no test, and nothing is kept. Check in on Today instead."
            )
        return sore

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        for side in self.sides:
            given = [told.get(field.name) for field in self.of(side)]
            if not self.test.looks and None in given and any(each is not None for each in given):
                self.add_error(f"{side}-1", f"All {len(given)} tries of the {side} leg are needed, or none of them.")
        if not self.errors and all(self.result(side) is None for side in BOTH_SIDES):
            raise forms.ValidationError("Nothing to keep yet: give the result of one leg at least.")
        return told

    def result(self, side: Side) -> float | None:
        """A leg's result: the mean of its tries, or how many things were seen. `None`: not tested."""
        if side not in self.sides:
            return None
        told = self.cleaned_data
        if self.test.looks:
            return float(len(told[f"{side}-looks"])) if told[f"{side}-done"] else None
        given: list[float | None] = [told.get(field.name) for field in self.of(side)]
        known = [value for value in given if value is not None]
        return round(sum(known) / len(known), 1) if len(known) == len(given) else None


def _counted(side: Side, test: SelfTest) -> dict[str, forms.Field]:
    whole = test.unit != "cm"
    kind: type[forms.IntegerField] = forms.IntegerField if whole else forms.FloatField
    inputs = forms.NumberInput(attrs={"inputmode": "numeric" if whole else "decimal", "step": "1" if whole else "0.1"})
    return {
        f"{side}-{place + 1}": kind(
            label=LABELS[test.unit] if test.tries == 1 else TRIES[place],
            required=False,
            min_value=0,
            max_value=int(test.most),
            widget=inputs,
            error_messages={"max_value": f"{test.most:g} is the most that can be noted."},
        )
        for place in range(test.tries)
    }


def _looked(side: Side, test: SelfTest) -> dict[str, forms.Field]:
    return {
        f"{side}-done": forms.BooleanField(label="I did this leg.", required=False),
        f"{side}-looks": forms.MultipleChoiceField(
            label="What you saw, in two of five or more",
            choices=[(str(place), look) for place, look in enumerate(test.looks)],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        ),
    }
