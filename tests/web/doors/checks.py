"""What must hold at every door. Each check walks over some routes (all, unless told) and fails where one gives way."""

import inspect
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit
from uuid import uuid4

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django import forms
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from calfwise_web import access
from calfwise_web.account import access as account_access
from calfwise_web.journal.lines import preferences_of
from calfwise_web.middleware import MOST_FORM_BYTES
from tests.web.doors.answers import METHODS, SAFE, Answer, Asker, CrashedError
from tests.web.doors.routes import NEEDS, Sent, is_keyed, paths, routes, target
from tests.web.doors.world import MARK, PEOPLE, STAFF, Person, World, song_of

LOGIN = "/account/login/?next="
CONFIRM = ("/account/confirm/",)
REFUSED = (404, 405)
KINDS = ("text/html; charset=utf-8", "text/plain", "text/plain; charset=utf-8", "application/json",
         "application/zip", "application/octet-stream", "text/javascript; charset=utf-8", "application/manifest+json",
         "image/svg+xml", "text/csv; charset=utf-8", "text/calendar; charset=utf-8", "")  # fmt: skip
FILES = ("application/zip", "application/octet-stream", "image/svg+xml", "text/csv; charset=utf-8")
"""What a browser keeps and does not show."""
OF_NOBODY = ("/sw.js", "/manifest.webmanifest", "/session/offline/")
"""The same for everybody: a browser may keep them, and asks whether they are new."""
FEED = "/calendar/"
"""What a calendar reads without signing in: it may keep it, and nobody between may."""
MASS = ("user", "user_id", "journal", "journal_id", "is_staff", "is_superuser", "id", "pk", "key")
"""Fields that no form has."""


def check_headers(answer: Answer) -> None:
    """What every answer carries, whoever asked for whatever."""
    headers = answer.response.headers
    policy = headers.get("Content-Security-Policy", "")
    assert policy.startswith("default-src 'none'"), answer
    assert "frame-ancestors 'none'" in policy, answer
    assert "unsafe" not in policy, answer
    assert "*" not in policy, answer
    assert headers.get("X-Content-Type-Options") == "nosniff", answer
    assert headers.get("X-Frame-Options") == "DENY", answer
    assert headers.get("Referrer-Policy") == "same-origin", answer
    assert headers.get("Cross-Origin-Opener-Policy") == "same-origin", answer
    assert headers.get("Cross-Origin-Resource-Policy") == "same-origin", answer
    kept = headers.get("Cache-Control", "")
    path = urlsplit(answer.url).path
    may_keep = (path in OF_NOBODY and kept == "no-cache") or (path.startswith(FEED) and kept == "private, no-cache")
    assert "no-store" in kept or may_keep, answer
    kind = headers.get("Content-Type", "")
    assert kind in KINDS, (str(answer), kind)
    if kind in FILES:
        assert headers.get("Content-Disposition", "").startswith("attachment"), answer
    if kind.startswith("text/html"):
        assert not [name for name in PEOPLE if (song_of(name) + MARK).encode() in answer.told], f"{answer}: not escaped"
    for cookie in answer.response.cookies.values():
        assert cookie["httponly"] or cookie["max-age"] == 0, (str(answer), cookie.key)
        assert cookie["samesite"] == "Lax", (str(answer), cookie.key)


def check_nobody(asker: Asker, names: Iterable[str] | None = None) -> None:
    """Whoever is not signed in is sent to the sign-in, and that is all."""
    over(names, lambda name: _check_nobody(asker, name))


def _check_nobody(asker: Asker, name: str) -> None:
    ann = asker.world.ann
    for path in paths(name, ann):
        for method in METHODS:
            answer = _asked(asker, "nobody", method, path, _sent(name, ann))
            is_sent_on = answer.status == 302 and answer.response["Location"].startswith(LOGIN)
            assert NEEDS[name].opens or is_sent_on or answer.status == 405, answer
            assert not answer.songs(), answer
            assert answer.is_unchanged, (str(answer), answer.changed, answer.disk)


def _asked(asker: Asker, who: str, method: str, path: str, sent: Sent) -> Answer:
    answer = asker.ask(who, method, path, sent.body, query=sent.query, **sent.headers)
    check_headers(answer)
    return answer


def check_strangers(asker: Asker, names: Iterable[str] | None = None) -> None:
    """Others find nothing of Ann's behind her own addresses, and change nothing by them."""
    over(names, lambda name: _check_stranger(asker, name, "ben"))
    over(names, lambda name: _check_stranger(asker, name, STAFF))


