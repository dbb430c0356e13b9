"""The player's page without a server: made from the model, and answered by the model's own replay."""

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

import calfwise_web
from calfwise import library
from calfwise.model.care.player_events import Happened, happened_from_json
from calfwise.model.care.player_replay import Played, replay
from calfwise.model.session import Practice, Session
from calfwise_web.middleware import POLICY
from calfwise_web.player import pages
from tests.model.care import players
from tests.web.browser.conftest import CHROMIUM, FLAGS, sync_api

PAGES = re.compile(r"^[^/]*//[^/]*/(?!static/)")
STATIC = Path(calfwise_web.__file__).parent / "static"
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
ARRIVES_S = 10
LOOKS = 3
ANSWERED_MS = 30
"""Between two looks; a slow machine may answer meanwhile. [ms]"""
WRITTEN = """() => new Promise((resolve) => {
    const opening = indexedDB.open("calfwise-player");
    opening.onerror = () => resolve(0);
    opening.onsuccess = () => {
        const counting = opening.result.transaction("events").objectStore("events").count();
        counting.onsuccess = () => (opening.result.close(), resolve(counting.result));
    };
})"""
"""How many events a browser has written down."""
NOW = datetime.fromisoformat("2026-05-20T19:00:00+02:00")


class Files(SimpleHTTPRequestHandler):
    """Static files, from a thread of their own: the browser asks for thirty at each loading."""

    def guess_type(self, path: object) -> str:
        return TYPES[Path(str(path)).suffix]

    def translate_path(self, path: str) -> str:
        return str(STATIC / urlsplit(path).path.removeprefix("/static/"))

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@cache
def origin() -> str:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Files)
    Thread(target=server.serve_forever, daemon=True).start()
    return f"http://localhost:{server.server_port}"


