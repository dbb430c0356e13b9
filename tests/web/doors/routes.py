"""Every route of the web app, and what this suite must know of it. A route that is not here fails the suite."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from calfwise_web.calendar_feed.services import state_of
from calfwise_web.shoes.pages import key_of
from tests.web.conftest import PASSWORD
from tests.web.doors.world import Person, World

Keys = list[dict[str, Any]]


@dataclass(frozen=True)
class Sent:
    """What a page of the app would send."""

    body: Mapping[str, Any] | bytes = field(default_factory=dict)
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Needs:
    """What a route is, and what it takes to try it."""

    get: int = 200
    """What its owner is answered to a GET; 405: it only takes a POST."""
    keys: Callable[[Person], Keys] | None = None
    """Its path for things of somebody's. None: it has no key in it."""
    words: bool = False
    """What is in its path are words of ours: the same for everybody."""
    sends: Callable[[Person], Sent] | None = None
    """A POST that does what the route is there for. None: it takes none."""
    target: Callable[[Person], dict[str, Any]] | None = None
    """Which of the keys that POST is for; else the first."""
    changes: bool = True
    """Whether that changes rows or files (or only a session, a cookie, what is shown)."""
    foreign: Callable[[Person, Person], list[Sent]] | None = None
    """The same with things of somebody else's in it: refused whole."""
    opens: bool = False
    """For nobody, too."""
    staff: bool = False
    asks_again: bool = False
    """Whoever signed in long ago has to confirm."""
    sings: bool = False
    """Shows what its owner wrote."""
    asked: tuple[str, ...] = ()
    """What its address may ask."""


def routes() -> dict[str, URLPattern]:
    """Every route by its name, allauth's included."""
    found: dict[str, URLPattern] = {}

    def walk(patterns: list[URLPattern | URLResolver], space: str) -> None:
        for each in patterns:
            if isinstance(each, URLResolver):
                walk(each.url_patterns, f"{space}{each.namespace}:" if each.namespace else space)
            else:
                name = space + (each.name or str(each.pattern))
                assert name not in found, f"two routes are called {name}"
                found[name] = each

    walk(get_resolver().url_patterns, "")
    return found


def paths(name: str, person: Person) -> list[str]:
    """A route's paths for somebody's things."""
    needs = NEEDS[name]
    return [reverse(name, kwargs=each) for each in (needs.keys(person) if needs.keys else [{}])]


def target(name: str, person: Person) -> str:
    """The path that its POST is for."""
    needs = NEEDS[name]
    if needs.target:
        return reverse(name, kwargs=needs.target(person))
    return paths(name, person)[0]


def is_keyed(name: str) -> bool:
    """Whether its path has a key of somebody's."""
    return NEEDS[name].keys is not None and not NEEDS[name].words


def _file(name: str = "x.fit") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"x")


def _run(person: Person) -> Keys:
    return [{"key": person.runs[0]}]


def _batches(*states: str) -> Callable[[Person], Keys]:
    return lambda person: [{"key": person.batches[state]} for state in states]


def _batch(state: str) -> Callable[[Person], dict[str, Any]]:
    return lambda person: {"key": person.batches[state]}


def _shoe(person: Person) -> Keys:
    return [{"key": key_of(person.spare)}, {"key": key_of(person.shoe)}]


def _session(person: Person) -> Keys:
    return [{"session": person.session}]


def _passkey(person: Person) -> Keys:
    return [{"pk": person.passkey}]


def _account(person: Person) -> Keys:
    return [{"pk": person.user.pk}]


def _sends(**body: Any) -> Callable[[Person], Sent]:
    return lambda person: Sent(body)


def _changed_runs(mine: Person, theirs: Person) -> list[Sent]:
    own, other = [str(key) for key in mine.runs], [str(key) for key in theirs.runs]
    return [
        Sent({"run": other, "kind": "race"}),
        Sent({"run": [*own, other[0]], "kind": "race"}),
        Sent({"run": [*own, "not a key"], "kind": "race"}),
        Sent({"run": own, "shoe": theirs.shoe}),
    ]


ASKED = [f"answer-{sign}" for sign in ("cold-foot", "hard-calf", "saddle-numb", "from-back")]
PAUSED = json.dumps({"events": [{
    "device": "phone", "sequence": 4, "page": "p1", "uptime_ms": 3000, "at": "2026-05-03T18:00:00Z", "kind": "pause",
    "step": "1.0.ready"}]}).encode()  # fmt: skip
