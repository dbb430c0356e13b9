"""One small form a card. What is typed stays when something is wrong, and what is wrong is said in words."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from calfwise.model.journal import Prefers, Said
from calfwise.model.runner import Runner
from calfwise_web.preferences import choices
from calfwise_web.preferences.conditions import Asked
from calfwise_web.preferences.numbers import feet_and_inches, height_of, mass_of, mass_said
from calfwise_web.units import KG_A_POUND

LIGHTEST_KG, HEAVIEST_KG = 20, 300
SHORTEST_M, TALLEST_M = 0.5, 2.5
EARLIEST = 1900
_MONTH = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
Sent = QueryDict | None
YES_OR_NO = [("yes", "Yes"), ("no", "No")]
ANSWERS = [*YES_OR_NO, ("", "Not answered")]


class Number(forms.FloatField):
    """A number with a point or a comma."""

    def __init__(self, label: str, help_text: str = "") -> None:
        words = {"invalid": "That is not a number."}
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "short", "autocomplete": "off"})
        super().__init__(label=label, help_text=help_text, required=False, widget=widget, error_messages=words)

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compared as numbers: "68" is 68.0."""
        return super().has_changed(self.to_python(initial), data)


class AboutYou(forms.Form):
    """Facts about the runner; each may stay unknown."""

    birth_year = forms.IntegerField(
        label="Year you were born",
        help_text="Age bears a little on why calves are tight. No number of your load uses it.",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "autocomplete": "bday-year"}),
        error_messages={"invalid": "A year has four digits, like 1985."},
    )
    running_since = forms.CharField(
        label="Running since",
        help_text="A month or a day, like 2019-05. In your first weeks of running, Load and Why say so.",
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )
    mass = Number("Weight", "Kept for you alone. Forces are told in body weights, so no number changes with it.")
    height_cm = Number("Height", "Kept for you alone. No number uses it today.")
    height_ft = Number("Height, feet", "Kept for you alone. No number uses it today.")
    height_in = Number("and inches")

    def __init__(self, data: Sent = None, *, runner: Runner, unit: str, today: date) -> None:
        super().__init__(data, initial=_said_of(runner, unit), auto_id="about-%s")
        self._unit, self._today, self._runner = unit, today, runner
        for name in ("height_ft", "height_in") if unit == "kg" else ("height_cm",):
            del self.fields[name]

    def clean_birth_year(self) -> int | None:
        year: int | None = self.cleaned_data["birth_year"]
        if year is not None and not EARLIEST <= year <= self._today.year:
            raise forms.ValidationError(f"A year from {EARLIEST} to {self._today.year}, please.")
        return year

    def clean_running_since(self) -> date | None:
        said: str = self.cleaned_data["running_since"]
        if not said:
            return None
        match = _MONTH.fullmatch(said)
        try:
            day = date(int(match[1]), int(match[2]), int(match[3] or 1)) if match else None
        except ValueError:
            day = None
        if day is None or day.year < EARLIEST:
            raise forms.ValidationError("Write it as year and month, like 2019-05, or with the day, like 2019-05-20.")
        if day > self._today:
            raise forms.ValidationError("That day is still to come.")
        return day

    def clean_mass(self) -> float | None:
        said: float | None = self.cleaned_data["mass"]
        if said is None:
            return None
        mass_kg = mass_of(said, self._unit)
        if not LIGHTEST_KG <= mass_kg <= HEAVIEST_KG:
            factor = 1.0 if self._unit == "kg" else KG_A_POUND
            raise forms.ValidationError(
                f"From {LIGHTEST_KG / factor:.0f} to {HEAVIEST_KG / factor:.0f} {self._unit}, please."
            )
        return mass_kg

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        born, since = cleaned.get("birth_year"), cleaned.get("running_since")
        if born and since and since.year < born:
            self.add_error("running_since", "That is before you were born.")
        height_m = self._height_m()
        if height_m is not None and not SHORTEST_M <= height_m <= TALLEST_M:
            cm = self._unit == "kg"
            words = "From 50 to 250 cm, please." if cm else "From 1 foot 8 to 8 feet 2, please."
            self.add_error("height_cm" if cm else "height_ft", words)
        return cleaned

    def _height_m(self) -> float | None:
        if self._unit == "kg":
            said = self.cleaned_data.get("height_cm")
            return None if said is None else round(said / 100, 3)
        feet, inches = self.cleaned_data.get("height_ft"), self.cleaned_data.get("height_in")
        return None if feet is None and inches is None else height_of(feet=feet or 0, inches=inches or 0)

    @property
    def facts(self) -> dict[str, Any]:
        """What was changed, in SI: a weight that was only shown in pounds does not drift."""
        changed = set(self.changed_data)
        facts: dict[str, Any] = {}
        for field, name in (("birth_year", "birth_year"), ("running_since", "running_since"), ("mass", "mass_kg")):
            if field in changed:
                facts[name] = self.cleaned_data[field]
        if changed & {"height_cm", "height_ft", "height_in"}:
            facts["height_m"] = self._height_m()
        return facts


