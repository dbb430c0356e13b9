"""Authenticator app and recovery codes: what is asked for after the password."""

import base64
import hmac
import re
import struct
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client

from calfwise_web.account.models import User
from tests.web.account.conftest import sign_in
from tests.web.conftest import PASSWORD

SECRET = base64.b32encode(b"0123456789abcdefghij").decode()
LOGIN = {"login": "ben", "password": PASSWORD}


def code_of(secret: str) -> str:
    """RFC 6238, by hand: six digits, every 30 seconds."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


@pytest.fixture
def ben_with_app(ben: User) -> User:
    TOTP.activate(ben, SECRET)
    return ben


def test_setting_the_app_up_shows_a_picture_from_this_machine_and_then_recovery_codes(client, ben):
    sign_in(client, ben)
    page = client.get("/account/app/add/")
    assert 'src="data:image/svg+xml;base64,' in page.text
    assert "img-src 'self' data:" in page["Content-Security-Policy"]
    secret = client.session["mfa.totp.secret"]
    assert secret in page.text
    done = client.post("/account/app/add/", {"code": code_of(secret)}, follow=True)
    codes = re.findall(r"^(?:<pre[^>]*>)?(\d{8})$", done.text, re.M)
    assert len(codes) == 10
    assert "\n".join(codes) in client.get("/account/codes/file/").text


def test_a_wrong_code_sets_nothing_up(client, ben):
    sign_in(client, ben)
    client.get("/account/app/add/")
    assert "did not fit" in client.post("/account/app/add/", {"code": "000000"}).text
    assert not Authenticator.objects.exists()


def test_the_password_alone_is_not_enough_and_a_code_completes_it(client, ben_with_app):
    asked = client.post("/account/login/", LOGIN)
    assert asked["Location"].startswith("/account/login/second-step/")
    assert "_auth_user_id" not in client.session
    assert client.get("/account/security/").status_code == 302
    assert client.get("/account/login/second-step/").status_code == 200
    assert client.post("/account/login/second-step/", {"code": code_of(SECRET)})["Location"] == "/"
    assert int(client.session["_auth_user_id"]) == ben_with_app.pk


def test_a_code_works_once(client, ben_with_app):
    code = code_of(SECRET)
    for browser, lets_in in ((client, True), (Client(), False)):
        browser.post("/account/login/", LOGIN)
        answer = browser.post("/account/login/second-step/", {"code": code})
        assert ("_auth_user_id" in browser.session) is lets_in, answer.text


def test_guessing_codes_is_held_up(ben_with_app):
    browser = Client()
    browser.post("/account/login/", LOGIN)
    for _ in range(5):
        browser.post("/account/login/second-step/", {"code": "000000"})
    told = browser.post("/account/login/second-step/", {"code": code_of(SECRET)})
    assert "Too many wrong tries" in told.text
    assert "_auth_user_id" not in browser.session


def test_a_recovery_code_lets_in_once(client, ben_with_app):
    sign_in(client, ben_with_app)
    client.post("/account/codes/new/")
    code = re.findall(r"\d{8}", client.get("/account/codes/file/").text)[0]
    for lets_in in (True, False):
        browser = Client()
        browser.post("/account/login/", LOGIN)
        browser.post("/account/login/second-step/", {"code": code})
        assert ("_auth_user_id" in browser.session) is lets_in
        cache.clear()
    assert code not in client.get("/account/codes/").text


def test_looking_at_recovery_codes_changes_nothing(client, ben_with_app, rows):
    sign_in(client, ben_with_app)
    client.post("/account/codes/new/")
    before = rows()
    assert "10 of 10 left" in client.get("/account/codes/").text
    client.get("/account/codes/file/")
    assert rows() == before


def test_those_without_codes_have_no_page_of_them(client, ben):
    sign_in(client, ben)
    assert client.get("/account/codes/").status_code == 404
    assert client.get("/account/codes/file/").status_code == 404


@pytest.mark.parametrize("path", ["app/add/", "passkeys/add/", "codes/new/", "codes/", "codes/file/"])
def test_what_changes_who_gets_in_asks_again_after_a_while(client, ben_with_app, path, settings):
    sign_in(client, ben_with_app)
    session = client.session
    session["signed-in-at"] = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT - 1
    session.save()
    assert client.get(f"/account/{path}")["Location"].startswith("/account/confirm/")


def test_a_sign_in_link_still_asks_for_the_second_step(client, ben_with_app):
    from calfwise_web.account import services

    answer = client.post(services.sign_in_path(ben_with_app), {"password1": "new calves climb"})
    assert answer["Location"].startswith("/account/login/second-step/")
    assert "_auth_user_id" not in client.session


def test_the_app_can_be_given_up(client, ben_with_app):
    sign_in(client, ben_with_app)
    client.post("/account/app/remove/")
    assert not Authenticator.objects.exists()
    assert Client().post("/account/login/", LOGIN)["Location"] == "/"
