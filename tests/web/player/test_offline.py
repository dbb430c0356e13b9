"""What happens on a phone without a network arrives: once, in order, under the account it belongs to."""

import re
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from tests.web.conftest import PASSWORD
from tests.web.player.devices import Device, Runner, Served
from tests.web.player.devices import device as device
from tests.web.player.devices import played as played
from tests.web.player.devices import served as served
from tests.web.serve.conftest import wait_until

Devices = Callable[..., Device]
QUIET = "/session/offline/"
"""A page of ours that plays nothing by itself."""
ARRIVES_S = 30
OPEN = """async ([session, account]) => {
    const { openLog } = await import("/static/calfwise/js/player/log.js");
    const { startSync } = await import("/static/calfwise/js/player/sync.js");
    account ||= document.body.dataset.account;
    window.log = await openLog({ session, account });
    window.send = (csrf) => {
        window.sync = startSync({ log, url: `/session/${encodeURIComponent(session)}/events/`, csrf, account });
        window.states = [];
        sync.onState((state) => states.push(state));
    };
}"""
WRITES_FORTY = """() => {
    window.done = Promise.all(Array.from({ length: 40 }, (_, at) => log.append("pause", "", at)));
}"""
CACHED = """async () => {
    const found = [];
    for (const name of await caches.keys())
        for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname);
    return found;
}"""
KEPT = """async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith("calfwise-session-"));
    const held = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length));
    return held.some((count) => count > 0);
}"""
ON_DISK = """() => new Promise((resolve) => {
    const opening = indexedDB.open("calfwise-player");
    opening.onsuccess = () => {
        const counting = opening.result.transaction("events").objectStore("events").count();
        counting.onsuccess = () => (opening.result.close(), resolve(counting.result));
    };
})"""
STILL_MS = 650
"""What is pressed sooner after a change was meant for what stood there before: the player does not hear it."""
WATCHES = """() => {
    if ("changed_ms" in window) return;
    window.changed_ms = performance.now();
    const seen = new MutationObserver(() => { window.changed_ms = performance.now(); });
    const player = document.getElementById("player");
    seen.observe(player, { attributeFilter: ["data-scene"] });
    for (const id of ["say", "more", "left", "right", "also", "thumb", "pause"])
        seen.observe(document.getElementById(id), { childList: true, subtree: true, characterData: true });
}"""
STILL = """(still_ms) => document.getElementById("player").dataset.scene !== "loading"
    && performance.now() - window.changed_ms > still_ms"""
CHANGED = "(since_ms) => window.changed_ms > since_ms"
WAITS = "async () => Boolean((await navigator.serviceWorker.ready).waiting)"
ASKS = "async () => (await navigator.serviceWorker.ready).waiting?.postMessage('take over')"
READY = "async () => Boolean((await navigator.serviceWorker.ready).active)"


def opened(page: Any, runner: Runner, *, account: str = "") -> Any:
    """A page with the session's log open."""
    page.evaluate(OPEN, [runner.session, account])
    return page


def numbers(events: list[dict[str, Any]]) -> list[int]:
    return [event["sequence"] for event in events]


def kinds(events: list[dict[str, Any]]) -> list[str]:
    return [event["kind"] for event in events]


def acts(page: Any, *names: str) -> None:
    """Press these buttons of the player, each when the page has come to rest, and see it change."""
    for name in names:
        page.evaluate(WATCHES)
        page.wait_for_function(STILL, arg=STILL_MS)
        before_ms = page.evaluate("() => window.changed_ms")
        page.locator(f'[data-act="{name}"]:visible').first.click()
        page.wait_for_function(CHANGED, arg=before_ms)


def keeps_today(phone: Device) -> Any:
    """Today was opened, and what it shows is kept for when there is no network."""
    page = phone.page("/")
    true(page, READY)
    true(page, KEPT)
    return page


def true(page: Any, expression: str) -> None:
    """Wait until something asynchronous is so."""
    assert wait_until(lambda: page.evaluate(expression), within_s=ARRIVES_S), expression


