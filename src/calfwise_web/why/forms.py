"""What only the runner knows, as questions with yes and no; not to answer says nothing."""

from collections.abc import Mapping
from typing import Any

from django import forms

from calfwise import library

YES, NO, NOT_SAID = "yes", "no", ""
PREFIX = "life"


class Life(forms.Form):
    """Questions about the runner's life: those asked for, by id, each known to the library."""

    def __init__(
        self, sent: Mapping[str, Any] | None = None, *, ids: tuple[str, ...], said: Mapping[str, bool], auto_id: str
    ) -> None:
        initial = {id_: YES if said[id_] else NO for id_ in ids if id_ in said}
        super().__init__(sent, initial=initial, prefix=PREFIX, auto_id=auto_id)
        asked = library.reasons().questions
        for id_ in ids:
            words = [(YES, "Yes"), (NO, "No")]
            self.fields[id_] = forms.ChoiceField(
                label=asked[id_].question,
                help_text=asked[id_].why,
                required=False,
                choices=words if id_ in said else [*words, (NOT_SAID, "Not said")],
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": "Yes or no, please, or leave it open."},
            )

    @property
    def answers(self) -> dict[str, bool]:
        """What was answered; what was left open is not among it."""
        return {id_: said == YES for id_, said in self.cleaned_data.items() if said in (YES, NO)}
