"""Signing in and out with a password, and what stops those who guess."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from calfwise_web.account.models import User
from tests.web.conftest import PASSWORD

LOGIN = "/account/login/"
OPEN = {
    "people:welcome", "account_login", "mfa_login_webauthn", "mfa_authenticate", "account_logout", "account_signup",
    "account_inactive", "account_reset_password_from_key",
}  # fmt: skip
CLOSED = [
    "email/", "confirm-email/", "confirm-email/x/", "password/reset/", "password/reset/done/", "signup/passkey/",
    "login/code/", "login/code/confirm/", "passkeys/signup/", "3rdparty/", "elsewhere/", "elsewhere/welcome/",
    "elsewhere/openid/login/", "oidc/openid/login/", "admin/",
]  # fmt: skip


def routes() -> dict[str, URLPattern]:
    """Every named route under /account/."""
    found: dict[str, URLPattern] = {}

    def walk(patterns: list[URLPattern | URLResolver], space: str) -> None:
        for each in patterns:
            if isinstance(each, URLResolver):
                walk(each.url_patterns, f"{each.namespace}:" if each.namespace else space)
            elif each.callback.__module__.startswith(("allauth", "calfwise_web.account")):
                found[space + each.name] = each

    walk(get_resolver().url_patterns, "")
    return found


def sign_in(browser: Client, password: str = PASSWORD, *, name: str = "ben", address: str = "192.0.2.1"):
    return browser.post(LOGIN, {"login": name, "password": password}, REMOTE_ADDR=address)


def test_name_and_password_let_one_in_and_out(client, ben):
    assert sign_in(client)["Location"] == "/"
    assert client.get("/account/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/account/logout/")["Location"] == LOGIN
    assert "_auth_user_id" not in client.session


def test_the_name_s_case_does_not_matter(client, ben):
    assert sign_in(client, name="Ben ").status_code == 302


def test_wrong_name_and_wrong_password_read_alike(client, ben):
    wrong = [sign_in(client, "not this one"), sign_in(client, name="nobody")]
    assert all("do not go together" in answer.text and answer.status_code == 200 for answer in wrong)


def test_no_banner_says_that_one_is_signed_in(client, ben):
    assert not list(sign_in(client, name="ben").wsgi_request._messages)


@pytest.mark.parametrize("onward", ["https://example.com/", "//example.com", "javascript:alert(1)", "/\\example.com"])
def test_signing_in_leads_nowhere_outside(client, ben, onward):
    answer = client.post(f"{LOGIN}?next={onward}", {"login": "ben", "password": PASSWORD, "next": onward})
    assert answer["Location"] == "/"


def test_signing_in_leads_back_to_the_page_that_was_asked_for(client, ben):
    asked = client.get("/account/devices/")
    assert asked["Location"] == f"{LOGIN}?next=/account/devices/"
    answer = client.post(asked["Location"], {"login": "ben", "password": PASSWORD, "next": "/account/devices/"})
    assert answer["Location"] == "/account/devices/"


def test_after_five_wrong_passwords_even_the_right_one_waits_whatever_the_address(ben):
    for number in range(5):
        assert sign_in(Client(), "not this one", address=f"192.0.2.{number}").status_code == 200
    sixth = sign_in(Client(), address="198.51.100.7")
    assert sixth.status_code == 429
    assert "Too many wrong tries" in sixth.text
    assert "wait five minutes" in sixth.text


@pytest.mark.parametrize("spelling", ["BEN", " ben ", "Ben"])
def test_another_spelling_of_the_name_or_the_host_does_not_count_anew(ben, spelling):
    for _ in range(5):
        sign_in(Client(HTTP_HOST="127.0.0.1"), "not this one", name=spelling)
    assert sign_in(Client(HTTP_HOST="localhost")).status_code == 429


def test_another_account_is_not_held_up(ann, ben):
    for number in range(5):
        sign_in(Client(), "not this one", address=f"192.0.2.{number}")
    assert sign_in(Client(), name="ann").status_code == 302


def test_right_passwords_do_not_use_the_tries_up(ben):
    assert all(sign_in(Client()).status_code == 302 for _ in range(8))


def test_an_address_that_tries_many_names_is_held_up(ben):
    answers = [sign_in(Client(), "not this one", name=f"name{number}").status_code for number in range(21)]
    assert answers[:20] == [200] * 20
    assert answers[20] == 429
    assert sign_in(Client()).status_code == 429
    assert sign_in(Client(), address="198.51.100.7").status_code == 302


def test_trying_many_names_does_not_push_the_count_of_one_out(ben):
    for _ in range(5):
        sign_in(Client(), "not this one")
    for number in range(400):
        sign_in(Client(), "not this one", name=f"name{number}", address=f"198.51.{number // 200}.{number % 200 + 1}")
    assert sign_in(Client(), address="203.0.113.9").status_code == 429


def test_an_address_that_hammers_gets_a_page_in_our_words(ben):
    answers = [sign_in(Client()) for _ in range(31)]
    assert answers[-1].status_code == 429
    assert "Too many tries in a row" in answers[-1].text
    assert "Nothing was changed" in answers[-1].text


def test_without_a_token_of_the_page_nothing_is_taken(ben):
    assert sign_in(Client(enforce_csrf_checks=True)).status_code == 403


@pytest.mark.parametrize("path", CLOSED)
def test_pages_that_make_no_sense_here_do_not_exist(client, ben, path):
    client.force_login(ben)
    assert client.get(f"/account/{path}").status_code == 404
    assert client.post(f"/account/{path}").status_code == 404


def test_only_the_doors_are_open_to_those_who_are_not_signed_in(db):
    unlocked = {name for name, route in routes().items() if not getattr(route.callback, "login_required", True)}
    assert unlocked == OPEN


def test_looking_at_every_page_changes_nothing(client, ann, ben, rows):
    client.force_login(ann)
    before = rows()
    for name, route in routes().items():
        path = "/account/" + str(route.pattern).replace("<int:pk>", str(ben.pk)).replace("<str:token>", "x")
        if "(?P" in path:
            continue
        answer = client.get(path)
        assert answer.status_code in {200, 302, 301, 404, 405}, name
        assert rows() == before, name


def test_a_new_password_ends_the_other_sessions(client, ben):
    other = Client()
    other.force_login(ben)
    sign_in(client)
    changed = client.post("/account/password/", {"oldpassword": PASSWORD, "password1": "new calves climb"}, follow=True)
    assert "Your password is changed" in changed.text
    assert client.get("/account/security/").status_code == 200
    assert other.get("/account/security/").status_code == 302


def test_the_old_password_is_asked_for(client, ben):
    sign_in(client)
    told = client.post("/account/password/", {"oldpassword": "not this one", "password1": "new calves climb"})
    assert "That is not your password now" in told.text


def test_one_sees_where_one_is_signed_in_and_ends_the_others(client, ben):
    other = Client(HTTP_USER_AGENT="Mozilla/5.0 (Android 15) Firefox/140.0")
    sign_in(other, address="192.0.2.9")
    sign_in(client)
    page = client.get("/account/devices/").text
    assert "Firefox on Android" in page
    assert "192.0.2.9" in page
    assert "this one" in page
    client.post("/account/devices/")
    assert other.get("/account/security/").status_code == 302
    assert "Firefox on Android" not in client.get("/account/devices/").text


def test_nobody_sees_another_s_devices(client, ann, ben):
    sign_in(Client(HTTP_USER_AGENT="Mozilla/5.0 (Android 15) Firefox/140.0"), name="ann")
    sign_in(client)
    assert "Android" not in client.get("/account/devices/").text


def test_nothing_of_a_password_is_stored_as_typed(ben, rows):
    assert PASSWORD not in repr(rows())
    assert isinstance(ben, User)
