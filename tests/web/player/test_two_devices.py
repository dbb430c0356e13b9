"""One session, a phone and a laptop: one of them leads, each knows which, and nothing that either wrote is lost."""

from collections.abc import Callable
from typing import Any

from tests.web.player.devices import Device, Runner, Served
from tests.web.player.devices import device as device
from tests.web.player.devices import played as played
from tests.web.player.devices import served as served
from tests.web.player.test_offline import acts, keeps_today, kinds, numbers
from tests.web.serve.conftest import wait_until

Devices = Callable[..., Device]
ARRIVES_S = 30
ASKED = """async ([path, token]) => {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    return (await fetch(`${path}events/`, { method: "POST", headers, body: '{"events": []}' })).json();
}"""


def answer(page: Any, runner: Runner) -> dict[str, Any]:
    """What the server says of the session."""
    token = page.evaluate("() => JSON.parse(document.getElementById('session-data').textContent).csrf")
    return dict(page.evaluate(ASKED, [runner.path, token]))


def marked(told: dict[str, Any]) -> list[str]:
    return [each["why"] for each in told["marked"]]


def shows(page: Any, scene: str) -> None:
    page.locator(f'#player[data-scene="{scene}"]').wait_for()


def test_a_laptop_takes_over_and_what_the_phone_does_without_a_network_is_kept_and_marked(
    device: Devices, served: Served
) -> None:
    runner = served.runner()
    phone, laptop = device(runner), device(runner)
    on_phone = keeps_today(phone)
    on_phone.goto(phone.base + runner.path)
    acts(on_phone, "begin", "skip", "less")
    assert wait_until(lambda: kinds(served.held(runner)) == ["begin", "skip", "less"], within_s=ARRIVES_S)

    on_laptop = laptop.page(runner.path)
    shows(on_laptop, "elsewhere")
    acts(on_phone, "pause")
    assert wait_until(lambda: len(served.held(runner)) == 4, within_s=ARRIVES_S)

    phone.offline()
    acts(on_phone, "resume")
    on_phone.locator('[data-act="right"]:visible').wait_for()
    acts(on_phone, "right")
    # A minute of silence passes on the laptop.
    on_laptop.clock.install()
    on_laptop.reload()
    shows(on_laptop, "elsewhere")
    laptop.network.stall()  # else it would be told that the phone was there a moment ago
    on_laptop.wait_for_timeout(300)
    on_laptop.clock.fast_forward(70_000)
    acts(on_laptop, "take-over")
    laptop.network.mend()
    acts(on_laptop, "resume")
    assert wait_until(lambda: len(served.held(runner)) >= 6, within_s=ARRIVES_S)
    leader = answer(on_laptop, runner)["leads"]

    phone.online()
    shows(on_phone, "elsewhere")
    assert wait_until(lambda: len(served.held(runner)) >= 8, within_s=ARRIVES_S)
    told = answer(on_laptop, runner)
    held = served.held(runner)
    by_device = [[event for event in held if (event["device"] == leader) is leads] for leads in (True, False)]
    assert told["leads"] == leader
    assert all(numbers(own) == list(range(1, len(own) + 1)) for own in by_device)
    assert kinds(by_device[1]) == ["begin", "skip", "less", "pause", "resume", "right"]
    assert kinds(by_device[0])[:2] == ["take-over", "resume"]
    assert marked(told) == ["another-device", "another-device"]
