"""What changes accounts and invitations."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from calfwise.errors import CalfwiseError
from calfwise_web.account import access
from calfwise_web.account.consent import CONSENT_VERSION
from calfwise_web.account.models import Invitation, User
from calfwise_web.journal import services as journal

FIRST_LASTS = timedelta(hours=24)
INVITATION_LASTS = timedelta(days=7)


class LinkGone(CalfwiseError):  # noqa: N818 - named like calfwise.errors
    """The link was used, withdrawn or too old, or never was one."""


class AccountForm(Protocol):
    """A valid sign-up form of allauth's with our two questions."""

    cleaned_data: dict[str, str]

    def save(self, request: HttpRequest) -> User: ...


def digest_of(token: str) -> str:
    """What is stored of a token.

    >>> digest_of("a")[:8]
    'ca978112'
    """
    return sha256(token.encode()).hexdigest()


def invite(*, made_by: User, at: datetime) -> tuple[str, Invitation]:
    """A new invitation and its token, which cannot be told again."""
    return _new(staff=False, made_by=made_by, lasts=INVITATION_LASTS, at=at)


@transaction.atomic
def invite_first(*, at: datetime) -> str | None:
    """The token for the first account, in place of earlier ones; None when there is an account."""
    if access.anybody_here():
        return None
    access.first_invitations().delete()
    return _new(staff=True, made_by=None, lasts=FIRST_LASTS, at=at)[0]


def _new(*, staff: bool, made_by: User | None, lasts: timedelta, at: datetime) -> tuple[str, Invitation]:
    token = secrets.token_urlsafe(32)
    row = access.new_invitation(
        token_digest=digest_of(token), staff=staff, made_by=made_by, made_at=at, expires_at=at + lasts
    )
    return token, row


def withdraw(pk: int, *, at: datetime) -> None:
    """Take back an invitation that nobody used; one that is gone already is no trouble."""
    access.open_invitations(at=at).filter(pk=pk).delete()


def usable(token: str, *, at: datetime) -> bool:
    """Whether a link would make an account; asking changes nothing."""
    row = access.open_invitations(at=at).filter(token_digest=digest_of(token)).first()
    return row is not None and not _too_late_to_be_first(row)


def _too_late_to_be_first(row: Invitation) -> bool:
    return row.made_by_id is None and access.anybody_here()


@transaction.atomic
def open_account(request: HttpRequest, form: AccountForm, *, token: str, at: datetime) -> User:
    """Use up the link, make the account and open its journal: all of it, or nothing."""
    mine = access.open_invitations(at=at).filter(token_digest=digest_of(token))
    row = mine.first()
    # The update decides between two who come at once; what was read before it does not.
    if row is None or _too_late_to_be_first(row) or mine.update(used_at=at) != 1:
        raise LinkGone
    user = form.save(request)
    if row.staff:
        user.is_staff = True
        user.save(update_fields=["is_staff"])
    begin_journal(user, time_zone=form.cleaned_data["time_zone"], at=at)
    return user


def begin_journal(user: User, *, time_zone: str, at: datetime) -> None:
    """An empty journal, whose first line is the consent."""
    journal.open_journal(user, time_zone=time_zone, consent_version=CONSENT_VERSION, at=at)


def switch(user: User, *, on: bool) -> None:
    """An account that is off keeps everything, and opens nothing: its sessions end at once."""
    user.is_active = on
    user.save(update_fields=["is_active"])


def sign_in_path(user: User) -> str:
    """A link that lets `user` set a new password once; a sign-in or a new password ends it, and so does a day."""
    return reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)},
    )
