"""Who may open what: every route, every method, and nobody, its owner, another runner and one who may invite."""

import csv
import io
import logging
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from calfwise_web import access
from calfwise_web.account import access as account_access
from calfwise_web.account.models import User
from calfwise_web.imports import staging
from calfwise_web.runs import pages as runs_pages
from tests.web.conftest import PASSWORD
from tests.web.doors import checks, guards
from tests.web.doors.answers import Asker, dump, without_nonces
from tests.web.doors.routes import NEEDS, Needs, paths, routes, with_world
from tests.web.doors.world import HASHER, Person, World, build, tree


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: Any, _loop: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    def read() -> None:
        while _loop.once():
            pass

    with django_db_blocker.unblock():
        made = build(tmp_path_factory.mktemp("world"), read)
        with_world(made)
    loggers = [logging.getLogger(name) for name in ("django.request", "django.security", "calfwise")]
    for logger in loggers:
        logger.setLevel(logging.ERROR)
    yield made
    for logger in loggers:
        logger.setLevel(logging.NOTSET)
    with django_db_blocker.unblock():
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def asker(db: None, world: World) -> Asker:
    return Asker(world, dump())


@pytest.fixture
def csrf_asker(db: None, world: World) -> Asker:
    return Asker(world, dump(), csrf=True)


# ------------------------------------------------------------------------------------------------------------ the table
def test_every_route_says_what_it_needs():
    there = set(routes())
    assert not there - set(NEEDS), "say in tests/web/doors/routes.py what these routes need"
    assert not set(NEEDS) - there, "these routes are gone"


def test_what_nobody_may_open_is_listed_and_nothing_else_is():
    opens = {name for name, route in routes().items() if not getattr(route.callback, "login_required", True)}
    assert opens == {name for name, needs in NEEDS.items() if needs.opens}


def test_a_route_with_something_in_its_path_says_whose_it_is():
    assert {name for name, route in routes().items() if route.pattern.converters or route.pattern.regex.groups} == {
        name for name, needs in NEEDS.items() if needs.keys
    }


# ----------------------------------------------------------------------------------------------------------- the matrix
def test_what_is_sent_here_does_something_when_its_owner_sends_it(asker):
    checks.check_works(asker)


def test_nobody_is_sent_to_the_sign_in_from_everywhere(asker):
    checks.check_nobody(asker)


def test_others_find_nothing_behind_anns_addresses(asker):
    checks.check_strangers(asker)


def test_anns_ids_in_query_and_body_tell_nothing_and_change_nothing(asker):
    checks.check_own_paths(asker)


def test_looking_changes_nothing_and_only_post_changes_anything(asker):
    checks.check_methods(asker)


def test_nothing_is_changed_for_another_site(csrf_asker):
    checks.check_csrf(csrf_asker)


def test_a_large_body_is_not_even_read(asker):
    checks.check_bounded(asker)


def test_the_weightiest_doors_ask_again(asker):
    checks.check_fresh(asker)


def test_nothing_is_brought_to_the_sample_runner(asker):
    checks.check_sample(asker)


def test_access_knows_only_the_one_who_asks(db, world):
    checks.check_access(world)


def test_sign_ins_are_ones_own(db, world):
    checks.check_account_access(world)


def test_all_of_that_left_everything_as_it_was(asker):
    before, files = dump(), tree()
    checks.check_strangers(asker, ["imports:discard", "runs:change"])
    assert (dump(), tree()) == (before, files)


def test_without_ann_others_pages_are_the_same_to_the_letter(asker, monkeypatch):
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    before = _pages_of_others(asker)
    User.objects.filter(pk=asker.world.ann.user.pk).delete()
    assert _pages_of_others(asker) == before


DIFFERS_EACH_TIME = {"people:invitations", "yours:export", "mfa_reauthenticate_webauthn", "mfa_add_webauthn"}
"""Who else has an account here; packed bytes; what a passkey has to answer."""


def _pages_of_others(asker: Asker) -> dict[str, bytes]:
    """All that they can look at."""
    told = {}
    for who in ("ben", "cal"):
        for name in sorted(set(routes()) - DIFFERS_EACH_TIME):
            for path in paths(name, asker.world.people[who]) if NEEDS[name].get == 200 else []:
                told[f"{who} {path}"] = without_nonces(asker.ask(who, "GET", path).told)
    return told


