"""Who may see and change accounts and invitations: the only way to their rows."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse

from calfwise_web.account.models import Invitation, User


class StaffRequest(HttpRequest):
    """A request of someone who may invite others."""

    user: User


def staff_only(
    view: Callable[Concatenate[StaffRequest, ...], HttpResponse],
) -> Callable[Concatenate[StaffRequest, ...], HttpResponse]:
    """To everybody else the page does not exist."""

    @wraps(view)
    def checked(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_staff:
            raise Http404
        return view(request, *args, **kwargs)

    return checked


def anybody_here() -> bool:
    """Whether there is an account at all."""
    return User.objects.exists()


def accounts() -> QuerySet[User]:
    """All accounts, with the bytes of their originals; nothing of what is in them."""
    kept = Q(journals__recordings__kept=True)
    return User.objects.annotate(disk_bytes=Sum("journals__recordings__size", filter=kept)).order_by("username")


def account(pk: int) -> User:
    """For staff, who may switch it off or make a link for it."""
    found = User.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def account_named(name: str) -> User | None:
    """For the terminal; whatever the case of the letters."""
    return User.objects.filter(username__iexact=name).first()


def new_invitation(**row: Any) -> Invitation:
    """Written down."""
    return Invitation.objects.create(**row)


def open_invitations(*, at: datetime) -> QuerySet[Invitation]:
    """Those that could still be used."""
    return Invitation.objects.filter(used_at=None, expires_at__gt=at).order_by("-made_at")


def first_invitations() -> QuerySet[Invitation]:
    """Those for the first account, which nobody used."""
    return Invitation.objects.filter(made_by=None, used_at=None)


def devices(user: User, *, at: datetime) -> list[UserSession]:
    """Where `user` is signed in, newest first."""
    mine = list(UserSession.objects.filter(user=user).order_by("-last_seen_at"))
    alive = set(
        Session.objects.filter(session_key__in=[row.session_key for row in mine], expire_date__gt=at).values_list(
            "session_key", flat=True
        )
    )
    return [row for row in mine if row.session_key in alive]


def end_other_sessions(user: User, *, kept_key: str | None) -> None:
    """All but one: after a new password they opened nothing any more, and now they are gone."""
    for row in UserSession.objects.filter(user=user).exclude(session_key=kept_key):
        row.end()


def forget_sessions(user: User) -> None:
    """All of them, those that no list shows included."""
    for row in UserSession.objects.filter(user=user):
        row.end()
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()


def leaves_nobody_to_invite(user: User) -> bool:
    """Whether without this account others would stay, none of whom may invite."""
    others = User.objects.exclude(pk=user.pk)
    return user.is_staff and others.exists() and not others.filter(is_staff=True, is_active=True).exists()


def other_sign_ins(user: User) -> QuerySet[SocialAccount]:
    """`user`'s accounts elsewhere that sign them in here."""
    return SocialAccount.objects.filter(user=user)


def authenticators(user: User, type_: Authenticator.Type) -> QuerySet[Authenticator]:
    """`user`'s passkeys, or app, or recovery codes."""
    return Authenticator.objects.filter(user=user, type=type_)


def recovery_codes(user: User) -> RecoveryCodes | None:
    """`user`'s own."""
    row = authenticators(user, Authenticator.Type.RECOVERY_CODES).first()
    return None if row is None else row.wrap()
