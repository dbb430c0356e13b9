"""Shaped for the templates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession

from calfwise_web.account.models import Invitation, User

# Order matters: Edge says "Chrome" too, and Chrome says "Safari".
BROWSERS = (("Firefox", "Firefox"), ("Edg", "Edge"), ("OPR", "Opera"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link that is shown once."""

    url: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Account:
    """One line in the list of accounts."""

    pk: int
    name: str
    made_at: datetime
    last_at: datetime | None
    disk_bytes: int
    staff: bool
    on: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class People:
    """The page for those who may invite."""

    accounts: list[Account]
    invitations: list[Invitation]
    link: Link | None


@dataclass(frozen=True, slots=True)
class Device:
    """One place where an account is signed in."""

    name: str
    address: str
    since: datetime
    this_one: bool


def people(users: Iterable[User], invitations: Iterable[Invitation], *, me: User, link: Link | None) -> People:
    """Names, dates and room on disk; nothing of what anybody recorded."""
    return People([_account(user, me=me) for user in users], list(invitations), link)


def invitation_link(url: str) -> Link:
    return Link(
        url,
        title="Send this link to the person you invite",
        text="It makes one account, within seven days. It is shown this once: copy it now.",
    )


def sign_in_link(url: str, *, name: str) -> Link:
    return Link(
        url,
        title=f"Send this link to {name}",
        text=(
            "Whoever opens it can set a new password for this account, once, within a day. A passkey or code is still "
            "asked for where one is set up. It is shown this once: copy it now."
        ),
    )


def _account(user: User, *, me: User) -> Account:
    return Account(
        pk=user.pk,
        name=user.username,
        made_at=user.date_joined,
        last_at=user.last_login,
        disk_bytes=getattr(user, "disk_bytes", None) or 0,
        staff=user.is_staff,
        on=user.is_active,
        mine=user == me,
    )


def devices(sessions: Iterable[UserSession], *, current_key: str | None) -> list[Device]:
    """This one first."""
    told = [
        Device(device_name(row.user_agent), row.ip, row.created_at, this_one=row.session_key == current_key)
        for row in sessions
    ]
    return sorted(told, key=lambda device: not device.this_one)


def device_name(user_agent: str) -> str:
    """A browser's own description in two words.

    >>> device_name("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    'Firefox on Linux'
    >>> device_name("curl/8")
    'Unknown browser'
    """
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "Unknown browser")
    system = next((f" on {name}" for mark, name in SYSTEMS if mark in user_agent), "")
    return browser + system
