"""What a runner wants of the weeks ahead, and who agreed to a return: one form each, and what is typed stays."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from msgspec import structs

from calfwise.model.weeks import ElementKind, WeeksWish
from calfwise_web.load.spans import WEEK_DAYS
from calfwise_web.templatetags.words import weekday_said

FEWEST_WEEKS, MOST_WEEKS, USUAL_WEEKS = 4, 12, 6
FEWEST_MINUTES, MOST_MINUTES = 10, 600
USUAL_DAYS = (1, 3, 6)
"""Tuesday, Thursday, Sunday: where no run tells which days suit."""
LONGEST_NAME = 80
SINCE_LONG = timedelta(days=366)
"""An agreement older than a year speaks of another strain."""
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
RETURN = "return"
GOALS = {
    "steady": ("Stay as I am, and quiet", "The same running, and calves that bear more of it."),
    "further": ("Run further", "The long run grows, in small steps, as far as your calves have been."),
    "faster": ("Run faster", "A little brisk running, once some weeks have been quiet."),
    RETURN: ("Come back after a strain", "Walking with short runs in it, never two days in a row."),
}
LEAVE_OUT = {
    ElementKind.TEMPO: "Brisk running",
    ElementKind.CADENCE: "Minutes to a metronome",
    ElementKind.DRILLS: "Running drills",
    ElementKind.GRASS: "Bare feet on grass",
    ElementKind.CALF_STRENGTH: "Calf strength",
    ElementKind.GLUTE_STRENGTH: "Glute strength",
    ElementKind.MASSAGE: "Days for self-massage",
}
AS_IT_BEGAN, TODAY, MONDAY = "as-it-began", "today", "monday"
NO_DATE = "A day, please, like 2026-05-03."
WHO = "Who agreed? A word is enough: my physio, Dr Kaya."
WHEN = "When did they agree? A day is enough."


class Agreed(forms.Form):
    """Who has agreed to a return, and when."""

    agreed_by = forms.CharField(
        label="Who has agreed",
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": "A shorter name, please."},
    )
    agreed_on = forms.DateField(
        label="When",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": NO_DATE},
    )

    def __init__(self, sent: QueryDict | None = None, *, today: date, **more: Any) -> None:
        super().__init__(sent, **more)
        self._today = today

    def clean_agreed_on(self) -> date | None:
        on: date | None = self.cleaned_data["agreed_on"]
        if on is None:
            return None
        if on > self._today:
            raise forms.ValidationError("That day is still to come. Say it when they have agreed.")
        if on < self._today - SINCE_LONG:
            raise forms.ValidationError("That is over a year ago. Ask again: legs change in a year.")
        return on

    def check_both(self) -> None:
        """One without the other says too little."""
        told = self.cleaned_data
        if told.get("agreed_by") and "agreed_on" in told and not told["agreed_on"]:
            self.add_error("agreed_on", WHEN)
        if told.get("agreed_on") and "agreed_by" in told and not told["agreed_by"]:
            self.add_error("agreed_by", WHO)


class Agreement(Agreed):
    """The same alone, where a return waits for it: now both are needed."""

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if not told.get("agreed_by") and "agreed_by" not in self.errors:
            self.add_error("agreed_by", WHO)
        if not told.get("agreed_on") and "agreed_on" not in self.errors:
            self.add_error("agreed_on", WHEN)
        return told


class Wish(Agreed):
    """All that is wanted of the weeks ahead."""

    weeks = forms.TypedChoiceField(
        label="How many weeks",
        coerce=int,
        choices=[(str(weeks), str(weeks)) for weeks in range(FEWEST_WEEKS, MOST_WEEKS + 1)],
        widget=forms.RadioSelect,
        error_messages={"required": "4 to 12 weeks, please.", "invalid_choice": "4 to 12 weeks, please."},
    )
    begins = forms.ChoiceField(
        label="Begins", widget=forms.RadioSelect, error_messages={"invalid_choice": "Today or on Monday, please."}
    )
    run_days = forms.TypedMultipleChoiceField(
        label="Days that suit for running",
        coerce=int,
        choices=[(str(day), name) for day, name in enumerate(DAY_NAMES)],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "One day at least: which suits for running?",
            "invalid_choice": "A day of the week, please.",
        },
    )
    goal = forms.ChoiceField(
        label="What for",
        choices=[(goal, title) for goal, (title, _) in GOALS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "What are these weeks for?", "invalid_choice": "One of these, please."},
    )
    leave_out = forms.MultipleChoiceField(
        label="Leave out",
        required=False,
        choices=[(kind.value, title) for kind, title in LEAVE_OUT.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "That is nothing a day can hold."},
    )
    other_days = forms.TypedMultipleChoiceField(
        label="Days for strength",
        help_text="None chosen: wherever it fits.",
        required=False,
        coerce=int,
        choices=[(str(day), name) for day, name in enumerate(DAY_NAMES)],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "A day of the week, please."},
    )
    most_minutes = forms.IntegerField(
        label="One run takes at most",
        help_text="Empty: as long as your calves allow.",
        required=False,
        min_value=FEWEST_MINUTES,
        max_value=MOST_MINUTES,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "short"}),
        error_messages={
            "invalid": "Whole minutes, as in 60.",
            "min_value": f"{FEWEST_MINUTES} minutes or more.",
            "max_value": f"{MOST_MINUTES} minutes at most.",
        },
    )
    field_order = ("weeks", "begins", "run_days", "goal", "agreed_by", "agreed_on", "leave_out", "other_days")

    def __init__(
        self,
        sent: QueryDict | None = None,
        *,
        today: date,
        usual_days: Iterable[int] = (),
        before: WeeksWish | None = None,
    ) -> None:
        super().__init__(sent, today=today, initial=_filled(before, usual_days))
        self._before = before
        begins = _begins(today, before)
        self._begins = {id_: day for id_, (day, _) in begins.items()}
        self.fields["begins"].choices = [(id_, words) for id_, (_, words) in begins.items()]  # type: ignore[attr-defined]
        self.initial["begins"] = next(iter(begins))

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("goal") == RETURN:
            self.check_both()
        return self.cleaned_data

    def wish(self) -> WeeksWish:
        """As the model has it."""
        told = self.cleaned_data
        back = told["goal"] == RETURN
        return WeeksWish(
            begins=self._begins[told["begins"]],
            weeks=told["weeks"],
            run_days=tuple(sorted(set(told["run_days"]))),
            goal=told["goal"],
            other_days=tuple(sorted(set(told["other_days"]))) or None,
            leave_out=tuple(kind for kind in LEAVE_OUT if kind.value in told["leave_out"]),
            most_minutes=told["most_minutes"],
            agreed_on=told["agreed_on"] if back else None,
            agreed_by=(told["agreed_by"] or None) if back else None,
            not_on=self._before.not_on if self._before else (),
        )

    @property
    def more_is_said(self) -> bool:
        """Whether something stands in the part that is folded away."""
        more = ("leave_out", "other_days", "most_minutes")
        return any(self[name].value() or self[name].errors for name in more)


def with_agreement(before: WeeksWish, form: Agreement) -> WeeksWish:
    """The same weeks, agreed to."""
    told = form.cleaned_data
    return structs.replace(before, agreed_on=told["agreed_on"], agreed_by=told["agreed_by"])


def goal_said(goal: str) -> str:
    """What the weeks are for, at the beginning of a line."""
    return GOALS[goal][0]


def _begins(today: date, before: WeeksWish | None) -> Mapping[str, tuple[date, str]]:
    """When weeks may begin, the first one chosen."""
    monday = today + timedelta(days=WEEK_DAYS - today.weekday())
    anew = {TODAY: (today, "Today"), MONDAY: (monday, weekday_said(monday).rpartition(" ")[0])}
    if before is None or before.begins + timedelta(weeks=before.weeks) <= today:
        return anew
    return {AS_IT_BEGAN: (before.begins, f"As it is: {weekday_said(before.begins).rpartition(' ')[0]}"), **anew}


def _filled(before: WeeksWish | None, usual_days: Iterable[int]) -> dict[str, Any]:
    """What the form holds before anybody typed."""
    if before is None:
        days = tuple(usual_days) or USUAL_DAYS
        return {"weeks": str(USUAL_WEEKS), "run_days": [str(day) for day in days], "goal": next(iter(GOALS))}
    return {
        "weeks": str(before.weeks),
        "run_days": [str(day) for day in before.run_days],
        "goal": before.goal,
        "leave_out": [kind.value for kind in before.leave_out],
        "other_days": [str(day) for day in before.other_days or ()],
        "most_minutes": before.most_minutes,
        "agreed_by": before.agreed_by,
        "agreed_on": before.agreed_on,
    }
