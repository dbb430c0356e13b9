"""Ann, Ben and Cal, each with a full journal; what each of them wrote sings, so that nobody else may hear it."""

import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from calfwise.model.care.player_events import Happened
from calfwise.model.journal import AboutRun, AboutRunner, CheckIn, Planned, Said, Screened, Seen, WantsWeeks, WearsShoe
from calfwise.model.run import Side
from calfwise.model.runner import Runner, Shoe
from calfwise.model.session import Session, SessionItem
from calfwise.model.weeks import WeeksWish
from calfwise.sample import write_sample
from calfwise_web import access
from calfwise_web.account import services as accounts
from calfwise_web.account.adapter import SIGNED_IN_AT
from calfwise_web.account.models import User
from calfwise_web.calendar_feed import services as calendar_feed
from calfwise_web.imports import staging
from calfwise_web.imports.models import Batch, Noticed
from calfwise_web.journal import lines
from calfwise_web.journal.models import Journal
from calfwise_web.journal.services import open_journal
from calfwise_web.player import services as player
from calfwise_web.refresh import refresh
from tests.web.conftest import PASSWORD
from tests.web.yours.conftest import row, table, zipped

PEOPLE = ("ann", "ben", "cal")
STAFF = "cal"
MARK = "<i>"
"""In every song: shown as it is, it would be part of the page."""
BLOCKS = {"ann": "pregnant", "ben": "bone", "cal": "numb-feet"}
FOLDERS = ("originals", "staging", "watched")
HASHER = ["django.contrib.auth.hashers.MD5PasswordHasher"]
Tree = dict[str, tuple[int, int]]


def song_of(name: str) -> str:
    return f"songof{name}"


@dataclass
class Person:
    """Somebody, or their sample runner, with a key of everything of theirs that a route may be asked for."""

    name: str
    user: User
    journal: Journal
    runs: list[UUID] = field(default_factory=list)
    batches: dict[str, UUID] = field(default_factory=dict)
    shoe: str = ""
    spare: str = ""
    block: str = ""
    said_at: str = ""
    passkey: int = 0
    session: str = ""
    feed: str = ""
    """The token of their calendar's address."""

    @property
    def song(self) -> str:
        return song_of(self.name)

    def ids(self) -> dict[str, str]:
        """Everything that could be sent in place of one's own. Rows' numbers of a journal and its account are alike."""
        return {
            "run": str(self.runs[0]),
            "batch": str(self.batches["gathering"]),
            "shoe": self.shoe,
            "account": str(self.user.pk),
            "moment": self.said_at,
            "session": self.session,
        }


@dataclass
class World:
    """Everybody, the sessions of their browsers, and what lies on disk."""

    people: dict[str, Person]
    samples: dict[str, Person]
    sessions: dict[str, str]
    invitation: int
    token: str
    kept: Path
    tree: Tree

    @property
    def ann(self) -> Person:
        return self.people["ann"]

    @property
    def ben(self) -> Person:
        return self.people["ben"]

    @property
    def cal(self) -> Person:
        return self.people["cal"]

    def client(self, session: str, *, csrf: bool) -> Client:
        """A browser with that session; "nobody" has none."""
        client = Client(enforce_csrf_checks=csrf, raise_request_exception=False, headers={"host": "localhost"})
        if session in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[session]
        return client

    def request_of(self, session: str) -> HttpRequest:
        """A request that comes from that session, for what views ask `access`."""
        request = HttpRequest()
        request.session = SessionStore(self.sessions[session])
        request.user = self.people[session.partition(" ")[0]].user
        return request

    def restore(self) -> None:
        """Put the files back as they were."""
        for folder in FOLDERS:
            shutil.rmtree(Path(settings.DATA) / folder, ignore_errors=True)
            shutil.copytree(self.kept / folder, Path(settings.DATA) / folder)


