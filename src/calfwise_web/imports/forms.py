"""What requests may say about files: checked here, so that services see numbers and names."""

from django import forms

from calfwise_web.imports.staging import MOST_BYTES

LABEL_LENGTH = 300
NAME_LENGTH = 1024


class Begin(forms.Form):
    """What the files are called together."""

    label = forms.CharField(max_length=LABEL_LENGTH, required=False)


class Piece(forms.Form):
    """Where a piece of a large file belongs."""

    name = forms.CharField(max_length=NAME_LENGTH, strip=False)
    offset = forms.IntegerField(min_value=0, max_value=MOST_BYTES)
    size = forms.IntegerField(min_value=0)
    """Of the whole file. [bytes]"""


class Chosen(forms.Form):
    """Which outcomes are shown. What makes no sense is left out, not refused."""

    outcome = forms.CharField(max_length=20, required=False)
    q = forms.CharField(max_length=100, required=False)