# ---------------------------------------------------------------------------------------------- each guard taken away
def test_every_guard_around_a_view_answers_to_a_check():
    assert {decorator for _, decorator in guards.guarded()} <= set(guards.HOLDS)


def test_every_view_of_ours_says_which_methods_it_takes():
    ours = {name: route.callback for name, route in routes().items() if not hasattr(route.callback, "view_class")}
    assert [name for name, view in ours.items() if "require_http_methods" not in guards.decorators(view)] == []


def test_a_view_without_one_of_its_guards_is_noticed(asker):
    found = guards.guarded()
    assert len(found) > 60
    unnoticed = []
    for name, decorator in found:
        with guards.without_decorator(name, decorator):
            if not _fails(guards.HOLDS[decorator], asker, [name]):
                unnoticed.append((name, decorator))
        assert guards.guarded() == found
    assert unnoticed == []


def test_every_layer_of_ours_answers_to_a_check(settings):
    ours = {each for each in settings.MIDDLEWARE if each.startswith("calfwise_web")}
    assert ours - {"calfwise_web.middleware.whole_pages"} <= set(guards.MIDDLEWARE) <= set(settings.MIDDLEWARE)


@pytest.mark.parametrize("middleware", guards.MIDDLEWARE)
def test_an_app_without_one_of_its_layers_is_noticed(world, db, settings, middleware):
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if each != middleware]
    check = guards.MIDDLEWARE[middleware]
    asker = Asker(world, dump(), csrf=check is checks.check_csrf)
    assert _fails(check, asker, ["runs:list", "runs:change", "mfa_remove_webauthn"])


def test_there_is_a_way_to_take_away_everything_that_access_sees_to():
    assert {*guards.ACCESS, *guards.ONLY_DIRECTLY} == guards.functions_of(access)
    assert {*guards.ACCOUNT_ACCESS, *guards.FOR_STAFF_OR_MACHINE} == guards.functions_of(account_access)


@pytest.mark.parametrize("name", guards.ACCESS)
def test_a_route_whose_access_does_not_ask_whose_is_noticed(asker, monkeypatch, name):
    careless, shown_by = guards.ACCESS[name]
    monkeypatch.setattr(access, name, careless)
    for route in shown_by:
        assert _fails(checks.check_strangers, asker, [route]) or _fails(checks.check_own_paths, asker, [route]), route


@pytest.mark.parametrize("name", [*guards.ACCESS, *guards.ONLY_DIRECTLY])
def test_access_that_does_not_ask_whose_is_noticed(db, world, monkeypatch, name):
    careless = guards.ACCESS[name][0] if name in guards.ACCESS else guards.ONLY_DIRECTLY[name]
    monkeypatch.setattr(access, name, careless)
    with pytest.raises(AssertionError):
        checks.check_access(world)


def test_runs_changed_in_part_are_noticed(asker, monkeypatch):
    monkeypatch.setattr(access, "chosen_runs", guards.CHOSEN_IN_PART)
    assert _fails(checks.check_own_paths, asker, ["runs:change"])


@pytest.mark.parametrize("name", guards.ACCOUNT_ACCESS)
def test_account_access_that_does_not_ask_whose_is_noticed(db, world, monkeypatch, name):
    monkeypatch.setattr(account_access, name, guards.ACCOUNT_ACCESS[name])
    with pytest.raises(AssertionError):
        checks.check_account_access(world)


def _fails(check: Callable[..., None], asker: Asker, names: list[str]) -> bool:
    """Whether the check notices. That a view crashes is no notice."""
    try:
        check(asker, names)
    except AssertionError:
        return True
    return False


# ---------------------------------------------------------------------------------------- nonsense, and others' lessons
NONSENSE = [
    "", "-1", "99999999999999999999", "1e400", "NaN", "a\0b", "x" * 10_000, "'\"><i>%_", "‮۱२😀", "../../etc/passwd",
    "id__gt=0", "2026-13-45", "9999-12-31",
]  # fmt: skip


@pytest.mark.parametrize("name", [name for name, needs in NEEDS.items() if needs.asked and needs.get != 405])
def test_an_address_may_ask_nonsense(asker, name):
    needs = NEEDS[name]
    path = paths(name, asker.world.ann)[0]
    for asked in (*needs.asked, "journal__user__username", "order_by"):
        for value in NONSENSE:
            answer = asker.ask("ann", "GET", path, query=urlencode({asked: value}))
            checks.check_headers(answer)
            assert answer.status == needs.get, (str(answer)[:300], asked, value[:50])
            assert len(answer.told) < 300_000, asked