def unsent(page: Any) -> int:
    return int(page.evaluate("() => log.unsent.length"))


# ------------------------------------------------------------------------------------------------------------- numbers
def test_two_tabs_never_give_out_the_same_number(device: Devices, served: Served) -> None:
    runner = served.runner()
    phone = device(runner)
    tabs = [opened(phone.page(QUIET), runner) for _ in range(2)]
    for tab in tabs:
        tab.evaluate(WRITES_FORTY)
    given = [tab.evaluate("async () => (await done).map(({ sequence }) => sequence)") for tab in tabs]
    assert sorted(given[0] + given[1]) == list(range(1, 81))
    assert all(own == sorted(own) for own in given)
    assert numbers(tabs[0].evaluate("() => log.events")) == list(range(1, 81)), "each tab knows the other's"


def test_a_browser_that_dies_in_mid_session_loses_nothing_and_sends_nothing_twice(
    device: Devices, served: Served
) -> None:
    runner = served.runner()
    phone = device(runner, own_disk=True)
    page = keeps_today(phone)
    page.goto(phone.base + runner.path)
    acts(page, "begin", "skip", "less")
    assert wait_until(lambda: len(served.held(runner)) == 3, within_s=ARRIVES_S)
    phone.offline()
    acts(page, "right", "less")
    true(page, f"async () => await ({ON_DISK})() === 5")
    phone.crash()

    phone.start()
    phone.context.set_offline(True)
    page = phone.page(runner.path)
    acts(page, "confirm-not", "resume")
    page.locator('[data-act="right"]:visible').wait_for()
    acts(page, "right")
    assert len(served.held(runner)) == 3, "nothing came through so far"
    phone.online()

    expected = ["begin", "skip", "less", "right", "less", "returned", "confirm-not", "resume", "right"]
    assert wait_until(lambda: len(served.held(runner)) >= len(expected), within_s=ARRIVES_S)
    page.wait_for_function("() => document.getElementById('word').textContent === ''")
    held = served.held(runner)
    assert kinds(held) == expected
    assert numbers(held) == list(range(1, len(expected) + 1))
    assert len({event["device"] for event in held}) == 1
    assert len({event["page"] for event in held}) == 2


def test_more_than_fits_into_a_parting_word_arrives_all_the_same(device: Devices, served: Served) -> None:
    runner = served.runner()
    phone = device(runner)
    page = opened(phone.page(QUIET), runner)
    phone.offline()
    page.evaluate("() => send('')")
    page.evaluate(
        "async () => { for (let at = 0; at < 620; at++) await log.append('right', 'x'.repeat(30), 'y'.repeat(90)); }"
    )
    assert unsent(page) == 620
    phone.online()
    assert wait_until(lambda: len(served.held(runner)) == 620, within_s=ARRIVES_S)
    assert numbers(served.held(runner)) == list(range(1, 621))
    page.wait_for_function("() => sync.state === 'sent' && log.unsent.length === 0")


def test_what_is_written_on_parting_is_sent_on_parting(device: Devices, served: Served) -> None:
    runner = served.runner()
    phone = device(runner)
    page = opened(phone.page(QUIET), runner)
    token = phone.page("/").evaluate("() => JSON.parse(document.body.getAttribute('hx-headers'))['X-CSRFToken']")
    page.evaluate("(token) => send(token)", token)
    page.evaluate("() => log.append('begin').then(() => undefined)")
    page.goto("about:blank")
    assert wait_until(lambda: kinds(served.held(runner)) == ["begin"], within_s=5)


def test_where_the_browser_keeps_nothing_the_session_is_played_and_sent_and_the_page_says_so(
    device: Devices, served: Served
) -> None:
    runner = served.runner()
    phone = device(runner)
    refused = "indexedDB.open = () => { throw new DOMException('', 'SecurityError'); };"
    phone.context.add_init_script(refused)
    page = phone.page(runner.path)
    acts(page, "begin")
    assert page.locator("#word").inner_text() != ""
    assert wait_until(lambda: kinds(served.held(runner)) == ["begin"], within_s=ARRIVES_S)


