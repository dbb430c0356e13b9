"""A runner with a bad connection: tries again until an answer comes, and remembers what was acknowledged."""

import http.client
import json
import re
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from urllib.parse import quote, unquote, urlencode

from calfwise import library

CSRF = "s" * 32
OCTETS = {"Content-Type": "application/octet-stream"}
PATIENCE_S = 90.0
SESSION = re.compile(r'href="/session/([^/"]+)/')


def kind_of(number: int) -> str:
    """Begin, then on and on: pause and go on."""
    return "begin" if number == 1 else ("pause", "resume")[number % 2]


@dataclass(slots=True)
class Acknowledged:
    """What the server said is kept."""

    files: dict[str, dict[str, bytes]] = field(default_factory=dict)
    """Of batches whose start was acknowledged: by key, names and bytes."""
    shoes: set[str] = field(default_factory=set)
    taps: int = 0
    """Of the session: numbers from 1 to this."""


class Runner:
    """One browser, by hand."""

    def __init__(self, port: int, session: str) -> None:
        self.port = port
        self.headers = {
            "Cookie": f"sessionid={session}; csrftoken={CSRF}",
            "X-CSRFToken": CSRF,
            "Accept": "application/json",
        }
        self.kept = Acknowledged()
        self.session = ""

    def bring(self, files: dict[str, bytes], *, piecewise: bool) -> None:
        """Files to the server, until their start is acknowledged."""
        begun = json.loads(self._until(lambda: self._post("/import/new/", urlencode({"label": "soak"}).encode()))[1])
        urls = begun["urls"]
        for name, data in files.items():
            if piecewise:
                self._pieces(urls["piece"], name, data)
            else:
                self._until(partial(self._files, urls["files"], name, data))
        status, _ = self._until(lambda: self._post(urls["start"], b""))
        assert status == 200, status
        self.kept.files[begun["key"]] = files

    def add_shoe(self) -> None:
        """One try: if no answer comes, it may or may not be there."""
        name = f"Shoe {uuid.uuid4().hex[:8]}"
        form = urlencode({"name": name, "since": "2026-01-01"}).encode()
        status, _ = self._tried(lambda: self._post("/shoes/add/", form)) or (0, b"")
        if status == 302:
            self.kept.shoes.add(name)

    def check_in(self) -> None:
        """Answer today's questions, and remember the session that comes of it."""
        groups = {f"none-{group}": "on" for group in library.gate().groups}
        form = urlencode({"left": "4", "right": "4", "search": "on", "position": "floor", "minutes": "10", **groups})
        assert self._until(lambda: self._post("/today/check-in/", form.encode()))[0] == 302
        self.session = unquote(found[1]) if (found := SESSION.search(self.get("/")[1].decode())) else ""
        assert self.session, "the check-in led to no session"

    def tap(self, times: int) -> None:
        """So many taps of the player in one parcel, until they are acknowledged."""
        last = self.kept.taps + times
        taps = [
            {"device": "phone", "sequence": number, "page": "p", "uptime_ms": 100 * number, "kind": kind_of(number),
             "at": datetime(2026, 5, 3, 18, tzinfo=UTC).isoformat(), "step": "1.0.ready"}
            for number in range(self.kept.taps + 1, last + 1)
        ]  # fmt: skip
        body = json.dumps({"events": taps}).encode()
        url = f"/session/{quote(self.session)}/events/"
        status, answer = self._until(lambda: self._ask("POST", url, body, {"Content-Type": "application/json"}))
        assert status == 200, status
        assert json.loads(answer)["held"] == {"phone": last}
        self.kept.taps = last

    def get(self, path: str) -> tuple[int, bytes]:
        return self._until(lambda: self._ask("GET", path, b"", {}))

    def _pieces(self, url: str, name: str, data: bytes) -> None:
        have, step = 0, 48 * 1024
        while have < len(data):
            query = f"?name={quote(name)}&offset={have}&size={len(data)}"
            _, answer = self._until(partial(self._ask, "POST", url + query, data[have : have + step], OCTETS))
            have = json.loads(answer)["have"]

    def _files(self, url: str, name: str, data: bytes) -> tuple[int, bytes]:
        return self._ask("POST", url, json.dumps([[name, len(data)]]).encode() + b"\n" + data, OCTETS)

    def _post(self, path: str, form: bytes) -> tuple[int, bytes]:
        return self._ask("POST", path, form, {"Content-Type": "application/x-www-form-urlencoded"})

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("localhost", self.port, timeout=30)
        try:
            connection.request(method, path, body or None, self.headers | headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def _tried(self, ask: Callable[[], tuple[int, bytes]]) -> tuple[int, bytes] | None:
        try:
            return ask()
        except (OSError, http.client.HTTPException):
            return None

    def _until(self, ask: Callable[[], tuple[int, bytes]]) -> tuple[int, bytes]:
        """The first answer that is neither silence nor the server's own trouble."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            answer = self._tried(ask)
            if answer is not None and answer[0] < 500:
                return answer
            time.sleep(0.05)
        raise TimeoutError("no answer in a minute and a half")