def test_names_that_are_nonsense_lead_nowhere(asker):
    ann = asker.world.ann
    for key in (str(ann.runs[0]).upper(), "x" * 5000, "%00", "..%2f..%2f", "1", "-1", str(ann.journal.pk)):
        for path in (f"/runs/{key}/", f"/shoes/{key}/", f"/import/{key}/", f"/runs/{ann.runs[0]}/series/{key}/"):
            answer = asker.ask("ann", "GET", path)
            assert answer.status in (404, 301) or key == str(ann.runs[0]).upper(), answer
            assert not answer.songs() or key == str(ann.runs[0]).upper(), answer
    assert asker.ask("ann", "GET", f"/load/data/{'x' * 3000}/weeks/").status == 404
    assert asker.ask("ann", "GET", f"/load/data/strikes/{'x' * 3000}/").status == 200


@pytest.mark.parametrize("name", [name for name, needs in NEEDS.items() if needs.sends and not needs.opens])
def test_a_body_of_nonsense_is_refused_in_words(asker, name):
    needs = NEEDS[name]
    who = "cal" if needs.staff else "ann"
    person = asker.world.people[who]
    fields = sorted(set(_body_of(needs, person)) | {"run", "back"})
    for value in (
        "\0",
        "x" * 10_000,
        "99999999999999999999",
        "-1",
        "NaN",
        "'\"><i>",
        "2026-13-45",
        "9999-12-31",
        "‮۱२😀",
    ):
        body = dict.fromkeys(fields, value)
        answer = asker.ask(who, "POST", checks.target(name, asker.world.ann), body)
        checks.check_headers(answer)
        assert answer.status < 500, (str(answer), value[:50])


def _body_of(needs: Needs, person: Person) -> Iterable[str]:
    assert needs.sends is not None
    body = needs.sends(person).body
    return [] if isinstance(body, bytes) else body


def test_a_piece_goes_nowhere_but_into_its_own_batch(asker):
    """FitTrackee 0.5.7: a path joined from what came in an address."""
    path = checks.target("imports:piece", asker.world.ann)
    for name in ("../x", "/etc/x", "a/../../x", "..", ".", "a\0b", "x" * 3000, "C:\\x", "\\\\server\\x", "~/x", "a\nb"):
        query = urlencode({"name": name, "offset": 0, "size": 3})
        answer = asker.ask("ann", "POST", path, b"abc", query=query)
        folder = staging.folder_of(asker.world.ann.batches["gathering"])
        assert answer.status < 500, answer
        assert all(Path(each).is_relative_to(folder) for each in answer.disk), answer.disk
        form = {"path": [name], "files": SimpleUploadedFile("x", b"x")}
        answer = asker.ask("ann", "POST", checks.target("imports:files", asker.world.ann), form)
        assert answer.status < 500, answer
        assert all(Path(each).is_relative_to(folder) for each in answer.disk), answer.disk


@pytest.mark.parametrize(("offset", "size"), [(-1, 3), (0, -1), (10**30, 3), (0, 10**30), ("x", 3), ("", ""), (5, 3)])
def test_a_piece_of_impossible_size_is_refused(asker, offset, size):
    query = urlencode({"name": "x.fit", "offset": offset, "size": size})
    answer = asker.ask("ann", "POST", checks.target("imports:piece", asker.world.ann), b"abc", query=query)
    assert 400 <= answer.status < 500, answer
    assert not [each for each in answer.disk if Path(each).is_file() and Path(each).stat().st_size], answer.disk


@pytest.mark.parametrize(
    "name", ["../../x.fit", 'a"; filename="b.exe', "a\r\nSet-Cookie: b=c.fit", "ü靴😀.fit", "." * 300]
)
def test_a_download_is_named_without_doing_harm(asker, name):
    run = asker.world.ann.journal.runs.get(key=asker.world.ann.runs[0])
    type(run.recording).objects.filter(pk=run.recording_id).update(name=name)
    asker.before = dump()
    answer = asker.ask("ann", "GET", paths("runs:original", asker.world.ann)[0])
    said = answer.response["Content-Disposition"]
    assert answer.status == 200
    assert said.startswith("attachment")
    assert not set("\r\n/\\") & set(said.replace("UTF-8''", ""))
    assert "b" not in answer.response.cookies