def _said_of(runner: Runner, unit: str) -> dict[str, object]:
    """A runner as the form shows it."""
    feet, inches = (None, "") if runner.height_m is None else feet_and_inches(runner.height_m)
    return {
        "birth_year": runner.birth_year,
        "running_since": runner.running_since.isoformat() if runner.running_since else "",
        "mass": mass_said(runner.mass_kg, unit),
        "height_cm": "" if runner.height_m is None else f"{runner.height_m * 100:.1f}".removesuffix(".0"),
        "height_ft": feet,
        "height_in": inches,
    }


class HowItIsWritten(forms.Form):
    """Units, and the day a week begins with."""

    distance = forms.ChoiceField(
        label="Distance", choices=[("km", "Kilometres"), ("mi", "Miles")], widget=forms.RadioSelect
    )
    mass = forms.ChoiceField(label="Weight", choices=[("kg", "Kilograms"), ("lb", "Pounds")], widget=forms.RadioSelect)
    first_weekday = forms.ChoiceField(label="A week begins on", help_text="For the bars of weeks on the Load page.")

    def __init__(self, data: Sent = None, *, prefers: Prefers) -> None:
        initial = {"distance": prefers.distance, "mass": prefers.mass, "first_weekday": str(prefers.first_weekday)}
        super().__init__(data, initial=initial, auto_id="units-%s")
        self.fields["first_weekday"].choices = choices.weekday_choices(prefers.first_weekday)  # type: ignore[attr-defined]

    @property
    def wishes(self) -> dict[str, Any]:
        return self.cleaned_data | {"first_weekday": int(self.cleaned_data["first_weekday"])}


