"""What the runner sends about runs."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from calfwise.model.journal import AboutRun
from calfwise.model.runner import Shoe
from calfwise_web.runs import words
from calfwise_web.runs.wanted import COUNTED, LEFT_OUT, NOT_SAID
from calfwise_web.shoes.queries import pairs_of

LONGEST_NOTE = 2000


class Several(forms.Form):
    """The same about several runs; what is left empty stays as it is."""

    shoe = forms.ChoiceField(required=False)
    surface = forms.ChoiceField(required=False, choices=[*words.SURFACES.items(), (NOT_SAID, "")])
    kind = forms.ChoiceField(required=False, choices=[*words.KINDS.items(), (NOT_SAID, "")])
    counting = forms.ChoiceField(required=False, choices=[(COUNTED, ""), (LEFT_OUT, "")])

    def __init__(self, sent: QueryDict, *, shoes: tuple[Shoe, ...]) -> None:
        super().__init__(sent)
        pairs = [(shoe.id, shoe.name) for shoe in pairs_of(shoes)]
        self.fields["shoe"].choices = [*pairs, (NOT_SAID, "")]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, object]:
        """Only what was chosen, as `AboutRun` has it."""
        said = self.cleaned_data
        facts: dict[str, object] = {
            name: None if said[name] == NOT_SAID else said[name] for name in ("shoe", "surface", "kind") if said[name]
        }
        return facts | ({"left_out": said["counting"] == LEFT_OUT} if said["counting"] else {})


def keys_of(sent: QueryDict) -> list[UUID]:
    """The runs that were ticked. What is no key becomes one that nobody has: then nothing is changed at all."""
    return list(dict.fromkeys(_key(text) for text in sent.getlist("run")))


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


class OneRun(forms.Form):
    """All that can be said of one run."""

    shoe = forms.ChoiceField(required=False, label="Shoe")
    surface = forms.ChoiceField(required=False, label="Surface", choices=[("", "Not said"), *words.SURFACES.items()])
    kind = forms.ChoiceField(required=False, label="Kind", choices=[("", "Not said"), *words.KINDS.items()])
    left_out = forms.BooleanField(
        required=False, label="Leave this run out", help_text="Somebody else's run, a ride, or one that never was."
    )
    note = forms.CharField(
        required=False, label="Note", max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, sent: Mapping[str, Any] | None, *, about: AboutRun | None, shoes: tuple[Shoe, ...]) -> None:
        super().__init__(sent, initial=_said(about))
        held = about.shoe if about else None
        pairs = [shoe for shoe in shoes if shoe in pairs_of(shoes) or shoe.id == held]
        self.fields["shoe"].choices = [("", "As the day says"), *((shoe.id, shoe.name) for shoe in pairs)]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, object]:
        """As `AboutRun` has it."""
        said = self.cleaned_data
        facts = {name: said[name] or None for name in ("shoe", "surface", "kind", "note")}
        return {**facts, "left_out": said["left_out"]}


def _said(about: AboutRun | None) -> dict[str, object]:
    if about is None:
        return {}
    return {
        "shoe": about.shoe or "",
        "surface": about.surface or "",
        "kind": about.kind or "",
        "left_out": about.left_out,
        "note": about.note or "",
    }