def test_a_table_for_spreadsheets_holds_no_formula(asker):
    """wger d30e85b: titles, notes and names begin a cell with what a spreadsheet would run."""
    answer = asker.ask("ann", "GET", "/your-data/export/")
    with zipfile.ZipFile(io.BytesIO(answer.told)) as archive:
        cells = [cell for row in csv.reader(io.StringIO(archive.read("runs.csv").decode("utf-8-sig"))) for cell in row]
    assert any("=songofann" in cell for cell in cells)
    assert not [
        cell for cell in cells if cell[:1] in ("=", "+", "@", "\t", "\r") or (cell[:1] == "-" and len(cell) > 8)
    ]


def test_somebody_without_a_journal_sees_nobodys(asker):
    """wger CVE-2026-43948: None is nobody, and equals nobody."""
    dan = User.objects.create_user("dan")
    asker.world.sessions["dan"] = _session_of(dan)
    asker.before = dump()
    try:
        for name in sorted(routes()):
            if NEEDS[name].get != 405:
                answer = asker.ask("dan", "GET", paths(name, asker.world.ann)[0])
                assert not answer.songs(), answer
                assert answer.is_unchanged, answer
        assert asker.ask("dan", "GET", "/runs/").status == 404
    finally:
        del asker.world.sessions["dan"]


def _session_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return str(client.session.session_key)


ELSEWHERE = [
    "//evil.example",
    "https://evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "http:evil",
]


@pytest.mark.parametrize("where", ELSEWHERE)
def test_nobody_is_led_elsewhere_after_signing_in_confirming_or_signing_out(asker, settings, where):
    settings.PASSWORD_HASHERS = HASHER
    query, password = urlencode({"next": where}), PASSWORD
    told = [
        asker.ask("nobody", "POST", "/account/login/", {"login": "ben", "password": password, "next": where}),
        asker.ask("nobody", "POST", "/account/login/", {"login": "ben", "password": password}, query=query),
        asker.ask("ann", "GET", "/account/login/", query=query),
        asker.ask("ann", "POST", "/account/logout/", {"next": where}, query=query),
        asker.ask("ann", "POST", "/account/confirm/", {"password": password, "next": where}, query=query),
        asker.ask("ann", "POST", checks.target("mfa_remove_webauthn", asker.world.ann), {"next": where}, query=query),
        asker.ask("ann", "POST", "/runs/change/", {"back": where}),
        asker.ask("nobody", "GET", f"/{where}"),
        asker.ask("ann", "GET", f"/{where}"),
    ]
    for answer in told:
        onward = answer.response.get("Location", "/")
        assert urlsplit(onward).netloc == "", (str(answer), onward)
        assert onward.startswith("/"), (str(answer), onward)
        assert not onward.startswith(("//", "/\\")), (str(answer), onward)


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost:8000@evil.example", ""])
def test_another_hosts_name_is_not_answered(asker, host):
    for who, method, path in (("nobody", "GET", "/account/login/"), ("cal", "POST", "/account/invitations/new/")):
        answer = asker.ask(who, method, path, {}, host=host)
        assert answer.status == 400, answer
        assert b"evil.example" not in answer.told
        assert answer.is_unchanged


def test_a_link_names_the_host_that_was_asked_and_no_proxys(asker):
    answer = asker.ask("cal", "POST", "/account/invitations/new/", {}, **{"x-forwarded-host": "evil.example"})
    assert b"http://localhost/account/welcome/" in answer.told
    assert b"evil.example" not in answer.told


def test_what_somebody_wrote_is_text_on_every_page_and_a_page_that_forgot_is_noticed(asker, monkeypatch):
    """wger CVE-2023-38758: HTML made by hand. The list of runs makes its own; every title here has a tag in it."""
    monkeypatch.setattr(runs_pages, "escape", str)
    assert _fails(checks.check_works, asker, ["runs:list"])


def test_many_wrong_passwords_are_not_listened_to_and_tell_nothing(db, world):
    """wger CVE-2022-2650."""
    cache.clear()
    client = world.client("nobody", csrf=False)
    for name in ("ann", "nobody-of-that-name"):
        told = [client.post("/account/login/", {"login": name, "password": f"wrong {n}"}).status_code for n in range(7)]
        assert told[-1] == 429, (name, told)
    cache.clear()
