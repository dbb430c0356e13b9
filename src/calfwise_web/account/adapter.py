"""Our rules and our words in allauth."""

import os
import time
from typing import Any, ClassVar

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from qrcode.image.svg import SvgPathFillImage

from calfwise_web.account import access
from calfwise_web.account.models import User

SIGNED_IN_AT = "signed-in-at"
WHO = ("sub", "preferred_username")


class Adapter(DefaultAccountAdapter):
    """Accounts come by links alone; who signed in a moment ago is not asked again."""

    error_messages: ClassVar = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is switched off.",
        "enter_current_password": "That is not your password now. Please type it once more.",
        "incorrect_code": "That code does not fit. Codes change every 30 seconds: try the next one.",
        "incorrect_password": "That is not your password. Please type it once more.",
        "invalid_password_reset": "This link was used, or is too old.",
        "too_many_login_attempts": (
            "Too many wrong tries. Nothing is lost: wait five minutes, then try again. A passkey works meanwhile."
        ),
        "rate_limited": "Too many tries in a row. Wait a minute, then try again.",
        "username_password_mismatch": "That name and that password do not go together. Please try again.",
        "username_blacklisted": "That name cannot be used. Please choose another.",
        "username_taken": "That name is taken here. Please choose another.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Only `welcome` makes accounts, and it asks its link."""
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        request.session[SIGNED_IN_AT] = time.time()

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """A sign-in in this very session counts as long as a confirmation does."""
        signed_in_at = self.request.session.get(SIGNED_IN_AT, 0.0)
        recent = time.time() - signed_in_at < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not recent and super().is_reauthentication_required(app=app, **kwargs)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": "Use your password",
            "mfa_reauthenticate": "Use a code",
            "mfa_reauthenticate:webauthn": "Use a passkey",
        }
        return [{**way, "description": words[way["id"]]} for way in super().get_reauthentication_methods(user)]

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # allauth's key holds the host, so that another spelling of it ("127.0.0.1") would count anew; and PostgreSQL
        # finds "ian" under "ıan", so letters are folded the way it folds them.
        return str(credentials.get("username", "")).upper().lower()


class SecondStepAdapter(DefaultMFAAdapter):
    """Passkeys, authenticator app and recovery codes."""

    error_messages: ClassVar = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "This one has to stay.",
        "cannot_generate_recovery_codes": "Recovery codes go with a passkey or an authenticator app: add one first.",
        "incorrect_code": "That did not fit. Nothing was changed: please try once more.",
    }

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's name
        count = access.authenticators(user, type).count()
        return "My passkey" if count == 0 else f"My passkey {count + 1}"

    def build_totp_svg(self, url: str) -> str:
        """On white with a margin, so that it can be scanned from a dark page as well."""
        picture: str = qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode")
        return picture

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "calfwise"}


class OpenIdAdapter(DefaultSocialAccountAdapter):
    """Another's sign-in opens an account that is linked to it; it makes one only where the operator says so."""

    error_messages: ClassVar = DefaultSocialAccountAdapter.error_messages | {
        "connected_other": "That sign-in already belongs to another account here.",
        "disconnect_last": "This is your only way in. Set a password or add a passkey first.",
        "no_password": "This is your only way in. Set a password or add a passkey first.",
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        return os.environ.get("CALFWISE_OIDC_SIGNUP") == "1"

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: object) -> bool:
        """Never: the page in between asks for the consent."""
        return False

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        """Of what the other side tells, only who it is: no mail address, for calfwise sends nothing."""
        told = sociallogin.account.extra_data
        person = told.get("userinfo") or told.get("id_token") or {}
        sociallogin.account.extra_data = {"userinfo": {key: person[key] for key in WHO if key in person}}
        sociallogin.email_addresses = []
        user: User = super().populate_user(request, sociallogin, {**data, "email": ""})
        return user
