"""A guided self-test on a phone, against the real server, with a clock that runs only when told to."""

from typing import Any

from django.conf import settings

from calfwise_web.middleware import POLICY

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SOON_S = 0.6
"""A tap sooner than that could be meant for the button before."""


class Runner:
    """Somebody who tests a leg."""

    def __init__(self, browser: Any, base: str, cookie: str, **context: Any) -> None:
        self.base = base
        self.context = browser.new_context(service_workers="block", base_url=base, **{**PHONE, **context})
        self.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": base}])
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.has_clock = False
        self.troubles: list[str] = []
        self.page.on("console", lambda said: self.troubles.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))

    @property
    def scene(self) -> str:
        return str(self.page.locator("#player").get_attribute("data-scene"))

    @property
    def told(self) -> str:
        return str(self.page.locator("#say").inner_text())

    @property
    def ring(self) -> str:
        return str(self.page.locator("#ring-number").inner_text())

    def opens(self, test: str) -> "Runner":
        self.page.clock.install()
        self.has_clock = True
        answer = self.page.goto(f"/tests/{test}/guided/")
        assert answer.headers["content-security-policy"] == POLICY
        self.page.locator("#player[data-scene=new]").wait_for()
        return self

    def feels(self, nrs: int) -> "Runner":
        self.page.locator(f"label:has(input[name=sore][value='{nrs}'])").click()
        return self

    def waits(self, seconds: float) -> "Runner":
        if self.has_clock:
            self.page.clock.run_for(round(seconds * 1000))
        return self

    def presses(self, name: str) -> "Runner":
        """A button; not so soon that it could have been meant for the one before."""
        self.waits(SOON_S)
        self.page.locator("#thumb").get_by_text(name, exact=True).click()
        return self

    def keys(self, *keys: str) -> "Runner":
        for key in keys:
            self.waits(SOON_S)
            self.page.keyboard.press(key)
        return self

    def sees(self, text: str) -> "Runner":
        self.page.get_by_text(text).locator("visible=true").first.wait_for()
        return self

    def closes(self) -> None:
        self.context.close()
        assert self.troubles == []