# ------------------------------------------------------------------------------------------------------------- accounts
def test_an_old_token_is_changed_for_a_new_one(device: Devices, served: Served) -> None:
    runner = served.runner()
    page = opened(device(runner).page(QUIET), runner)
    page.evaluate("() => send('a token of last week')")
    page.evaluate("() => log.append('begin').then(() => undefined)")
    assert wait_until(lambda: kinds(served.held(runner)) == ["begin"], within_s=ARRIVES_S)


def test_what_one_account_left_is_never_sent_under_another(device: Devices, served: Served) -> None:
    ann, ben = served.runner(), served.runner()
    phone = device(ann)
    keeps_today(phone).close()
    page = opened(phone.page(QUIET), ann)
    account = page.evaluate("() => document.body.dataset.account")
    phone.offline()
    page.evaluate("async () => { await log.append('begin'); await log.append('skip', '1.0.ready'); }")
    phone.online()

    phone.sign_in(ben)
    page = phone.page("/")
    true(page, READY)
    true(page, f"async () => !(await caches.keys()).includes('calfwise-session-{account}')")
    quiet = opened(phone.page(QUIET), ann, account=account)
    quiet.evaluate("() => send('')")
    quiet.wait_for_function("() => sync.state === 'another account'")
    assert unsent(quiet) == 2
    assert served.held(ann) == []
    assert served.held(ben) == []
    quiet.close()

    phone.sign_in(ann)
    page.goto(phone.base + "/runs/")
    assert wait_until(lambda: kinds(served.held(ann)) == ["begin", "skip"], within_s=ARRIVES_S)
    assert served.held(ben) == []


