"""A runner with a bad connection: tries again until an answer comes, and remembers what was acknowledged."""

import http.client
import json
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import quote, urlencode

CSRF = "s" * 32
OCTETS = {"Content-Type": "application/octet-stream"}
PATIENCE_S = 90.0


@dataclass(slots=True)
class Acknowledged:
    """What the server said is kept."""

    files: dict[str, dict[str, bytes]] = field(default_factory=dict)
    """Of batches whose start was acknowledged: by key, names and bytes."""
    shoes: set[str] = field(default_factory=set)


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
