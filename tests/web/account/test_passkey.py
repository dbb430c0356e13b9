"""Passkeys in a real browser, with an authenticator that Chromium plays itself."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from calfwise_web.account.first import first_link
from tests.web.conftest import PASSWORD

sync_api = pytest.importorskip("playwright.sync_api", reason="browser tests need playwright")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="browser tests need Chromium"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(autouse=True)
def _orm_beside_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Playwright keeps an event loop in this thread, at which Django takes fright."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def _note(troubles: list[str], message: Any) -> None:
    if message.type == "error" and not message.text.startswith("Failed to load resource"):  # told by its response
        troubles.append(message.text)


@pytest.fixture
def page(settings: Any) -> Iterator[Any]:
    settings.DEBUG = False
    with sync_api.sync_playwright() as played:
        browser = played.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(timezone_id="Europe/Lisbon").new_page()
        page.set_default_timeout(10_000)
        page.troubles = []
        page.on("console", lambda message: _note(page.troubles, message))
        page.on("response", lambda answer: answer.status >= 400 and page.troubles.append(answer.url))
        page.on("pageerror", lambda error: page.troubles.append(str(error)))
        yield page
        browser.close()


def give_authenticator(page: Any) -> tuple[Any, str]:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def make_account(page: Any, base: str) -> None:
    page.goto(first_link(base))
    page.get_by_label("Name").fill("cleo")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Keep what I say about my calves on this machine").check()
    page.get_by_role("button", name="Make my account").click()
    page.wait_for_url(f"{base}/")


def test_from_the_first_link_to_signing_in_by_passkey_alone(page, live_server):
    base = live_server.url.replace("127.0.0.1", "localhost")
    make_account(page, base)
    give_authenticator(page)

    page.goto(f"{base}/account/security/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("Cleo's phone")
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url(f"{base}/account/codes/")
    assert page.locator("#codes").inner_text().count("\n") >= 9

    page.goto(f"{base}/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{base}/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{base}/")

    page.goto(f"{base}/account/security/")
    assert "Cleo's phone" in page.locator("main").inner_text()
    assert "last used" in page.locator("main").inner_text()
    page.get_by_role("link", name="Rename").click()
    page.get_by_label("Name").fill("Old phone")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(f"{base}/account/security/")
    page.get_by_role("link", name="Remove Old phone").click()
    page.get_by_role("button", name="Remove it").click()
    page.wait_for_url(f"{base}/account/security/")
    assert "Old phone" not in page.locator("main .list").all_inner_texts()
    assert page.troubles == []


def test_the_password_asks_for_the_passkey_and_the_passkey_confirms(page, live_server):
    base = live_server.url.replace("127.0.0.1", "localhost")
    make_account(page, base)
    give_authenticator(page)
    page.goto(f"{base}/account/passkeys/add/")
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url(f"{base}/account/codes/")
    page.context.clear_cookies()

    page.goto(f"{base}/account/login/")
    page.get_by_label("Name").fill("cleo")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{base}/account/login/second-step/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{base}/")

    page.goto(f"{base}/account/confirm/passkey/?next=/account/devices/")
    page.get_by_role("button", name="Use your passkey").click()
    page.wait_for_url(f"{base}/account/devices/")
    assert page.troubles == []


def test_a_passkey_that_does_not_come_is_told_calmly(page, live_server):
    base = live_server.url.replace("127.0.0.1", "localhost")
    make_account(page, base)
    session, authenticator = give_authenticator(page)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False})
    page.goto(f"{base}/account/passkeys/add/")
    page.get_by_role("button", name="Add it").click()
    page.get_by_text("No passkey came through, and nothing was changed.").wait_for()
    assert page.troubles == []


def test_the_account_knows_the_time_zone_of_the_browser(page, live_server):
    from calfwise_web.account.models import User

    base = live_server.url.replace("127.0.0.1", "localhost")
    make_account(page, base)
    lines = " ".join(User.objects.get().journals.get().entries.values_list("line", flat=True))
    assert "Europe/Lisbon" in lines


def test_at_a_bare_address_a_sentence_stands_instead_of_the_button(page, live_server):
    page.goto(f"{live_server.url.replace('localhost', '127.0.0.1')}/account/login/")
    assert page.get_by_role("button", name="Sign in with a passkey").count() == 0
    assert page.get_by_text("Passkeys work over https").is_visible()