@dataclass
class Stage:
    """One session's page and the server behind it."""

    plan: Session | Practice = players.USUAL
    now: datetime = NOW
    why_not: str = ""
    theme: str = "auto"
    events: list[Happened] = field(default_factory=list)
    online: bool = True
    heard_s: float = 0.0

    @property
    def url(self) -> str:
        return f"{origin()}/session/{self.plan.id}/"

    @property
    def played(self) -> Played:
        return replay(self.plan, self.events, content=library.player())

    def html(self) -> str:
        played = self.played
        drawn, figures = pages.drawings_of(played.steps)
        data = pages.session_data(
            RequestFactory().get("/"),
            self.plan,
            played,
            figures=figures,
            why_not=self.why_not,
            account="ann",
            now=self.now,
        )
        shown = {
            "data": data,
            "drawings": list(drawn.values()),
            "plan": self.plan,
            "title": data["title"],
            "theme": self.theme,
        }
        return render_to_string("player/session.html", shown)

    @property
    def arrived(self) -> int:
        """Events that came from a page."""
        return sum(event.device.startswith("web-") for event in self.events)

    def answers(self, route: Any) -> None:
        """Like the server: our page, our events' endpoint, and titles of all the others."""
        path = urlsplit(route.request.url).path
        if not self.online:
            route.abort()
        elif path == f"/session/{self.plan.id}/events/":
            route.fulfill(body=self._kept(route.request.post_data), content_type="application/json")
        elif path == f"/session/{self.plan.id}/":
            route.fulfill(body=self.html(), content_type="text/html", headers={"Content-Security-Policy": POLICY})
        else:
            route.fulfill(body=f"<!doctype html><title>{path}</title><h1>{path}</h1>", content_type="text/html")

    def _kept(self, body: str) -> str:
        for sent in json.loads(body)["events"]:
            event = happened_from_json(json.dumps(sent))
            if event not in self.events:
                self.events.append(event)
        return json.dumps(pages.answer_of(self.played, heard_s=self.heard_s, next_url=None), default=str)

    def hears(self, phone: players.Phone, *told: tuple[str, str, float]) -> None:
        """Another device did this: kind, step, seconds later."""
        self.events += [phone.writes(kind, step, after_s=after_s) for kind, step, after_s in told]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """One browser for a file's tests; each has a context of its own."""
    if CHROMIUM is None:
        pytest.skip("browser tests need Chromium (Debian: apt install chromium)")
    with sync_api.sync_playwright() as played:
        browser = played.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Runner:
    """Somebody on the floor, with a clock that runs only when told to."""

    def __init__(self, page: Any, stage: Stage) -> None:
        self.page, self.stage = page, stage

    @property
    def scene(self) -> str:
        return str(self.page.locator("#player").get_attribute("data-scene"))

    @property
    def told(self) -> str:
        return str(self.page.locator("#say").inner_text())

    @property
    def phase(self) -> str:
        """As the server has it, when everything that this page wrote down has arrived."""
        self.waits(1.2)
        written = int(self.page.evaluate(WRITTEN))
        until_s = time.monotonic() + ARRIVES_S
        while self.stage.online and self.stage.arrived < written and time.monotonic() < until_s:
            self.page.wait_for_timeout(20)
        return self.stage.played.phase.value

    def opens(self, hash_: str = "") -> "Runner":
        self.page.goto(self.stage.url + hash_)
        self.page.locator("#player:not([data-scene=loading])").wait_for()
        return self

    def waits(self, seconds: float) -> None:
        self.page.clock.run_for(round(seconds * 1000))

    def presses(self, act: str, *, value: object = None, after_s: float = 0.7) -> None:
        """A button; not so soon that it could have been meant for the one before."""
        self.waits(after_s)
        chosen = f'[data-value="{value}"]' if value is not None else ""
        self.page.locator(f'[data-act="{act}"]{chosen}').locator("visible=true").first.click()

    def keys(self, key: str, *, after_s: float = 0.7) -> None:
        self.waits(after_s)
        self.page.keyboard.press(key)

    def sees(self, scene: str, *, most_s: float = 0) -> "Runner":
        """Until the screen is another one, the clock running for so long at most."""
        self._until(lambda: self.scene == scene, most_s)
        self.page.locator(f"#player[data-scene={scene}]").wait_for()
        return self

    def reads(self, text: str, *, most_s: float = 0, by_s: float = 3600) -> "Runner":
        """Until it stands on the screen. What waits for the network is looked for in small steps."""
        shown = self.page.locator("#player").get_by_text(text).locator("visible=true").first
        self._until(lambda: shown.count() > 0, most_s, by_s)
        shown.wait_for()
        return self

    def reads_no_more(self, text: str, *, most_s: float) -> "Runner":
        """Until it stands there no longer."""
        shown = self.page.get_by_text(text)
        self._until(lambda: not shown.is_visible(), most_s, by_s=0.5)
        shown.wait_for(state="hidden")
        return self

    def rings(self, label: str, *, most_s: float = 0) -> "Runner":
        """Until it stands in the ring."""
        self._until(lambda: label in self._ring, most_s)
        self.page.locator(".p-ring").get_by_text(label, exact=True).wait_for()
        return self

    @property
    def _ring(self) -> list[str]:
        return [str(text) for text in self.page.locator(".p-ring span").all_inner_texts()]

    def _until(self, so: Callable[[], bool], most_s: float, by_s: float = 3600) -> None:
        """From one deadline to the next, or by smaller steps."""
        while most_s > 0 and not self._is_soon(so):
            left_s = seconds_of(self._ring[0])
            step_s = min(most_s, by_s, left_s + 0.05) if left_s else 0.5
            self.waits(step_s)
            most_s -= step_s

    def _is_soon(self, so: Callable[[], bool]) -> bool:
        """Whether it is so, or gets so while the page's clock stands: what was pressed may still be on its way."""
        for _ in range(LOOKS):
            if so():
                return True
            self.page.wait_for_timeout(ANSWERED_MS)
        return so()

    def reads_dialog(self, title: str) -> None:
        self.page.get_by_role("dialog", name=title).wait_for()

    def looks_away(self, *, hidden: bool) -> None:
        """The screen goes off, or on again."""
        self.page.evaluate(
            """hidden => {
                const state = hidden ? "hidden" : "visible";
                Object.defineProperty(document, "visibilityState", { get: () => state, configurable: true });
                Object.defineProperty(document, "hidden", { get: () => hidden, configurable: true });
                document.dispatchEvent(new Event("visibilitychange"));
            }""",
            hidden,
        )


def seconds_of(clock: str) -> int:
    """What the ring counts down: "90", or "4:05"; 0 for a word."""
    minutes, _, seconds = clock.rpartition(":")
    return int(minutes or 0) * 60 + int(seconds) if seconds.isdigit() else 0


@contextmanager
def opened(browser: Any, stage: Stage, *, script: str = "", **context: Any) -> Iterator[Runner]:
    """A phone before that stage; its clock stands until it is told to run."""
    own = browser.new_context(**{"viewport": {"width": 390, "height": 844}, **context})
    page = own.new_page()
    page.set_default_timeout(10_000)
    troubles: list[str] = []
    page.on("console", lambda message: troubles.extend([message.text] if message.type == "error" else []))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    own.route(PAGES, stage.answers)
    page.clock.install(time=stage.now + timedelta(minutes=1))
    page.clock.pause_at(stage.now + timedelta(minutes=2))
    if script:
        page.add_init_script(script)
    yield Runner(page, stage)
    own.close()
    assert [trouble for trouble in troubles if "ERR_FAILED" not in trouble] == []
