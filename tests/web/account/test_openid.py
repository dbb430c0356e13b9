"""Sign-in from elsewhere: only where it is set up, and never without the consent."""

import importlib
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.test import Client
from django.urls import clear_url_caches

from calfwise_web.account import urls
from calfwise_web.account.models import User
from calfwise_web.account.providers import openid_providers
from tests.web.account.conftest import sign_in

CONFIG = {
    "issuer": "https://id.example.org",
    "authorization_endpoint": "https://id.example.org/authorize",
    "token_endpoint": "https://id.example.org/token",
    "jwks_uri": "https://id.example.org/keys",
    "userinfo_endpoint": "https://id.example.org/me",
}
START = "/account/elsewhere/openid/login/"
PERSON = {"sub": "p-17", "preferred_username": "cleo", "email": "cleo@example.org", "email_verified": True}


@pytest.fixture
def elsewhere(settings: Any, monkeypatch: pytest.MonkeyPatch, db: None):
    """A provider that answers without a network."""
    settings.SOCIALACCOUNT_PROVIDERS = openid_providers(
        {"CALFWISE_OIDC_URL": "https://id.example.org", "CALFWISE_OIDC_CLIENT": "calf", "CALFWISE_OIDC_NAME": "Club"}
    )
    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "openid_config", CONFIG)
    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "_fetch_user_info", lambda self, token: PERSON)
    monkeypatch.setattr(
        OpenIDConnectOAuth2Adapter, "get_access_token_data", lambda self, *_args, **_kwargs: {"access_token": "t"}
    )
    _route(settings)
    yield
    settings.SOCIALACCOUNT_PROVIDERS = {}
    _route(settings)


def _route(settings: Any) -> None:
    importlib.reload(urls)
    importlib.reload(importlib.import_module(settings.ROOT_URLCONF))
    clear_url_caches()


def come_back(browser: Client, **query: str) -> Any:
    """Through our page that leads on, and back as the provider would send one."""
    onward = browser.post(START, query)
    assert onward.status_code == 200, onward
    assert 'http-equiv="refresh"' in onward.text
    sent = parse_qs(urlsplit(onward.context["url"]).query)
    assert sent["client_id"] == ["calf"]
    assert sent["code_challenge_method"] == ["S256"]
    return browser.get(START + "callback/", {"code": "c", "state": sent["state"][0]})


def test_without_a_provider_there_is_no_such_page(client, db):
    assert client.get(START).status_code == 404
    assert "elsewhere" not in client.get("/account/login/").text


def test_nothing_starts_by_merely_opening_the_page(client, elsewhere, rows):
    before = rows()
    assert client.get(START).status_code == 200
    assert "Club" in client.get("/account/login/").text
    assert rows() == before


def test_a_stranger_with_that_sign_in_makes_no_account(client, elsewhere):
    assert "Accounts come by invitation" in come_back(client).text
    assert not User.objects.exists()


def test_where_the_operator_allows_it_the_consent_comes_before_the_account(client, elsewhere, monkeypatch):
    monkeypatch.setenv("CALFWISE_OIDC_SIGNUP", "1")
    asked = come_back(client)
    assert asked["Location"] == "/account/elsewhere/welcome/"
    assert not User.objects.exists()
    assert client.get("/account/security/").status_code == 302
    form = client.get("/account/elsewhere/welcome/")
    assert 'value="cleo"' in form.text
    refused = client.post("/account/elsewhere/welcome/", {"username": "cleo"})
    assert not User.objects.exists(), refused
    client.post("/account/elsewhere/welcome/", {"username": "cleo", "consent": "on", "time_zone": "Europe/Oslo"})
    cleo = User.objects.get()
    assert (cleo.is_staff, cleo.has_usable_password(), cleo.email) == (False, False, "")
    assert int(client.session["_auth_user_id"]) == cleo.pk
    lines = " ".join(cleo.journals.get().entries.values_list("line", flat=True))
    assert '"consent"' in lines
    assert "Europe/Oslo" in lines


def test_a_linked_sign_in_opens_the_account_it_is_linked_to(client, ben, elsewhere):
    sign_in(client, ben)
    assert come_back(client, process="connect")["Location"] == "/account/elsewhere/"
    assert SocialAccount.objects.get().user == ben
    other = Client()
    come_back(other)
    assert int(other.session["_auth_user_id"]) == ben.pk


def test_no_mail_address_is_kept(client, ben, elsewhere, rows):
    sign_in(client, ben)
    come_back(client, process="connect")
    come_back(Client())
    assert "cleo@example.org" not in repr(rows())
    assert "cleo" in client.get("/account/elsewhere/").text