def _check_stranger(asker: Asker, name: str, who: str) -> None:
    ann = asker.world.ann
    if NEEDS[name].staff and who == STAFF:
        return
    for path in paths(name, ann):
        for method in METHODS:
            answer = _asked(asker, who, method, path, _sent(name, ann))
            assert answer.songs() <= {who}, (str(answer), answer.songs())
            if NEEDS[name].staff:
                assert answer.status in REFUSED, answer
            if is_keyed(name):
                assert answer.status in REFUSED or (method == "OPTIONS" and not answer.told), answer
            if is_keyed(name) or NEEDS[name].staff or method != "POST":
                assert answer.is_unchanged, (str(answer), answer.changed, answer.disk)
            assert answer.owners() <= {who}, (str(answer), answer.changed)


def check_own_paths(asker: Asker, names: Iterable[str] | None = None) -> None:
    """Ann's ids in the query and in the body of others' own addresses do nothing to her."""
    over(names, lambda name: _check_own_path(asker, name))


def _check_own_path(asker: Asker, name: str) -> None:
    if NEEDS[name].staff:
        return
    _check_ids_in_query(asker, name, "ben")
    if NEEDS[name].sends:
        _check_ids_in_body(asker, name, "ben")
    for who in ("ben", STAFF):
        _check_refused_whole(asker, name, who)


def _check_ids_in_query(asker: Asker, name: str, who: str) -> None:
    asked = [*NEEDS[name].asked, "run", "batch", "shoe", "key", "user", "journal", "page", "account"]
    for value in asker.world.ann.ids().values():
        query = "&".join(f"{each}={value}" for each in asked)
        answer = asker.ask(who, "GET", target(name, asker.world.people[who]), query=query)
        check_headers(answer)
        assert answer.songs() <= {who}, (str(answer), answer.songs())
        assert answer.is_unchanged, (str(answer), answer.changed)


def _check_ids_in_body(asker: Asker, name: str, who: str) -> None:
    mine, ann = asker.world.people[who], asker.world.ann
    sent = _sent(name, mine)
    own = sent.body if isinstance(sent.body, dict) else {}
    bodies = [dict.fromkeys(FIELDS, value) for value in ann.ids().values()] + [
        dict.fromkeys(MASS, str(ann.user.pk)) | own
    ]
    for body in bodies:
        sent = _sent(name, mine)
        files = {key: value for key, value in dict(sent.body).items() if key == "files"} if own else {}
        answer = asker.ask(who, "POST", target(name, mine), {**body, **files}, query=sent.query, **sent.headers)
        check_headers(answer)
        assert answer.songs() <= {who}, (str(answer), answer.songs())
        assert answer.owners() <= {who}, (str(answer), answer.changed)
        assert not _became_staff(answer, mine), answer


def _became_staff(answer: Answer, person: Person) -> bool:
    columns = [each.attname for each in type(person.user)._meta.concrete_fields]
    place = columns.index("is_superuser"), columns.index("is_staff")
    rows = answer.changed.get(("people.User", person.name), [])
    return any(row[place[0]] or row[place[1]] != person.user.is_staff for row in rows)


def _check_refused_whole(asker: Asker, name: str, who: str) -> None:
    """Something of another's among one's own: then nothing is done at all."""
    mine, foreign = asker.world.people[who], NEEDS[name].foreign
    for sent in foreign(mine, asker.world.ann) if foreign else []:
        answer = asker.ask(who, "POST", target(name, mine), sent.body, query=sent.query, **sent.headers)
        assert answer.songs() <= {who}, (str(answer), answer.songs())
        assert answer.is_unchanged, (str(answer), sent, answer.changed, answer.disk)


def check_methods(asker: Asker, names: Iterable[str] | None = None) -> None:
    """Looking changes nothing, not even its owner's; and there is no other verb than POST that changes anything."""
    over(names, lambda name: _check_methods(asker, name))


def _check_methods(asker: Asker, name: str) -> None:
    needs = NEEDS[name]
    who = STAFF if needs.staff else "ann"
    for number, path in enumerate(paths(name, asker.world.ann)):
        for method in METHODS:
            if method == "POST" and needs.sends:
                continue
            answer = _asked(asker, who, method, path, _sent(name, asker.world.people[who]))
            assert answer.is_unchanged, (str(answer), answer.changed, answer.disk)
            assert answer.songs() <= {who}, (str(answer), answer.songs())
            if method in SAFE:
                assert not answer.wrote, (str(answer), answer.wrote)
            else:
                assert answer.status in REFUSED, answer
            if method == "GET" and number == 0:
                assert answer.status == needs.get, answer
            if (method == "HEAD" and needs.get == 405) or (method == "OPTIONS" and not is_allauths(name)):
                assert answer.status == 405, answer