def tree() -> Tree:
    """Every file of the runners, and every folder: size and when it changed."""
    found: Tree = {}
    for folder in FOLDERS:
        for path in (Path(settings.DATA) / folder).rglob("*"):
            stat = path.stat()
            found[str(path)] = (stat.st_size, stat.st_mtime_ns) if path.is_file() else (0, 0)
    return found


@override_settings(PASSWORD_HASHERS=HASHER)
def build(folder: Path, read: Callable[[], None]) -> World:
    """Everything, committed."""
    fits = folder / "fits"
    write_sample(fits, until=datetime(2026, 5, 3, 18, tzinfo=UTC), runs=9)
    recordings = sorted(fits.glob("*.fit"))
    people = {name: _person(name) for name in PEOPLE}
    samples = {"ann": _sample(people["ann"])}
    for number, person in enumerate([*people.values(), *samples.values()]):
        _bring(person, recordings[2 * number : 2 * number + 2])
    read()
    for number, person in enumerate([*people.values(), *samples.values()]):
        _write(person, number)
        _batches(person)
    token, invitation = accounts.invite(made_by=people[STAFF].user, at=timezone.now())
    sessions = {name: _session(person) for name, person in people.items()}
    for name in PEOPLE:
        sessions[f"{name} long ago"] = _session(people[name], signed_in_at=None)
    sessions["ann at sample"] = _session(people["ann"], sample=True)
    for name in FOLDERS:
        (Path(settings.DATA) / name).mkdir(exist_ok=True)
        shutil.copytree(Path(settings.DATA) / name, folder / "kept" / name)
    return World(people, samples, sessions, invitation.pk, token, folder / "kept", tree())


def _person(name: str) -> Person:
    user = User.objects.create_user(name, password=PASSWORD, is_staff=name == STAFF)
    journal = open_journal(user, time_zone="Europe/Berlin", consent_version="test", at=timezone.now())
    person = Person(name, user, journal, block=BLOCKS[name])
    words = {"name": person.song + MARK, "credential": _credential()}
    passkey = Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=words)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(user)
    person.passkey = passkey.pk
    return person


