"""A request, its answer, and everything that it changed: rows of all tables by owner, and files. Then it never was."""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.db import connection, transaction
from django.db.models import ForeignKey, Model
from django.http import FileResponse, HttpResponse
from django.test import Client

from calfwise_web.account.models import User
from tests.web.doors.world import PEOPLE, World, song_of, tree

SAFE = ("GET", "HEAD", "OPTIONS")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA", "EXPLAIN", "DECLARE", "WITH")
UNCOUNTED = ("django_session", "cache")
"""Tables that sign-in and throttling may write at any time."""
FORM = "application/x-www-form-urlencoded"
Dump = dict[tuple[str, str], list[tuple[Any, ...]]]
Body = Mapping[str, Any] | bytes | None


class CrashedError(Exception):
    """An answer of 500: no proof of anything, neither that a door is shut nor that a test would notice."""


@dataclass
class Answer:
    """What came back, and what was not as before."""

    who: str
    method: str
    url: str
    status: int
    told: bytes
    response: HttpResponse
    wrote: list[str]
    changed: dict[tuple[str, str], list[tuple[Any, ...]]] = field(default_factory=dict)
    """Rows that came, went or differ, by table and owner."""
    disk: set[str] = field(default_factory=set)

    def __str__(self) -> str:
        return f"{self.method} {self.url} as {self.who}: {self.status}"

    @property
    def is_unchanged(self) -> bool:
        return not self.changed and not self.disk

    def owners(self) -> set[str]:
        """Whose rows changed."""
        return {owner for _, owner in self.changed}

    def songs(self) -> set[str]:
        """Whose words are told in it."""
        headers = "\n".join(f"{name}: {value}" for name, value in self.response.items())
        headers += str(self.response.cookies)
        text = self.told + headers.encode() + _unpacked(self.told)
        return {name for name in PEOPLE if song_of(name).encode() in text}


def _unpacked(told: bytes) -> bytes:
    """What is in an export."""
    if not told.startswith(b"PK"):
        return b""
    with zipfile.ZipFile(io.BytesIO(told)) as archive:
        return b"\n".join(name.encode() + b"\n" + archive.read(name) for name in archive.namelist())


def dump() -> Dump:
    """Every row of every table but the uncounted, by table and owner."""
    found: Dump = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table in UNCOUNTED or model._meta.proxy:
            continue
        columns = [each.attname for each in model._meta.concrete_fields]
        path = _owner_path(model)
        rows = model._base_manager.order_by("pk").values_list(*columns, *([path] if path else []))
        names = _names() if path else {}
        for each in rows:
            values = tuple(bytes(value) if isinstance(value, memoryview) else value for value in each)
            owner = names.get(values[-1], "nobody") if path else "nobody"
            found.setdefault((model._meta.label, owner), []).append(values)
    return found


def _names() -> dict[int, str]:
    return dict(User.objects.values_list("pk", "username"))


def _owner_path(model: type[Model], depth: int = 3) -> str | None:
    """How to get from a row to the account it belongs to."""
    if model is User:
        return "pk"
    links = [each for each in model._meta.concrete_fields if isinstance(each, ForeignKey)]
    for link in links:
        if link.related_model is User:
            return f"{link.name}__pk"
    for link in links if depth else []:
        further = _owner_path(link.related_model, depth - 1) if link.related_model is not model else None
        if further:
            return f"{link.name}__{further}"
    return None


def _difference(before: Dump, after: Dump) -> Dump:
    changed: Dump = {}
    for key in before.keys() | after.keys():
        old, new = before.get(key, []), after.get(key, [])
        if old != new:
            changed[key] = [each for each in old if each not in new] + [each for each in new if each not in old]
    return changed


@dataclass
class Asker:
    """Sends requests to a world and takes each of them back."""

    world: World
    before: Dump
    csrf: bool = False
    clients: dict[str, Client] = field(default_factory=dict)
    asked: int = 0

    def ask(self, who: str, method: str, path: str, body: Body = None, *, query: str = "", **headers: str) -> Answer:
        """One request. Whatever it does is undone afterwards."""
        if who not in self.clients:
            self.clients[who] = self.world.client(who, csrf=self.csrf)
        client = self.clients[who]
        cookies = client.cookies.copy()
        url = path + (f"?{query}" if query else "")
        wrote: list[str] = []
        with transaction.atomic():
            with connection.execute_wrapper(_noting(wrote)):
                response = _sent(client, method, url, body, headers)
                told = _told(response)
            answer = Answer(who, method, url, response.status_code, told, response, wrote)
            if response.status_code >= 500:
                raise CrashedError(str(answer)) from (response.exc_info[1] if response.exc_info else None)
            if wrote:
                answer.changed = _difference(self.before, dump())
            transaction.set_rollback(True)
        client.cookies = cookies
        self.asked += 1
        now = tree()
        answer.disk = {
            name for name in now.keys() | self.world.tree.keys() if now.get(name) != self.world.tree.get(name)
        }
        if answer.disk:
            self.world.restore()
            self.world.tree = tree()
        return answer


def _noting(wrote: list[str]) -> Any:
    """What is run that is no read, but for the tables that do not count."""

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        plain = sql.lstrip("( ").upper()
        if not plain.startswith(READS) and not any(f'"{table}"' in sql for table in UNCOUNTED):
            wrote.append(sql[:200])
        return execute(sql, params, many, context)

    return note


def _sent(client: Client, method: str, url: str, body: Body, headers: Mapping[str, str]) -> Any:
    if method == "POST" and isinstance(body, Mapping):
        return client.post(url, body, headers=headers)
    if method in SAFE:
        return client.generic(method, url, headers=headers)
    data = urlencode({} if body is None else body, doseq=True).encode() if not isinstance(body, bytes) else body
    kind = "application/octet-stream" if isinstance(body, bytes) else FORM
    return client.generic(method, url, data, content_type=kind, headers=headers)


def _told(response: Any) -> bytes:
    if not response.streaming:
        return bytes(response.content)
    told = b"".join(response.streaming_content)
    if isinstance(response, FileResponse):
        # Not the response itself: that would end the connection, and with it the transaction that is taken back.
        for closes in response._resource_closers:
            closes()
    return told


NONCE = re.compile(rb'[A-Za-z0-9]{64}|name="token" value="[0-9a-f]{8}"')


def without_nonces(page: bytes) -> bytes:
    """A page without what differs each time it is shown."""
    return NONCE.sub(b"-", page)