def is_allauths(name: str) -> bool:
    """Whether its view is a class: those answer to OPTIONS by themselves, with nothing."""
    return hasattr(routes()[name].callback, "view_class")


def check_csrf(asker: Asker, names: Iterable[str] | None = None) -> None:
    """Another site's page may make a browser send anything but the token: then nothing happens."""
    assert asker.csrf
    over(names, lambda name: _check_csrf(asker, name))


def _check_csrf(asker: Asker, name: str) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        who = STAFF if NEEDS[name].staff else "ann"
        sent = _sent(name, asker.world.people[who])
        answer = _asked(asker, who, method, target(name, asker.world.ann), sent)
        assert answer.status == 403 or (method != "POST" and answer.status in REFUSED), answer
        assert answer.is_unchanged, (str(answer), answer.changed, answer.disk)
        assert not answer.wrote, (str(answer), answer.wrote)


def check_works(asker: Asker, names: Iterable[str] | None = None) -> None:
    """What the other checks send does what it is meant to when its owner sends it: else they would show nothing."""
    over(names, lambda name: _check_works(asker, name))


def _check_works(asker: Asker, name: str) -> None:
    needs = NEEDS[name]
    who = STAFF if needs.staff else "ann"
    if needs.sends:
        sent = _sent(name, asker.world.people[who])
        answer = _asked(asker, who, "POST", target(name, asker.world.ann), sent)
        assert answer.status < 400 or not needs.changes, answer
        assert answer.is_unchanged is not needs.changes, (str(answer), answer.changed, answer.disk)
        if not needs.staff:
            assert answer.owners() <= {who}, (str(answer), answer.owners())
    if needs.sings:
        told = [_asked(asker, who, "GET", path, Sent()) for path in paths(name, asker.world.ann)]
        assert any(answer.songs() == {who} for answer in told), name


def check_bounded(asker: Asker, names: Iterable[str] | None = None) -> None:
    """A large body is not even read, but where somebody who is signed in brings recordings."""
    large = b"x" * (MOST_FORM_BYTES + 1)
    over(names, lambda name: _check_bounded(asker, name, large))


def _check_bounded(asker: Asker, name: str, large: bytes) -> None:
    path = target(name, asker.world.ann)
    for who in ("nobody", "ben") if not name.startswith("imports:") else ("nobody",):
        answer = asker.ask(who, "POST", path, large)
        check_headers(answer)
        assert answer.status == 413, answer
        assert answer.is_unchanged, answer


def check_fresh(asker: Asker, names: Iterable[str] | None = None) -> None:
    """Where it matters most, a sign-in of long ago is not enough."""
    over(names, lambda name: _check_fresh(asker, name))


def _check_fresh(asker: Asker, name: str) -> None:
    needs, ann = NEEDS[name], asker.world.ann
    who = STAFF if needs.staff else "ann"
    for method in [*(["GET"] if needs.get != 405 else []), *(["POST"] if needs.sends else [])]:
        if needs.asks_again:
            answer = asker.ask(f"{who} long ago", method, target(name, ann), _sent(name, asker.world.people[who]).body)
            assert answer.status == 302, answer
            assert answer.response["Location"].startswith(CONFIRM), (str(answer), answer.response["Location"])
            assert answer.is_unchanged, (str(answer), answer.changed)


def check_sample(asker: Asker, names: Iterable[str] | None = None) -> None:
    """While the sample runner is looked at, nothing is brought to it or taken from it, and one's own is not touched."""
    over(names, lambda name: _check_sample(asker, name))


def _check_sample(asker: Asker, name: str) -> None:
    if not (name.startswith("imports:") and NEEDS[name].sends):
        return
    for person in (asker.world.samples["ann"], asker.world.ann):
        sent = _sent(name, person)
        path = target(name, person)
        answer = asker.ask("ann at sample", "POST", path, sent.body, query=sent.query, **sent.headers)
        assert answer.is_unchanged, (str(answer), answer.changed, answer.disk)