def _credential() -> dict[str, Any]:
    """What a browser sends when a passkey is added, of a key that nobody keeps."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    name = os.urandom(16)
    held = AttestedCredentialData.create(Aaguid.NONE, name, key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    told = AuthenticatorData.create(hashlib.sha256(b"localhost").digest(), flags, 0, held)
    client = {"type": "webauthn.create", "challenge": "eHh4", "origin": "http://localhost"}
    return {
        "id": websafe_encode(name),
        "rawId": websafe_encode(name),
        "type": "public-key",
        "clientExtensionResults": {"credProps": {"rk": True}},
        "response": {
            "clientDataJSON": websafe_encode(json.dumps(client).encode()),
            "attestationObject": websafe_encode(AttestationObject.create("none", told, {})),
        },
    }


def _sample(person: Person) -> Person:
    journal = person.user.journals.create(sample=True, model_version=person.journal.model_version)
    return Person(person.name, person.user, journal, block=person.block)


def _bring(person: Person, recordings: list[Path]) -> None:
    """A file of its own name, one cut short, and an archive with titles and shoes in it."""
    song = person.song + MARK
    words = table(row(file="activities/9.fit", title=f"={song}", gear=f"Gear {song}", note=song, description=song))
    files = {
        f"{song}.fit": recordings[0].read_bytes(),
        f"{song} broken.fit": b"broken",
        f"{song}.zip": zipped({"activities/9.fit": recordings[1].read_bytes(), "activities.csv": words}),
    }
    batch = person.journal.batches.create(label=f"Files {song}")
    for name, data in files.items():
        _stage(batch, name, data)
    Batch.objects.filter(pk=batch.pk).update(state=Batch.State.WAITING)
    person.batches["done"] = batch.key


def _stage(batch: Batch, name: str, data: bytes) -> None:
    place = staging.place_of(batch.key, name)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)


def _write(person: Person, number: int) -> None:
    """Lines of every kind that pages show."""
    now, song = timezone.now(), person.song + MARK
    said_at = now - timedelta(minutes=5, microseconds=number)
    person.shoe, person.spare, person.said_at = f"daily-{number}", f"spare-{number}", said_at.isoformat()
    runs = list(person.journal.runs.order_by("start"))
    assert len(runs) == 2, runs
    person.runs = [run.key for run in runs]
    shoes = [
        Shoe(id=person.shoe, name=f"Daily {song}", since=date(2020, 1, 1)),
        Shoe(id=person.spare, name=f"Spare {song}", since=date(2020, 1, 1)),
    ]
    lines.write(
        person.journal,
        [
            *(WearsShoe(at=said_at, shoe=shoe) for shoe in shoes),
            AboutRunner(at=now, runner=Runner(birth_year=1960 + number)),
            WantsWeeks(at=said_at, wish=_wish(song, now.date())),
            Planned(at=said_at, session=_planned(person, said_at)),
            Screened(at=said_at, outcome="referral", rules="x", level="P", locked=(Side.LEFT,), reasons=("stab",)),
            AboutRun(at=said_at, run=runs[0].run_id, shoe=person.shoe, note=f"Note {song}"),
            CheckIn(at=now - timedelta(days=2), answers={person.block: Said.YES, "smoking": Said.NO}),
            Seen(
                at=now - timedelta(days=1),
                by=f"Doctor {song}",
                on=date(2026, 1, 2),
                massage_is_fine=False,
                block=person.block,
            ),
        ],
    )
    person.feed = calendar_feed.renew(person.journal, after="", now=now) or ""
    refresh(person.journal, now=now)


def _wish(song: str, today: date) -> WeeksWish:
    return WeeksWish(today, 4, (1, 3), goal="return", agreed_on=today, agreed_by=f"Physio {song}")


def _planned(person: Person, at: datetime) -> Session:
    """A session of one item, which a phone began and stopped because of numbness."""
    person.session = f"{person.shoe}-{at:%H%M%S%f}"
    item = SessionItem(
        side=Side.LEFT,
        zone="medial-upper",
        technique="press-and-hold",
        tool="ball",
        position="floor",
        sets=1,
        seconds=30,
        rest_s=0,
        effort_nrs=4,
        reason=f"Because {person.song}{MARK}",
        sources=("CoachRule",),
    )
    plan = Session(id=person.session, at=at, items=(item,))
    told = [("begin", None), ("stop", None), ("because", "numb")]
    events = [
        Happened(device="phone", sequence=number, page="p1", uptime_ms=1000 * number, at=at, kind=kind, value=value)
        for number, (kind, value) in enumerate(told, start=1)
    ]
    player.record(person.journal, plan, events, now=at)
    return plan


def _batches(person: Person) -> None:
    """One in every state that a request can meet; nobody works on them any more."""
    song = person.song + MARK
    for state in ("gathering", "waiting", "cancelled", "failed", "undone"):
        batch = person.journal.batches.create(state=state, label=f"{state} {song}", trouble=f"Trouble {song}")
        person.batches[state] = batch.key
        if state == "gathering":
            _stage(batch, f"{song} staged.fit", b"staged")
    Noticed.objects.create(
        journal=person.journal, path=f"/watched/{person.name}/{song}.fit", size=1, changed_ns=1, batch=None
    )


def _session(person: Person, *, signed_in_at: float | None = 0.0, sample: bool = False) -> str:
    client = Client()
    client.force_login(person.user)
    session = client.session
    if signed_in_at is not None:
        session[SIGNED_IN_AT] = time.time()
    if sample:
        session[access.SAMPLE] = True
    session.save()
    key = str(session.session_key)
    UserSession.objects.create(user=person.user, ip="203.0.113.7", user_agent="x", session_key=key)
    return key
