"""allauth's forms with our fields and our words: short labels, no placeholders, one password field."""

from typing import Any, ClassVar
from zoneinfo import available_timezones

from allauth.account import forms as account
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from allauth.socialaccount import forms as social
from django import forms
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from calfwise_web.account import services
from calfwise_web.account.consent import AGREEMENT, FACTS
from calfwise_web.account.models import User

NAME = ("Name", "What you sign in with: 2 to 30 letters, digits, dots, dashes or underscores. No mail address needed.")
NEW_PASSWORD = ("Password", "Ten characters or more. Three or four words you will remember do well.")


class Worded(forms.Form):
    """Labels and help by field; a field that is None is left out, and placeholders always are."""

    words: ClassVar[dict[str, tuple[str, str] | None]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in self.words.items():
            if words is None:
                self.fields.pop(name, None)
            elif name in self.fields:
                self.fields[name].label, self.fields[name].help_text = words
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class SignIn(Worded, account.LoginForm):
    words: ClassVar = {"login": ("Name", ""), "password": ("Password", "")}


class Confirm(Worded, account.ReauthenticateForm):
    words: ClassVar = {"password": ("Password", "")}


class ChangePassword(Worded, account.ChangePasswordForm):
    words: ClassVar = {
        "oldpassword": ("Password now", ""),
        "password1": ("New password", NEW_PASSWORD[1]),
        "password2": None,
    }


class SetPassword(Worded, account.SetPasswordForm):
    words: ClassVar = {"password1": NEW_PASSWORD, "password2": None}


class NewPassword(Worded, account.ResetPasswordKeyForm):
    words: ClassVar = {"password1": ("New password", NEW_PASSWORD[1]), "password2": None}


class Code(Worded, second_step.AuthenticateForm):
    words: ClassVar = {"code": ("Code", "From your authenticator app, or one of your recovery codes.")}


class ConfirmCode(Worded, second_step.ReauthenticateForm):
    words: ClassVar = Code.words


class AddApp(Worded, totp.ActivateTOTPForm):
    words: ClassVar = {"code": ("Code", "The six digits the app shows now.")}


class AddPasskey(Worded, webauthn.AddWebAuthnForm):
    words: ClassVar = {
        "name": ("Name", "So that you know it again: the phone or the key it lives on."),
        "passwordless": ("Sign in with it alone", "Your device asks for face, finger or PIN. Untick for a simple key."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


class RenamePasskey(Worded, webauthn.EditWebAuthnForm):
    words: ClassVar = {"name": ("Name", "")}


class Beginning(Worded):
    """What every new account is asked: the consent; and the time zone, which the browser knows."""

    time_zone = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput(attrs={"data-time-zone": ""}))
    consent = forms.BooleanField(
        label=AGREEMENT, error_messages={"required": "Without this there is nothing calfwise could do for you."}
    )
    facts = FACTS
    words: ClassVar = {"username": NAME, "password1": NEW_PASSWORD}
    field_order = ("username", "password1", "consent", "time_zone")

    def clean_time_zone(self) -> str:
        """A browser without script says nothing; settings can put it right."""
        said: str = self.cleaned_data["time_zone"]
        return said if said in available_timezones() else "UTC"


class Welcome(Beginning, account.SignupForm):
    """The sign-up behind a link."""


class WelcomeFromElsewhere(Beginning, social.SignupForm):
    """The sign-up of someone whom another's sign-in knows."""

    def _get_signup_fields(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        kwargs.pop("email_required", None)  # allauth asks for a mail field then, and there is none
        fields: dict[str, Any] = super()._get_signup_fields(kwargs)
        return fields

    @transaction.atomic
    def save(self, request: HttpRequest) -> User:
        user: User = super().save(request)
        services.begin_journal(user, time_zone=self.cleaned_data["time_zone"], at=timezone.now())
        return user
