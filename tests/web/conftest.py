"""Two people, each with a journal: Ann may invite others, Ben may not; and a worker that reads what they bring."""

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from calfwise_web.account.models import User
from calfwise_web.imports import staging
from calfwise_web.imports.loop import Loop
from calfwise_web.imports.models import Batch
from calfwise_web.journal.models import Journal
from calfwise_web.journal.services import open_journal

PASSWORD = "calm calves climb"
Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture(autouse=True)
def _quick(settings: Any) -> None:
    """Passwords hashed in no time, and static files as they lie in the tree."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture(autouse=True)
def _own_folders() -> Iterator[None]:
    """What one test leaves in a watched folder is not brought in by the next one's worker."""
    yield
    shutil.rmtree(Path(settings.DATA) / "watched", ignore_errors=True)


def _account(name: str, *, staff: bool) -> User:
    user = User.objects.create_user(name, password=PASSWORD, is_staff=staff)
    open_journal(user, time_zone="Europe/Berlin", consent_version="test", at=timezone.now())
    return user


@pytest.fixture
def ann(db: None) -> User:
    cache.clear()
    return _account("ann", staff=True)


@pytest.fixture
def ben(db: None) -> User:
    cache.clear()
    return _account("ben", staff=False)


@pytest.fixture
def journal(ann: User) -> Journal:
    """Ann's."""
    return ann.journals.get()


@pytest.fixture
def browser(ann: User) -> Client:
    """Ann's browser, signed in."""
    client = Client()
    client.force_login(ann)
    return client


@pytest.fixture
def bens_browser(ben: User) -> Client:
    client = Client()
    client.force_login(ben)
    return client


@pytest.fixture(scope="session")
def _loop() -> Iterator[Loop]:
    loop = Loop(threading.Event())
    yield loop
    loop.decoders.stop()


@pytest.fixture
def read(_loop: Loop) -> Callable[[], None]:
    """Let the worker do what there is to do."""

    def until_done() -> None:
        while _loop.once():
            pass

    return until_done


@pytest.fixture
def bring(read: Callable[[], None]) -> Callable[..., Batch]:
    """Bring files to a journal, by name and bytes, and have them read."""

    def brought(journal: Journal, files: dict[str, bytes | Path]) -> Batch:
        batch = journal.batches.create()
        for name, held in files.items():
            place = staging.place_of(batch.key, name)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(held.read_bytes() if isinstance(held, Path) else held)
        Batch.objects.filter(pk=batch.pk).update(state=Batch.State.WAITING)
        read()
        batch.refresh_from_db()
        return batch

    return brought


def rows_now() -> Rows:
    """Every row of every table, to see what a request changed."""
    return {
        model._meta.label: sorted((tuple(row) for row in model._base_manager.values_list()), key=repr)
        for model in apps.get_models()
    }


@pytest.fixture
def rows(db: None) -> Callable[[], Rows]:
    return rows_now