def test_signing_out_sends_what_is_left_and_takes_the_kept_page_away(device: Devices, served: Served) -> None:
    runner = served.runner()
    phone = device(runner)
    page = keeps_today(phone)
    opened(page, runner).evaluate("() => log.append('begin').then(() => undefined)")
    page.goto(phone.base + "/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile("/account/login/"))
    assert kinds(served.held(runner)) == ["begin"]
    assert not page.evaluate(KEPT)

    phone.offline()
    page.goto(phone.base + runner.path)
    page.get_by_role("heading", name="No session on this device").wait_for()


def test_without_a_network_signing_out_keeps_what_was_not_sent_until_one_is_back(
    device: Devices, served: Served
) -> None:
    runner = served.runner()
    phone = device(runner)
    page = opened(keeps_today(phone), runner)
    phone.offline()
    page.evaluate("() => log.append('begin').then(() => undefined)")
    phone.context.clear_cookies()
    phone.online()
    page.goto(phone.base + "/")
    page.wait_for_url(re.compile("/account/login/"))
    assert wait_until(lambda: not page.evaluate(KEPT), within_s=5), "nobody is signed in: no page of anybody's"
    assert served.held(runner) == []
    page.get_by_label("Name").fill(runner.name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").first.click()
    assert wait_until(lambda: kinds(served.held(runner)) == ["begin"], within_s=ARRIVES_S)


def test_what_the_server_will_not_have_is_kept_and_not_sent_for_ever(device: Devices, served: Served) -> None:
    runner = served.runner()
    page = opened(device(runner).page(QUIET), runner)
    asked: list[str] = []
    page.on("request", lambda request: request.method == "POST" and asked.append(request.url))
    page.evaluate("async () => { send(''); await log.append('begin', 'x'.repeat(40)); }")
    page.wait_for_function("() => sync.state === 'refused'")
    tries = len(asked)
    page.evaluate("() => { sync.now(); dispatchEvent(new Event('online')); }")
    page.wait_for_timeout(1200)
    assert len(asked) == tries
    assert unsent(page) == 1

    unknown = replace(runner, session="20200102T030405+0100")
    opened(page, unknown).evaluate("async () => { send(''); await log.append('begin'); }")
    page.wait_for_function("() => sync.state === 'gone'")
    assert unsent(page) == 1


# ---------------------------------------------------------------------------------------------------------------- pages
def test_without_a_network_the_planned_session_starts_from_wherever_one_is(device: Devices, served: Served) -> None:
    runner = served.runner()
    phone = device(runner)
    page = keeps_today(phone)
    phone.offline()
    page.goto(phone.base + "/load/")
    page.get_by_role("heading", name="Today's session is on this device").wait_for()
    assert re.search(r"\d minutes", page.inner_text("main"))
    page.get_by_role("link", name="Start").click()
    page.locator('[data-act="begin"]:visible').wait_for()
    assert page.url == phone.base + runner.path


def test_a_planned_practice_starts_without_a_network_too(device: Devices, served: Served) -> None:
    runner = served.runner()
    phone = device(runner)
    page = phone.page("/")
    true(page, READY)
    page.goto(phone.base + "/practise/glute-strength/")
    page.get_by_role("button", name="Start").click()
    page.locator('[data-act="begin"]:visible').wait_for()
    path = urlsplit(page.url).path
    page.goto(phone.base + "/practise/glute-strength/")
    true(page, f"async () => (await ({CACHED})()).includes({path!r})")
    phone.offline()
    page.goto(phone.base + path)
    acts(page, "begin", "skip")
    assert "Glute" in page.title()


def test_a_network_that_says_nothing_is_not_waited_for_long(device: Devices, served: Served) -> None:
    runner = served.runner()
    phone = device(runner)
    page = keeps_today(phone)
    phone.network.stall()
    begun_s = time.monotonic()
    page.goto(phone.base + runner.path)
    page.locator('[data-act="begin"]:visible').wait_for()
    assert 2.5 < time.monotonic() - begun_s < 6


def test_no_page_is_kept_but_the_session_and_the_one_without_a_network(device: Devices, served: Served) -> None:
    runner = served.runner()
    phone = device(runner)
    page = keeps_today(phone)
    for path in ("/load/", "/runs/", "/settings/", "/your-data/", runner.path + "card/", runner.path, "/"):
        page.goto(phone.base + path)
    cached = page.evaluate(CACHED)
    assert sorted(path for path in cached if not path.startswith("/static/")) == sorted([QUIET, runner.path])


def test_a_new_version_waits_until_nobody_is_in_a_session(device: Devices, served: Served) -> None:
    runner = served.runner()
    phone = device(runner)
    page = keeps_today(phone)
    page.reload()
    session = phone.page(runner.path)
    session.locator('[data-act="begin"]:visible').wait_for()
    script = phone.context.request.get(phone.base + "/sw.js").text()
    version = re.findall(r'"version": "(\w+)"', script)[0]
    phone.network.changed = version.encode(), version[::-1].encode()
    page.evaluate("async () => { await (await navigator.serviceWorker.ready).update(); }")
    true(page, WAITS)
    page.evaluate(ASKS)
    page.wait_for_timeout(500)
    assert page.evaluate(WAITS)
    session.close()
    # Asked by hand: Playwright loses track of a page that is loaded while its worker changes.
    page.evaluate(ASKS)
    true(page, f"async () => !(await ({WAITS})())")
    page.evaluate("() => navigator.serviceWorker.controller.postMessage('tidy')")
    true(page, f"async () => !(await caches.keys()).includes('calfwise-files-{version}')")
    assert page.evaluate(f"async () => (await caches.keys()).includes('calfwise-files-{version[::-1]}')")


def test_with_the_account_all_that_this_browser_had_of_it_goes(device: Devices, served: Served) -> None:
    runner = served.runner()
    page = opened(keeps_today(device(runner)), runner)
    page.evaluate("() => log.append('begin').then(() => undefined)")
    page.goto(page.url + "your-data/delete/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button").first.click()
    page.wait_for_url(re.compile("/your-data/delete/"))
    page.get_by_label(re.compile("name", re.IGNORECASE)).fill(runner.name)
    page.get_by_role("button", name="Delete everything").click()
    page.wait_for_url(re.compile("/your-data/gone/"))
    true(page, f"async () => !(await ({KEPT})()) && await ({ON_DISK})() === 0")