class Place(forms.Form):
    """Where home is: whose midnight ends a day, and whom to call."""

    zone = forms.ChoiceField(label="Time zone", required=False, help_text="Your own midnight ends a day.")
    other = forms.CharField(
        label="Another zone",
        help_text="Not in the list? Write its name as in Indian/Mauritius. It then counts instead of the list.",
        required=False,
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    browser_zone = forms.CharField(
        required=False, max_length=64, widget=forms.HiddenInput(attrs={"data-time-zone": ""})
    )
    country = forms.ChoiceField(
        label="Country", required=False, help_text="Whom to call differs: emergency and urgent lines are shown for it."
    )

    def __init__(self, data: Sent = None, *, prefers: Prefers) -> None:
        super().__init__(
            data,
            initial={"zone": prefers.time_zone or "", "country": prefers.country or ""},
            auto_id="place-%s",
        )
        self.fields["zone"].choices = choices.zone_choices(prefers.time_zone)  # type: ignore[attr-defined]
        self.fields["country"].choices = choices.country_choices()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        other, listed = cleaned.get("other", ""), cleaned.get("zone", "")
        if other and other not in choices.zones():
            self.add_error("other", "This machine knows no zone of that name. Names look like Europe/Berlin.")
        asks_browser = not other and not listed and "zone" not in self.errors
        if asks_browser and cleaned.get("browser_zone", "") not in choices.zones():
            self.add_error("zone", "This browser does not tell its zone. Please choose one.")
        return cleaned

    @property
    def wishes(self) -> dict[str, Any]:
        said = self.cleaned_data
        zone = said["other"] or said["zone"] or said["browser_zone"]
        return {"time_zone": zone, "country": said["country"] or None}


class Kit(forms.Form):
    """What is at hand for a session."""

    tools = forms.MultipleChoiceField(
        label="Tools", required=False, widget=forms.CheckboxSelectMultiple, help_text="Your hands are always there."
    )
    on_floor = forms.ChoiceField(
        label="Can you sit on the floor, and get up again?",
        required=False,
        choices=[("yes", "Yes: floor or chair"), ("no", "No: a chair, please"), ("", "Not said")],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Sent = None, *, prefers: Prefers) -> None:
        floor = {True: "yes", False: "no", None: ""}[prefers.on_floor]
        initial = {"tools": list(prefers.tools or ()), "on_floor": floor}
        super().__init__(data, initial=initial, auto_id="kit-%s")
        self.fields["tools"].choices = choices.tool_choices()  # type: ignore[attr-defined]

    @property
    def wishes(self) -> dict[str, Any]:
        floor = {"yes": True, "no": False}.get(self.cleaned_data["on_floor"])
        return {"tools": tuple(sorted(self.cleaned_data["tools"])), "on_floor": floor}


class Theme(forms.Form):
    """Light or dark, on this device."""

    theme = forms.ChoiceField(label="Theme", choices=choices.THEMES, widget=forms.RadioSelect)

    def __init__(self, data: Sent = None, *, theme: str) -> None:
        known = theme if theme in dict(choices.THEMES) else "auto"
        super().__init__(data, initial={"theme": known}, auto_id="look-%s")


class Originals(forms.Form):
    """Whether recordings stay beside what was read from them."""

    keep = forms.ChoiceField(
        label="Keep originals",
        choices=[("yes", "Yes, byte for byte"), ("no", "No: of new imports, only what was read from them")],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Sent = None, *, prefers: Prefers) -> None:
        initial = {"keep": "yes" if prefers.keep_originals else "no"}
        super().__init__(data, initial=initial, auto_id="originals-%s")

    @property
    def wishes(self) -> dict[str, Any]:
        return {"keep_originals": self.cleaned_data["keep"] == "yes"}


class Conditions(forms.Form):
    """Standing conditions, each yes, no or not answered."""

    def __init__(self, data: Sent = None, *, asked: Iterable[Asked]) -> None:
        super().__init__(data, auto_id="condition-%s")
        for each in asked:
            said = "" if each.said is None else "yes" if each.said.is_yes else "no"
            self.fields[each.id] = forms.ChoiceField(
                label=each.question.question,
                choices=ANSWERS,
                required=False,
                initial=said,
                widget=forms.RadioSelect,
            )

    @property
    def answers(self) -> dict[str, Said]:
        """Every question's, "unsure" where nothing was answered."""
        words = {"yes": Said.YES, "no": Said.NO, "": Said.UNSURE}
        return {id_: words[said] for id_, said in self.cleaned_data.items()}


class WasSeen(forms.Form):
    """What a professional said about one standing condition."""

    by = forms.CharField(label="Who", help_text="A name or a profession.", max_length=100)
    on = forms.DateField(
        label="When",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "A day, please, like 2026-05-03."},
    )
    fine = forms.ChoiceField(
        label="What they said about massaging your calves",
        choices=[("yes", "It is fine"), ("no", "Not yet, or no")],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Sent = None, *, block: str, today: date) -> None:
        super().__init__(data, auto_id=f"seen-{block}-%s")
        self._today = today

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > self._today:
            raise forms.ValidationError("That day is still to come.")
        if day.year < EARLIEST:
            raise forms.ValidationError("Please look at the year.")
        return day