def check_access(world: World) -> None:
    """Asked for Ben, `access` knows nothing of Ann; asked for nobody, it knows nothing at all."""
    ben, ann = world.request_of("ben"), world.ann
    assert access.user(ben) == world.ben.user
    assert access.own_journal(ben) == access.journal(ben) == world.ben.journal
    assert access.sample_journal(ben) is None
    assert access.looks_at_sample(ben) is False
    assert access.preferences(ben).at == preferences_of(world.ben.journal).at
    for rows in (access.runs, access.batches):
        found: QuerySet[object] = rows(ben)
        assert found.exists()
        assert set(found.values_list("journal_id", flat=True)) == {world.ben.journal.pk}, rows.__name__
    for one, key in ((access.run, ann.runs[0]), (access.batch, ann.batches["done"]), (access.run, uuid4())):
        _is_not_there(lambda one=one, key=key: one(ben, key))
    _is_not_there(lambda: access.planned_session(ben, ann.session))
    assert access.planned_session(ben, world.ben.session).id == world.ben.session
    assert access.account_key(ben) != access.account_key(world.request_of("ann"))
    for keys in (ann.runs, [*world.ben.runs, ann.runs[0]]):
        _is_not_there(lambda keys=keys: access.chosen_runs(ben, keys))
    assert len(access.chosen_runs(ben, world.ben.runs)) == 2
    batch = ann.journal.batches.get(key=ann.batches["done"])
    assert not access.outcomes(ben, batch).exists()
    assert access.outcomes(world.request_of("ann"), batch).exists()
    nobody = HttpRequest()
    nobody.user = AnonymousUser()
    for rows in (access.user, access.own_journal, access.sample_journal):
        _is_not_there(lambda rows=rows: rows(nobody))
    for who, owner in (("ben", world.ben), ("ann", ann), ("ann at sample", world.samples["ann"])):
        first = world.request_of(who)
        both = access.snapshots(world.request_of(who), "today", "gear")
        assert {row.journal for row in both.values()} == {owner.journal}
        assert set(both) == {"today", "gear"}
        for shown in (access.snapshot(first, "load"), access.snapshot(first, "gear")):
            assert shown is not None
            assert shown.journal == access.journal(first) == owner.journal
    assert access.looks_at_sample(world.request_of("ann at sample")) is True
    assert access.journal(world.request_of("ann at sample")) == world.samples["ann"].journal
    assert access.own_journal(world.request_of("ann at sample")) == ann.journal


def check_account_access(world: World) -> None:
    """Of sign-ins, `account.access` gives a user their own."""
    ben = world.ben.user
    assert {row.user for row in account_access.devices(ben, at=timezone.now())} == {ben}
    kind = Authenticator.Type.WEBAUTHN
    assert [row.pk for row in account_access.authenticators(ben, kind)] == [world.ben.passkey]
    SocialAccount.objects.create(user=world.ann.user, provider="x", uid="1")
    assert not account_access.other_sign_ins(ben).exists()
    codes = account_access.recovery_codes(ben)
    assert codes is not None
    assert codes.instance.user == ben
    others = UserSession.objects.exclude(user=ben).count()
    account_access.end_other_sessions(ben, kept_key=None)
    assert UserSession.objects.exclude(user=ben).count() == others
    account_access.forget_sessions(ben)
    assert UserSession.objects.exclude(user=ben).count() == others
    assert apps.get_model("sessions", "Session").objects.count() >= others


def _is_not_there(ask: object) -> None:
    try:
        found = ask()  # type: ignore[operator]
    except Http404:
        return
    raise AssertionError(f"{found} was found")


def over(names: Iterable[str] | None, check: Callable[[str], None]) -> None:
    """A check at each of these routes, or at all; fails with every fault, not only with the first."""
    faults, crashes = [], []
    for name in sorted(routes()) if names is None else names:
        try:
            check(name)
        except AssertionError as fault:
            faults.append(f"{name}: {str(fault)[:400]}")
        except CrashedError as crash:
            crashes.append(crash)
    if crashes:
        raise CrashedError("\n".join(str(crash) for crash in crashes)) from crashes[0]
    if faults:
        raise AssertionError("\n".join(faults))


def _sent(name: str, person: Person) -> Sent:
    sends = NEEDS[name].sends
    return sends(person) if sends else Sent()


def _fields() -> set[str]:
    """Every field that a form of ours or of allauth's knows, and every name that a view takes from a body."""
    found = {"run", "at", "back", "sure", "given", "on", "path", "key", "journal", "account", "batch", "shoe"}
    classes = list(forms.Form.__subclasses__())
    while classes:
        each = classes.pop()
        classes += each.__subclasses__()
        if inspect.getmodule(each).__name__.startswith(("calfwise_web", "allauth")):  # type: ignore[union-attr]
            found |= set(getattr(each, "base_fields", {}))
    return found - {"files"}


routes()  # imports every view, and so every form
FIELDS = _fields()