ANY_BATCH = _batches("done", "gathering", "waiting")
PAIR = {"name": "Other name", "since": "2026-01-02"}
NEEDS: dict[str, Needs] = {
    "home": Needs(),
    "more": Needs(),
    "healthz": Needs(opens=True),
    # ------------------------------------------------------------------------------------- today, the session and spots
    "today:check-in": Needs(get=405, sends=_sends(left="0", right="0")),
    "today:again": Needs(),
    "today:signs": Needs(keys=_session, sends=_sends(**dict.fromkeys(ASKED, "no"))),
    "today:morning": Needs(get=405, sends=_sends(left="1", right="0")),
    "today:professional": Needs(sings=True),
    "today:seen": Needs(get=405, sends=lambda _: Sent({"by": "GP", "on": f"{timezone.now():%Y-%m-%d}", "fine": "no"})),
    "player:session": Needs(keys=_session),
    "player:events": Needs(get=405, keys=_session, sends=lambda _: Sent(PAUSED)),
    "player:card": Needs(keys=_session),
    "player:offline": Needs(opens=True),
    "worker": Needs(opens=True),
    "manifest": Needs(opens=True),
    "spots:list": Needs(),
    "spots:spot": Needs(keys=lambda _: [{"side": "left", "zone": "medial-upper"}], words=True),
    "spots:history": Needs(asked=("by", "page")),
    "spots:data": Needs(words=True, keys=lambda _: [
        {"of": "soreness", "by": "weeks"}, {"of": "tenderness", "by": "left:medial-upper"}]),
    # ------------------------------------------------------------------------------------------------------- accounts
    "people:welcome": Needs(get=302, keys=lambda _: [{"token": "no-such-link"}], words=True, sends=_sends(
        username="eve", password1=PASSWORD, consent="on", time_zone="UTC"), changes=False, opens=True),
    "people:invitations": Needs(staff=True),
    "people:invite": Needs(get=405, sends=_sends(), staff=True, asks_again=True),
    "people:withdraw": Needs(get=405, keys=lambda _: [{"pk": 1}], words=True, sends=_sends(), staff=True),
    "people:link": Needs(
        get=405, keys=_account, sends=_sends(), changes=False, staff=True, asks_again=True
    ),
    "people:switch": Needs(get=405, keys=_account, sends=_sends(on="0"), staff=True),
    "account_login": Needs(get=302, sends=_sends(login="ann", password="not this one"), changes=False, opens=True,
                           asked=("next",)),
    "mfa_login_webauthn": Needs(get=302, sends=_sends(credential="{}"), changes=False, opens=True),
    "mfa_authenticate": Needs(get=302, sends=_sends(code="000000"), changes=False, opens=True),
    "account_logout": Needs(sends=_sends(), changes=False, opens=True, asked=("next",)),
    "account_signup": Needs(get=302, sends=_sends(username="eve", password1=PASSWORD), changes=False, opens=True),
    "account_inactive": Needs(opens=True),
    "account_reauthenticate": Needs(sends=_sends(password=PASSWORD), changes=False, asked=("next",)),
    "mfa_reauthenticate": Needs(sends=_sends(code="000000"), changes=False, asked=("next",)),
    "mfa_reauthenticate_webauthn": Needs(sends=_sends(credential="{}"), changes=False, asked=("next",)),
    "mfa_index": Needs(sings=True),
    "account_change_password": Needs(sends=_sends(oldpassword=PASSWORD, password1="another calm calf climbs")),
    "account_set_password": Needs(get=302, sends=_sends(password1="another calm calf climbs"), changes=False),
    "account_reset_password_from_key": Needs(
        get=404, keys=lambda person: [{"uidb36": "1", "key": "abc-0123456789abcdef"}], words=True,
        sends=_sends(password1="another calm calf climbs"), changes=False, opens=True,
    ),
    "mfa_list_webauthn": Needs(get=302, sends=_sends(), changes=False),
    "mfa_add_webauthn": Needs(sends=_sends(name="x", credential="{}"), changes=False, asks_again=True),
    "mfa_edit_webauthn": Needs(keys=_passkey, sends=_sends(name="x"), asks_again=True, sings=True),
    "mfa_remove_webauthn": Needs(keys=_passkey, sends=_sends(), asks_again=True, sings=True),
    "mfa_activate_totp": Needs(get=302, sends=_sends(code="000000"), changes=False),
    "mfa_deactivate_totp": Needs(sends=_sends(), asks_again=True),
    "mfa_view_recovery_codes": Needs(asks_again=True),
    "mfa_download_recovery_codes": Needs(asks_again=True),
    "mfa_generate_recovery_codes": Needs(sends=_sends(), asks_again=True),
    "usersessions_list": Needs(sends=_sends()),
    # --------------------------------------------------------------------------------------------------------- import
    "imports:page": Needs(sings=True, asked=("page",)),
    "imports:new": Needs(get=405, sends=lambda _: Sent({"label": "x", "files": _file()})),
    "imports:watch": Needs(get=405, sends=_sends()),
    "imports:batch": Needs(keys=ANY_BATCH, sings=True, asked=("outcome", "q", "page")),
    "imports:progress": Needs(get=286, keys=_batches("done", "gathering", "failed", "waiting")),
    "imports:there": Needs(keys=_batches("gathering", "done"), sings=True, asked=("page",)),
    "imports:files": Needs(get=405, keys=ANY_BATCH, target=_batch("gathering"),
                           sends=lambda _: Sent(b'[["x.fit", 1]]\nx')),
    "imports:piece": Needs(get=405, keys=ANY_BATCH, target=_batch("gathering"),
                           sends=lambda _: Sent(b"abc", query="name=x.fit&offset=0&size=3"),
                           asked=("name", "offset", "size")),
    "imports:start": Needs(get=405, keys=ANY_BATCH, target=_batch("gathering"), sends=_sends()),
    "imports:stop": Needs(get=405, keys=ANY_BATCH, target=_batch("waiting"), sends=_sends()),
    "imports:undo": Needs(get=405, keys=ANY_BATCH, target=_batch("done"), sends=_sends()),
    "imports:discard": Needs(get=405, keys=ANY_BATCH, target=_batch("gathering"), sends=_sends()),
    # ----------------------------------------------------------------------------------------------------------- runs
    "runs:list": Needs(sings=True, asked=(
        "search", "year", "shoe", "kind", "surface", "grade", "counting", "duplicates", "sort", "page")),
    "runs:change": Needs(
        get=405, sends=lambda person: Sent({"run": [str(each) for each in person.runs], "kind": "race"}),
        foreign=_changed_runs,
    ),
    "runs:undo": Needs(
        get=405, sends=lambda person: Sent({"at": person.said_at}),
        foreign=lambda mine, theirs: [Sent({"at": theirs.said_at})],
    ),
    "runs:run": Needs(keys=_run, sings=True),
    "runs:describe": Needs(
        get=405, keys=_run, sends=_sends(kind="race", note="x"),
        foreign=lambda mine, theirs: [Sent({"kind": "race", "shoe": theirs.shoe})],
    ),
    "runs:closer": Needs(get=302, keys=_run, asked=("from", "to")),
    "runs:series": Needs(keys=lambda person: [{"key": person.runs[0], "name": "pace"}], asked=("from", "to")),
    "runs:original": Needs(keys=_run),
    # ---------------------------------------------------------------------------------------------------------- shoes
    "shoes:list": Needs(sings=True),
    "shoes:add": Needs(sends=_sends(**PAIR, token="0badcafe"), asked=("name", "since")),
    "shoes:edit": Needs(keys=_shoe, sends=_sends(**PAIR), sings=True),
    "shoes:aside": Needs(get=405, keys=_shoe, sends=_sends()),
    "shoes:default": Needs(get=405, keys=_shoe, sends=_sends()),
    "shoes:take-back": Needs(get=405, keys=_shoe, sends=_sends()),
    # ----------------------------------------------------------------------------------------------------- self-tests
    "selftests:list": Needs(),
    "selftests:test": Needs(keys=lambda _: [{"test": "heel-raise-count"}, {"test": "knee-to-wall"}], words=True),
    "selftests:guided": Needs(keys=lambda _: [{"test": "heel-raise-count"}, {"test": "single-leg-squat"}], words=True,
                              sends=_sends(**{"sore": "1", "left-1": "24", "right-1": "19"}),
    # everybody's legs are locked in this world: tests/web/selftests tells whose rows change
                              changes=False),
    # ------------------------------------------------------------------------------------------------------- practise
    "practise:list": Needs(),
    "practise:routine": Needs(keys=lambda _: [{"routine": "calf-strength"}, {"routine": "drills"}], words=True),
    "practise:soreness": Needs(get=405, keys=lambda _: [{"routine": "calf-strength"}], words=True,
                               sends=_sends(left="1", right="0")),
    "practise:done": Needs(get=405, keys=lambda _: [{"routine": "glute-strength"}], words=True,
                           sends=_sends(felt="2")),
    # everybody's legs are locked in this world: tests/web/practise tells whose rows change
    "practise:start": Needs(get=405, keys=lambda _: [{"routine": "glute-strength"}], words=True, sends=_sends(),
                            changes=False),
    # ----------------------------------------------------------------------------------------------------------- load
    "load:page": Needs(asked=("by", "seen", "from", "chosen")),
    "load:day": Needs(keys=lambda _: [{"day": "2026-05-03"}], words=True),
    "next:run": Needs(sings=True, asked=("distance", "pace", "race", "shoe", "surface", "climb", "barefoot")),
    "load:data": Needs(keys=lambda _: [{"of": "strikes", "by": "weeks"}], words=True, asked=("from", "chosen")),
    "load:picture": Needs(keys=lambda _: [{"of": "strikes", "by": "weeks"}], words=True, asked=("from", "chosen")),
    "load:table": Needs(keys=lambda _: [{"by": "weeks"}], words=True, asked=("from", "chosen")),
    "load:all-days": Needs(),
    # ------------------------------------------------------------------------------- the weeks in calendars and watches
    "calendar": Needs(keys=lambda person: [{"token": person.feed}], words=True, opens=True),
    "feed:page": Needs(),
    "feed:new": Needs(get=405, sends=lambda person: Sent({"after": state_of(person.journal.feeds.first())})),
    "feed:revoke": Needs(get=405, sends=_sends()),
    "feed:workout": Needs(get=404, keys=lambda _: [{"day": "2026-05-03"}], words=True),
    # ------------------------------------------------------------------------------------------------------------- why
    "working:page": Needs(),
    "working:data": Needs(keys=lambda _: [{"of": "rate"}, {"of": "felt"}], words=True),
    "working:table": Needs(),
    "why:page": Needs(),
    "why:data": Needs(keys=lambda _: [{"of": "soreness"}, {"of": "runs"}], words=True),
    "helped:page": Needs(),
    "why:life": Needs(get=405, sends=lambda _: Sent({"life-stairs": "yes"})),
    # ------------------------------------------------------------------------------------------------- the weeks ahead
    "weeks:page": Needs(sings=True, asked=("week",)),
    "weeks:wish": Needs(sings=True, sends=_sends(weeks="6", begins="today", run_days=["1", "3"], goal="return")),
    "weeks:agreed": Needs(
        get=405, sends=lambda _: Sent({"agreed_by": "my physio", "agreed_on": f"{timezone.now():%Y-%m-%d}"})),
    "weeks:not-on": Needs(get=405, sends=lambda _: Sent({"day": f"{timezone.now():%Y-%m-%d}"})),
    "weeks:end": Needs(get=405, sends=_sends()),
    "weeks:print": Needs(asked=("week",)),
    # -------------------------------------------------------------------------------------------------------- settings
    "settings:page": Needs(sings=True),
    "settings:about": Needs(get=405, sends=_sends(birth_year="1971")),
    "settings:units": Needs(get=405, sends=_sends(distance="mi", mass="kg", first_weekday="0")),
    "settings:place": Needs(get=405, sends=_sends(zone="Asia/Tokyo", country="")),
    "settings:kit": Needs(get=405, sends=_sends(on_floor="yes")),
    "settings:theme": Needs(get=405, sends=_sends(theme="dark"), changes=False),
    "settings:conditions": Needs(get=405, sends=_sends(smoking="yes")),
    "settings:seen": Needs(
        get=405, keys=lambda person: [{"block": person.block}], sends=_sends(by="GP", on="2026-01-02", fine="yes")
    ),
    "settings:originals": Needs(get=405, sends=_sends(keep="no")),
    "settings:discard": Needs(get=405, sends=_sends(sure="yes")),
    # ------------------------------------------------------------------------------------------------------- your data
    "yours:page": Needs(),
    "yours:export": Needs(sings=True),
    "yours:consent": Needs(get=405, sends=_sends(given="0")),
    "yours:delete": Needs(
        sends=lambda person: Sent({"name": person.name}), asks_again=True,
        foreign=lambda mine, theirs: [Sent({"name": theirs.name})],
    ),
    "yours:gone": Needs(opens=True),
    "sources:page": Needs(asked=("q",)),
    # ---------------------------------------------------------------------------------------------------------- sample
    "sample:look": Needs(get=405, sends=_sends(), changes=False),
    "sample:leave": Needs(get=405, sends=_sends(), changes=False),
    "sample:remove": Needs(get=405, sends=_sends()),
}  # fmt: skip


def with_world(world: World) -> None:
    """Keys that only the world knows."""
    NEEDS["people:withdraw"] = Needs(
        get=405, keys=lambda _: [{"pk": world.invitation}], words=True, sends=_sends(), staff=True
    )
