"""The last question before everything goes."""

from django import forms
from django.http import QueryDict


class Delete(forms.Form):
    """One's own name, typed: nobody does that by accident."""

    name = forms.CharField(label="Your name here", max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, data: QueryDict | None = None, *, name: str) -> None:
        super().__init__(data)
        self._name = name
        self.fields["name"].help_text = f"Type {name} to say that you mean it."

    def clean_name(self) -> str:
        said: str = self.cleaned_data["name"]
        if said.lower() != self._name.lower():
            raise forms.ValidationError(f"That is not {self._name}. Nothing was deleted.")
        return said
